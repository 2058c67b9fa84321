// SPDX-License-Identifier: Apache-2.0
// moved.mjs [ENDPOINT]: a program for an Event API of AWS. On the local AppSync, whose configuration has its key,
// it differs in nothing but the endpoint.
import { Amplify } from 'aws-amplify';
import { events } from 'aws-amplify/data';

const endpoint = process.argv[2] ?? 'https://abcdefghijklmnopqrstuvwxyz.appsync-api.us-east-1.amazonaws.com/event';

Amplify.configure({
  API: {
    Events: {
      endpoint,
      region: 'us-east-1',
      defaultAuthMode: 'apiKey',
      apiKey: 'da2-abcdefghijklmnopqrstuvwxyz',
    },
  },
});

const channel = await events.connect('/default/greetings');
const received = await new Promise((resolve, reject) => {
  const subscription = channel.subscribe({ next: (data) => resolve(data.event), error: reject });
  subscription.ready.then(() => channel.publish({ hello: 'world' })).catch(reject);
});
console.log(JSON.stringify(received));
await events.closeAll();
process.exit(0);
