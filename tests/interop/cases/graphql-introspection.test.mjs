// SPDX-License-Identifier: Apache-2.0
// The reference implementation reads the schema that the local AppSync tells.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { buildClientSchema, buildSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema, validateSchema } from 'graphql-reference';

import { ready } from '../lib/amplify.mjs';

const kSample = /* GraphQL */ `
scalar AWSDateTime
type Message { id: ID! room: String! body: String! author: String createdAt: AWSDateTime! }
type Query { messages(room: String!, limit: Int): [Message!]! message(id: ID!): Message }
type Mutation { sendMessage(room: String!, body: String!, author: String): Message fail(message: String!): Message }
type Subscription { onMessage(room: String): Message }`;

//! Without descriptions, which the built-in scalars have.
const text = (schema) => printSchema(lexicographicSortSchema(schema)).replace(/"""[^]*?"""\n/g, '');

async function ask(query) {
  const answer = await fetch(ready.graphql, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': ready.apiKey },
    body: JSON.stringify({ query }),
  });
  return answer.json();
}

for (const [name, options] of Object.entries({
  'what Amplify and most tools ask': {},
  'everything': { descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true,
                  inputValueDeprecation: true },
  'without descriptions': { descriptions: false },
})) {
  test(`introspection: ${name}`, async () => {
    const { data, errors } = await ask(getIntrospectionQuery(options));
    assert.equal(errors, undefined);
    const schema = buildClientSchema(data);
    assert.deepEqual(validateSchema(schema), []);
    assert.equal(text(schema), text(buildSchema(kSample)));
  });
}

test('introspection: one type, and one that there is not', async () => {
  const { data } = await ask('{ m: __type(name: "Message") { kind fields { name type { kind ofType { name } } } } n: __type(name: "X") { name } }');
  assert.equal(data.n, null);
  assert.equal(data.m.kind, 'OBJECT');
  assert.deepEqual(data.m.fields[0], { name: 'id', type: { kind: 'NON_NULL', ofType: { name: 'ID' } } });
});
