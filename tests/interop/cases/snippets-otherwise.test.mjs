// SPDX-License-Identifier: Apache-2.0
// The same for each kind of credentials, and for what else a row can be.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

import { ready } from '../lib/amplify.mjs';
import * as cli from '../lib/cli.mjs';
import { frameOf, runSnippet, snippet } from '../lib/snippets.mjs';

for (const mode of ['user-pool', 'lambda']) {
  test(`${mode}: the token comes from the environment`, async () => {
    const text = await snippet(frameOf(['1'], '/private/a'), { mode });
    assert.match(await runSnippet(text, { SYNCSCOPE_API_KEY: 'da2-wrong' }), /accepted/);
  });
}

test('without TLS', async () => {
  const emulator = spawn(process.env.INTEROP_CLI, ['emulator', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = await once(createInterface({ input: emulator.stdout }), 'line');
    const plain = JSON.parse(line);
    assert.match(plain.http, /^http:\/\/127/);
    const text = await snippet(frameOf(['{"a":1}']), { url: plain.http });
    assert.match(await runSnippet(text, { SYNCSCOPE_API_KEY: plain.apiKey }), /accepted/);
  } finally {
    emulator.kill();
  }
});

test('a query', async () => {
  const request = {
    query: 'mutation Send($room: String!, $body: String!) { sendMessage(room: $room, body: $body, author: "ann") { body } }',
    variables: { room: "it's", body: 'grüße "quoted" \\ ${x} 😀' },
  };
  const text = await snippet(request, { url: ready.graphql });
  assert.equal(await runSnippet(text), `${JSON.stringify({ sendMessage: { body: request.variables.body } })} \n`);
});

test('subscriptions print what comes', async () => {
  const text = await snippet({ type: 'subscribe', id: '1', channel: '/default/told' });
  const child = spawn(process.execPath, ['--input-type=module'],
    { env: { ...process.env, SYNCSCOPE_API_KEY: ready.apiKey }, stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    child.stdin.end(text);
    const first = once(createInterface({ input: child.stdout }), 'line');
    let isThere = false;
    first.then(() => { isThere = true; });
    while (!isThere) // until it is subscribed
      assert.equal((await cli.run(['publish', 'default/told', '{"n":7}'])).code, 0);
    assert.match((await first)[0], /n.*7/);
  } finally {
    child.kill();
  }
});
