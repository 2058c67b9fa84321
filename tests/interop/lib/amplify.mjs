// SPDX-License-Identifier: Apache-2.0
// What all cases need of Amplify: its configuration and a subscription that keeps what it gets.
import { Amplify } from 'aws-amplify';
import { events } from 'aws-amplify/data';

export const ready = JSON.parse(process.env.INTEROP_READY);

//! `token`: what user pool and OIDC modes send, and `credentials`: what IAM mode signs with. Amplify takes both
//! from its session and not from a call.
export function configure({ authMode = 'apiKey', apiKey = ready.apiKey, token, credentials } = {}) {
  const accessToken = { toString: () => token, payload: { exp: Math.floor(Date.now() / 1000) + 3600 } };
  const session = {
    ...(token && { tokenProvider: { getTokens: async () => ({ accessToken }) } }),
    ...(credentials && {
      credentialsProvider: {
        getCredentialsAndIdentityId: async () => ({ credentials }),
        clearCredentialsAndIdentityId() {},
      },
    }),
  };
  Amplify.configure(
    { API: { Events: { endpoint: ready.http, region: ready.region, defaultAuthMode: authMode, apiKey } } },
    token || credentials ? { Auth: session } : undefined);
}

//! Amplify's own sign-in, by the local AppSync's user pool and identity pool.
export function configureSignIn({ authMode }) {
  const { endpoint, userPoolId, clientId, identityPoolId } = ready.cognito;
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId,
        userPoolClientId: clientId,
        userPoolEndpoint: endpoint,
        identityPoolId,
        identityPoolEndpoint: endpoint,
        allowGuestAccess: true,
      },
    },
    API: { Events: { endpoint: ready.http, region: ready.region, defaultAuthMode: authMode } },
  });
}

//! Subscribes, waits until that is acknowledged, and collects.
export async function subscribed(channelName, options) {
  const channel = await events.connect(channelName, options);
  const received = [];
  const waiting = [];
  const subscription = channel.subscribe({
    next: (data) => {
      received.push(data.event);
      for (const wake of waiting.splice(0)) wake();
    },
    error: () => {}, // told by `ready` as well
  });
  await subscription.ready;
  return {
    channel,
    subscription,
    received,
    //! The first `count` events; never resolves if fewer come, which the runner's timeout reports.
    async first(count) {
      while (received.length < count)
        await new Promise((resolve) => waiting.push(resolve));
      return received.slice(0, count);
    },
  };
}

//! Events of a batch may arrive in any order.
export const sorted = (list) => [...list].sort((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
