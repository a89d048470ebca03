/** What of a check is left to ask and to compare, where hello says what an implementation cannot do. */
import { type Allowances, isOmitted, withoutOmitted } from '../contract/allowances.ts';
import type { Hello, Json, JsonObject } from '../contract/contract.ts';
import { specMutations } from '../mutants/spec-mutations.ts';
import { MachineInterpreter, type MachineState } from '../oracle/machine.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { equalJson } from '../oracle/values.ts';
import type { Machine, MachineConfiguration, MachineRow, Operation, Param } from '../spec/types.ts';
import { callMutantsOf, isMutable } from './call-mutants.ts';
import type { JudgedStep } from './judge.ts';
import { answerOf, attempt, type Path } from './states.ts';

/** Milliseconds of a trace that are waited for in real time. */
export const REAL_TIME_MS_MAX = 5000;

/** Why steps cannot be asked, or show nothing when they are; undefined where they can. */
export function unaskable(
  oracle: Oracle,
  steps: readonly Pick<JudgedStep, 'operation' | 'params' | 'expect'>[],
  allowances: Allowances,
): string | undefined {
  const value = usedButLeftOut((operation) => oracle.operation(operation), steps, allowances);
  if (value !== undefined) return value;
  if (allowances.ownEntropy && steps.some(isCanned))
    return "its bytes are those of the bench's entropy, and the implementation draws its own";
  const spanMs = spanOf(steps);
  if (allowances.ownClock && spanMs > REAL_TIME_MS_MAX)
    return `it takes ${String(spanMs)} ms of real time; at most ${String(REAL_TIME_MS_MAX)} are waited for`;
  return undefined;
}

/** Says which value some steps use although a hello leaves it out; undefined where they use none. */
export type LeftOut = (hello: Hello, steps: readonly Pick<JudgedStep, 'operation' | 'params'>[]) => string | undefined;

/** Says which value of a choice steps use although hello leaves it out; undefined where they use none. */
export function usedButLeftOut(
  declared: (operation: string) => Pick<Operation, 'params'>,
  steps: readonly Pick<JudgedStep, 'operation' | 'params'>[],
  allowances: Allowances,
): string | undefined {
  for (const { operation, params } of steps) {
    const value = valueLeftOut(declared(operation), params, allowances);
    if (value !== undefined) return `it uses ${value}, which hello leaves out of its values`;
  }
  return undefined;
}

/** A value of a choice that a request uses and hello leaves out, such as `csid 1a`. */
export function valueLeftOut(
  { params: declared }: Pick<Operation, 'params'>,
  params: JsonObject,
  allowances: Allowances,
): string | undefined {
  for (const [parameter, value] of choicesIn(declared, params)) if (allowances.leavesOut(parameter, value)) return `${parameter} ${value}`;
  return undefined;
}

/** The parameters in which {@link choicesIn} looks. */
export function choiceNames(declared: { readonly [name: string]: Param }): string[] {
  return Object.keys(declared).filter((name) => declared[name]?.choice !== undefined || declared[name]?.members !== undefined);
}

/** Every value of a choice in a request: at its top, nested, or as a name in a map. */
export function choicesIn(declared: { readonly [name: string]: Param }, given: JsonObject): [parameter: string, value: string][] {
  return Object.entries(declared).flatMap(([name, param]): [string, string][] => {
    const value = given[name];
    if (value === undefined || value === null) return [];
    const own = ownChoices(name, param, value);
    if (param.members === undefined) return own;
    const { members } = param;
    const objects = isObject(value) ? (param.type === 'objectMap' ? Object.values(value) : [value]) : Array.isArray(value) ? value : [];
    return [...own, ...(objects as readonly Json[]).filter(isObject).flatMap((object) => choicesIn(members, object))];
  });
}

/** The choices that one parameter makes: of the values that are there to be chosen, since what is unknown is refused by all. */
function ownChoices(name: string, { choice, enum: listed }: Param, value: Json): [string, string][] {
  if (choice === undefined) return [];
  if (typeof choice === 'string') return isObject(value) ? Object.keys(value).map((key) => [choice, key]) : [];
  const known = choice === true ? (listed ?? []) : choice;
  return [value].flat().flatMap((item): [string, string][] => (typeof item === 'string' && known.includes(item) ? [[name, item]] : []));
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a step whose answer has bytes that follow from entropy. */
function isCanned({ params, expect }: Pick<JudgedStep, 'params' | 'expect'>): boolean {
  return 'ok' in expect && typeof params['entropy'] === 'string' && params['entropy'] !== '';
}

/** Milliseconds from the first call to the last. */
function spanOf(steps: readonly Pick<JudgedStep, 'params'>[]): number {
  const times = steps.flatMap(({ params }) => (typeof params['now'] === 'number' ? [params['now']] : []));
  return times.length === 0 ? 0 : Math.max(...times) - Math.min(...times);
}

/**
 * Why what is left to compare does not show a clause any more; undefined where it does. A clause is shown if a mutant of it dies
 * on what is left: the machine of a trace without one of the clause's rows, or with a row that does less; the specification of a
 * call with what the clause is about loosened, moved or left out.
 *
 * @param path of a trace; without it the steps are judged as single calls
 */
export function hidden(
  oracle: Oracle,
  requirement: string,
  steps: readonly JudgedStep[],
  allowances: Allowances,
  path: Path | undefined,
): string | undefined {
  if (!allowances.omitsAny) return undefined;
  const about = steps.filter((step) => step.requirement === requirement);
  const deciding = about.length === 0 ? steps : about;
  const reduced = steps.some((step) => lost(oracle, step, allowances).length > 0);
  if (!reduced) return undefined;
  const said = 'what would show it is in omits of hello';
  if (path !== undefined) return isKilled(oracle, path, requirement, steps, allowances) ? undefined : said;
  return deciding.some((step) => isTelling(oracle, requirement, step, allowances)) ? undefined : said;
}

/** Members of an expected result that are not exposed. That a member is absent is not exposed either. */
function lost(oracle: Oracle, step: JudgedStep, allowances: Allowances): string[] {
  if (!('ok' in step.expect)) return [];
  const { ok } = step.expect;
  const operation = oracle.operation(step.operation);
  if (isMutable(step, oracle)) return Object.keys(operation.result).filter((name) => isOmitted(operation, allowances, name));
  const left = withoutOmitted(operation, allowances, ok);
  return Object.keys(ok).filter((name) => !equalJson(ok[name] ?? null, left[name] ?? null) || isOmitted(operation, allowances, name));
}

/** Whether what is left of a step's answer can be wrong by the clause. */
function isTelling(oracle: Oracle, requirement: string, step: JudgedStep, allowances: Allowances): boolean {
  if (!('ok' in step.expect)) return true;
  const gone = lost(oracle, step, allowances);
  if (gone.length === 0) return true;
  const operation = oracle.operation(step.operation);
  const { ok } = step.expect;
  if (isMutable(step, oracle)) {
    const several = Object.keys(operation.result).length > 1;
    const clauseOf = (name: string): string => (several ? step.clauses?.[name] : undefined) ?? step.requirement;
    return callMutantsOf(oracle).dies(requirement, { operation, params: step.params, ok }, clauseOf, allowances);
  }
  // Members of sessions have a clause each that speaks of them; what is left must say something.
  if (gone.some((name) => operation.result[name]?.req === requirement)) return false;
  const left = withoutOmitted(operation, allowances, ok);
  return Object.values(left).some((value) => (Array.isArray(value) ? value.length > 0 : value !== null));
}

/** The mutants of a machine that are about a clause, and whether their rows are; if not, only the steps about the clause tell. */
interface MachineMutants {
  readonly mutants: readonly MachineInterpreter[];
  readonly areOwn: boolean;
}
const knownMutants = new WeakMap<MachineConfiguration, Map<string, MachineMutants>>();

/**
 * The mutants of a machine that are about a clause: what each of its rows does less, or the row left out; a row that ignores does
 * what another row does as well. A clause of no row is one of what the rows name.
 */
function mutantsOf(oracle: Oracle, { machine, configuration }: MachineInterpreter, requirement: string): MachineMutants {
  const byClause = knownMutants.get(configuration) ?? new Map<string, MachineMutants>();
  knownMutants.set(configuration, byClause);
  const known = byClause.get(requirement);
  if (known !== undefined) return known;
  const own = weakened(machine.rows, requirement).map((rows): Machine => ({ ...machine, rows }));
  const made = own.length > 0 ? own : namedMutants(oracle, machine);
  const found = { mutants: made.map((mutant) => new MachineInterpreter(oracle, mutant, configuration)), areOwn: own.length > 0 };
  byClause.set(requirement, found);
  return found;
}

/** A machine with each of the values, guards, outputs and updates that its rows name mutated, and its timeout. */
function namedMutants(oracle: Oracle, machine: Machine): Machine[] {
  const none = { operations: [], functions: [], layouts: [], derivations: [], texts: [], schemas: [], constants: {}, transports: {} };
  return specMutations({ ...oracle.spec, ...none, machines: [machine] }).flatMap(({ group, clause, spec }) =>
    group === 'machines' && clause === undefined ? spec.machines : [],
  );
}

function weakened(rows: readonly MachineRow[], requirement: string): MachineRow[][] {
  return rows.flatMap((row, at) => {
    if (row.req !== requirement) return [];
    const put = (changed: readonly MachineRow[]): MachineRow[] => [...rows.slice(0, at), ...changed, ...rows.slice(at + 1)];
    const { set: _set, ...still } = row;
    const { transmit: _transmit, ...silent } = row;
    const { emit: _emit, ...quiet } = row;
    const { reject: _reject, ...taken } = row;
    const others = row.outcome === 'ignore' ? rows.filter((other) => other !== row && other.in === row.in && other.on === row.on) : [];
    return [
      put([]),
      ...(row.set === undefined ? [] : [put([still])]),
      ...(row.transmit === undefined ? [] : [put([silent])]),
      ...(row.emit === undefined ? [] : [put([quiet])]),
      ...(row.reject === undefined ? [] : [put([taken])]),
      ...(row.to === row.in ? [] : [put([{ ...row, to: row.in }])]),
      ...others.map(({ when: _when, ...other }) => put([{ ...other, ...(row.when === undefined ? {} : { when: row.when }) }])),
    ];
  });
}

function isKilled(oracle: Oracle, path: Path, requirement: string, steps: readonly JudgedStep[], allowances: Allowances): boolean {
  const { interpreter, inputs } = path;
  const { mutants, areOwn } = mutantsOf(oracle, interpreter, requirement);
  const isAboutAll = areOwn || steps.every((step) => step.requirement !== requirement);
  return mutants.some((mutant) => {
    let at: MachineState = mutant.initial();
    for (const [i, input] of inputs.entries()) {
      const step = steps[i + 1];
      if (step === undefined) return false;
      const taken = attempt(() => mutant.step(at, input));
      const isTold = isAboutAll || step.requirement === requirement;
      if (taken === undefined) return isTold;
      at = taken.after;
      const [answer, right] = [answerOf(taken, Number(step.params['now'])), step.expect].map((one) => seen(oracle, step, one, allowances));
      if (!equalJson(answer, right)) return isTold;
    }
    return false;
  });
}

/** An expected answer as far as it can be seen. */
function seen(oracle: Oracle, { operation }: JudgedStep, expect: JudgedStep['expect'], allowances: Allowances): Json {
  if ('ok' in expect) return withoutOmitted(oracle.operation(operation), allowances, expect.ok);
  return allowances.isUnreasoned(operation) ? 'refused' : expect.reject;
}
