// SPDX-License-Identifier: Apache-2.0
// Amplify's own sign-in: SRP with the user pool, credentials of the identity pool, and events with either.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { fetchAuthSession, fetchUserAttributes, getCurrentUser, signIn, signOut } from 'aws-amplify/auth';
import { events } from 'aws-amplify/data';

import { configureSignIn, ready, subscribed } from '../lib/amplify.mjs';

const { username, password } = ready.cognito;
configureSignIn({ authMode: 'iam' });
after(() => events.closeAll());

test('a guest of the identity pool may listen and not publish', async () => {
  const session = await fetchAuthSession();
  assert.equal(session.tokens, undefined);
  assert.match(session.credentials.accessKeyId, /^ASIA/);
  const room = await subscribed('private/*', { authMode: 'iam' });
  await assert.rejects(events.post('private/a', 1, { authMode: 'iam' }), { name: 'UnauthorizedException' });
  room.subscription.unsubscribe();
});

test('a wrong password is refused', async () => {
  await assert.rejects(signIn({ username, password: 'Wrong-Horse-9!' }),
    { name: 'NotAuthorizedException', message: 'Incorrect username or password.' });
  await assert.rejects(signIn({ username: 'nobody', password }), { name: 'NotAuthorizedException' });
});

for (const authFlowType of ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH']) {
  test(`${authFlowType}: signs in, publishes by token and by signature, renews, signs out`, async () => {
    const result = await signIn({ username, password, options: { authFlowType } });
    assert.deepEqual(result, { isSignedIn: true, nextStep: { signInStep: 'DONE' } });
    assert.equal((await getCurrentUser()).username, username);
    assert.equal((await fetchUserAttributes()).email, 'demo@example.com');

    const first = await fetchAuthSession();
    assert.equal(first.tokens.accessToken.payload.client_id, ready.cognito.clientId);
    for (const authMode of ['userPool', 'iam']) {
      const room = await subscribed(`private/${authMode.toLowerCase()}`, { authMode });
      await room.channel.publish('by websocket', { authMode });
      await events.post(`private/${authMode.toLowerCase()}`, 'by http', { authMode });
      assert.deepEqual(await room.first(2), ['by websocket', 'by http']);
      room.subscription.unsubscribe();
    }

    const renewed = await fetchAuthSession({ forceRefresh: true });
    assert.notEqual(renewed.tokens.accessToken.toString(), first.tokens.accessToken.toString());
    assert.equal(renewed.tokens.accessToken.payload.origin_jti, first.tokens.accessToken.payload.origin_jti);
    assert.notEqual(renewed.credentials.accessKeyId, first.credentials.accessKeyId);

    await signOut({ global: true });
    await assert.rejects(getCurrentUser());
  });
}
