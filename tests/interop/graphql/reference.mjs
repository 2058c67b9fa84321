// SPDX-License-Identifier: Apache-2.0
// What the reference implementation says, in the form of graphqlanswers.cpp's answers.
import {
  buildASTSchema, buildClientSchema, ExecutableDefinitionsRule, introspectionFromSchema, isExecutableDefinitionNode, parse, print, printSchema,
  specifiedRules, validate, validateSchema, visit,
} from 'graphql-reference';
import { getVariableValues } from 'graphql-reference/execution/values.js';
import { validateSDL } from 'graphql-reference/validation/validate.js';

// What AppSync has built in, and the reference implementation has not.
const scalars = ['AWSDate', 'AWSTime', 'AWSDateTime', 'AWSTimestamp', 'AWSEmail', 'AWSJSON', 'AWSURL', 'AWSPhone', 'AWSIPAddress'];
const builtIn = `
${scalars.map((name) => `scalar ${name}`).join('\n')}
directive @aws_subscribe(mutations: [String]) on FIELD_DEFINITION
directive @aws_publish(subscriptions: [String]) on FIELD_DEFINITION
directive @aws_api_key on OBJECT | FIELD_DEFINITION
directive @aws_iam on OBJECT | FIELD_DEFINITION
directive @aws_oidc on OBJECT | FIELD_DEFINITION
directive @aws_lambda on OBJECT | FIELD_DEFINITION
directive @aws_cognito_user_pools(cognito_groups: [String]) on OBJECT | FIELD_DEFINITION
directive @aws_auth(cognito_groups: [String]) on FIELD_DEFINITION
`;
// What a document declares itself is not built in.
function missing(document) {
  const key = ({ kind, name }) => (kind === 'DirectiveDefinition' ? `@${name.value}` : name?.value);
  const declared = new Set(document.definitions.filter(({ kind }) => !kind.endsWith('Extension')).map(key));
  return builtIn.split('\n').filter((line) => !declared.has(line.match(/AWS\w+|@aws_\w+/)?.[0])).join('\n');
}
const builtInBlocks = new Set(printSchema(buildASTSchema(parse(builtIn))).split('\n\n'));

// A rule that is recommended, not specified.
const rules = specifiedRules.filter((rule) => rule.name !== 'MaxIntrospectionDepthRule');

const errorsOf = (errors) => errors.map((error) => ({ message: error.message, at: (error.locations ?? []).map(({ line, column }) => `${line}:${column}`) }));

const kinds = {
  Field: 'Selection', FragmentSpread: 'Selection', InlineFragment: 'Selection', SelectionSet: 'SelectionSet', Name: 'Name', Directive: 'Directive',
  VariableDefinition: 'VariableDefinition', NamedType: 'Type', ListType: 'Type', FieldDefinition: 'FieldDefinition',
  InputValueDefinition: 'InputValueDefinition', EnumValueDefinition: 'EnumValueDefinition', OperationTypeDefinition: 'OperationTypeDefinition',
};

function placesOf(document) {
  const places = [];
  visit(document, {
    enter(node, key, parent) {
      const { start, end } = node.loc;
      if (key !== undefined && parent === document.definitions)
        places.push(`Definition:${start}-${end}`);
      else if (node.kind === 'Variable' && parent?.kind === 'VariableDefinition')
        return; // the definition stands for it
      else if (node.kind === 'Variable' || node.kind.endsWith('Value'))
        places.push(`Value:${start}`);
      else if (node.kind === 'NonNullType')
        places.push(`Type:${start}`);
      else if (node.kind === 'NamedType' && parent && !['VariableDefinition', 'FieldDefinition', 'InputValueDefinition', 'ListType', 'NonNullType'].includes(parent.kind))
        return; // only its name
      else if (node.kind === 'Name' && parent?.kind === 'NamedType' && namedInType.has(parent))
        return; // only its type
      else if (node.kind === 'Name' && parent?.kind === 'Variable' && parent !== definedVariable)
        return; // the value stands for it
      else if (kinds[node.kind])
        places.push(`${kinds[node.kind]}:${start}`);
      if (node.kind === 'VariableDefinition')
        definedVariable = node.variable;
      for (const child of [node.type]) {
        if (child?.kind === 'NamedType' && node.kind !== 'OperationTypeDefinition')
          namedInType.add(child);
      }
    },
  });
  return places.sort().join(' ');
}
const namedInType = new WeakSet();
let definedVariable;

export class Reference {
  schema = null;

  parse({ text }) {
    try {
      const document = parse(text);
      return { print: print(document), places: placesOf(document) };
    } catch (error) {
      return { errors: errorsOf([error]) };
    }
  }

  // Nothing where the reference implementation itself fails: on default values that contain themselves, on those of
  // types that are no input types, and on lists and objects as default values of a custom scalar.
  schemaOf(question) {
    try {
      return this.#schemaOf(question);
    } catch (error) {
      if (!(error instanceof RangeError) && !/Cannot convert value to AST|Unexpected input type/.test(error.message))
        throw error;
      this.schema = null;
      return undefined;
    }
  }

  #schemaOf({ text }) {
    this.schema = null;
    let document;
    try {
      document = parse(`${text}\n${missing(parse(text))}`);
    } catch (error) {
      return { errors: errorsOf([error]), text: '' };
    }
    let errors = validateSDL(document);
    if (errors.length === 0) {
      const schema = buildASTSchema(document, { assumeValidSDL: true });
      errors = validateSchema(schema);
      if (errors.length === 0)
        this.schema = schema;
    }
    const printed = this.schema ? printSchema(this.schema).split('\n\n').filter((block) => !builtInBlocks.has(block)).join('\n\n') : '';
    return { errors: errorsOf(errors), text: printed };
  }

  introspection() {
    return introspectionFromSchema(this.schema, { specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true });
  }

  ofIntrospection({ data }) {
    return { errors: [], text: printSchema(buildClientSchema(data)) };
  }

  // Nothing where the reference implementation itself fails.
  validate({ text }) {
    let document;
    try {
      document = parse(text);
    } catch (error) {
      return { errors: errorsOf([error]) };
    }
    const isExecutable = document.definitions.every(isExecutableDefinitionNode);
    try {
      const errors = validate(this.schema, document, isExecutable ? rules : [ExecutableDefinitionsRule], { maxErrors: 10_000 });
      return { errors: errorsOf(errors), onlyRule: isExecutable ? undefined : 'ExecutableDefinitions' };
    } catch {
      return undefined;
    }
  }

  variables({ text, variables }) {
    const { errors, coerced } = getVariableValues(this.schema, parse(text).definitions[0].variableDefinitions, variables, { maxErrors: 49 });
    return { errors: errorsOf(errors ?? []), values: coerced };
  }
}
