// SPDX-License-Identifier: Apache-2.0
// The terminal program as a script uses it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { ready } from './amplify.mjs';

//! Credentials and certificate reach it by the environment, never as arguments.
export function start(args, environment = {}) {
  const child = spawn(process.env.INTEROP_CLI, args, {
    env: {
      ...process.env,
      SYNCSCOPE_ENDPOINT: ready.http,
      SYNCSCOPE_CA_CERT: ready.caCert,
      SYNCSCOPE_API_KEY: ready.apiKey,
      ...environment,
    },
  });
  child.stdin.end();
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    child[stream].setEncoding('utf8');
    child[stream].on('data', (text) => { output[stream] += text; });
  }
  const exited = once(child, 'close').then(([code]) => ({ code, ...output }));
  return { child, exited };
}

export const run = (args, environment) => start(args, environment).exited;

//! A `subscribe` whose subscription is acknowledged.
export async function subscribe(channel, ...args) {
  const { child, exited } = start(['subscribe', channel, ...args]);
  for await (const line of createInterface({ input: child.stderr })) {
    if (line === `subscribed to /${channel}`)
      return { child, exited };
  }
  throw new Error(`subscribe ended early: ${JSON.stringify(await exited)}`);
}

export const lines = (text) => text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
