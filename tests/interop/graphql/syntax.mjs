// SPDX-License-Identifier: Apache-2.0
// Documents by the grammar alone, without regard to any schema, as lists of tokens.
const names = ['a', 'b', 'id', 'on', 'type', 'query', 'fragment', 'input', 'Foo', '_x1', 'schema', 'true', 'null', 'extend',
  'aVeryLongNameThatMakesLinesBreakSoonerThanOthers', 'repeatable', 'implements'];
const locations = ['QUERY', 'FIELD', 'SCHEMA', 'OBJECT', 'VARIABLE_DEFINITION', 'INPUT_FIELD_DEFINITION', 'ENUM_VALUE'];
const stringParts = ['x', ' ', '\\n', '\\"', '\\\\', '\\u00e4', '\\ud83d\\ude00', '\\u{1F600}', 'ä', '😀', '\\t', '\t', '#', ',',
  '\\u0007', '\u007f', '\\/', 'word '.repeat(18)];
const blockParts = ['x', ' ', '  ', '\n', '\n  ', '\n    y', '\r\n', '\\"""', '"', '\\', 'ä', '😀', '\t', '\n\n', 'word '.repeat(15)];

export class Syntax {
  constructor(random) {
    this.r = random;
  }

  name() { return this.r.pick(names); }
  fragmentName() { return this.r.pick(names.filter((name) => name !== 'on')); }
  enumValue() { return this.r.pick(names.filter((name) => name !== 'true' && name !== 'null')); }

  string() {
    if (this.r.chance(0.6))
      return `"${this.r.several(0, 4, () => this.r.pick(stringParts)).join('')}"`;
    let text = this.r.several(0, 6, () => this.r.pick(blockParts)).join('');
    // A quote or slash at the end would belong to the closing quotes.
    text = text.replace(/["\\]+$/, '').replace(/"""/g, '"');
    return `"""${text}"""`;
  }

  description() { return this.r.maybe(0.3, () => [this.string()]); }

  number() {
    return this.r.pick(['0', '-0', '1', '42', '-7', '2147483648', '1.5', '-0.0', '1e10', '1.0E-3', '123456789012345678901234567890']);
  }

  value(depth, constant) {
    const kind = this.r.below(depth > 0 ? 8 : 6);
    switch (kind) {
      case 0: return [this.number()];
      case 1: return [this.string()];
      case 2: return [this.r.pick(['true', 'false', 'null'])];
      case 3: return [this.enumValue()];
      case 4: case 5: return constant ? [this.number()] : ['$', this.name()];
      case 6: return ['[', ...this.r.several(0, 3, () => this.value(depth - 1, constant)).flat(), ']'];
      default: return ['{', ...this.r.several(0, 3, () => [this.name(), ':', ...this.value(depth - 1, constant)]).flat(), '}'];
    }
  }

  arguments(constant) {
    return this.r.maybe(0.4, () => ['(', ...this.r.several(1, 3, () => [this.name(), ':', ...this.value(2, constant)]).flat(), ')']);
  }

  directives(constant) {
    return this.r.maybe(0.25, () => this.r.several(1, 2, () => ['@', this.name(), ...this.arguments(constant)]).flat());
  }

  type(depth = 2) {
    const inner = depth > 0 && this.r.chance(0.3) ? ['[', ...this.type(depth - 1), ']'] : [this.name()];
    return this.r.chance(0.3) ? [...inner, '!'] : inner;
  }

  selections(depth) {
    return ['{', ...this.r.several(1, 4, () => this.selection(depth)).flat(), '}'];
  }

  selection(depth) {
    if (this.r.chance(0.7)) {
      const alias = this.r.maybe(0.2, () => [this.name(), ':']);
      return [...alias, this.name(), ...this.arguments(false), ...this.directives(false),
        ...(depth > 0 ? this.r.maybe(0.4, () => this.selections(depth - 1)) : [])];
    }
    if (this.r.chance(0.5))
      return ['...', this.fragmentName(), ...this.directives(false)];
    return ['...', ...this.r.maybe(0.6, () => ['on', this.name()]), ...this.directives(false), ...this.selections(Math.max(0, depth - 1))];
  }

  operation() {
    if (this.r.chance(0.2))
      return this.selections(3);
    const variable = () => ['$', this.name(), ':', ...this.type(), ...this.r.maybe(0.3, () => ['=', ...this.value(2, true)]), ...this.directives(true)];
    return [this.r.pick(['query', 'mutation', 'subscription']), ...this.r.maybe(0.7, () => [this.name()]),
      ...this.r.maybe(0.4, () => ['(', ...this.r.several(1, 3, variable).flat(), ')']), ...this.directives(false), ...this.selections(3)];
  }

  fragment() {
    return ['fragment', this.fragmentName(), 'on', this.name(), ...this.directives(false), ...this.selections(2)];
  }

  input() {
    return [...this.description(), this.name(), ':', ...this.type(), ...this.r.maybe(0.3, () => ['=', ...this.value(2, true)]), ...this.directives(true)];
  }

  field() {
    return [...this.description(), this.name(), ...this.r.maybe(0.3, () => ['(', ...this.r.several(1, 3, () => this.input()).flat(), ')']),
      ':', ...this.type(), ...this.directives(true)];
  }

  listed(separator, make) {
    return [...this.r.maybe(0.2, () => [separator]), ...this.r.several(1, 3, make).flatMap((each, i) => (i ? [separator, each] : [each]))];
  }

  typeBody(kind) {
    const block = (make) => this.r.maybe(0.8, () => ['{', ...this.r.several(1, 3, make).flat(), '}']);
    const interfaces = () => this.r.maybe(0.3, () => ['implements', ...this.listed('&', () => this.name())]);
    switch (kind) {
      case 'type': case 'interface':
        return [...interfaces(), ...this.directives(true), ...block(() => this.field())];
      case 'union':
        return [...this.directives(true), ...this.r.maybe(0.8, () => ['=', ...this.listed('|', () => this.name())])];
      case 'enum':
        return [...this.directives(true), ...block(() => [...this.description(), this.enumValue(), ...this.directives(true)])];
      case 'input':
        return [...this.directives(true), ...block(() => this.input())];
      default:
        return this.directives(true);
    }
  }

  typeSystem() {
    const kind = this.r.pick(['type', 'interface', 'union', 'enum', 'input', 'scalar']);
    const roots = () => ['{', ...this.r.several(1, 3, () => [this.r.pick(['query', 'mutation', 'subscription']), ':', this.name()]).flat(), '}'];
    switch (this.r.below(8)) {
      case 0:
        return [...this.description(), 'schema', ...this.directives(true), ...roots()];
      case 1:
        return [...this.description(), 'directive', '@', this.name(), ...this.r.maybe(0.5, () => ['(', ...this.r.several(1, 2, () => this.input()).flat(), ')']),
          ...this.r.maybe(0.3, () => ['repeatable']), 'on', ...this.listed('|', () => this.r.pick(locations))];
      case 2:
        return ['extend', kind, this.name(), ...this.typeBody(kind)];
      case 3:
        return ['extend', 'schema', ...this.directives(true), ...this.r.maybe(0.7, roots)];
      default:
        return [...this.description(), kind, this.name(), ...this.typeBody(kind)];
    }
  }

  document() {
    const kinds = this.r.pick([['operation', 'fragment'], ['typeSystem'], ['operation', 'fragment', 'typeSystem']]);
    return this.r.several(1, 3, () => this[this.r.pick(kinds)]()).flat();
  }

  // Tokens with what may stand between them.
  text(tokens) {
    const space = () => this.r.pick([' ', ' ', ' ', '\n', '\n  ', ', ', '\t', '\r\n', '\r', ' # comment ä\n', '\ufeff', ',,']);
    return tokens.map((token) => token + space()).join('');
  }

  // The text with something in it that is probably wrong.
  broken(text) {
    const at = this.r.below(text.length + 1);
    const junk = ['"', '"""', '{', '}', '(', ')', '$', '@', '!', '...', '.', '..', ':', '=', '|', '&', '\\', "'", '%', '?', 'ä', '\ud800', '😀', '\u0000',
      '1', '-', '01', '1.', '1e', '.5', '0x1', '1a', '"\\x"', '"\\u12"', '"\\ud800"', '"\\u{110000}"', '"\\u{}"', '"\\u{FFFFFFFFF}"', '\n', '#', 'on', 'null', '[', ']'];
    switch (this.r.below(3)) {
      case 0: return text.slice(0, at) + this.r.pick(junk) + text.slice(at);
      case 1: return text.slice(0, at) + text.slice(at + 1 + this.r.below(4));
      default: return text.slice(0, at);
    }
  }
}
