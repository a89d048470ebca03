/**
 * The reference behind the adapter contract, as a guest like any other.
 *
 * What the engine throws becomes the reply: a reject where the protocol refuses, a fault where the caller of the
 * adapter broke the contract or where the reference itself failed.
 */
import * as reference from '../../../reference/index.ts';
import type { Hello, JsonObject } from '../../../conformance/contract/contract.ts';
import type { ReplyBody } from '../../core/serve.ts';
import { SessionError, countedHandles } from '../../core/sessions.ts';
import { OPERATIONS, PROFILES } from './declarations.ts';
import { ParamError, paramReader, resultWriter, type Declaration, type ParamReader, type ResultWriter } from './declared.ts';
import type { Engine } from './engine.ts';
import type { Primitives } from '../../../reference/index.ts';
import { sessionsOver } from './sessions.ts';
import { TOPICS } from './topics.ts';

export type { ReplyBody } from '../../core/serve.ts';
export type { Engine } from './engine.ts';

/** Version of the reference adapter. */
export const VERSION = '0.2.0';

const DECLARED: { readonly [operation: string]: Declaration } = OPERATIONS;

interface Operation {
  readonly read: ParamReader;
  readonly call: (given: ReturnType<ParamReader>) => { readonly [name: string]: unknown };
  readonly write: ResultWriter;
}

/** Answers requests; the transports put it on a pipe or a socket. */
export interface Handler {
  readonly hello: Hello;
  handle(op: string, params: JsonObject): ReplyBody;
}

function replyTo(engine: Engine, error: unknown): ReplyBody {
  if (error instanceof ParamError) return { fault: error.message };
  if (error instanceof SessionError) return { reject: { class: error.rejectClass, detail: `${error.clause}: ${error.message}` } };
  if (error instanceof engine.AuthenticationError) return { reject: { class: 'unauthenticated' } }; // and never a detail
  if (error instanceof engine.ProtocolError && error.rejectClass !== null) {
    return { reject: { class: error.rejectClass, detail: `${error.clause}: ${error.message}` } };
  }
  if (error instanceof engine.UsageError) return { fault: `${error.clause}: ${error.message}` };
  return { fault: error instanceof Error ? `${error.name}: ${error.message}` : 'not an error' };
}

/**
 * Puts an engine behind the adapter contract, with sessions of its own.
 * @param engine the reference, or a mutated copy of it
 * @param primitives who does the arithmetic; the engine's own in plain JavaScript by default. A mutated copy needs its own,
 * because its errors are classes of its own.
 */
export function createHandler(engine: Engine, primitives: Primitives = engine.noblePrimitives): Handler {
  const session = sessionsOver(countedHandles());
  const operations = new Map(TOPICS.flatMap((topic) => Object.entries(topic.operations({ engine, primitives, session })).map(declared)));
  const hello: Hello = {
    name: 'bottlepost-reference',
    version: VERSION,
    language: 'TypeScript',
    protocol: 1,
    operations: [...operations.keys()],
    profiles: profilesOf(operations),
    entropy: 'call',
    limits: { lineBytes: 4194304, datagramBytes: 60000 },
  };
  return {
    hello,
    handle(op, params) {
      const operation = operations.get(op);
      if (operation === undefined) return { unsupported: true };
      try {
        return { ok: operation.write(operation.call(operation.read(params))) };
      } catch (error) {
        return replyTo(engine, error);
      }
    },
  };
}

/** A call between the reader of its parameters and the writer of its results. */
function declared([name, call]: readonly [string, unknown]): [string, Operation] {
  const declaration = DECLARED[name];
  if (declaration === undefined) throw new Error(`no operation ${name} is declared`);
  return [name, { read: paramReader(declaration), call: call as Operation['call'], write: resultWriter(declaration) }];
}

/** Every profile whose operations are all there, and those of the profiles that it includes. */
function profilesOf(operations: ReadonlyMap<string, unknown>): string[] {
  const isWhole = (name: string): boolean => {
    const { includes, operations: needed } = PROFILES.find(({ profile }) => profile === name) ?? { includes: [], operations: [name] };
    return needed.every((operation) => operations.has(operation)) && includes.every(isWhole);
  };
  return PROFILES.map(({ profile }) => profile).filter(isWhole);
}

/** The reference itself, over its own primitives in plain JavaScript. */
export const referenceHandler: Handler = createHandler(reference);
