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
  await assert.rejects(generateClient().graphql({ query: '{ __typename }' }), ({ data, errors }) => {
    assert.deepEqual(data, {});
    assert.equal(errors.length, 1); // Amplify has no words for it
    return true;
  });
});
