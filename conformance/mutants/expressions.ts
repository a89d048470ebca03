/** Expressions of the spec language, printed and varied: every literal and constant one off, every conjunct left out. */
import { parseExpression, type Expression } from '../spec/expression.ts';
import type { ExpressionSource } from '../spec/types.ts';
import { toHex } from '../oracle/values.ts';

/** An expression that differs from the right one in one place. */
export interface Variant {
  /** The place and what is there, e.g. `8 → 9`. */
  readonly what: string;
  readonly source: string;
}
interface Varied {
  readonly what: string;
  readonly expression: Expression;
}

/** Source text of an expression; it parses to the same expression. */
export function printExpression(e: Expression): string {
  switch (e.kind) {
    case 'literal': {
      if (e.value === null) return 'none';
      if (e.value instanceof Uint8Array) return `0x${toHex(e.value)}`;
      return typeof e.value === 'string' ? `'${e.value}'` : String(e.value);
    }
    case 'name':
      return e.path.join('.');
    case 'list':
      return `[${e.items.map(printExpression).join(', ')}]`;
    case 'map':
      return e.members.length === 0
        ? '{}'
        : `{ ${e.members.map(({ key, value }) => `${printKey(key)}: ${printExpression(value)}`).join(', ')} }`;
    case 'call':
      return `${e.name}(${e.args.map(printExpression).join(', ')})`;
    case 'not':
      return `not (${printExpression(e.operand)})`;
    case 'binary':
      return `(${printExpression(e.left)} ${e.operator} ${printExpression(e.right)})`;
  }
}

function printKey(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : `'${key}'`;
}

/**
 * Every variant of an expression: each integer literal and each integer constant one more and one less, and each
 * `and` without its left and without its right side.
 *
 * @param isInteger whether a name, such as `constant.AGE_MS`, stands for an integer that is fixed
 */
export function variantsOf(source: ExpressionSource, isInteger: (name: string) => boolean): Variant[] {
  const seen = new Map<string, number>();
  return vary(parseExpression(source), isInteger).map(({ what, expression }) => {
    const count = (seen.get(what) ?? 0) + 1;
    seen.set(what, count);
    return { what: count === 1 ? what : `${what} (${String(count)})`, source: printExpression(expression) };
  });
}

function vary(e: Expression, isInteger: (name: string) => boolean): Varied[] {
  const each = (items: readonly Expression[], rebuild: (items: Expression[]) => Expression): Varied[] =>
    items.flatMap((item, i) =>
      vary(item, isInteger).map(({ what, expression }) => ({
        what,
        expression: rebuild(items.map((other, j) => (j === i ? expression : other))),
      })),
    );
  switch (e.kind) {
    case 'literal': {
      const { value } = e;
      if (typeof value !== 'bigint') return [];
      return [value + 1n, value - 1n].map((other) => ({
        what: `${String(value)} → ${String(other)}`,
        expression: { kind: 'literal', value: other },
      }));
    }
    case 'name': {
      const constant = e.path.at(-1) ?? '';
      if (!isInteger(e.path.join('.'))) return [];
      return (['+', '-'] as const).map((operator) => ({
        what: `${constant} → ${constant} ${operator} 1`,
        expression: { kind: 'binary', operator, left: e, right: { kind: 'literal', value: 1n } },
      }));
    }
    case 'list':
      return each(e.items, (items) => ({ ...e, items }));
    case 'map':
      return each(
        e.members.map(({ value }) => value),
        (values) => ({ ...e, members: e.members.map(({ key, value }, i) => ({ key, value: values[i] ?? value })) }),
      );
    case 'call':
      return [...each(e.args, (args) => ({ ...e, args })), ...varyCondition(e, isInteger)];
    case 'not':
      return each([e.operand], ([operand = e.operand]) => ({ ...e, operand }));
    case 'binary': {
      const inner = each([e.left, e.right], ([left = e.left, right = e.right]) => ({ ...e, left, right }));
      if (e.operator !== 'and') return inner;
      return [
        { what: `without ${printExpression(e.left)}`, expression: e.right },
        { what: `without ${printExpression(e.right)}`, expression: e.left },
        ...inner,
      ];
    }
  }
}

/** The condition of a filter is an expression inside a text. */
function varyCondition(e: Expression & { kind: 'call' }, isInteger: (name: string) => boolean): Varied[] {
  const condition = e.args[1];
  if (e.name !== 'filter' || condition?.kind !== 'literal' || typeof condition.value !== 'string') return [];
  return vary(parseExpression(condition.value), isInteger).map(({ what, expression }) => ({
    what,
    expression: { ...e, args: e.args.map((arg, i) => (i === 1 ? { kind: 'literal', value: printExpression(expression) } : arg)) },
  }));
}
