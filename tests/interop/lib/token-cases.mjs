// SPDX-License-Identifier: Apache-2.0
// The same cases for each mode that sends a token. Amplify takes it from the call for Lambda, else from
// its session.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { events } from 'aws-amplify/data';

import { configure, ready, subscribed } from './amplify.mjs';

export function tokenCases(authMode) {
  const options = authMode === 'lambda' ? { authMode, authToken: ready.token } : { authMode };
  configure({ authMode, token: authMode === 'lambda' ? undefined : ready.token });
  after(() => events.closeAll());

  test(`${authMode}: connects, subscribes and publishes to private`, async () => {
    const room = await subscribed('private/*', options);
    const channel = await events.connect('private/a', options);
    await channel.publish({ by: 'websocket' }, options);
    assert.deepEqual(await room.first(1), [{ by: 'websocket' }]);
    assert.equal(await events.post('private/b', { by: 'http' }, options), undefined);
    assert.deepEqual((await room.first(2))[1], { by: 'http' });
  });

  test(`${authMode}: one operation may use the API key instead`, async () => {
    const byKey = { authMode: 'apiKey', apiKey: ready.apiKey };
    const room = await subscribed('default/mixed', options);
    await room.channel.publish('key', byKey);
    assert.deepEqual(await room.first(1), ['key']);
    await assert.rejects(events.post('private/a', 1, byKey), { name: 'UnauthorizedException' });
  });
}
