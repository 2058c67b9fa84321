// SPDX-License-Identifier: Apache-2.0
// The official SDK's client of the control plane, as infrastructure scripts use it, and what it made used over
// Events.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import {
  AppSyncClient, CreateApiCommand, CreateApiKeyCommand, CreateChannelNamespaceCommand, DeleteApiCommand,
  DeleteApiKeyCommand, DeleteChannelNamespaceCommand, GetApiCommand, GetChannelNamespaceCommand, ListApiKeysCommand,
  ListApisCommand, ListChannelNamespacesCommand, UpdateApiCommand, UpdateApiKeyCommand,
  UpdateChannelNamespaceCommand, paginateListChannelNamespaces,
} from '@aws-sdk/client-appsync';
import { events } from 'aws-amplify/data';

import { configure, ready, subscribed } from '../lib/amplify.mjs';

const owner = { accessKeyId: ready.accessKeyId, secretAccessKey: ready.secretAccessKey };
const clientOf = (credentials) => new AppSyncClient({
  endpoint: new URL(ready.http).origin, region: ready.region, credentials, maxAttempts: 1,
});
const client = clientOf(owner);
const send = (command) => client.send(command);
const keys = [{ authType: 'API_KEY' }];
const eventConfig = {
  authProviders: [{ authType: 'API_KEY' }, { authType: 'AWS_IAM' }],
  connectionAuthModes: keys,
  defaultPublishAuthModes: keys,
  defaultSubscribeAuthModes: keys,
};

after(() => {
  events.closeAll();
  client.destroy();
});

const publish = (http, key, channel) => fetch(http, {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-api-key': key },
  body: JSON.stringify({ channel, events: ['1'] }),
}).then((answer) => answer.status);

test('lists and gets the API that is there', async () => {
  const { apis } = await send(new ListApisCommand({}));
  assert.equal(apis.length, 1);
  const { api } = await send(new GetApiCommand({ apiId: apis[0].apiId }));
  assert.deepEqual(api, apis[0]);
  assert.ok(api.created instanceof Date);
  assert.match(api.dns.HTTP, /^\w{26}\.appsync-api\.localhost:\d+$/);
  const { channelNamespaces } = await send(new ListChannelNamespacesCommand({ apiId: api.apiId }));
  assert.deepEqual(channelNamespaces.map(({ name }) => name), ['default', 'public', 'private', 'demo']);
  const { apiKeys } = await send(new ListApiKeysCommand({ apiId: api.apiId }));
  assert.equal(apiKeys[0].id, ready.apiKey);
});

test('a namespace and a key are made, used over Events, changed and deleted', async () => {
  const { apis: [{ apiId }] } = await send(new ListApisCommand({}));
  const { channelNamespace } = await send(new CreateChannelNamespaceCommand({
    apiId, name: 'game', tags: { stage: 'test' }, subscribeAuthModes: keys,
  }));
  assert.equal(channelNamespace.name, 'game');
  assert.deepEqual(channelNamespace.tags, { stage: 'test' });
  const { apiKey } = await send(new CreateApiKeyCommand({ apiId, description: 'for a test' }));
  assert.match(apiKey.id, /^da2-/);

  configure({ apiKey: apiKey.id });
  const room = await subscribed('game/*');
  await events.post('game/a', { n: 1 });
  assert.deepEqual(await room.first(1), [{ n: 1 }]);

  const { channelNamespace: changed } = await send(new UpdateChannelNamespaceCommand({
    apiId, name: 'game', publishAuthModes: [{ authType: 'AWS_IAM' }],
  }));
  assert.deepEqual(changed.publishAuthModes, [{ authType: 'AWS_IAM' }]);
  assert.equal(await publish(ready.http, apiKey.id, 'game/a'), 403);
  const expires = Math.floor(Date.now() / 3_600_000) * 3600 + 30 * 24 * 3600;
  const { apiKey: longer } = await send(new UpdateApiKeyCommand({ apiId, id: apiKey.id, expires }));
  assert.equal(longer.expires, expires);
  await send(new DeleteChannelNamespaceCommand({ apiId, name: 'game' }));
  await assert.rejects(send(new GetChannelNamespaceCommand({ apiId, name: 'game' })), { name: 'NotFoundException' });
  await send(new DeleteApiKeyCommand({ apiId, id: apiKey.id }));
  assert.equal(await publish(ready.http, apiKey.id, 'default/a'), 401);
});

test('an API is made, works apart from the first one, and is deleted', async () => {
  const { api } = await send(new CreateApiCommand({ name: 'second', ownerContact: 'me', eventConfig }));
  assert.deepEqual(api.eventConfig, eventConfig);
  const { apiId } = api;
  await send(new UpdateApiCommand({ apiId, name: 'renamed', eventConfig }));
  assert.equal((await send(new GetApiCommand({ apiId }))).api.name, 'renamed');
  for (const name of ['a', 'b', 'c'])
    await send(new CreateChannelNamespaceCommand({ apiId, name }));
  const names = [];
  for await (const page of paginateListChannelNamespaces({ client, pageSize: 2 }, { apiId }))
    names.push(...page.channelNamespaces.map(({ name }) => name));
  assert.deepEqual(names, ['a', 'b', 'c']);
  const { apiKey } = await send(new CreateApiKeyCommand({ apiId }));

  // By path, since the resolver of many systems does not know names below localhost.
  const http = new URL(`/apis/${apiId}/event`, ready.http).href;
  assert.equal(await publish(http, apiKey.id, 'a/1'), 200);
  assert.equal(await publish(http, ready.apiKey, 'a/1'), 401);
  assert.equal(await publish(ready.http, apiKey.id, 'default/1'), 401);
  await send(new DeleteApiCommand({ apiId }));
  assert.equal(await publish(http, apiKey.id, 'a/1'), 404);
  await assert.rejects(send(new GetApiCommand({ apiId })), { name: 'NotFoundException' });
});

test('errors have the names of the service', async () => {
  const { apis: [{ apiId }] } = await send(new ListApisCommand({}));
  await assert.rejects(send(new CreateChannelNamespaceCommand({ apiId, name: 'default' })), { name: 'ConflictException' });
  await assert.rejects(send(new CreateChannelNamespaceCommand({ apiId, name: '-' })), { name: 'BadRequestException' });
  await assert.rejects(
    clientOf({ ...owner, secretAccessKey: 'wrong' }).send(new ListApisCommand({})), { name: 'InvalidSignatureException' });
  await assert.rejects(
    clientOf({ ...owner, accessKeyId: 'AKIDNOBODY' }).send(new ListApisCommand({})), { name: 'UnrecognizedClientException' });
});
