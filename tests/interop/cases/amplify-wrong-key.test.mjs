// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { events } from 'aws-amplify/data';

import { configure, ready } from '../lib/amplify.mjs';

test('a wrong key may not connect, a right one may, later and in the same process', async () => {
  configure({ apiKey: 'da2-wrong' });
  await assert.rejects(events.connect('default/a'), /UnauthorizedException|not authorized/);
  configure();
  const channel = await events.connect('default/a', { apiKey: ready.apiKey });
  await channel.publish(1);
  await events.closeAll();
});
