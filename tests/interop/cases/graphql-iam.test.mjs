// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { generateClient } from 'aws-amplify/api';

import { ready } from '../lib/amplify.mjs';
import { configure, graphqlCases } from '../lib/graphql-cases.mjs';

const credentials = { accessKeyId: ready.accessKeyId, secretAccessKey: ready.secretAccessKey };
graphqlCases('iam', { credentials });

test('iam: a wrong secret is refused', async () => {
  configure({ authMode: 'iam', credentials: { ...credentials, secretAccessKey: 'wrong' } });
  await assert.rejects(generateClient().graphql({ query: '{ __typename }' }), (error) => {
    // What Amplify makes of a wrong signature, after it tried it with other clocks.
    assert.equal(error.errors[0].message, 'Unknown error');
    return true;
  });
});
