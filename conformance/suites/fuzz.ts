/**
 * Byte-level fuzz of every decoder: whatever arrives, it answers or refuses as the spec interpreter does, and
 * afterwards still answers a good request.
 */
import fc from 'fast-check';
import type { Check, CheckResult } from '../contract/check.ts';
import type { Json, JsonObject } from '../contract/contract.ts';
import { once } from '../oracle/once.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { fromHex, toHex } from '../oracle/values.ts';
import type { Layout, Operation, Param } from '../spec/types.ts';
import { Arbitraries, bytesUpTo } from './arbitraries.ts';
import { runCampaign, seedOf } from './campaign.ts';
import { clauseOf, isKeyed } from './differential.ts';
import type { Judge } from './judge.ts';
import type { SuiteInput } from './modules.ts';
import { mutatedBytes, mutatedText } from './mutations.ts';

const RUNS = 150;
/** Seed of the good requests: the same in every run, so that a repro of one is a repro of all. */
const GOOD_SEED = 'bottlepost-good-1';

interface Decoder {
  readonly operation: Operation;
  readonly param: string;
  readonly declared: Param;
}

/** One check for every decoder. */
export function fuzzChecks({ oracle, judge, hints, limitMs }: SuiteInput): Check[] {
  const arbitraries = new Arbitraries(oracle, hints);
  return oracle.spec.operations
    .filter((operation) => !isKeyed(operation))
    .flatMap((operation) => {
      const decoder = decoderOf(operation);
      return decoder === undefined ? [] : [fuzzCheck(oracle, judge, arbitraries, decoder, limitMs)];
    });
}

/** A decoder has a model, takes bytes or text and nothing else, and can find them wrong or has a layout for them. */
function decoderOf(operation: Operation): Decoder | undefined {
  const [[param, declared] = [undefined, undefined], ...more] = Object.entries(operation.params);
  if (operation.model === undefined || param === undefined || declared === undefined || more.length > 0) return undefined;
  if ((declared.type !== 'bytes' && declared.type !== 'text') || declared.enum !== undefined) return undefined;
  return operation.rejects.length > 0 || declared.layout !== undefined ? { operation, param, declared } : undefined;
}

function fuzzCheck(
  oracle: Oracle,
  judge: Judge,
  arbitraries: Arbitraries,
  { operation, param, declared }: Decoder,
  limitMs: number,
): Check {
  const name = operation.operation;
  const id = `fuzz/${name}`;
  const requirement = survivalClause(oracle, operation, declared);
  const right = once(() => arbitraries.param(operation, param, declared));
  const input = once((): fc.Arbitrary<Json> =>
    declared.type === 'text'
      ? fc.oneof(
          { weight: 6, arbitrary: mutatedText(right().map(String)) },
          { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
        )
      : fc.oneof(
          { weight: 6, arbitrary: mutatedBytes(right().map((hex) => fromHex(String(hex)))).map(toHex) },
          { weight: 1, arbitrary: bytesUpTo(64).map(toHex) },
        ),
  );
  const blamed = (result: CheckResult): CheckResult =>
    result.verdict === 'broken' && result.failure !== undefined
      ? {
          ...result,
          failure: {
            ...result.failure,
            requirement,
            clause: judge.clause(requirement),
            basis: judge.basis(requirement, result.failure.kind),
          },
        }
      : result;
  return {
    id,
    suite: 'fuzz',
    requirement,
    title: `${name}: mutated input is answered or refused, and the next request is answered`,
    operations: [name],
    run: async (implementation, context) => {
      const good: JsonObject = { [param]: goodInput(oracle, name, param, right()) };
      return blamed(
        await runCampaign(
          {
            id,
            requirement,
            oracle,
            judge,
            arbitrary: input(),
            runs: RUNS,
            limitMs,
            trial: async (value, talk) => {
              await talk.agree(name, { [param]: value }, { anyClass: true });
              await talk.agree(name, good);
            },
          },
          implementation,
          context,
        ),
      );
    },
  };
}

/** The shortest of some inputs that the spec accepts: when it fails, little else than the state before it can be why. */
function goodInput(oracle: Oracle, name: string, param: string, right: fc.Arbitrary<Json>): Json {
  const good = fc
    .sample(right, { seed: seedOf(GOOD_SEED, name), numRuns: 20 })
    .filter((value) => oracle.answer(name, { [param]: value }).kind === 'ok');
  const [shortest] = good.sort((a, b) => String(a).length - String(b).length);
  if (shortest === undefined) throw new Error(`no valid input for ${name} was generated`);
  return shortest;
}

/** The clause that says what a decoder does with bad input: of its layout's or text's rejects, else of its result. */
function survivalClause(oracle: Oracle, operation: Operation, declared: Param): string {
  for (const step of operation.model ?? []) {
    if ('decodeText' in step)
      return oracle.spec.texts.find((text) => text.text === step.decodeText.text)?.rejects.alphabet.req ?? clauseOf(operation);
    if ('decode' in step) return step.decode.req ?? lastReject(oracle.wire.layout(step.decode.layout)) ?? clauseOf(operation);
    if ('require' in step && declared.layout === undefined && operation.rejects[0] === step.require.reject) return step.require.req;
  }
  return clauseOf(operation);
}
function lastReject(layout: Layout): string | undefined {
  return layout.fields
    .flatMap((field) => (field.rejects === 'none' ? [] : Object.values(field.rejects).map((reject) => reject.req)))
    .at(-1);
}
