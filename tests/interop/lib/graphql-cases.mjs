// SPDX-License-Identifier: Apache-2.0
// Amplify's GraphQL client against the local AppSync's sample schema: the same cases for each mode.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';

import { ready } from './amplify.mjs';

const kSend = /* GraphQL */ `mutation Send($room: String!, $body: String!) {
  sendMessage(room: $room, body: $body, author: "ann") { id room body author createdAt }
}`;
const kList = 'query List($room: String!) { messages(room: $room, limit: 10) { body author } }';
const kOn = 'subscription On($room: String) { onMessage(room: $room) { id room body author } }';

//! `token`: what user pool and OIDC modes send; `credentials`: what IAM mode signs with.
export function configure({ authMode, token, credentials }) {
  const accessToken = { toString: () => token, payload: { exp: Math.floor(Date.now() / 1000) + 3600 } };
  const session = {
    ...(token && { tokenProvider: { getTokens: async () => ({ accessToken }) } }),
    ...(credentials && {
      credentialsProvider: {
        getCredentialsAndIdentityId: async () => ({ credentials }),
        clearCredentialsAndIdentityId() {},
      },
    }),
  };
  const { graphql: endpoint, region, apiKey } = ready;
  Amplify.configure(
    { API: { GraphQL: { endpoint, region, defaultAuthMode: authMode, apiKey } } },
    token || credentials ? { Auth: session } : undefined);
}

//! Subscribes and collects. `received(n)` resolves with the first n values.
export function subscribe(client, query, variables, options) {
  const values = [];
  const waiting = [];
  const wake = () => { for (const resolve of waiting.splice(0)) resolve(); };
  let failure;
  const subscription = client.graphql({ query, variables, ...options }).subscribe({
    next: ({ data }) => { values.push(data); wake(); },
    error: (error) => { failure = error; wake(); },
  });
  return {
    subscription,
    async received(count) {
      while (values.length < count && !failure)
        await new Promise((resolve) => waiting.push(resolve));
      if (failure)
        throw failure;
      return values.slice(0, count);
    },
  };
}

//! Amplify does not tell when a subscription is acknowledged but by its Hub; the emulator's counters say it too.
export async function acknowledged(count) {
  for (;;) {
    const answer = await fetch(`${ready.control}/metrics`,
      { headers: { authorization: `Bearer ${ready.controlToken}` } });
    const { apis } = await answer.json();
    if ((Object.values(apis)[0].counters.ActiveSubscriptions ?? 0) === count)
      return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function graphqlCases(authMode, { options = {}, ...identity } = {}) {
  configure({ authMode, ...identity });
  const client = generateClient();

  test(`${authMode}: mutation, query and subscription`, async () => {
    const room = `room of ${authMode}`;
    const lobby = subscribe(client, kOn, { room }, options);
    const all = subscribe(client, kOn, {}, options);
    await acknowledged(2);
    const body = 'grüße 😀 "quoted" <b>&</b>';
    const { data } = await client.graphql({ query: kSend, variables: { room, body }, ...options });
    assert.equal(data.sendMessage.body, body);
    assert.match(data.sendMessage.createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    await client.graphql({ query: kSend, variables: { room: 'elsewhere', body: '2' }, ...options });
    await client.graphql({ query: kSend, variables: { room, body: '3' }, ...options });
    assert.deepEqual((await all.received(3)).map((event) => event.onMessage.body), [body, '2', '3']);
    const mine = await lobby.received(2);
    assert.deepEqual(mine.map((event) => event.onMessage.body), [body, '3']);
    assert.deepEqual(mine[0].onMessage, { id: data.sendMessage.id, room, body, author: 'ann' });
    const listed = await client.graphql({ query: kList, variables: { room }, ...options });
    assert.deepEqual(listed.data.messages, [{ body, author: 'ann' }, { body: '3', author: 'ann' }]);
    lobby.subscription.unsubscribe();
    all.subscription.unsubscribe();
    await acknowledged(0);
  });

  test(`${authMode}: errors of resolvers and of validation arrive`, async () => {
    const refused = (query) => client.graphql({ query, ...options }).then(
      () => assert.fail('it was accepted'), ({ data, errors }) => ({ data, error: errors[0] }));
    const failed = await refused('mutation { fail(message: "so be it") { id } }');
    assert.deepEqual(failed.data, { fail: null });
    assert.equal(failed.error.message, 'so be it');
    assert.deepEqual(failed.error.path, ['fail']);
    const invalid = await refused('{ nothing }');
    assert.match(invalid.error.message,
      /^Validation error of type FieldUndefined: Field 'nothing' in type 'Query' is undefined @ 'nothing'$/);
  });
}
