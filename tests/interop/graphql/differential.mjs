// SPDX-License-Identifier: Apache-2.0
// differential.mjs PROGRAM [--seed N] [--count N]: makes documents at random and compares what our document tools
// say of them (PROGRAM, see graphqlanswers.cpp) with the reference implementation, npm's graphql.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { isInputType, parse, typeFromAST } from 'graphql-reference';

import { Random } from './random.mjs';
import { Reference } from './reference.mjs';
import { Schemas } from './schemas.mjs';
import { Syntax } from './syntax.mjs';

const { positionals: [program], values: options } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, count: { type: 'string', default: '12000' } },
});
const seed = Number(options.seed ?? Date.now() % 1_000_000_000);
const count = Number(options.count);
console.log(`seed ${seed}`);

const random = new Random(seed);
const reference = new Reference();
const counts = { documents: 0, refused: 0, schemas: 0, 'refused schemas': 0, introspections: 0, validated: 0, 'with errors': 0, variables: 0, 'wrong variables': 0 };

const answers = spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'] });
answers.stdin.on('error', () => {}); // it ended; what it left unanswered says so
const lines = createInterface({ input: answers.stdout });
const open = []; // what was asked and not yet answered
let failures = 0;

const sorted = (errors) => (errors ?? []).map(({ message, at }) => `${message} @ ${at.join(' ')}`).sort();

function withSortedKeys(value) {
  if (Array.isArray(value))
    return value.map(withSortedKeys);
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.keys(value).sort().map((key) => [key, withSortedKeys(value[key])]));
  return value;
}

lines.on('line', (line) => {
  const { question, expected } = open.shift();
  const actual = JSON.parse(line);
  const errors = expected.onlyRule ? (actual.errors ?? []).filter(({ rule }) => rule === expected.onlyRule) : actual.errors;
  const both = [
    { ...expected, onlyRule: undefined, errors: sorted(expected.errors), values: expected.values && withSortedKeys(JSON.parse(JSON.stringify(expected.values))) },
    { ...actual, onlyRule: undefined, errors: sorted(errors), values: expected.values && withSortedKeys(actual.values) },
  ];
  if (isDeepStrictEqual(...both.map((each) => JSON.parse(JSON.stringify(each)))))
    return;
  if (++failures > 5)
    return;
  console.error(`\n--- ${question.do} differs (seed ${seed}):\n${question.text ?? JSON.stringify(question.data)}`);
  if (question.schema)
    console.error(`--- schema:\n${question.schema}`);
  if (question.variables)
    console.error('--- variables:', JSON.stringify(question.variables));
  console.error('--- reference:', both[0], '\n--- ours:', both[1]);
});

function ask(question, expected) {
  if (expected === undefined)
    return;
  open.push({ question, expected });
  const { schema, ...sent } = question;
  answers.stdin.write(`${JSON.stringify(sent)}\n`);
}

function askSyntax() {
  const syntax = new Syntax(random);
  let text = syntax.text(syntax.document());
  if (random.chance(0.5))
    text = syntax.broken(text);
  const question = { do: 'parse', text };
  const expected = reference.parse(question);
  ++counts.documents;
  counts.refused += expected.errors ? 1 : 0;
  ask(question, expected);
}

// A schema, and documents for it.
function askSchema(schemas) {
  const sdl = schemas.next();
  const isShuffled = random.chance(0.5);
  const question = { do: 'schema', text: isShuffled ? schemas.shuffled(sdl) : sdl };
  const expected = reference.schemaOf(question);
  ++counts.schemas;
  counts['refused schemas'] += expected?.errors.length ? 1 : 0;
  ask(question, expected);
  if (!reference.schema)
    return;
  for (let i = 0; i < 8; ++i)
    askValidation(schemas, question.text);
  const data = reference.introspection();
  ++counts.introspections;
  ask({ do: 'introspection', data }, reference.ofIntrospection({ data }));
}

function askValidation(schemas, schema) {
  const written = schemas.document();
  const text = random.chance(0.5) ? schemas.shuffled(written) : written;
  const expected = reference.validate({ text });
  ++counts.validated;
  counts['with errors'] += expected?.errors.length ? 1 : 0;
  ask({ do: 'validate', text, schema }, expected);
  // Their types may have been shuffled.
  let definitions;
  try {
    definitions = parse(text).definitions[0].variableDefinitions ?? [];
  } catch {
    return;
  }
  if (!definitions.length || expected === undefined)
    return;
  const variables = {};
  for (const { variable, type } of definitions) {
    const known = typeFromAST(reference.schema, type);
    if (random.chance(0.85))
      variables[variable.name.value] = withSortedKeys(schemas.json(known && isInputType(known) ? String(known) : 'Int'));
  }
  const question = { do: 'variables', text, schema, variables };
  const values = reference.variables(question);
  ++counts.variables;
  counts['wrong variables'] += values.errors.length ? 1 : 0;
  if (values.errors.length > 45)
    return; // near the limits, which are not the same
  ask(question, values);
}

const begun = Date.now();
const schemas = new Schemas(random);
while (counts.documents + counts.schemas + counts.validated < count) {
  if (random.chance(0.9))
    askSyntax();
  else
    askSchema(schemas);
  if (open.length > 200)
    await new Promise((resolve) => lines.once('line', resolve));
  if (failures > 5 || answers.exitCode !== null)
    break;
}
answers.stdin.end();
await new Promise((resolve) => lines.once('close', resolve));

console.log(Object.entries(counts).map(([name, n]) => `${n} ${name}`).join(', '));
console.log(`${failures} differences, ${open.length} questions without answer, ${((Date.now() - begun) / 1000).toFixed(1)} s`);
process.exit(failures === 0 && open.length === 0 ? 0 : 1);
