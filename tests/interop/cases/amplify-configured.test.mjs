// SPDX-License-Identifier: Apache-2.0
// A local AppSync that amplify-configured.json describes: who may do what there, and what Amplify shows of it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { events } from 'aws-amplify/data';

import { configure, ready, subscribed } from '../lib/amplify.mjs';

const sesame = { authMode: 'lambda', authToken: 'open-sesame' };
const guest = { authMode: 'lambda', authToken: 'open-for-guests' };
configure({ authMode: 'lambda' });
after(() => events.closeAll());

async function tokenOf(client, secret) {
  const answer = await fetch(new URL('/issuers/login/token', ready.http), {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: client, ...(secret && { client_secret: secret }) }),
  });
  return (await answer.json()).access_token;
}

test('lambda: an authorizer that is a program lets in and keeps out', async () => {
  const room = await subscribed('default/guests/1', sesame);
  await room.channel.publish('websocket', sesame);
  await events.post('default/guests/1', 'http', guest);
  assert.deepEqual(await room.first(2), ['websocket', 'http']);
  await assert.rejects(room.channel.publish(1, { ...guest, authToken: 'open-for-nobody' }), /UnauthorizedException/);
  await assert.rejects(events.post('default/others', 1, guest), { name: 'UnauthorizedException' });
  await assert.rejects(events.post('default/guests', 1, { ...guest, authToken: 'shut' }), { name: 'UnauthorizedException' });
  room.subscription.unsubscribe();
});

test('oidc: a token of the issuer works, one for another client does not', async () => {
  configure({ authMode: 'oidc', token: await tokenOf('web-chat', 'of this file') });
  const room = await subscribed('default/oidc', { authMode: 'oidc' });
  await room.channel.publish('websocket', { authMode: 'oidc' });
  await events.post('default/oidc', 'http', { authMode: 'oidc' });
  assert.deepEqual(await room.first(2), ['websocket', 'http']);
  room.subscription.unsubscribe();
  configure({ authMode: 'oidc', token: await tokenOf('other') });
  await assert.rejects(events.post('default/oidc', 1, { authMode: 'oidc' }), { name: 'UnauthorizedException' });
  assert.equal(await tokenOf('web-chat', 'wrong'), undefined);
});

test('iam: grants and denials decide', async () => {
  const iam = { authMode: 'iam' };
  configure({ ...iam, credentials: { accessKeyId: 'AKIALOCALREADER', secretAccessKey: 'reads' } });
  const room = await subscribed('machines/*', iam);
  await assert.rejects(events.post('machines/a', 1, iam), { name: 'UnauthorizedException' });
  configure({ ...iam, credentials: { accessKeyId: 'AKIALOCALMACHINE', secretAccessKey: 'writes' } });
  await events.post('machines/a', 'signed', iam);
  await assert.rejects(events.post('default/a', 1, iam), { name: 'UnauthorizedException' });
  await assert.rejects(events.post('machines/a', 1, sesame), { name: 'UnauthorizedException' });
  assert.deepEqual(await room.first(1), ['signed']);
  room.subscription.unsubscribe();
});

test('apiKey: one of several, and one that has expired', async () => {
  await events.post('default/a', 1, { authMode: 'apiKey', apiKey: 'da2-abcdefghijklmnopqrstuvwxyz' });
  await assert.rejects(events.post('default/a', 1, { authMode: 'apiKey', apiKey: 'da2-yesterdayyesterdayyesterd' }),
    { name: 'UnauthorizedException' });
});

test('userPool: a mode that no provider is for', async () => {
  configure({ authMode: 'userPool', token: ready.token });
  await assert.rejects(events.post('default/a', 1, { authMode: 'apiKey', apiKey: ready.token }), { name: 'UnauthorizedException' });
});

test('limits: subscriptions, size and rate', async () => {
  configure({ authMode: 'lambda' });
  const rooms = [];
  for (let i = 0; i < 3; i++)
    rooms.push(await subscribed(`default/limits/${i}`, sesame));
  await assert.rejects(subscribed('default/limits/3', sesame), /MaxSubscriptionsReachedError/);
  const failed = await events.post('default/limits/0', ['x'.repeat(2000)], sesame);
  assert.equal(failed[0].code, 'EventTooLargeException');
  const results = await Promise.allSettled(
    Array.from({ length: 100 }, (_, i) => rooms[0].channel.publish(i, sesame)));
  const refused = results.filter(({ status }) => status === 'rejected');
  assert.ok(refused.length > 0 && refused.length <= 80, `${refused.length} of 100 were refused`);
  assert.match(String(refused[0].reason), /LimitExceededError/);
  for (const { subscription } of rooms)
    subscription.unsubscribe();
});

test('a program for AWS works with another endpoint and nothing else changed', async () => {
  const program = fileURLToPath(new URL('../lib/moved.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, ready.http]);
  assert.deepEqual(JSON.parse(stdout), { hello: 'world' });
});
