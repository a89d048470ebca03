/**
 * The reference behind the adapter contract, as a guest like any other.
 *
 * What the engine throws becomes the reply: a reject where the protocol refuses, a fault where the caller of the
 * adapter broke the contract or where the reference itself failed.
 */
import * as reference from '../../../reference/index.ts';
import type { Hello, JsonObject } from '../../../conformance/contract/contract.ts';
import type { ReplyBody } from '../../core/serve.ts';
import type { Engine } from './engine.ts';
import { INTERPEER_DATA_PROFILES } from './interpeer/data.ts';
import { INTERPEER_CONNECTION_PROFILES } from './interpeer/connection.ts';
import { INTERPEER_ESTABLISHMENT_PROFILES } from './interpeer/establishment.ts';
import { INTERPEER_PROFILES } from './interpeer/wire.ts';
import { KILT_PROFILES } from './kilt/kilt.ts';
import type { Primitives } from '../../../reference/index.ts';
import { plainOperations } from './operations.ts';
import { ParamError, Params } from './params.ts';
import { sessionOperations } from './sessions.ts';

export type { ReplyBody } from '../../core/serve.ts';
export type { Engine } from './engine.ts';

/** Version of the reference adapter. */
export const VERSION = '0.1.0';

/** Profiles claimed, which is all of them. */
const PROFILES: readonly string[] = [
  'e3x-packets',
  'e3x-chunks',
  'e3x-chunk-endpoint',
  'e3x-cloaking',
  'e3x-cloakpath',
  'e3x-hashnames',
  'e3x-tokens',
  'e3x-jose',
  'e3x-messages',
  'e3x-messages-1a',
  'e3x-messages-2a',
  'e3x-messages-3a',
  'e3x-channel-counter',
  'e3x-selection',
  'e3x-exchanges',
  'e3x-channel-table',
  'e3x-compression',
  'e3x-wire',
  'e3x-channels',
  'e3x-channel-types',
  'e3x-router',
  'e3x',
  ...KILT_PROFILES,
  ...INTERPEER_PROFILES,
  ...INTERPEER_DATA_PROFILES,
  ...INTERPEER_CONNECTION_PROFILES,
  ...INTERPEER_ESTABLISHMENT_PROFILES,
];

/** Answers requests; the transports put it on a pipe or a socket. */
export interface Handler {
  readonly hello: Hello;
  handle(op: string, params: JsonObject): ReplyBody;
}

function replyTo(engine: Engine, error: unknown): ReplyBody {
  if (error instanceof ParamError) return { fault: error.message };
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
 * @param primitives who does the arithmetic; the engine's own in plain JavaScript unless told. A mutated copy needs its own,
 * because its errors are classes of its own.
 */
export function createHandler(engine: Engine, primitives: Primitives = engine.noblePrimitives): Handler {
  const operations = new Map([...plainOperations(engine, primitives), ...sessionOperations(engine, primitives)]);
  const hello: Hello = {
    name: 'bottlepost-reference',
    version: VERSION,
    language: 'TypeScript',
    protocol: 1,
    operations: [...operations.keys()],
    profiles: PROFILES,
    deterministic: true,
    limits: { lineBytes: 4194304, datagramBytes: 60000 },
  };
  return {
    hello,
    handle(op, params) {
      const operation = operations.get(op);
      if (operation === undefined) return { unsupported: true };
      try {
        return { ok: operation(new Params(params)) };
      } catch (error) {
        return replyTo(engine, error);
      }
    },
  };
}

/** The reference itself, over its own primitives in plain JavaScript. */
export const referenceHandler: Handler = createHandler(reference);
