import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oracleOf, REGISTRY, suiteInputOf } from '../areas.ts';
import type { Implementation, Json, JsonObject, Outcome } from '../contract/contract.ts';
import { committedVectors } from '../vectors.ts';
import { jsonFaults } from './json-faults.ts';
import { moduleOf } from './modules.ts';
import { OracleImplementation } from './oracle-implementation.ts';
import { SchemaArbitraries } from './schema-arbitraries.ts';

const oracle = oracleOf('kilt');
const vectors = committedVectors()
  .files.filter(({ area }) => area === 'kilt')
  .flatMap((file) => file.vectors);
const checks = moduleOf(REGISTRY, 'kilt').topics.flatMap(({ properties }) => properties?.checks?.(suiteInputOf('kilt', vectors)) ?? []);

/** The spec interpreter, which answers one operation in another way. */
function planted(operation: string, answer: (params: JsonObject, right: Outcome) => Outcome): Implementation {
  const right = new OracleImplementation(oracle);
  return {
    hello: right.hello,
    call: async (asked, params) => {
      const outcome = await right.call(asked, params);
      return asked === operation ? answer(params, outcome) : outcome;
    },
  };
}
async function verdictOf(id: string, implementation: Implementation, effort = 1): Promise<string> {
  const check = checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return (await check.run(implementation, { seed: 'bottlepost', effort })).verdict;
}

describe('single faults of a JSON value', () => {
  const value: Json = { a: [{ b: 'x' }, 5], c: null };
  const spoiled = jsonFaults(value).map((fault) => JSON.stringify(fault.spoiled()));
  it.each([
    ['a member that is missing', '{"a":[{"b":"x"},5]}'],
    ['a member of a second item that is missing', '{"a":[{},5],"c":null}'],
    ['an item of another type', '{"a":[{"b":"x"},"x"],"c":null}'],
    ['an item that is missing', '{"a":[{"b":"x"}],"c":null}'],
    ['a member more, of a name that some languages keep for themselves', '{"a":[{"b":"x","__proto__":1},5],"c":null}'],
    ['the end of exact numbers', `{"a":[{"b":"x"},${String(Number.MAX_SAFE_INTEGER)}],"c":null}`],
    ['the first character of four bytes', '{"a":[{"b":"x\u{10000}"},5],"c":null}'],
    ['items in the other order', '{"a":[5,{"b":"x"}],"c":null}'],
  ])('have %s', (_what, text) => {
    expect(spoiled).toContain(text);
  });
  it('leave the value itself as it is', () => {
    expect(value).toEqual({ a: [{ b: 'x' }, 5], c: null });
    expect(spoiled).not.toContain(JSON.stringify(value));
  });
});

describe('instances drawn from schemas', () => {
  const dids = ['did:kilt:4sbi8CW5RtqLFMc8TGVZfZp1GzBGi4499cMbfZZuc8fTqTds'];
  const make = new SchemaArbitraries(oracle.spec.schemas, (parser) =>
    fc.constantFrom(...dids.map((did) => (parser === 'kilt.keyuri.parse' ? `${did}#x` : did))),
  );
  const ajv = new Ajv2020({ strict: false, schemas: oracle.spec.schemas.map((schema) => schema as AnySchemaObject) });
  it.each(oracle.spec.schemas.map((schema) => String(schema['$id'])))('are right: %s', (id) => {
    for (const instance of fc.sample(make.of(id), { seed: 1, numRuns: 40 }))
      expect([instance, ajv.validate(id, instance), ajv.errors]).toEqual([instance, true, null]);
  });
});

describe('checks of faults', () => {
  it('pass for what the specification says', async () => {
    for (const { id } of checks.filter((check) => check.id.startsWith('faults/')))
      expect(`${id}: ${await verdictOf(id, new OracleImplementation(oracle), 0.1)}`).toBe(`${id}: pass`);
  });
  it('fail for who looks at the first method of a document only', async () => {
    const first = ({ documents }: JsonObject): JsonObject[] =>
      (documents as JsonObject[]).map((document) => {
        const methods = document['verificationMethod'];
        return Array.isArray(methods)
          ? { ...document, verificationMethod: methods.filter((m) => typeof m === 'object' && m !== null) }
          : document;
      });
    const lenient = planted('kilt.keyuri.resolve', (params, outcome) => {
      if (outcome.kind !== 'reject' || params['documents'] === undefined) return outcome;
      const answer = oracle.answer('kilt.keyuri.resolve', { ...params, documents: first(params) });
      return answer.kind === 'ok' ? { kind: 'ok', value: answer.value } : outcome;
    });
    expect(await verdictOf('faults/kilt.keyuri.resolve', lenient)).toBe('fail');
  });
  it('fail for who does not look at what is replied to', async () => {
    const lenient = planted('kilt.message.validate', ({ message }, outcome) => {
      const answer = oracle.answer('kilt.message.validate', { message: message ?? null });
      return answer.kind === 'ok' ? { kind: 'ok', value: answer.value } : outcome;
    });
    expect(await verdictOf('faults/kilt.message.validate/replies', lenient)).toBe('fail');
  });
});
