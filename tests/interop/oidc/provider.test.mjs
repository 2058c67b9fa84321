// SPDX-License-Identifier: Apache-2.0
// The library signs in with a real provider, a person with a real browser answers.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';

import { Browser } from './browser.mjs';
import { startProvider, verified } from './provider.mjs';
import { SignIn } from './signin.mjs';

let browser;
let provider;

before(async () => {
  provider = await startProvider();
  browser = await Browser.start();
});
after(async () => {
  await browser?.close();
  provider?.close();
  assert.deepEqual(provider?.problems, []);
});

const settings = (more = {}) => ({
  issuer: provider.issuer,
  clientId: 'public',
  redirectUri: 'http://localhost:0/callback',
  // This provider gives refresh tokens only where consent was asked for.
  parameters: { prompt: 'consent' },
  ...more,
});

//! Goes through the pages of the provider; `user` of each sign-in.
async function enter(page, user) {
  await page.submit('.login-submit', { login: user, password: 'any' });
  await page.until(`location.pathname.startsWith('/interaction') && !document.querySelector('[name=password]')`);
  await page.submit('.login-submit');
}

const isDone = `location.pathname === '/callback' && document.body.innerText.includes('close this window')`;

async function signInWithBrowser(source, user) {
  const { url } = await source.ask({ do: 'token' }, 'open');
  const page = await browser.open(url);
  await enter(page, user);
  await page.until(isDone);
  const text = await page.evaluate('document.documentElement.outerHTML');
  const { code, state } = await page.evaluate('Object.fromEntries(new URLSearchParams(location.search))');
  assert.ok(code && state && !text.includes(code) && !text.includes(state));
  await page.close();
  await source.next('closed');
  return { url: new URL(url), ...await source.next('token') };
}

function isListening(uri) {
  const { port } = new URL(uri);
  return new Promise((resolve) => {
    const socket = connect({ host: 'localhost', port, autoSelectFamily: true });
    socket.on('connect', () => { socket.destroy(); resolve(true); });
    socket.on('error', () => resolve(false));
  });
}

test('discovery, sign-in, renewal, restored session, revocation', async () => {
  const source = new SignIn(settings());
  const first = await signInWithBrowser(source, 'alice');
  assert.equal(first.url.searchParams.get('scope'), 'openid email offline_access');
  assert.equal(first.url.searchParams.get('code_challenge_method'), 'S256');
  assert.equal(await isListening(first.url.searchParams.get('redirect_uri')), false);
  const claims = await verified(first.token, provider.issuer);
  assert.equal(claims.sub, 'alice');
  assert.equal(claims.aud, 'public');
  assert.equal(claims.nonce, first.url.searchParams.get('nonce'));
  assert.ok(Math.abs(Date.parse(first.expiresAt) / 1000 - claims.exp) < 30);

  // Kept: the provider is not asked.
  assert.equal((await source.ask({ do: 'token' }, 'token')).token, first.token);

  // Renewed without a person.
  const { isRenewable } = await source.ask({ do: 'invalidate' }, 'invalidated');
  assert.equal(isRenewable, true);
  const old = await source.ask({ do: 'session' }, 'session');
  const second = await source.ask({ do: 'token' }, 'token');
  assert.deepEqual(provider.granted.splice(0), ['authorization_code', 'refresh_token']);
  assert.equal((await verified(second.token, provider.issuer)).sub, 'alice');
  const { session } = await source.ask({ do: 'session' }, 'session');
  assert.notEqual(session, old.session);

  // In another run of the program.
  const other = new SignIn(settings());
  other.tell({ do: 'setSession', session });
  assert.equal((await other.ask({ do: 'token' }, 'token')).token, second.token);

  // Signed out there: the session is worth nothing here either, and a person is asked.
  await other.ask({ do: 'signOut' }, 'signedOut');
  assert.equal((await other.ask({ do: 'session' }, 'session')).session, '');
  assert.deepEqual(await other.end(), { code: 0, rest: [] });
  await source.ask({ do: 'invalidate' }, 'invalidated');
  const again = await signInWithBrowser(source, 'bob');
  assert.equal((await verified(again.token, provider.issuer)).sub, 'bob');
  assert.deepEqual(await source.end(), { code: 0, rest: [] });
});

test('a confidential client proves itself, and sends the access token', async () => {
  const source = new SignIn(settings({ clientId: 'confidential', clientSecret: provider.secret }));
  source.tell({ do: 'send', token: 'access' });
  const { token } = await signInWithBrowser(source, 'carol');
  const answer = await fetch(`${provider.issuer}/me`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal((await answer.json()).sub, 'carol');
  await source.ask({ do: 'signOut' }, 'signedOut');
  assert.deepEqual(await source.end(), { code: 0, rest: [] });
});

test('a wrong client secret is an error in words', async () => {
  const source = new SignIn(settings({ clientId: 'confidential', clientSecret: 'wrong-secret' }));
  const { url } = await source.ask({ do: 'token' }, 'open');
  const page = await browser.open(url);
  await enter(page, 'dave');
  await page.until(isDone);
  await page.close();
  await source.next('closed');
  const error = await source.next('error');
  assert.equal(error.type, 'invalid_client');
  assert.equal(error.kind, 'Unauthorized');
  assert.ok(!error.message.includes('wrong-secret'));
  await source.end();
});

test('a person who declines is an error in words', async () => {
  const source = new SignIn(settings());
  const { url } = await source.ask({ do: 'token' }, 'open');
  const page = await browser.open(url);
  await page.submit('.login-help a');
  await page.until(isDone);
  await page.close();
  await source.next('closed');
  const error = await source.next('error');
  assert.equal(error.type, 'access_denied');
  assert.equal(error.kind, 'Refused');
  assert.equal(await isListening(new URL(url).searchParams.get('redirect_uri')), false);
  await source.end();
});

test('a page of a stranger cannot end or steal the sign-in', async () => {
  const source = new SignIn(settings());
  const { url } = await source.ask({ do: 'token' }, 'open');
  const callback = new URL(url).searchParams.get('redirect_uri');
  const stranger = await browser.open(`${provider.issuer}/.well-known/openid-configuration`);
  await stranger.until('document.readyState === "complete"');
  await stranger.evaluate(`
    fetch('${callback}?code=evil&state=guess', { mode: 'no-cors' }).finally(() => { window.isOver = true; });
    document.body.append(Object.assign(new Image(), { src: '${callback}?error=evil&state=guess' }));`);
  await stranger.until('window.isOver');
  await stranger.close();
  const page = await browser.open(url);
  await enter(page, 'erin');
  await page.until(isDone);
  await page.close();
  await source.next('closed');
  assert.equal((await verified((await source.next('token')).token, provider.issuer)).sub, 'erin');
  await source.end();
});

test('a code is confirmed in a browser elsewhere', async () => {
  const source = new SignIn(settings({ flow: 'device' }));
  const { url, userCode } = await source.ask({ do: 'token' }, 'open');
  assert.ok(url.startsWith(`${provider.issuer}/device?user_code=`) && userCode.length >= 8);
  const page = await browser.open(url);
  await page.until(`document.querySelector('code')?.innerText === ${JSON.stringify(userCode)}`);
  await page.submit('button[autofocus]');
  await enter(page, 'frank');
  await page.until(`document.body.innerText.includes('Sign-in Success')`);
  await page.close();
  await source.next('closed');
  const { token } = await source.next('token');
  assert.equal((await verified(token, provider.issuer)).sub, 'frank');
  provider.granted.length = 0;
  await source.ask({ do: 'invalidate' }, 'invalidated');
  const renewed = await source.ask({ do: 'token' }, 'token');
  assert.deepEqual(provider.granted, ['refresh_token']);
  assert.equal((await verified(renewed.token, provider.issuer)).sub, 'frank');
  await source.end();
});
