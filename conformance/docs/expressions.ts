/** Expressions of the spec as readers see them: in a line where they are short, else over several lines, broken where they have parts. */
import { BINDING, NOT_BINDING, parseExpression, type Expression } from '../spec/expression.ts';
import type { ExpressionSource } from '../spec/types.ts';

/** Columns of a block of code; wider ones would have to be scrolled. */
export const CODE_WIDTH = 96;
/** What an expression must leave room for: a comma or a parenthesis. */
const SLACK = 2;

/** An expression in lines of at most `width` columns; one that fits is as it was written. */
export function formatExpression(source: ExpressionSource, width: number = CODE_WIDTH): string[] {
  const text = String(source).replaceAll(/\s*\n\s*/g, ' ');
  if (text.length <= width) return [text];
  return broken(parseExpression(source), width);
}

function broken(e: Expression, width: number): string[] {
  const line = flat(e);
  if (line.length <= width - SLACK) return [line];
  switch (e.kind) {
    case 'call':
      return enclosed(
        `${e.name}(`,
        e.args.map((arg) => broken(arg, width - 2)),
        ')',
      );
    case 'list':
      return enclosed(
        '[',
        e.items.map((item) => broken(item, width - 2)),
        ']',
      );
    case 'map':
      return enclosed(
        '{',
        e.members.map(({ key, value }) => after(`${keyOf(key)}: `, broken(value, width - 2 - keyOf(key).length - 2))),
        '}',
      );
    case 'not':
      return after('not ', operand(e.operand, NOT_BINDING, width - 4));
    case 'binary': {
      const [first, ...rest] = chain(e);
      const own = BINDING[e.operator] ?? 0;
      return [
        ...operand(first?.operand ?? e.left, own - 1, width),
        ...rest.flatMap(({ operator, operand: right }) => after(`${operator} `, operand(right, own, width - operator.length - 1))),
      ];
    }
    default:
      return [line];
  }
}

/** Operands of one binding in a row: `a and b and c`, `a + b - c`. */
function chain(e: Expression & { readonly kind: 'binary' }): { readonly operator: string; readonly operand: Expression }[] {
  const isChained =
    e.left.kind === 'binary' && BINDING[e.left.operator] === BINDING[e.operator] && isRow(e.operator) && isRow(e.left.operator);
  const before = isChained && e.left.kind === 'binary' ? chain(e.left) : [{ operator: '', operand: e.left }];
  return [...before, { operator: e.operator, operand: e.right }];
}

const isRow = (operator: string): boolean => BINDING[operator] !== BINDING['='];

/** An operand, in parentheses if it does not bind more than `binding`. */
function operand(e: Expression, binding: number, width: number): string[] {
  if (bindingOf(e) > binding) return broken(e, width);
  return after('(', broken(e, width - 2)).map((line, i, all) => (i === all.length - 1 ? `${line})` : line));
}

function bindingOf(e: Expression): number {
  if (e.kind === 'binary') return BINDING[e.operator] ?? 0;
  return e.kind === 'not' ? NOT_BINDING : Number.POSITIVE_INFINITY;
}

/** Lines after a prefix, the later ones under the first. */
function after(prefix: string, lines: readonly string[]): string[] {
  return lines.map((line, i) => `${i === 0 ? prefix : ' '.repeat(prefix.length)}${line}`);
}

function enclosed(opening: string, parts: readonly (readonly string[])[], closing: string): string[] {
  const inner = parts.flatMap((lines, part) =>
    lines.map((line, i) => `  ${line}${i === lines.length - 1 && part < parts.length - 1 ? ',' : ''}`),
  );
  return [opening, ...inner, closing];
}

const keyOf = (key: string): string => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : `'${key}'`);

function flat(e: Expression): string {
  const within = (inner: Expression, binding: number): string => (bindingOf(inner) > binding ? flat(inner) : `(${flat(inner)})`);
  switch (e.kind) {
    case 'literal':
      if (e.value === null) return 'none';
      if (typeof e.value === 'string') return `'${e.value}'`;
      if (e.value instanceof Uint8Array) return `0x${Array.from(e.value, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
      return String(e.value);
    case 'name':
      return e.path.join('.');
    case 'list':
      return `[${e.items.map(flat).join(', ')}]`;
    case 'map':
      return e.members.length === 0 ? '{}' : `{ ${e.members.map(({ key, value }) => `${keyOf(key)}: ${flat(value)}`).join(', ')} }`;
    case 'call':
      return `${e.name}(${e.args.map(flat).join(', ')})`;
    case 'not':
      return `not ${within(e.operand, NOT_BINDING)}`;
    case 'binary': {
      const own = BINDING[e.operator] ?? 0;
      return `${within(e.left, own - 1)} ${e.operator} ${within(e.right, own)}`;
    }
  }
}
