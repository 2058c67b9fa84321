// SPDX-License-Identifier: Apache-2.0
// What the desktop copies of a row as JavaScript, run as it is: what arrives is what the row had.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as cli from '../lib/cli.mjs';
import { frameOf, runSnippet, snippet } from '../lib/snippets.mjs';

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
  for (let round = 0; round < 2; ++round) {
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
