import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readdirSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ECHO_HELLO, ECHO_SHAPES } from '../testing/support.ts';
import { adapterClause, adapterClauses } from '../../conformance/contract/clauses.ts';
import { brief, Linter } from './lint.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';

const shapes = new Map([
  ...ECHO_SHAPES,
  [
    'test.all',
    { params: { at: { type: 'u64' } }, result: { list: { type: 'bytesList' }, at: { type: 'u64' }, text: { type: 'text' } } },
  ] as const,
]);
const linter = new Linter(shapes);
const request = { id: 1, op: 'test.echo', params: { value: '00ff' } };

describe('the linter holds the bench to the contract', () => {
  it('lets a right request pass', () => {
    expect(() => {
      linter.request(request);
    }).not.toThrow();
  });

  it.each([
    ['an id of zero', { ...request, id: 0 }, 'ADP-011'],
    ['a fractional id', { ...request, id: 1.5 }, 'ADP-011'],
    ['an operation in upper case', { ...request, op: 'Test.echo' }, 'ADP-011'],
    ['an operation without an area', { ...request, op: 'echo' }, 'ADP-011'],
    ['a further member', { ...request, more: 1 }, 'ADP-011'],
    ['upper-case hex', { ...request, params: { value: 'FF' } }, 'ADP-021'],
    ['half a byte', { ...request, params: { value: 'fff' } }, 'ADP-021'],
    ['a number for u64', { ...request, op: 'test.all', params: { at: 7 } }, 'ADP-022'],
  ])('throws for %s', (_, wrong, clause) => {
    expect(() => {
      linter.request(wrong);
    }).toThrow(clause);
  });
});

describe('the linter holds the adapter to the contract', () => {
  it.each([
    [{ id: 1, ok: { value: '' } }],
    [{ id: 1, ok: { value: '00ff', anything: ['else'] } }],
    [{ id: 1, reject: { class: 'truncated' } }],
    [{ id: 1, reject: { class: 'not-so-good', detail: 'Really.' } }],
    [{ id: 1, unsupported: true }],
    [{ id: 1, fault: 'no luck' }],
    [{ id: null, fault: 'cannot read' }],
  ])('lets %j pass', (reply) => {
    expect(linter.reply('test.echo', reply)).toBeUndefined();
  });

  it.each([
    [{ id: 1 }, 'ADP-012'],
    [{ ok: {} }, 'ADP-012'],
    [{ id: '1', ok: {} }, 'ADP-012'],
    [{ id: null, ok: {} }, 'ADP-012'],
    [{ id: 1, ok: {}, fault: 'x' }, 'ADP-012'],
    [{ id: 1, ok: {}, more: 1 }, 'ADP-012'],
    [{ id: 1, ok: [] }, 'ADP-012'],
    [{ id: 1, unsupported: false }, 'ADP-012'],
    [{ id: 1, fault: '' }, 'ADP-012'],
    [{ id: 1, more: {} }, 'ADP-012'],
    [{ id: 1, reject: { class: 'Too Big' } }, 'ADP-018'],
    [{ id: 1, reject: {} }, 'ADP-018'],
    [{ id: 1, reject: { class: 'x', why: '' } }, 'ADP-018'],
    [{ id: 1, ok: { value: '0F' } }, 'ADP-021'],
    [{ id: 1, ok: { value: '0' } }, 'ADP-021'],
    [{ id: 1, ok: { value: 17 } }, 'ADP-021'],
    [{ id: 1, ok: { value: '0x00' } }, 'ADP-021'],
  ])('refuses %j by %s', (reply, clause) => {
    expect(linter.reply('test.echo', reply)?.clause).toBe(clause);
  });

  it.each([
    [{ list: ['00', ''], at: '18446744073709551615', text: 'FREE' }, undefined],
    [{ list: '00' }, 'ADP-021'],
    [{ list: ['00', 'FF'] }, 'ADP-021'],
    [{ at: '18446744073709551616' }, 'ADP-022'],
    [{ at: '007' }, 'ADP-022'],
    [{ at: '-1' }, 'ADP-022'],
    [{ at: 1 }, 'ADP-022'],
  ])('judges the typed members of %j', (ok, clause) => {
    expect(linter.reply('test.all', { id: 1, ok })?.clause).toBe(clause);
  });

  it('checks hex of many megabytes without harm', () => {
    expect(linter.reply('test.echo', { id: 1, ok: { value: '0f'.repeat(4_000_000) } })).toBeUndefined();
    expect(linter.reply('test.echo', { id: 1, ok: { value: `${'0f'.repeat(4_000_000)}0F` } })?.clause).toBe('ADP-021');
  });

  it('judges hello', () => {
    expect(linter.hello(ECHO_HELLO)).toBeUndefined();
    expect(linter.hello({ ...ECHO_HELLO, protocol: 2 })?.clause).toBe('ADP-026');
    for (const wrong of [
      {},
      { ...ECHO_HELLO, more: 1 },
      { ...ECHO_HELLO, operations: ['a.b', 'a.b'] },
      { ...ECHO_HELLO, limits: {} },
      { ...ECHO_HELLO, limits: { lineBytes: 4194305 } },
    ]) {
      expect(linter.hello(wrong)?.clause).toBe('ADP-025');
    }
  });
});

describe('the schemas of messages', () => {
  it.each(['hello', 'request', 'reply'])('%s is one, which a linter takes for granted', (name) => {
    const schema = JSON.parse(readFileSync(join(packageRoot(), 'spec', 'adapter', `${name}.schema.json`), 'utf8')) as object;
    const ajv = new Ajv2020({ allowUnionTypes: true, strictRequired: false, strictTypes: false });
    expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
    expect(ajv.validateSchema({ ...schema, required: 'id' })).toBe(false);
  });
});

describe('the clauses of the adapter protocol', () => {
  it('are requirements like those of any area', () => {
    const schema = (kind: string): object =>
      JSON.parse(readFileSync(join(packageRoot(), 'spec', 'meta', `${kind}.schema.json`), 'utf8')) as object;
    const file = parse(readFileSync(join(packageRoot(), 'spec', 'adapter', 'requirements.yaml'), 'utf8')) as {
      requirements: { id: string }[];
    };
    const ajv = new Ajv2020({ allowUnionTypes: true, strictRequired: false }).addSchema(schema('requirements'));
    const validate = ajv.compile(schema('adapter'));
    expect(validate(file), JSON.stringify(validate.errors)).toBe(true);
    expect(file.requirements.map(({ id }) => id)).toEqual(file.requirements.map((_, at) => `ADP-${String(at + 1).padStart(3, '0')}`));
  });

  it('have every id that the code cites', () => {
    const folder = dirname(fileURLToPath(import.meta.url));
    const cited = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/ADP-[0-9]{3}/g) ?? []);
    expect(cited.length).toBeGreaterThan(20);
    for (const id of cited.filter((name) => name !== 'ADP-999')) expect(adapterClauses().has(id), id).toBe(true);
    expect(() => adapterClause('ADP-999')).toThrow('ADP-999');
  });
});

describe('brief', () => {
  it('cuts what is long and says so', () => {
    expect(brief({ a: 1 })).toBe('{"a":1}');
    expect(brief('x'.repeat(500), 10)).toBe('"xxxxxxxxx… (502 characters)');
  });
});
