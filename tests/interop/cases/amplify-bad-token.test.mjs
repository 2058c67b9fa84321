// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { events } from 'aws-amplify/data';

import { configure } from '../lib/amplify.mjs';

test('a token of nobody may not connect', async () => {
  configure({ authMode: 'lambda' });
  const options = { authMode: 'lambda', authToken: 'opaque' };
  await assert.rejects(events.connect('private/a', options), /UnauthorizedException|not authorized/);
  await assert.rejects(events.post('private/a', 1, options), { name: 'UnauthorizedException' });
});
