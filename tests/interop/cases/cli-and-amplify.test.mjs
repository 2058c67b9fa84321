// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { events } from 'aws-amplify/data';

import { configure, sorted, subscribed } from '../lib/amplify.mjs';
import * as cli from '../lib/cli.mjs';

configure();
after(() => events.closeAll());

const kValues = [{ z: 1, a: 'grüße 😀', list: [1.5, null, true] }, 'a "quoted"\ttext', 42, false, []];

test('Amplify publishes, subscribe prints it byte for byte', async () => {
  const subscription = await cli.subscribe('default/*', '--count', '7', '--output', 'ndjson');
  const channel = await events.connect('default/out/1');
  await channel.publish(kValues[0]);
  await channel.publish(kValues);
  await events.post('default/out/2', 'by http');
  const { code, stdout } = await subscription.exited;
  assert.equal(code, 0);
  const printed = cli.lines(stdout).filter((line) => line.kind === 'event');
  assert.deepEqual(printed.map((line) => line.sub), Array(7).fill('/default/*'));
  const texts = stdout.split('\n').filter((line) => line.includes('"kind":"event"')).map((line) => line.slice(line.indexOf('"event":') + 8, -1));
  const expected = [kValues[0], ...kValues, 'by http'].map((value) => JSON.stringify(value));
  assert.deepEqual(sorted(texts), sorted(expected));
});

test('publish reaches Amplify on an exact and a wildcard subscription', async () => {
  const exact = await subscribed('default/in/1');
  const wildcard = await subscribed('default/*');
  const texts = kValues.map((value) => JSON.stringify(value));
  assert.equal((await cli.run(['publish', 'default/in/1', texts[0]])).code, 0);
  assert.deepEqual(await exact.first(1), [kValues[0]]);
  assert.equal((await cli.run(['publish', 'default/in/1', ...texts])).code, 0);
  assert.deepEqual(sorted((await exact.first(6)).slice(1)), sorted(kValues));
  assert.equal((await cli.run(['publish', '--http', 'default/in/2', '"by http"'])).code, 0);
  assert.equal((await wildcard.first(7))[6], 'by http');
  // Key order is the publisher's.
  assert.equal(JSON.stringify((await exact.first(1))[0]), texts[0]);
});

test('publish and subscribe tell what the service refuses', async () => {
  const wrongKey = { SYNCSCOPE_API_KEY: 'da2-wrong' };
  for (const transport of ['--ws', '--http']) {
    const { code, stdout } = await cli.run(['publish', transport, 'default/a', '1'], wrongKey);
    assert.equal(code, 4);
    assert.equal(cli.lines(stdout)[0].errorType, 'UnauthorizedException');
  }
  assert.equal((await cli.run(['subscribe', 'default/a', '--count', '1'], wrongKey)).code, 4);
  assert.equal((await cli.run(['publish', 'private/a', '1'])).code, 4);
  assert.equal((await cli.run(['publish', 'default/a', '1', '2', '3', '4', '5', '6'])).code, 5);
  const badChannel = await cli.run(['publish', '--no-check', 'default/under_score', '1']);
  assert.equal(badChannel.code, 5);
  assert.equal(cli.lines(badChannel.stdout)[0].errorType, 'BadRequestException');
});
