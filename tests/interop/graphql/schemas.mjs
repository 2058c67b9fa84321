// SPDX-License-Identifier: Apache-2.0
// Schemas, documents that fit them, and values of variables.
const descriptions = ['"Short."', '"""\nSeveral lines,\n  the second indented.\n"""', '"""  with space"""', '""', '"quote \\" and \\\\"', '"\\n leading break"',
  `"${'A long description that goes on and on. '.repeat(3)}"`];

export class Schemas {
  constructor(random) {
    this.r = random;
  }

  // Makes the next schema; the other functions speak of it.
  next() {
    const numbered = (prefix, most, least = 0) => this.r.several(least, most, (i) => `${prefix}${i}`);
    this.enums = numbered('Enum', 2, 1);
    this.scalars = numbered('Scalar', 1);
    this.inputs = numbered('Input', 3, 1);
    this.interfaces = numbered('Node', 2);
    this.objects = ['Query', ...(this.r.chance(0.6) ? ['Mutation'] : []), ...(this.r.chance(0.6) ? ['Subscription'] : []), ...numbered('Object', 4, 1)];
    this.unions = numbered('Union', 1);
    this.leaves = ['String', 'Int', 'Float', 'Boolean', 'ID', 'AWSDateTime', 'AWSJSON', ...this.enums, ...this.scalars];
    // Default values that contain themselves make the reference implementation fail: they lead to earlier ones.
    this.inputFields = {};
    for (const name of this.inputs) {
      const field = (i) => {
        const { type, hasDefault } = this.inputType(true);
        const isEarlier = !this.inputs.includes(type.replace(/[[\]!]/g, '')) || this.inputFields[type.replace(/[[\]!]/g, '')];
        return { name: `f${i}`, type, hasDefault: hasDefault && Boolean(isEarlier) };
      };
      this.inputFields[name] = this.r.several(1, 4, field);
    }
    const interfaceFields = Object.fromEntries(this.interfaces.map((name) => [name, this.r.several(1, 2, (i) => this.field(`${name.toLowerCase()}Field${i}`))]));
    this.types = {};
    for (const name of this.interfaces)
      this.types[name] = { kind: 'interface', fields: interfaceFields[name], interfaces: [] };
    for (const name of this.objects) {
      const interfaces = this.interfaces.filter(() => this.r.chance(0.4));
      this.types[name] = { kind: 'type', interfaces, fields: [...interfaces.flatMap((each) => interfaceFields[each]), ...this.r.several(1, 5, (i) => this.field(`field${i}`))] };
    }
    for (const name of this.unions)
      this.types[name] = { kind: 'union', members: this.objects.filter((each, i) => i === 0 || this.r.chance(0.4)) };
    return this.sdl();
  }

  wrapped(name) {
    return this.r.pick([name, name, name, `${name}!`, `[${name}]`, `[${name}!]!`, `[[${name}]]`]);
  }

  inputType(withInputs) {
    const named = withInputs && this.r.chance(0.3) ? this.r.pick(this.inputs) : this.r.pick(this.leaves);
    // Of input objects none may be required, since they could contain themselves.
    const type = this.inputs.includes(named) ? this.r.pick([named, `[${named}]`]) : this.wrapped(named);
    return { type, hasDefault: this.r.chance(0.3) };
  }

  field(name) {
    const composite = [...this.objects.slice(0, 4), ...this.interfaces, ...this.unions];
    return { name, args: this.r.chance(0.4) ? this.r.several(1, 3, (i) => ({ name: `arg${i}`, ...this.inputType(true) })) : [],
      type: this.wrapped(this.r.chance(0.5) ? this.r.pick(composite) : this.r.pick(this.leaves)) };
  }

  // A literal of the type, wrong in some places if faults says so.
  literal(type, depth = 2, faults = 0, variable = () => undefined) {
    const used = variable(type);
    if (used)
      return used;
    if (this.r.chance(faults))
      return this.r.pick(['1', '1.5', '"text"', 'true', 'null', 'UNKNOWN', '[1]', '{ f0: 1 }', '{ wrong: 1 }', '99999999999', '[null]', '"""block"""']);
    if (type.endsWith('!'))
      return this.literal(type.slice(0, -1), depth, faults, variable);
    if (this.r.chance(0.1))
      return 'null';
    if (type.startsWith('[')) {
      const inner = type.slice(1, -1);
      if (this.r.chance(0.2))
        return this.nonNull(inner, depth, faults, variable);
      return `[${this.r.several(0, 3, () => this.nonNull(inner, depth, faults, variable)).join(', ')}]`;
    }
    return this.named(type, depth, faults, variable);
  }

  nonNull(type, depth, faults, variable) {
    return this.literal(type.endsWith('!') ? type : `${type}!`, depth, faults, variable);
  }

  named(type, depth, faults, variable) {
    if (this.inputFields[type]) {
      const fields = this.inputFields[type].filter((field) => (field.type.endsWith('!') && !field.hasDefault) || (depth > 0 && this.r.chance(0.5)));
      return `{${fields.map((field) => `${field.name}: ${this.literal(field.type, depth - 1, faults, variable)}`).join(', ')}}`;
    }
    switch (type) {
      case 'Int': return this.r.pick(['0', '-5', '2147483647']);
      case 'Float': return this.r.pick(['1', '1.50', '-2e3', '1e21', '1.0E-7', '0.1', '123456789.123']);
      case 'Boolean': return this.r.pick(['true', 'false']);
      case 'ID': return this.r.pick(['"x"', '5', '"12"', '"012"', '-3']);
      case 'String': case 'AWSDateTime': case 'AWSJSON': return this.r.pick(['"text"', '"\\u00e4\\n"', '"""\n  block\n    more\n"""']);
      default: return this.enums.includes(type) ? this.r.pick(['RED', 'GREEN']) : this.r.pick(['1', '"custom"', 'ANY', '2.50']);
    }
  }

  described(indent = '') {
    return this.r.chance(0.25) ? `${this.r.pick(descriptions)}\n${indent}` : '';
  }

  inputText(input) {
    const value = input.hasDefault ? ` = ${this.literal(input.type, 1, 0.05)}` : '';
    const deprecated = (!input.type.endsWith('!') || input.hasDefault) && this.r.chance(0.1) ? ' @deprecated' : '';
    return `${this.described()}${input.name}: ${input.type}${value}${deprecated}`;
  }

  fieldText(field) {
    const args = field.args.length ? `(${field.args.map((each) => this.inputText(each)).join(', ')})` : '';
    const directive = this.r.pick(['', '', '', ' @deprecated', ' @deprecated(reason: "old \\"one\\"")', ' @aws_api_key @aws_iam', ' @mark(level: 2) @mark']);
    return `  ${this.described('  ')}${field.name}${args}: ${field.type}${directive}`;
  }

  sdl() {
    const parts = [];
    if (this.r.chance(0.2))
      parts.push(`${this.described()}schema @mark { query: Query${this.objects.includes('Mutation') ? ' mutation: Mutation' : ''} }`);
    parts.push(`${this.described()}directive @mark(level: Int = 1, hint: ${this.r.pick(this.inputs)}) repeatable on FIELD_DEFINITION | SCHEMA | FIELD | OBJECT | QUERY | FRAGMENT_SPREAD`);
    parts.push('directive @once(need: Int!) on FIELD | INLINE_FRAGMENT | FRAGMENT_DEFINITION | ENUM_VALUE | VARIABLE_DEFINITION');
    for (const name of this.enums)
      parts.push(`${this.described()}enum ${name} { RED ${this.r.pick(['', '@deprecated '])}GREEN "last" BLUE }`);
    for (const name of this.scalars)
      parts.push(`scalar ${name}${this.r.pick(['', ' @specifiedBy(url: "https://example.com/spec")'])}`);
    for (const name of this.inputs)
      parts.push(`${this.described()}input ${name} {\n${this.inputFields[name].map((field) => `  ${this.inputText(field)}`).join('\n')}\n}`);
    for (const [name, type] of Object.entries(this.types)) {
      if (type.kind === 'union') {
        parts.push(`union ${name} = ${type.members.join(' | ')}`);
        continue;
      }
      const interfaces = type.interfaces.length ? ` implements ${type.interfaces.join(' & ')}` : '';
      const split = this.r.chance(0.2) ? 1 : type.fields.length;
      parts.push(`${this.described()}${type.kind} ${name}${interfaces} {\n${type.fields.slice(0, split).map((field) => this.fieldText(field)).join('\n')}\n}`);
      if (split < type.fields.length)
        parts.push(`extend ${type.kind} ${name} {\n${type.fields.slice(split).map((field) => this.fieldText(field)).join('\n')}\n}`);
    }
    return parts.join('\n\n');
  }

  // --- Documents

  document() {
    // A calm document is valid most of the time; the others break several rules.
    this.isCalm = this.r.chance(0.5);
    this.faults = this.isCalm ? 0 : this.r.pick([0, 0, 0.05]);
    this.fragments = this.isCalm ? [] : this.r.several(0, 3, (i) => ({ name: `Frag${i}`, on: this.r.pick(Object.keys(this.types)) }));
    const operations = this.r.several(1, 2, (i) => this.operation(i));
    const fragments = this.fragments.map((each) => {
      this.variables = new Map();
      this.isFragment = true;
      return `fragment ${each.name} on ${each.on} ${this.r.pick(['', '', '@once(need: 1) '])}${this.selections(each.on, 2)}`;
    });
    return [...operations, ...fragments].join('\n');
  }

  operation(index) {
    this.variables = new Map();
    this.isFragment = false;
    const roots = { Query: 'query', Mutation: 'mutation', Subscription: 'subscription' };
    const root = this.r.pick(this.objects.filter((name) => roots[name]));
    const selections = this.selections(root, 3);
    const definitions = [...this.variables].map(([name, type]) => {
      const value = this.r.chance(0.3) ? ` = ${this.literal(type, 1, this.faults)}` : '';
      return `$${name}: ${type}${value}${this.r.pick(['', '', '', ' @once(need: 2)'])}`;
    });
    const head = `${roots[root]} Op${this.r.chance(0.9) ? index : ''}${definitions.length ? `(${definitions.join(', ')})` : ''}`;
    return `${head} ${this.r.pick(['', '', '@mark '])}${selections}`;
  }

  variable(type) {
    if (!this.r.chance(0.25))
      return undefined;
    const name = `v${!this.isCalm && this.r.chance(0.1) ? 0 : this.variables.size}`;
    if (!this.isFragment && !this.variables.has(name))
      this.variables.set(name, this.isCalm || this.r.chance(0.9) ? type : this.r.pick([`${type.replace(/!$/, '')}`, 'Int', `[${type}]`]));
    return `$${name}`;
  }

  selections(type, depth) {
    const definition = this.types[type];
    const fields = definition.fields ?? [];
    if (this.isCalm) {
      const chosen = fields.filter(() => this.r.chance(0.6)).map((field) => this.selection(type, [field], depth));
      return `{ __typename ${chosen.join(' ')} }`;
    }
    const items = this.r.several(1, 4, () => this.selection(type, fields, depth));
    return `{ ${items.join(' ')} }`;
  }

  selection(type, fields, depth) {
    if (this.fragments.length && this.r.chance(0.15))
      return `...${this.r.pick(this.fragments).name}${this.r.pick(['', '', ' @mark(level: 1)', ' @include(if: true)'])}`;
    if (depth > 0 && this.r.chance(0.15)) {
      const on = !this.isCalm && this.r.chance(0.8) ? this.r.pick(Object.keys(this.types)) : undefined;
      return `... ${on ? `on ${on} ` : ''}${this.r.pick(['', '@skip(if: false) ', '@once(need: 3) '])}${this.selections(on ?? type, depth - 1)}`;
    }
    if (!fields.length || this.r.chance(0.1))
      return `${this.r.pick(['', 'alias: '])}__typename`;
    const field = this.r.pick(fields);
    const named = field.type.replace(/[[\]!]/g, '');
    if (this.types[named] && depth === 0)
      return '__typename';
    const args = field.args.filter((each) => each.type.endsWith('!') || this.r.chance(0.6))
      .map((each) => `${each.name}: ${this.literal(each.type, 2, this.faults, (wanted) => this.variable(wanted))}`);
    const alias = !this.isCalm && this.r.chance(0.2) ? `${this.r.pick(['x', 'y', 'field0'])}: ` : '';
    return `${alias}${field.name}${args.length ? `(${args.join(', ')})` : ''}${this.r.pick(['', '', '', ' @mark'])}${this.types[named] ? ` ${this.selections(named, depth - 1)}` : ''}`;
  }

  // The text with some of its names (or numbers) in the places of others, or misspelt.
  shuffled(text) {
    const words = [...text.matchAll(/[A-Za-z_][A-Za-z0-9_]*/g)];
    let result = text;
    for (let i = this.r.below(3) + 1; i > 0; --i) {
      const from = this.r.pick(words);
      const to = this.r.chance(0.7) ? this.r.pick(words)[0] : this.r.pick([`${from[0]}s`, from[0].slice(1) || 'q', '__x', from[0].toLowerCase(), 'Strin']);
      result = result.replace(new RegExp(`\\b${from[0]}\\b`), to);
    }
    return result;
  }

  // --- Values of variables, as JSON

  json(type, depth = 2) {
    if (this.r.chance(0.12))
      return this.r.pick([null, 1, 1.5, -0, 3e10, 'text', true, [], [1], {}, { f0: 1 }, { wrong: [1, { a: { b: [1] } }] }, 'RED', 'GREN', Array(12).fill(0)]);
    if (type.endsWith('!'))
      return this.json(type.slice(0, -1), depth);
    if (type.startsWith('['))
      return this.r.chance(0.2) ? this.json(type.slice(1, -1), depth) : this.r.several(0, 3, () => this.json(type.slice(1, -1), depth));
    if (this.inputFields[type])
      return depth > 0 ? Object.fromEntries(this.inputFields[type].filter(() => this.r.chance(0.7)).map((field) => [field.name, this.json(field.type, depth - 1)])) : {};
    switch (type) {
      case 'Int': return this.r.below(100);
      case 'Float': return this.r.pick([1, 2.5, 1e21]);
      case 'Boolean': return this.r.chance(0.5);
      case 'ID': return this.r.pick(['x', 5]);
      default: return this.enums.includes(type) ? this.r.pick(['RED', 'BLUE']) : 'text';
    }
  }
}
