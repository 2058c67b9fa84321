// SPDX-License-Identifier: Apache-2.0
// What the desktop copies of a row as JavaScript.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { ready } from './amplify.mjs';

async function output(program, args, input, environment = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...environment } });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (part) => { text += part; });
  }
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  assert.equal(code, 0, text);
  return text;
}

//! Of a frame that was sent.
export const snippet = (frame, { url = ready.http, mode = 'api-key' } = {}) =>
  output(process.env.SNIPPET_PRINTER, ['amplify', url, mode], JSON.stringify(frame));

// From standard input, so that it finds the packages of this folder.
export const runSnippet = (text, environment) =>
  output(process.execPath, ['--input-type=module'], text,
    { SYNCSCOPE_API_KEY: ready.apiKey, SYNCSCOPE_TOKEN: ready.token, ...environment });

export const frameOf = (events, channel = '/default/room') => ({ type: 'publish', id: '1', channel, events });
