/** What hello says that an implementation cannot say or do, in the form that a judge needs. */
import type { Hello, JsonObject } from './contract.ts';

/** What begins the name of an event in `omits`. */
export const EVENT_PREFIX = 'event:';

/** The doors that one hello opens. */
export interface Allowances {
  /** Whether an operation may refuse without saying why. */
  readonly isUnreasoned: (operation: string) => boolean;
  /** Whether a member of results is not exposed. */
  readonly omitsMember: (name: string) => boolean;
  /** Whether events of a type are not exposed. */
  readonly omitsEvent: (type: string) => boolean;
  /** Whether anything at all is not exposed. */
  readonly omitsAny: boolean;
  /** Whether a parameter has no such value. */
  readonly leavesOut: (parameter: string, value: string) => boolean;
  /** Whether randomness is drawn by the implementation itself. */
  readonly ownEntropy: boolean;
  /** Whether the implementation lives in real time. */
  readonly ownClock: boolean;
}

/** The doors of an implementation that says and does everything. */
export const NOTHING_ALLOWED: Allowances = {
  isUnreasoned: () => false,
  omitsMember: () => false,
  omitsEvent: () => false,
  omitsAny: false,
  leavesOut: () => false,
  ownEntropy: false,
  ownClock: false,
};

const known = new WeakMap<object, Allowances>();

/** True if the adapter takes the bench's entropy. */
export function takesEntropy({ entropy, deterministic }: Pick<Hello, 'entropy' | 'deterministic'>): boolean {
  return entropy === undefined ? deterministic === true : entropy === 'call';
}

/** The doors of a hello; the same object for the same hello. */
export function allowancesOf(hello: Hello): Allowances {
  const before = known.get(hello);
  if (before !== undefined) return before;
  const reasons = new Set(hello.reasons);
  const omits = new Set(hello.omits);
  const values = new Map(Object.entries(hello.values ?? {}));
  const allowances: Allowances = {
    isUnreasoned: (operation) => reasons.has(operation),
    omitsMember: (name) => omits.has(name),
    omitsEvent: (type) => omits.has(`${EVENT_PREFIX}${type}`),
    omitsAny: omits.size > 0,
    leavesOut: (parameter, value) => values.get(parameter)?.includes(value) === false,
    ownEntropy: !takesEntropy(hello),
    ownClock: hello.clock === 'own',
  };
  known.set(hello, allowances);
  return allowances;
}

/** What an operation's result is declared to have, as far as omissions go. */
export interface Omittables {
  readonly result: { readonly [member: string]: { readonly omittable?: boolean; readonly omittableEvents?: readonly string[] } };
}

/** Whether a member of one operation's result is not exposed. */
export function isOmitted({ result }: Omittables, { omitsMember }: Allowances, member: string): boolean {
  return omitsMember(member) && result[member]?.omittable === true;
}

/** What a result has although hello says that it is not exposed, for people; undefined where nothing is. */
export function omittedIn(operation: Omittables, allowances: Allowances, value: JsonObject): string | undefined {
  if (!allowances.omitsAny) return undefined;
  const isUnexposed = isUnexposedEvent(operation, allowances);
  const event = eventsIn(value)?.find(isUnexposed);
  if (event !== undefined) return `an event '${String(event['type'])}'`;
  const member = Object.keys(value).find((name) => isOmitted(operation, allowances, name));
  return member === undefined ? undefined : `a member '${member}'`;
}

/** What is left of a result to compare where some of it is not exposed. */
export function withoutOmitted(operation: Omittables, allowances: Allowances, value: JsonObject): JsonObject {
  if (!allowances.omitsAny) return value;
  const isUnexposed = isUnexposedEvent(operation, allowances);
  const events = eventsIn(value)?.filter((event) => !isUnexposed(event));
  const left = Object.entries(value).filter(([name]) => !isOmitted(operation, allowances, name));
  return Object.fromEntries(left.map(([name, member]) => [name, name === 'events' && events !== undefined ? events : member]));
}

function isUnexposedEvent({ result }: Omittables, { omitsEvent }: Allowances): (event: JsonObject) => boolean {
  const types = result['events']?.omittableEvents ?? [];
  return ({ type }) => typeof type === 'string' && types.includes(type) && omitsEvent(type);
}

function eventsIn(value: JsonObject): readonly JsonObject[] | undefined {
  return Array.isArray(value['events']) ? (value['events'] as readonly JsonObject[]) : undefined;
}
