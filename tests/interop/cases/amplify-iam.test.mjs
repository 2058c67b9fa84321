// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { events } from 'aws-amplify/data';

import { configure, ready, subscribed } from '../lib/amplify.mjs';

const options = { authMode: 'iam' };
const owner = { accessKeyId: ready.accessKeyId, secretAccessKey: ready.secretAccessKey };
configure({ ...options, credentials: owner });
after(() => events.closeAll());

test('iam: connects, subscribes and publishes to private', async () => {
  const room = await subscribed('private/*', options);
  const channel = await events.connect('private/a', options);
  const values = [{ z: 1, a: 'grüße 😀\u2028', nested: [null, 1.5] }, 'a "quoted"\ttext', 42];
  await channel.publish(values, options);
  assert.equal((await room.first(3)).length, 3);
  assert.equal(await events.post('private/b', { by: 'http' }, options), undefined);
  assert.deepEqual((await room.first(4))[3], { by: 'http' });
  // Signed as they are; the fault htmlEscapedSignatures plays the service, which does not take this.
  await channel.publish('<b>&</b>', options);
  assert.equal((await room.first(5))[4], '<b>&</b>');
  room.subscription.unsubscribe();
});

test('iam: a wrong secret is refused', async () => {
  configure({ ...options, credentials: { ...owner, secretAccessKey: 'wrong' } });
  try {
    const channel = await events.connect('private/a', options); // on the connection that is there
    await assert.rejects(channel.publish(1, options), /BadRequestException/);
    await assert.rejects(events.post('private/a', 1, options), { name: 'InvalidSignatureException' });
  } finally {
    configure({ ...options, credentials: owner });
  }
});

test('iam: unknown keys and unexpected tokens are refused', async () => {
  for (const credentials of [{ ...owner, accessKeyId: 'AKIDUNKNOWN' }, { ...owner, sessionToken: 'x' }]) {
    configure({ ...options, credentials });
    try {
      await assert.rejects(events.post('private/a', 1, options), { name: 'UnrecognizedClientException' });
    } finally {
      configure({ ...options, credentials: owner });
    }
  }
});

test('iam: one operation may use the API key instead', async () => {
  const byKey = { authMode: 'apiKey', apiKey: ready.apiKey };
  const room = await subscribed('default/mixed', options);
  await room.channel.publish('key', byKey);
  assert.deepEqual(await room.first(1), ['key']);
  room.subscription.unsubscribe();
});
