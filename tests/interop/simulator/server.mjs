// SPDX-License-Identifier: Apache-2.0
// Amplify's simulator of GraphQL with the sample schema, on a free port of 127.0.0.1: prints its URL and key as one
// line of JSON when it is ready, and ends with its standard input.
import net from 'node:net';
import { createRequire } from 'node:module';

// It would listen on every interface.
const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (target, ...rest) {
  return typeof target === 'number'
    ? listen.call(this, target, '127.0.0.1', ...rest)
    : listen.call(this, { ...target, host: '127.0.0.1' }, ...rest);
};
// Standard output is for the one line.
console.log = console.error;

const { AmplifyAppSyncSimulator } = createRequire(import.meta.url)('@aws-amplify/amplify-appsync-simulator');

const everyMode = '@aws_api_key @aws_iam @aws_cognito_user_pools';
const schema = `
  type Message ${everyMode} { id: ID! room: String! body: String! author: String createdAt: AWSDateTime! }
  type Query { messages(room: String!, limit: Int): [Message!]! message(id: ID!): Message }
  type Mutation { sendMessage(room: String!, body: String!, author: String): Message fail(message: String!): Message }
  type Subscription { onMessage(room: String): Message @aws_subscribe(mutations: ["sendMessage"]) ${everyMode} }
`;
const request = '{"version": "2018-05-29", "payload": $util.toJson($ctx.args)}';
const resolver = (typeName, fieldName, responseMappingTemplate) => ({
  kind: 'UNIT', typeName, fieldName, dataSourceName: 'none', requestMappingTemplate: request, responseMappingTemplate,
});
const message = '"createdAt": "2026-01-01T00:00:00Z"';
const apiKey = 'da2-simulator';
const simulator = new AmplifyAppSyncSimulator({ port: 0 });
simulator.init({
  appSync: {
    name: 'sample',
    apiKey,
    defaultAuthenticationType: { authenticationType: 'API_KEY' },
    additionalAuthenticationProviders: [
      { authenticationType: 'AWS_IAM' },
      { authenticationType: 'AMAZON_COGNITO_USER_POOLS', cognitoUserPoolConfig: {} },
    ],
  },
  schema: { content: schema },
  dataSources: [{ name: 'none', type: 'NONE' }],
  resolvers: [
    resolver('Query', 'messages', `[{"id": "1", "room": "$ctx.args.room", "body": "first", ${message}}]`),
    resolver('Query', 'message', 'null'),
    resolver('Mutation', 'sendMessage',
      `{"id": "2", "room": "$ctx.args.room", "body": $util.toJson($ctx.args.body), ${message}}`),
    resolver('Mutation', 'fail', '$util.error($ctx.args.message, "OnPurpose")'),
  ],
});
await simulator.start();
process.stdout.write(`${JSON.stringify({ port: Number(new URL(simulator.localhostUrl).port), apiKey })}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
