/** Repro files: what it takes to run one failure again, without the suite that found it. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Check, Failure, Step, SuiteName } from '../contract/check.ts';
import type { Outcome } from '../contract/contract.ts';
import { isDeeper } from '../contract/depth.ts';
import { printableJson } from '../contract/text.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { equalJson } from '../oracle/values.ts';
import type { Expectation } from '../vectors.ts';
import { expectedFrom, Judge, outcomeOf, type JudgedStep } from './judge.ts';
import { runSteps } from './steps.ts';

const FORMAT = 'bottlepost-repro';
const VERSION = 1;

/** One failure as a file. Steps end with the answer that was wrong; `expected` is what the spec demanded then. */
export interface Repro {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  /** Name and version of the implementation that failed. */
  readonly implementation?: string;
  /** Id of the check that found it. */
  readonly check: string;
  readonly requirement: string;
  readonly seed: string;
  /** True where the class of a reject was what was wrong; otherwise a replay takes any class that the operation declares. */
  readonly exactClass: boolean;
  readonly steps: readonly Step[];
}

/** A file that is not a repro; the message says where and why. */
export class ReproError extends Error {
  override readonly name = 'ReproError';
}

const text = { type: 'string', minLength: 1 };
const outcome = {
  oneOf: [
    {
      type: 'object',
      required: ['kind', 'value'],
      additionalProperties: false,
      properties: { kind: { const: 'ok' }, value: { type: 'object' } },
    },
    {
      type: 'object',
      required: ['kind', 'class'],
      additionalProperties: false,
      properties: { kind: { const: 'reject' }, class: text, detail: { type: 'string' } },
    },
  ],
};
const SCHEMA = {
  type: 'object',
  required: ['format', 'version', 'check', 'requirement', 'seed', 'exactClass', 'steps'],
  additionalProperties: false,
  properties: {
    format: { const: FORMAT },
    version: { const: VERSION },
    implementation: text,
    check: text,
    requirement: text,
    seed: { type: 'string' },
    exactClass: { type: 'boolean' },
    steps: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['operation', 'params', 'expected'],
        additionalProperties: false,
        properties: {
          operation: text,
          params: { type: 'object' },
          expected: outcome,
          bind: { type: 'object', additionalProperties: text },
        },
      },
    },
  },
} as const;
const validate = new Ajv2020({ strict: true, allErrors: false }).compile<Repro>(SCHEMA);

/** What a repro says besides its failure. */
export interface ReproOrigin {
  readonly check: string;
  readonly seed: string;
  readonly implementation?: string;
}

/** The repro of a failure. */
export function reproOf(failure: Failure, origin: ReproOrigin): Repro {
  // Generated inputs may break several rules, of which an implementation may name any; vectors and walks break one.
  const generated = ['differential/', 'fuzz/', 'property/'].some((prefix) => origin.check.startsWith(prefix));
  const exactClass = !generated || (failure.expected.kind === 'reject' && failure.got.kind === 'reject');
  return {
    format: FORMAT,
    version: VERSION,
    ...(origin.implementation === undefined ? {} : { implementation: origin.implementation }),
    check: origin.check,
    requirement: failure.requirement,
    seed: origin.seed,
    exactClass,
    steps: failure.steps,
  };
}
/** The repro of a failure as the text of its file. */
export function formatRepro(failure: Failure, origin: ReproOrigin): string {
  return `${printableJson(JSON.stringify(reproOf(failure, origin), undefined, 2))}\n`;
}
/** Reads a repro file. @throws ReproError when it is not one */
export function readRepro(file: string): Repro {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ReproError(`${file}: cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
  return parseRepro(content, file);
}
/** Reads a repro from text; `name` is in errors. @throws ReproError when it is not one */
export function parseRepro(content: string, name: string): Repro {
  let value: unknown;
  if (isDeeper(content)) throw new ReproError(`${name}: nested deeper than any request of this bench`);
  try {
    value = JSON.parse(content);
  } catch (error) {
    throw new ReproError(`${name}: not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  const claimed = typeof value === 'object' && value !== null ? (value as { readonly format?: unknown; readonly version?: unknown }) : {};
  if (claimed.format !== FORMAT) throw new ReproError(`${name}: not a repro file, its "format" is not "${FORMAT}"`);
  if (claimed.version !== VERSION)
    throw new ReproError(`${name}: repro version ${JSON.stringify(claimed.version)}, but this bench reads version ${String(VERSION)}`);
  if (validate(value)) return value;
  const error = validate.errors?.[0];
  const extra =
    error?.keyword === 'additionalProperties'
      ? ` '${String((error.params as { readonly additionalProperty: unknown }).additionalProperty)}'`
      : '';
  throw new ReproError(
    `${name}: ${error?.instancePath === '' ? '/' : (error?.instancePath ?? '/')} ${error?.message ?? 'is wrong'}${extra}`,
  );
}

/** Where the spec now demands something else than a repro does; nothing for steps of sessions. */
export function changedSteps(oracle: Oracle, repro: Repro): { readonly step: number; readonly now: Outcome }[] {
  return repro.steps.flatMap((step, index) => {
    const operation = oracle.spec.operations.find((declared) => declared.operation === step.operation);
    if (operation?.model === undefined) return [];
    const now = outcomeOf(expectedFrom(step.operation, step.params, oracle.answer(step.operation, step.params)).expect);
    return sameDemand(now, step.expected) ? [] : [{ step: index + 1, now }];
  });
}

/**
 * A check that runs the steps of a repro again and judges them against what it stored; title and failure say so
 * where the spec has changed since.
 *
 * @throws ReproError when a step names an operation that the spec does not have
 */
export function replayCheck(oracle: Oracle, repro: Repro): Check {
  const unknown = repro.steps.find((step) => !oracle.spec.operations.some((operation) => operation.operation === step.operation));
  if (unknown !== undefined) throw new ReproError(`the spec has no operation '${unknown.operation}'`);
  const changed = changedSteps(oracle, repro);
  const note =
    changed.length === 0
      ? ''
      : 'The spec has changed since then: ' +
        `${changed.map(({ step, now }) => `step ${String(step)} must now answer ${described(now)}`).join('; ')}.`;
  const steps: JudgedStep[] = repro.steps.map((step) => ({
    operation: step.operation,
    params: step.params,
    expect: expectationOf(step.expected),
    requirement: repro.requirement,
    anyClass: !repro.exactClass,
    ...(step.bind === undefined ? {} : { bind: step.bind }),
  }));
  return {
    id: `replay/${repro.check}`,
    suite: suiteOf(repro.check),
    requirement: repro.requirement,
    title: `Replay of ${repro.check}${note === '' ? '' : ` (${note})`}`,
    operations: [...new Set(repro.steps.map((step) => step.operation))],
    run: async (implementation) => {
      const result = await runSteps(new Judge(oracle), implementation, steps);
      return result.verdict === 'fail' && note !== ''
        ? { ...result, failure: { ...result.failure, explanation: `${result.failure.explanation} ${note}` } }
        : result;
    },
  };
}

function suiteOf(check: string): SuiteName {
  if (check.startsWith('property/')) return 'property';
  if (check.startsWith('differential/')) return 'differential';
  if (check.startsWith('fuzz/')) return 'fuzz';
  return check.startsWith('walk/') ? 'machine' : 'vector';
}
function expectationOf(expected: Outcome): Expectation {
  if (expected.kind === 'ok') return { ok: expected.value };
  if (expected.kind === 'reject') return { reject: expected.class };
  throw new ReproError(`a step cannot expect ${expected.kind}`);
}
function sameDemand(a: Outcome, b: Outcome): boolean {
  if (a.kind === 'ok' && b.kind === 'ok') return equalJson(a.value, b.value);
  return a.kind === 'reject' && b.kind === 'reject' && a.class === b.class;
}
function described(wanted: Outcome): string {
  const shown = JSON.stringify(wanted.kind === 'ok' ? wanted.value : wanted.kind);
  return wanted.kind === 'reject' ? `reject '${wanted.class}'` : shown.length > 80 ? `${shown.slice(0, 80)}…` : shown;
}
