/** Sealed JSON with its members in another order is told as that, and as nothing else; whatever else differs is told as content. */
import { describe, expect, it } from 'vitest';
import { oracleOf } from '../areas.ts';
import type { CheckResult, Failure } from '../contract/check.ts';
import type { Implementation, Json, JsonObject, Outcome } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { MachineInterpreter } from '../oracle/machine.ts';
import { committedVectors, type Vector } from '../vectors.ts';
import { Judge } from './judge.ts';
import { OracleImplementation } from './oracle-implementation.ts';
import { answerOf, pathOf } from './states.ts';
import { vectorCheck } from './vectors.ts';

/** JSON with the members of its outermost object the other way round. */
function backwards(json: Uint8Array): Uint8Array {
  const members = Object.entries(JSON.parse(Buffer.from(json).toString('utf8')) as JsonObject);
  return Uint8Array.from(Buffer.from(JSON.stringify(Object.fromEntries(members.reverse())), 'utf8'));
}
const { files } = committedVectors();
const vectorsOf = (area: string): Vector[] => files.filter((file) => file.area === area).flatMap((file) => file.vectors);

/** What an implementation answers to a vector that spells JSON by an oracle of its own; undefined where it would be the same. */
function repliesTo(oracle: Oracle, other: Oracle, { id, steps }: Vector): JsonObject[] | undefined {
  const path = pathOf(oracle, id, steps);
  const [first] = steps;
  if (path === undefined) {
    if (first === undefined || steps.length !== 1 || oracle.operation(first.operation).model === undefined) return undefined;
    const answer = other.answer(first.operation, first.params);
    return answer.kind === 'ok' ? [answer.value] : undefined;
  }
  const { machine, configuration } = path.interpreter;
  const interpreter = new MachineInterpreter(other, machine, configuration);
  const later = path.inputs.map((input, i): JsonObject => {
    const at = path.states[i] ?? path.interpreter.initial();
    const answer = answerOf(interpreter.step(at, input), Number(steps[i + 1]?.params['now']));
    const right = steps[i + 1]?.expect ?? answer;
    // What arrived is handed up as it was spelled by the other side.
    return 'ok' in answer && 'ok' in right
      ? { ...right.ok, transmit: answer.ok['transmit'] ?? [] }
      : { reject: 'reject' in right ? right.reject : '' };
  });
  return [{ session: 's', transmit: [], events: [], timeoutAt: null }, ...later];
}

async function resultOf(oracle: Oracle, vector: Vector, replies: readonly JsonObject[]): Promise<CheckResult> {
  let count = 0;
  const implementation: Implementation = {
    hello: new OracleImplementation(oracle).hello,
    call: (): Promise<Outcome> => {
      const reply = replies[count++] ?? {};
      const { reject } = reply;
      return Promise.resolve(typeof reject === 'string' ? { kind: 'reject', class: reject } : { kind: 'ok', value: reply });
    },
  };
  return vectorCheck(oracle, new Judge(oracle), vector).run(implementation, { seed: 's', effort: 1 });
}
function failuresOf(result: CheckResult): Failure[] {
  return result.verdict === 'fail' ? [result.failure, ...(result.others ?? [])] : [];
}
/** The text of a value with the last digit of each long text changed: the end of what is sealed, which is its tag. */
function spoiled(value: Json): Json {
  if (typeof value === 'string') return value.length < 100 ? value : `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`;
  if (Array.isArray(value)) return (value as readonly Json[]).map(spoiled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value as JsonObject).map(([name, member]) => [name, spoiled(member)]));
}

describe.each([
  ['e3x', (id: string) => id.startsWith('e3x.exchange'), 'E3X-HSK-016', 20],
  ['kilt', (id: string) => id.startsWith('kilt.envelope.seal/'), 'KLT-ENV-004', 5],
] as const)('sealed JSON of %s, its members the other way round', (area, isAbout, order, least) => {
  const oracle = oracleOf(area);
  const other = oracle.of(oracle.spec, { spell: backwards });
  const sealing = vectorsOf(area).filter(({ id }, i) => isAbout(id) && (area === 'kilt' || i % 7 === 0));
  const told = sealing.flatMap((vector) => {
    const replies = repliesTo(oracle, other, vector);
    return replies === undefined ? [] : [{ vector, replies }];
  });

  it('is told by the clause of the order, and by nothing else', async () => {
    const kinds = new Set<string>();
    let count = 0;
    for (const { vector, replies } of told)
      for (const { kind, requirement } of failuresOf(await resultOf(oracle, vector, replies))) {
        kinds.add(`${kind} ${requirement}`);
        count += 1;
      }
    expect(kinds).toEqual(new Set([`order ${order}`]));
    expect(count).toBeGreaterThanOrEqual(least);
  });
  it('is told as content where anything else differs, even its tag alone', async () => {
    const kinds = new Set<string>();
    for (const { vector, replies } of told) {
      if (failuresOf(await resultOf(oracle, vector, replies)).length === 0) continue;
      for (const { kind } of failuresOf(
        await resultOf(
          oracle,
          vector,
          replies.map((reply) => spoiled(reply) as JsonObject),
        ),
      ))
        kinds.add(kind);
    }
    expect(kinds).toContain('member');
    expect(kinds).not.toContain('order');
  });
});
