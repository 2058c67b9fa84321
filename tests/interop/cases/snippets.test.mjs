// SPDX-License-Identifier: Apache-2.0
// What the desktop copies of a row as JavaScript, run as it is: what arrives is what the row had.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

import { ready } from '../lib/amplify.mjs';
import * as cli from '../lib/cli.mjs';

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

const snippet = (frame, { url = ready.http, mode = 'api-key' } = {}) =>
  output(process.env.SNIPPET_PRINTER, ['amplify', url, mode], JSON.stringify(frame));

// From standard input, so that it finds the packages of this folder.
const runSnippet = (text, environment) =>
  output(process.execPath, ['--input-type=module'], text,
    { SYNCSCOPE_API_KEY: ready.apiKey, SYNCSCOPE_TOKEN: ready.token, ...environment });

const frameOf = (events, channel = '/default/room') => ({ type: 'publish', id: '1', channel, events });

async function received(texts, publish) {
  const subscription = await cli.subscribe('default/room', '--count', String(texts.length), '--output', 'raw', '--null');
  await publish();
  const { code, stdout } = await subscription.exited;
  assert.equal(code, 0);
  return stdout.split('\0').slice(0, -1);
}

const kExact = [
  '{"id":9007199254740993,"big":12345678901234567890.10,"e":1e400,"f":1.0,"g":-0}',
  '"it\'s \\"so\\" \\\\ \\ud83d \\u0000 \u2028\u2029\ufeff\u202e 😀 ${x} `y`"',
  '[[1],[]]',
  '{"__proto__":{"x":1},"constructor":null}',
  '-5',
];

test('events arrive byte for byte', async () => {
  const text = await snippet(frameOf(kExact));
  assert.doesNotMatch(text, /What changes here/);
  assert.deepEqual(await received(kExact, () => runSnippet(text)), kExact);
});

test('so do random ones', async () => {
  let seed = Number(process.env.SNIPPET_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`SNIPPET_SEED=${seed}`);
  const random = (below) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return Math.floor(seed / 2 ** 31 * below);
  };
  const kParts = ["'", '"', '\\', '`', '${', '}', '\n', '\r', '\t', '\0', '\x1b', '\x7f', '\u2028', '\ufeff', '\u202e', '😀', 'é',
    '\ud83d', '\udc00', '</script>', '//', '/*', '\\u0041', '\\x41', '@CHANNEL@', '__proto__'];
  const word = () => Array.from({ length: random(12) }, () => random(4) > 0 ? kParts[random(kParts.length)]
    : String.fromCodePoint(random(2) ? random(0x250) : random(0x110000))).join('');
  for (let round = 0; round < 4; ++round) {
    const values = Array.from({ length: 5 }, () => random(2) ? word() : { [`k${word()}`]: [word(), random(1e9) / 1e3, null] });
    const texts = values.map((value) => JSON.stringify(value));
    const text = await snippet(frameOf(texts));
    assert.deepEqual(await received(texts, () => runSnippet(text)), texts);
  }
});

test('what is written otherwise means the same', async () => {
  const texts = ['{ "a" : [ 1 , 2 ] , "id" : 12345678901234567890 }', '"\\u0041\\/"'];
  const text = await snippet(frameOf(texts));
  assert.match(text, /What changes here: white space; escapes/);
  assert.deepEqual(await received(texts, () => runSnippet(text)), ['{"a":[1,2],"id":12345678901234567890}', '"A/"']);
});

for (const mode of ['user-pool', 'oidc', 'lambda']) {
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
