// SPDX-License-Identifier: Apache-2.0
// Cognito's official JavaScript client, which does the maths of SRP itself, against the local user pool.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { called, calledWith, publish, ready, signIn, Storage, totp, userOf } from '../lib/cognito.mjs';

test('signs in by SRP; AppSync takes both tokens', async () => {
  const { session } = await signIn(userOf('alice'));
  assert.equal(session.getAccessToken().payload.username, 'alice');
  assert.equal(session.getIdToken().payload.email, 'alice@example.com');
  assert.equal(await publish(session.getAccessToken().getJwtToken()), 200);
  assert.equal(await publish(session.getIdToken().getJwtToken()), 200);
});

test('signs in by an e-mail address and by password', async () => {
  const { session } = await signIn(userOf('alice@example.com'));
  assert.equal(session.getAccessToken().payload.username, 'alice');
  await signIn(userOf('alice'), { flow: 'USER_PASSWORD_AUTH' });
});

test('tells a wrong password, an unknown and a disabled user', async () => {
  const wrong = { code: 'NotAuthorizedException', message: 'Incorrect username or password.' };
  await assert.rejects(signIn(userOf('alice'), { password: 'Wrong-Horse-9!' }), wrong);
  await assert.rejects(signIn(userOf('nobody')), wrong);
  await assert.rejects(signIn(userOf('disabled')), { code: 'NotAuthorizedException', message: 'User is disabled.' });
});

test('asks for the code of an authenticator app', async () => {
  const user = userOf('totp');
  await assert.rejects(signIn(user, { totp: () => totp(ready.totpSecret, 20) }), { code: 'CodeMismatchException' });
  const { session } = await signIn(user, { totp: () => totp(ready.totpSecret) });
  assert.equal(await publish(session.getAccessToken().getJwtToken()), 200);
});

test('asks for a new password and a missing attribute', async () => {
  const seen = {};
  const answer = (password, attributes) => (given, required) => {
    Object.assign(seen, { given, required });
    return { password, attributes };
  };
  await assert.rejects(signIn(userOf('invited'), { newPassword: answer('short', { name: 'Guest' }) }),
    { code: 'InvalidPasswordException' });
  assert.equal(seen.given.email, 'invited@example.com');
  assert.deepEqual(seen.required, ['name']);
  await assert.rejects(signIn(userOf('invited'), { newPassword: answer('New-Horse-10!', {}) }),
    { code: 'InvalidParameterException' });
  await signIn(userOf('invited'), { newPassword: answer('New-Horse-10!', { name: 'Guest' }) });
  const { session } = await signIn(userOf('invited'), { password: 'New-Horse-10!' });
  assert.equal(session.getIdToken().payload.name, 'Guest');
});

test('remembers the device: it signs in by its own SRP from then on', async () => {
  const storage = new Storage();
  await signIn(userOf('alice', storage));
  const key = `CognitoIdentityServiceProvider.${ready.clientId}.alice.deviceKey`;
  const deviceKey = storage.getItem(key);
  assert.match(deviceKey, /^us-east-1_/);
  const { session } = await signIn(userOf('alice', storage));
  assert.equal(session.getAccessToken().payload.device_key, deviceKey);
  assert.equal(storage.getItem(key), deviceKey);

  // One that the pool does not know is forgotten, and the sign-in goes on.
  storage.setItem(key, 'us-east-1_unknown');
  await signIn(userOf('alice', storage));
  assert.notEqual(storage.getItem(key), 'us-east-1_unknown');
});

test('refreshes, and ends with the sign-out everywhere', async () => {
  const user = userOf('alice');
  const { session } = await signIn(user);
  const refreshed = await called((done) => user.refreshSession(session.getRefreshToken(), done));
  assert.notEqual(refreshed.getAccessToken().getJwtToken(), session.getAccessToken().getJwtToken());
  assert.equal(await publish(refreshed.getAccessToken().getJwtToken()), 200);
  await calledWith((callbacks) => user.globalSignOut(callbacks));
  const again = userOf('alice');
  await assert.rejects(called((done) => again.refreshSession(session.getRefreshToken(), done)),
    { code: 'NotAuthorizedException' });
});

test('sets up an authenticator app, tells about the user, and asks for a code from then on', async () => {
  const user = userOf('alice');
  await signIn(user);
  const secret = await calledWith((callbacks) => user.associateSoftwareToken(callbacks));
  await assert.rejects(calledWith((callbacks) => user.verifySoftwareToken('000000', 'phone', callbacks)),
    { code: 'EnableSoftwareTokenMFAException' });
  await calledWith((callbacks) => user.verifySoftwareToken(totp(secret), 'phone', callbacks));
  const settings = { Enabled: true, PreferredMfa: true };
  await called((done) => user.setUserMfaPreference(null, settings, done));
  const data = await called((done) => user.getUserData(done, { bypassCache: true }));
  assert.equal(data.Username, 'alice');
  assert.equal(data.PreferredMfaSetting, 'SOFTWARE_TOKEN_MFA');
  // A code is good once: the next one is within the tolerance of a step.
  await signIn(userOf('alice'), { totp: () => totp(secret, 1) });
  await called((done) => user.setUserMfaPreference(null, { Enabled: false, PreferredMfa: false }, done));
  await signIn(userOf('alice'));
});

test('revokes its refresh token', async () => {
  const user = userOf('alice');
  const { session } = await signIn(user);
  await new Promise((resolve, reject) => user.signOut((error) => error ? reject(error) : resolve()));
  await assert.rejects(called((done) => userOf('alice').refreshSession(session.getRefreshToken(), done)),
    { code: 'NotAuthorizedException' });
});

test('answers a question of the pool, after SRP', async () => {
  const asked = [];
  const { session } = await signIn(userOf('alice'), {
    flow: 'CUSTOM_AUTH',
    custom: (parameters) => asked.push(parameters.question) === 1 ? '41' : '42',
  });
  assert.deepEqual(asked, ['What is 6 × 7?', 'What is 6 × 7?']);
  assert.equal(await publish(session.getIdToken().getJwtToken()), 200);
});
