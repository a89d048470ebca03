/**
 * The tiny expression language of models, machines and layouts: a dozen operators, literals and calls.
 *
 *     or  and  not  =  !=  <  <=  >  >=  +  -  *  ++        in rising order of binding
 *     12   -1   0x0a0b (bytes; 0x is empty)   'text'   [a, b]   { key: a, 'other key': b }   true false none
 *     name   name.member   f(a, b)
 *
 * Integers are exact (bigint). Anything beyond this is a named function with vectors of its own.
 */

export type Expression =
  | { readonly kind: 'literal'; readonly value: bigint | boolean | string | null | Uint8Array }
  | { readonly kind: 'name'; readonly path: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'map'; readonly members: readonly MapMember[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: Expression; readonly right: Expression };

/** A member of a map literal. */
export interface MapMember {
  readonly key: string;
  readonly value: Expression;
}

export type Operator = 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '++';

/** How much each operator binds. */
export const BINDING: { readonly [operator: string]: number } = {
  'or': 1,
  'and': 2,
  '=': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '++': 5,
  '*': 6,
};
export const NOT_BINDING = 3;

/** An expression that does not parse, with its position. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

interface Token {
  readonly kind: 'number' | 'bytes' | 'string' | 'name' | 'operator' | 'punctuation' | 'end';
  readonly text: string;
  readonly at: number;
}

/** Bytes, numbers, strings, names, operators and punctuation, a group for each. */
const TOKENS = [
  /(0x(?:[0-9a-f]{2})*)(?![0-9A-Za-z])/,
  /(\d+)(?![0-9A-Za-z])/,
  /'([^']*)'/,
  /([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)/,
  /(\+\+|!=|<=|>=|[=<>+\-*])/,
  /([()[\]{},:])/,
];
const TOKEN = new RegExp(`\\s*(?:${TOKENS.map(({ source }) => source).join('|')})`, 'y');

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (source.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (match === null) throw new ExpressionError(`cannot read '${source.slice(at)}' (position ${String(at)} of "${source}")`);
    const [, bytes, number, string, name, operator, punctuation] = match;
    if (bytes !== undefined) tokens.push({ kind: 'bytes', text: bytes.slice(2), at });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (string !== undefined) tokens.push({ kind: 'string', text: string, at });
    else if (name !== undefined) tokens.push({ kind: ['or', 'and', 'not'].includes(name) ? 'operator' : 'name', text: name, at });
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator, at });
    else tokens.push({ kind: 'punctuation', text: punctuation ?? '', at });
    at = TOKEN.lastIndex;
  }
  tokens.push({ kind: 'end', text: '', at: source.length });
  return tokens;
}

const cache = new Map<string, Expression>();

/**
 * Parses an expression.
 * @throws ExpressionError naming the position
 */
export function parseExpression(source: string | number | boolean): Expression {
  const text = String(source);
  const known = cache.get(text);
  if (known !== undefined) return known;
  const tokens = tokenize(text);
  let position = 0;
  const peek = (): Token => tokens[position] ?? { kind: 'end', text: '', at: text.length };
  const next = (): Token => {
    const token = peek();
    position++;
    return token;
  };
  const fail = (token: Token, wanted: string): never => {
    throw new ExpressionError(`expected ${wanted} at position ${String(token.at)} of "${text}"`);
  };
  const expect = (punctuation: string): void => {
    const token = next();
    if (token.kind !== 'punctuation' || token.text !== punctuation) fail(token, `'${punctuation}'`);
  };
  const listUntil = (closing: string): Expression[] => {
    const items: Expression[] = [];
    if (peek().text === closing && peek().kind === 'punctuation') {
      next();
      return items;
    }
    for (;;) {
      items.push(parse(0));
      const token = next();
      if (token.kind === 'punctuation' && token.text === closing) return items;
      if (token.kind !== 'punctuation' || token.text !== ',') fail(token, `',' or '${closing}'`);
    }
  };
  const is = (token: Token, kind: Token['kind'], sign: string): boolean => token.kind === kind && token.text === sign;
  const members = (): MapMember[] => {
    const found: MapMember[] = [];
    if (is(peek(), 'punctuation', '}')) {
      next();
      return found;
    }
    for (;;) {
      const key = next();
      const isName = key.kind === 'name' || (key.kind === 'operator' && /^[a-z]/.test(key.text));
      if ((!isName && key.kind !== 'string') || (isName && key.text.includes('.'))) fail(key, 'a key');
      if (found.some((member) => member.key === key.text)) fail(key, `a key other than '${key.text}', which occurs twice`);
      expect(':');
      found.push({ key: key.text, value: parse(0) });
      const token = next();
      if (is(token, 'punctuation', '}')) return found;
      if (!is(token, 'punctuation', ',')) fail(token, `',' or '}'`);
    }
  };
  const primary = (): Expression => {
    const token = next();
    switch (token.kind) {
      case 'number':
        return { kind: 'literal', value: BigInt(token.text) };
      case 'bytes':
        return { kind: 'literal', value: Uint8Array.from(token.text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) };
      case 'string':
        return { kind: 'literal', value: token.text };
      case 'name': {
        if (token.text === 'true' || token.text === 'false') return { kind: 'literal', value: token.text === 'true' };
        if (token.text === 'none') return { kind: 'literal', value: null };
        if (peek().kind === 'punctuation' && peek().text === '(') {
          next();
          return { kind: 'call', name: token.text, args: listUntil(')') };
        }
        return { kind: 'name', path: token.text.split('.') };
      }
      case 'operator':
        if (token.text === 'not') return { kind: 'not', operand: parse(NOT_BINDING) };
        if (token.text === '-' && peek().kind === 'number') return { kind: 'literal', value: -BigInt(next().text) };
        return fail(token, 'a value');
      case 'punctuation':
        if (token.text === '(') {
          const inner = parse(0);
          expect(')');
          return inner;
        }
        if (token.text === '[') return { kind: 'list', items: listUntil(']') };
        if (token.text === '{') return { kind: 'map', members: members() };
        return fail(token, 'a value');
      default:
        return fail(token, 'a value');
    }
  };
  const parse = (binding: number): Expression => {
    let left = primary();
    for (;;) {
      const token = peek();
      const own = token.kind === 'operator' ? BINDING[token.text] : undefined;
      if (own === undefined || own <= binding) return left;
      next();
      left = { kind: 'binary', operator: token.text as Operator, left, right: parse(own) };
    }
  };
  const expression = parse(0);
  if (peek().kind !== 'end') fail(peek(), 'the end');
  cache.set(text, expression);
  return expression;
}

/**
 * Every free name (dotted) and every called function of an expression, for checks of the spec itself. `it` is not free in
 * what filter and map do with each item, and `optional` asks whether its name is there at all.
 */
export function namesOf(expression: Expression): { names: Set<string>; calls: Set<string> } {
  const names = new Set<string>();
  const calls = new Set<string>();
  const visit = (e: Expression, bound: boolean): void => {
    if (e.kind === 'name') {
      if (!bound || e.path[0] !== 'it') names.add(e.path.join('.'));
    } else if (e.kind === 'list') e.items.forEach((item) => visit(item, bound));
    else if (e.kind === 'map') e.members.forEach(({ value }) => visit(value, bound));
    else if (e.kind === 'not') visit(e.operand, bound);
    else if (e.kind === 'binary') {
      visit(e.left, bound);
      visit(e.right, bound);
    } else if (e.kind === 'call') {
      calls.add(e.name);
      const [first, each] = e.args;
      if (e.name !== 'optional' || first?.kind !== 'name') e.args.forEach((arg) => visit(arg, bound));
      // What filter and map do with each item is an expression, too, as text.
      if ((e.name === 'filter' || e.name === 'map') && each?.kind === 'literal' && typeof each.value === 'string')
        visit(parseExpression(each.value), true);
    }
  };
  visit(expression, false);
  return { names, calls };
}
