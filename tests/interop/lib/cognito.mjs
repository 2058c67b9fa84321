// SPDX-License-Identifier: Apache-2.0
// amazon-cognito-identity-js with promises, on a user pool of the local AppSync.
import cognito from 'amazon-cognito-identity-js';
import { createHmac } from 'node:crypto';

const { AuthenticationDetails, CognitoUser, CognitoUserPool } = cognito;

export const ready = JSON.parse(process.env.INTEROP_READY);

//! What a browser's local storage is; each device has one.
export class Storage {
  #items = new Map();
  setItem(key, value) { this.#items.set(key, String(value)); }
  getItem(key) { return this.#items.has(key) ? this.#items.get(key) : null; }
  removeItem(key) { this.#items.delete(key); }
  clear() { this.#items.clear(); }
}

export function userOf(username, storage = new Storage()) {
  const pool = new CognitoUserPool({
    UserPoolId: ready.userPoolId, ClientId: ready.clientId, endpoint: ready.endpoint, Storage: storage,
  });
  return new CognitoUser({ Username: username, Pool: pool, Storage: storage });
}

//! Resolves with the session. `answers`: functions that answer challenges; they get what the challenge tells.
export function signIn(user, { password = ready.password, flow = 'USER_SRP_AUTH', ...answers } = {}) {
  return new Promise((resolve, reject) => {
    const callbacks = {
      onSuccess: (session, confirmationNecessary) => resolve({ session, confirmationNecessary }),
      onFailure: reject,
      totpRequired: () => user.sendMFACode(answers.totp(), callbacks, 'SOFTWARE_TOKEN_MFA'),
      newPasswordRequired: (attributes, required) => {
        const { password, attributes: given } = answers.newPassword(attributes, required);
        user.completeNewPasswordChallenge(password, given, callbacks);
      },
      customChallenge: (parameters) => user.sendCustomChallengeAnswer(answers.custom(parameters), callbacks),
    };
    user.setAuthenticationFlowType(flow);
    user.authenticateUser(new AuthenticationDetails({ Username: user.getUsername(), Password: password }), callbacks);
  });
}

//! The callback forms of the library.
export const called = (start) => new Promise((resolve, reject) => {
  start((error, result) => error ? reject(error) : resolve(result));
});
export const calledWith = (start) => new Promise((resolve, reject) => {
  start({ onSuccess: resolve, onFailure: reject, associateSecretCode: resolve });
});

//! The code that an authenticator app shows (RFC 6238).
export function totp(secret, stepsFromNow = 0) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsFromNow));
  const mac = createHmac('sha1', key).update(counter).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

//! Publishes one event over HTTP; the answer's status.
export async function publish(token) {
  const answer = await fetch(ready.http, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: token },
    body: JSON.stringify({ channel: 'private/a', events: ['1'] }),
  });
  return answer.status;
}
