// SPDX-License-Identifier: Apache-2.0
// The least that does an emulator's work, on the WebSocket library that Node programs use: the same frames,
// keys checked, publishes parsed and checked, subscriptions matched with wildcards, one frame for each event
// and subscription. What all frames of an event have in common is written once, as in the emulator. Prints
// its port and key as one line of JSON; ends with its standard input.
import { createRequire } from 'node:module';
import { randomUUID } from 'node:crypto';

const require = createRequire(new URL('../interop/package.json', import.meta.url));
const { WebSocketServer } = require('ws');

const KEY = 'da2-bench';
const subscribers = new Map(); // channel or channel/* → set of {socket, head}

function normalized(channel) {
  return channel.replace(/^\/|\/$/g, '');
}

function* covering(channel) {
  yield* subscribers.get(channel) ?? [];
  for (let at = channel.lastIndexOf('/'); at > 0; at = channel.lastIndexOf('/', at - 1))
    yield* subscribers.get(`${channel.slice(0, at)}/*`) ?? [];
}

function subscribe(socket, own, { id, channel }) {
  const name = normalized(channel);
  const subscriber = { socket, head: `{"id":"${id}","type":"data","event":` };
  if (!subscribers.has(name))
    subscribers.set(name, new Set());
  subscribers.get(name).add(subscriber);
  own.set(id, () => subscribers.get(name).delete(subscriber));
  socket.send(`{"id":"${id}","type":"subscribe_success"}`);
}

function publish(socket, { id, channel, events }) {
  const successful = events.map((event, index) => {
    JSON.parse(event); // throws if it is none
    return { identifier: randomUUID(), index };
  });
  socket.send(`{"id":"${id}","type":"publish_success","successful":${JSON.stringify(successful)},"failed":[]}`);
  for (const event of events) {
    const tail = `${JSON.stringify(event)}}`;
    for (const subscriber of covering(normalized(channel)))
      subscriber.socket.send(subscriber.head + tail);
  }
}

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  backlog: 1024,
  perMessageDeflate: false,
  handleProtocols: () => 'aws-appsync-event-ws',
  verifyClient: ({ req }) => req.headers['x-api-key'] === KEY,
});

server.on('connection', (socket) => {
  const own = new Map();
  socket.on('close', () => own.forEach((leave) => leave()));
  socket.on('message', (text) => {
    const frame = JSON.parse(text);
    if (frame.type === 'connection_init')
      return socket.send('{"type":"connection_ack","connectionTimeoutMs":300000}');
    if (frame.authorization?.['x-api-key'] !== KEY)
      return socket.send(`{"id":"${frame.id}","type":"${frame.type}_error","errors":[{"errorType":"UnauthorizedException"}]}`);
    return frame.type === 'subscribe' ? subscribe(socket, own, frame) : publish(socket, frame);
  });
});

server.on('listening', () => console.log(JSON.stringify({ port: server.address().port, key: KEY })));
process.stdin.resume().on('end', () => process.exit(0));
