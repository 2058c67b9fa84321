// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { events } from 'aws-amplify/data';

import { configure, sorted, subscribed } from '../lib/amplify.mjs';

configure();
after(() => events.closeAll());

const kValues = [{ text: 'grüße 😀\u2028', n: [1, 2.5, -0.001, null, true], nested: { '': {} } }, 'text', 42, false, [1]];

test('one event over WebSocket reaches an exact and a wildcard subscription', async () => {
  const exact = await subscribed('default/room/1');
  const wildcard = await subscribed('/default/*');
  const other = await subscribed('default/room/2');
  await exact.channel.publish({ hello: 'world', n: 1 });
  assert.deepEqual(await exact.first(1), [{ hello: 'world', n: 1 }]);
  assert.deepEqual(await wildcard.first(1), [{ hello: 'world', n: 1 }]);
  assert.deepEqual(other.received, []);
  for (const { subscription } of [exact, wildcard, other])
    subscription.unsubscribe();
});

test('five events over WebSocket arrive as five', async () => {
  const room = await subscribed('default/five');
  await room.channel.publish(kValues);
  assert.deepEqual(sorted(await room.first(5)), sorted(kValues));
  room.subscription.unsubscribe();
});

test('events.post publishes one and five events over HTTP', async () => {
  const room = await subscribed('default/http/*');
  assert.equal(await events.post('default/http/a', kValues[0]), undefined);
  assert.deepEqual(await room.first(1), [kValues[0]]);
  assert.equal(await events.post('/default/http/b', kValues), undefined);
  assert.deepEqual(sorted((await room.first(6)).slice(1)), sorted(kValues));
  room.subscription.unsubscribe();
});

test('an event that is too large fails alone', async () => {
  const failed = await events.post('default/large', ['x'.repeat(300_000), 'small']);
  assert.equal(failed.length, 1);
  assert.equal(failed[0].index, 0);
  assert.equal(failed[0].code, 'EventTooLargeException');
});

test('six events are refused over WebSocket and HTTP', async () => {
  const channel = await events.connect('default/six');
  await assert.rejects(channel.publish([1, 2, 3, 4, 5, 6]), /InvalidInputError/);
  await assert.rejects(events.post('default/six', [1, 2, 3, 4, 5, 6]), { name: 'BadRequestException' });
});

test('a wrong key for one operation is refused, and the socket lives on', async () => {
  const room = await subscribed('default/key');
  await assert.rejects(room.channel.publish(1, { apiKey: 'da2-wrong' }), /UnauthorizedException/);
  await assert.rejects(events.post('default/key', 1, { apiKey: 'da2-wrong' }), { name: 'UnauthorizedException' });
  const refused = room.channel.subscribe({ next() {}, error() {} }, { apiKey: 'da2-wrong' });
  await assert.rejects(refused.ready, /UnauthorizedException/);
  await room.channel.publish('still here');
  assert.deepEqual(await room.first(1), ['still here']);
  room.subscription.unsubscribe();
});

for (const channelName of ['default/under_score', 'a/b/c/d/e/f', 'default/**']) {
  test(`a channel of the form ${channelName} is refused`, async () => {
    await assert.rejects(subscribed(channelName), /BadRequestException: Invalid Channel Format/);
    const channel = await events.connect(channelName);
    await assert.rejects(channel.publish(1), /BadRequestException/);
    await assert.rejects(events.post(channelName, 1), { name: 'BadRequestException' });
  });
}

for (const channelName of ['nowhere/a', 'private/a']) {
  test(`an API key may not use ${channelName}`, async () => {
    await assert.rejects(subscribed(channelName), /UnauthorizedException/);
    const channel = await events.connect(channelName);
    await assert.rejects(channel.publish(1), /UnauthorizedException/);
    await assert.rejects(events.post(channelName, 1), { name: 'UnauthorizedException' });
  });
}

test('nothing comes after unsubscribing', async () => {
  const room = await subscribed('default/leave');
  const witness = await subscribed('default/leave');
  await room.channel.publish(1);
  await room.first(1);
  room.subscription.unsubscribe();
  await witness.channel.publish(2);
  await witness.channel.publish(3); // its answer comes behind all that the second publish caused
  await witness.first(3);
  assert.deepEqual(room.received, [1]);
});
