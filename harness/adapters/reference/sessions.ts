/**
 * Sessions behind handles. A topic says how a session opens, what its calls do and what is polled after them; handles,
 * `close`, and what a call answers are the same for all.
 */
import { SessionTable, stepped, type HandleSource, type Output, type Polled } from '../../core/sessions.ts';
import { OPERATIONS } from './declarations.ts';
import type { Answer, Calls, Declaration, Given, OperationName } from './declared.ts';

type Operations = typeof OPERATIONS;
type SessionOf<Operation> = Operation extends { readonly session: infer Name extends string } ? Name : never;
/** The name of a kind of session. */
export type SessionName = SessionOf<Operations[OperationName]>;

/** A call of a session by its verb; `open` and `close` are none. */
type Verb<Name extends SessionName> = {
  [Operation in OperationName]: Name extends SessionOf<Operations[Operation]>
    ? Operation extends `${Name}.${infer Own}`
      ? Exclude<Own, 'open' | 'close'>
      : never
    : never;
}[OperationName];
type Called<Name extends SessionName, Own extends string> = Extract<OperationName, `${Name}.${Own}`>;

/** A call that drains the session answers nothing of its own, or what comes before; another one answers as declared. */
type Outcome<Operation extends OperationName> = 'events' extends keyof Operations[Operation]['result']
  ? Output | void // eslint-disable-line @typescript-eslint/no-invalid-void-type
  : Answer<Operation>;

/** One kind of session. */
export interface SessionKind<Name extends SessionName, Session> {
  readonly open: (given: Given<Called<Name, 'open'>>) => Session;
  readonly calls: { readonly [Own in Verb<Name>]: (session: Session, given: Given<Called<Name, Own>>) => Outcome<Called<Name, Own>> };
  readonly poll: (session: Session, nowMs: number) => Polled;
}

/** An endpoint of the reference that sends bytes. */
interface Told<Event> {
  pollTransmit(): Uint8Array | undefined;
  pollEvent(): Event | undefined;
  pollTimeoutAtMs(): number | undefined;
}

/** What is polled of an endpoint whose events the contract writes another way. */
export function toldAs<Event extends object>(endpoint: Told<Event>, write: (event: Event) => object): Polled {
  return {
    pollTransmit: () => endpoint.pollTransmit(),
    pollEvent: () => {
      const event = endpoint.pollEvent();
      return event === undefined ? undefined : write(event);
    },
    pollTimeoutAtMs: () => endpoint.pollTimeoutAtMs(),
  };
}

/** Makes the operations of a kind of session. */
export type OperationsOfSession = <Name extends SessionName, Session>(name: Name, kind: SessionKind<Name, Session>) => Calls;

/** A kind whose calls are not told apart any more. */
interface AnyKind<Session> {
  readonly open: (given: AnyGiven) => Session;
  readonly calls: { readonly [verb: string]: (session: Session, given: AnyGiven) => unknown };
  readonly poll: (session: Session, nowMs: number) => Polled;
}
interface AnyGiven {
  readonly session: string;
  readonly now: number;
}

/** @param nextHandle gives out handles, whatever kind they are of */
export function sessionsOver(nextHandle: HandleSource): OperationsOfSession {
  return (name, kind) => operationsOf(name, kind as unknown as AnyKind<object>, new SessionTable<object>(nextHandle));
}

function operationsOf<Session>(name: string, { open, calls, poll }: AnyKind<Session>, table: SessionTable<Session>): Calls {
  const answer = (session: Session, { now }: AnyGiven, output?: Output): object => stepped(poll(session, now), output);
  const operations: [string, (given: AnyGiven) => object][] = [
    [
      `${name}.open`,
      (given) => {
        const session = open(given);
        return { session: table.open(session), ...answer(session, given) };
      },
    ],
    ...Object.entries(calls).map(([verb, call]): (typeof operations)[number] => {
      const operation = `${name}.${verb}`;
      const drains = 'events' in declarationOf(operation).result;
      return [
        operation,
        (given) => {
          const session = table.get(given.session);
          const output = call(session, given) as Output | undefined;
          return drains ? answer(session, given, output) : (output ?? {});
        },
      ];
    }),
    [
      `${name}.close`,
      (given) => {
        table.close(given.session);
        return {};
      },
    ],
  ];
  return Object.fromEntries(operations) as Calls;
}

function declarationOf(operation: string): Declaration {
  return (OPERATIONS as { readonly [operation: string]: Declaration })[operation] ?? { params: {}, result: {} };
}
