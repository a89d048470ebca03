/** What the adapter has of one topic: the file `<area>/<topic>.ts`, as the index in `topics.ts` lists it. */
import type { Primitives } from '../../../reference/index.ts';
import type { Calls } from './declared.ts';
import type { Engine } from './engine.ts';
import type { OperationsOfSession } from './sessions.ts';

/** What operations are made of. */
export interface World {
  readonly engine: Engine;
  /** Who does the arithmetic. */
  readonly primitives: Primitives;
  /** Puts sessions of one kind behind handles. */
  readonly session: OperationsOfSession;
}

/** The operations of a topic; all that is written by hand is the call of the engine. */
export type TopicOperations = (world: World) => Calls;

export interface AdapterTopic {
  readonly area: string;
  readonly topic: string;
  readonly operations: TopicOperations;
}
