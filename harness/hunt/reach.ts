/**
 * Which check comes to which mutant: every check runs once, in process, against a copy of the reference that holds all the
 * mutants, each asleep and each telling when its code is reached. A mutant behaves differently only where it is reached,
 * so that no other check can kill it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Implementation, JsonObject, Outcome } from '../../conformance/contract/contract.ts';
import type { Check } from '../../conformance/contract/check.ts';
import { transpiled } from '../../conformance/mutants/mutants.ts';
import { Responder, type Handler } from '../core/serve.ts';
import { CHECK_SEED, isBad, ReferenceFails } from './judge.ts';

/** Where instrumented code counts: Stryker's own names. */
interface Namespace {
  currentTestId?: string | undefined;
  mutantCoverage?: { static: Counts; perTest: { [test: string]: Counts } };
}
interface Counts {
  [key: string]: number;
}
const TEST = 'check';
const LINE_BYTES_MAX = 4_194_304;

function namespace(): Namespace {
  const global = globalThis as { __stryker__?: Namespace };
  return (global.__stryker__ ??= {});
}

/**
 * Bits: a row for each check, and one before them for what is reached while the modules load, which every check depends
 * on; a column for each mutant.
 */
export class Reach {
  readonly bytes: Uint8Array;
  readonly #rowLength: number;

  /** @param bytes of an earlier `bytes` */
  constructor(checkCount: number, mutantCount: number, bytes?: Uint8Array) {
    this.#rowLength = Math.ceil(mutantCount / 8);
    const length = (checkCount + 1) * this.#rowLength;
    if (bytes !== undefined && bytes.length !== length) throw new Error('the reach of other checks or mutants');
    this.bytes = bytes ?? new Uint8Array(length);
  }

  /** Whether a check comes to a mutant; both by their numbers. */
  has(check: number, mutant: number): boolean {
    return this.#bit(check + 1, mutant) || this.#bit(0, mutant);
  }

  /** Records what a check reached; -1 for the modules themselves. */
  add(check: number, mutants: Iterable<number>): void {
    for (const mutant of mutants) {
      const at = (check + 1) * this.#rowLength + (mutant >> 3);
      this.bytes[at] = (this.bytes[at] ?? 0) | (1 << (mutant & 7));
    }
  }

  #bit(row: number, mutant: number): boolean {
    return (((this.bytes[row * this.#rowLength + (mutant >> 3)] ?? 0) >> (mutant & 7)) & 1) === 1;
  }
}

/** Writes the instrumented engine over a copy of the built one. */
export async function writeInstrumented(folder: string, instrumented: ReadonlyMap<string, string>): Promise<void> {
  for (const [file, source] of instrumented) {
    const target = join(folder, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, await transpiled(file, file, source));
  }
}

/** A handler in this process, asked as over a pipe: what goes in and out is text. */
function inProcess(handler: Handler): Implementation {
  const responder = new Responder(handler, LINE_BYTES_MAX);
  const seen = namespace();
  return {
    hello: handler.hello,
    async call(op: string, params: JsonObject): Promise<Outcome> {
      seen.currentTestId = TEST;
      const answer = responder.respond(JSON.stringify({ id: 1, op, params }));
      seen.currentTestId = undefined;
      return outcomeOf(JSON.parse(await answer) as JsonObject);
    },
  };
}

function outcomeOf(reply: JsonObject): Outcome {
  if (reply['ok'] !== undefined) return { kind: 'ok', value: reply['ok'] as JsonObject };
  if (reply['reject'] !== undefined) {
    const { class: rejectClass = '', detail } = reply['reject'] as { class?: string; detail?: string };
    return { kind: 'reject', class: rejectClass, ...(detail === undefined ? {} : { detail }) };
  }
  return reply['unsupported'] === true ? { kind: 'unsupported' } : { kind: 'fault', message: String(reply['fault']) };
}

/**
 * Runs a share of the checks against the instrumented engine and records what they reach.
 * @param keys Stryker's names of the mutants, in the order of their numbers
 * @param share every `count`th check, beginning with number `index`
 * @throws ReferenceFails when a check does not pass
 */
export async function findReach(
  reach: Reach,
  checks: readonly Check[],
  keys: readonly string[],
  handlerOf: (engine: unknown) => Handler,
  enginePath: string,
  share: { readonly index: number; readonly count: number },
  onCheck: () => void,
): Promise<void> {
  const numbers = new Map(keys.map((key, at) => [key, at]));
  const numbersOf = (counts: Counts): number[] => Object.keys(counts).flatMap((key) => numbers.get(key) ?? []);
  const implementation = inProcess(handlerOf(await import(pathToFileURL(enginePath).href)));
  const seen = namespace();
  const coverage = seen.mutantCoverage;
  if (coverage === undefined) throw new Error('the engine is not instrumented');
  if (share.index === 0) reach.add(-1, numbersOf(coverage.static));
  for (const [at, check] of checks.entries()) {
    if (at % share.count !== share.index) continue;
    coverage.perTest = {};
    const result = await check.run(implementation, { seed: CHECK_SEED, effort: 1 });
    if (isBad(result))
      throw new ReferenceFails(
        `the unmutated reference must pass everything, otherwise mutants prove nothing; ${check.id} ends with ${result.verdict}`,
      );
    reach.add(at, numbersOf(coverage.perTest[TEST] ?? {}));
    onCheck();
  }
}
