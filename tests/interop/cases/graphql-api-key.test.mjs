// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { generateClient } from 'aws-amplify/api';

import { graphqlCases, subscribe } from '../lib/graphql-cases.mjs';

graphqlCases('apiKey');

test('apiKey: a subscription that is refused is told', async () => {
  const client = generateClient();
  const refused = subscribe(client, 'subscription { onMessage(room: 7) { id } }', {});
  await assert.rejects(refused.received(1), (error) => {
    assert.match(JSON.stringify(error), /WrongType/);
    return true;
  });
});

test('apiKey: a wrong key is refused', async () => {
  const client = generateClient();
  const wrong = client.graphql({ query: '{ __typename }', apiKey: 'da2-wrong', authMode: 'apiKey' });
  await assert.rejects(wrong, (error) => {
    assert.equal(error.errors[0].message, 'Unauthorized'); // what Amplify makes of a 401
    return true;
  });
});
