// SPDX-License-Identifier: Apache-2.0
// The official client on the same flood: amplify.mjs receive|publish PORT COUNT [TLS]. Prints what that took
// as one line of JSON. Amplify and the Node that runs this are those that tests/interop pins.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../interop/package.json', import.meta.url));
const { Amplify } = require('aws-amplify');
const { events } = require('aws-amplify/data');

const [mode, port, countText, tls] = process.argv.slice(2);
const count = Number(countText);
const scheme = tls ? 'https' : 'http';

// Amplify speaks TLS always; for the comparison without it, this takes it away beneath.
if (!tls) {
  globalThis.WebSocket = class extends WebSocket {
    constructor(url, protocols) {
      super(String(url).replace('wss:', 'ws:'), protocols);
    }
  };
}

Amplify.configure({
  API: {
    Events: {
      endpoint: `${scheme}://127.0.0.1:${port}/event`,
      region: 'us-east-1',
      defaultAuthMode: 'apiKey',
      apiKey: 'da2-bench',
    },
  },
});

function finish(result) {
  console.log(JSON.stringify(result));
  process.exit(0); // Amplify keeps timers that nobody waits for
}

const seconds = (since) => Number(process.hrtime.bigint() - since) / 1e9;

async function receive() {
  const channel = await events.connect('/default/0');
  let seen = 0;
  let start;
  channel.subscribe({
    next() {
      if (seen === 0)
        start = process.hrtime.bigint();
      if (++seen === count)
        finish({ frames: seen, seconds: seconds(start) });
    },
    error(error) {
      console.error(error);
      process.exit(1);
    },
  });
}

async function publish() {
  const head = { device: 'truck-7', speed: 61.25, text: '' };
  const event = { ...head, text: 'x'.repeat(300 - JSON.stringify(head).length) };
  const channel = await events.connect('/default/0');
  const latencies = [];
  let begun = 0;
  const start = process.hrtime.bigint();
  async function worker() {
    while (begun < count) {
      ++begun;
      const from = process.hrtime.bigint();
      await channel.publish(event);
      latencies.push(seconds(from) * 1e3);
    }
  }
  await Promise.all(Array.from({ length: 64 }, worker));
  const elapsed = seconds(start);
  latencies.sort((a, b) => a - b);
  const percentile = (percent) => latencies[Math.floor((latencies.length - 1) * percent / 100)];
  finish({ publishes: count, seconds: elapsed, p50: percentile(50), p99: percentile(99) });
}

await (mode === 'publish' ? publish() : receive());
