/** What is left of an answer to a call shows a clause exactly if a mutant of that clause differs in it. */
import { describe, expect, it } from 'vitest';
import { oracleOf } from '../areas.ts';
import { allowancesOf } from '../contract/allowances.ts';
import type { Hello } from '../contract/contract.ts';
import { specMutations } from '../mutants/spec-mutations.ts';
import type { Operation } from '../spec/types.ts';
import { committedVectors } from '../vectors.ts';
import { CallMutants } from './call-mutants.ts';
import type { JudgedStep } from './judge.ts';
import { hidden } from './left.ts';

const HELLO: Hello = {
  name: 'x',
  version: '1',
  language: 'x',
  protocol: 1,
  operations: [],
  profiles: [],
  deterministic: true,
  limits: { lineBytes: 4194304 },
};
const omitting = (...omits: readonly string[]): ReturnType<typeof allowancesOf> => allowancesOf({ ...HELLO, omits });

const oracle = oracleOf('e3x');
const vectors = new Map(committedVectors().files.flatMap((file) => file.vectors.map((vector) => [vector.id, vector] as const)));
/** Whether a committed vector still shows its clause. */
function isShown(id: string, ...omits: readonly string[]): boolean {
  const vector = vectors.get(id);
  if (vector === undefined) throw new Error(`no vector ${id}`);
  const steps = vector.steps.map((step): JudgedStep => {
    const members = Object.entries(oracle.operation(step.operation).result).filter(([, { ofVector }]) => ofVector !== true);
    return { ...step, clauses: Object.fromEntries(members.map(([name, { req }]) => [name, req])) };
  });
  return hidden(oracle, vector.requirement, steps, omitting(...omits), undefined) === undefined;
}

describe('a call some of whose members are left out', () => {
  it('shows a clause by another member, if a mutant of the clause gets that one wrong', () => {
    // Read with a rule of JSON ignored, a head that is refused would be an object.
    const spoiled = 'e3x.packet.decode/json/depth-65';
    expect(vectors.get(spoiled)?.requirement).toMatch(/^E3X-JSN/);
    expect(isShown(spoiled, 'jsonError')).toBe(true);
    expect(isShown(spoiled, 'jsonError', 'headLength', 'bodyLength')).toBe(true);
    // Who does not remove every round has another packet.
    expect(isShown('e3x.cloak.remove/rounds-8', 'rounds')).toBe(true);
  });
  it('does not show it where every mutant of it differs in what is left out', () => {
    // A head of two bytes that is read as JSON is no object, so only the error would tell.
    const binary = 'e3x.packet.decode/binary-head-0000';
    expect(isShown(binary, 'headLength', 'bodyLength')).toBe(true);
    expect(isShown(binary, 'jsonError')).toBe(false);
  });
  it('shows one of no member by what of the specification names no clause', () => {
    // Whether a first byte of zero is looked at decides what the packet is.
    expect(isShown('e3x.cloak.remove/nonce-80', 'rounds')).toBe(true);
  });
});

describe('mutants of a clause', () => {
  const spec = {
    ...oracle.spec,
    operations: [
      {
        operation: 'toy.half',
        summary: 'Halves a number.',
        params: { number: { type: 'integer' } },
        result: { half: { type: 'integer', req: 'TOY-001' }, isEven: { type: 'boolean', req: 'TOY-002', omittable: true } },
        rejects: ['limit'],
        model: [
          { require: { that: 'number <= 9', reject: 'limit', req: 'TOY-003' } },
          { let: { isEven: 'number != 3' } },
          { return: { half: 'number - 1', isEven: 'isEven' } },
        ],
      } satisfies Operation,
    ],
    machines: [],
  };
  const toy = oracle.of(spec);
  const mutants = new CallMutants(toy);
  const dies = (clause: string, number: number, ...omits: readonly string[]): boolean => {
    const operation = toy.operation('toy.half');
    const answer = toy.answer('toy.half', { number });
    if (answer.kind !== 'ok') throw new Error('refused');
    const clauses: { readonly [member: string]: string } = { half: 'TOY-001', isEven: 'TOY-002' };
    return mutants.dies(clause, { operation, params: { number }, ok: answer.value }, (name) => clauses[name] ?? '', omitting(...omits));
  };
  it('are those whose data name it', () => {
    const named = specMutations(spec).filter(({ clause }) => clause === 'TOY-003');
    expect(named.map(({ id }) => id)).toEqual([
      'toy.half/model/0 [deleted]',
      'toy.half/model/0/require/that [9 → 10]',
      'toy.half/model/0/require/that [9 → 8]',
    ]);
    // At the bound one of them refuses; below it none does anything.
    expect(dies('TOY-003', 9, 'isEven')).toBe(true);
    expect(dies('TOY-003', 5, 'half')).toBe(true);
  });
  it('are those that get a member of it wrong, and one that leaves the member out', () => {
    expect(dies('TOY-001', 5, 'isEven')).toBe(true);
    expect(dies('TOY-002', 5)).toBe(true);
    // Its own member is all that any of its mutants changes.
    expect(dies('TOY-002', 5, 'isEven')).toBe(false);
    expect(dies('TOY-002', 3, 'isEven')).toBe(false);
  });
});
