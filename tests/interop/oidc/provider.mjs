// SPDX-License-Identifier: Apache-2.0
// A certified OpenID provider on a free port of this computer, with its own pages for sign-in and consent.
import { createPublicKey, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

import Provider from 'oidc-provider';

const kClient = { application_type: 'native', response_types: ['code'], redirect_uris: ['http://localhost/callback'] };
const kGrants = ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'];

export async function startProvider() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;

  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'test' };
  const secret = randomBytes(16).toString('hex');
  const provider = new Provider(issuer, {
    clients: [
      { ...kClient, client_id: 'public', token_endpoint_auth_method: 'none', grant_types: kGrants },
      { ...kClient, client_id: 'confidential', client_secret: secret, grant_types: kGrants },
    ],
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub'], email: ['email'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: true }, revocation: { enabled: true }, deviceFlow: { enabled: true } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@example.com` }) }),
    pkce: { required: () => true },
  });
  const problems = [];
  const granted = []; // the grant types, in their order
  provider.on('server_error', (_, error) => problems.push(error));
  provider.on('grant.success', (ctx) => granted.push(ctx.oidc.params.grant_type));
  server.on('request', provider.callback());
  return { issuer, secret, problems, granted, close: () => { server.closeAllConnections(); server.close(); } };
}

//! The claims of `token`, after its signature was checked with the key that the provider publishes.
export async function verified(token, issuer) {
  const [header, payload, signature] = token.split('.');
  const { keys } = await (await fetch(`${issuer}/jwks`)).json();
  const { kid, alg } = JSON.parse(Buffer.from(header, 'base64url'));
  const key = createPublicKey({ key: keys.find((one) => one.kid === kid), format: 'jwk' });
  if (alg !== 'RS256' || !verify('RSA-SHA256', `${header}.${payload}`, key, Buffer.from(signature, 'base64url')))
    throw new Error('the signature is wrong');
  return JSON.parse(Buffer.from(payload, 'base64url'));
}
