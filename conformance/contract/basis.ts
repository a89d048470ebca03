/**
 * What a failure rests on. A library can be held to what its protocol has published; what this project decided where
 * the documents are silent, it can only be told. The basis belongs to the clause and to the kind of difference together:
 * a published clause says that an input is refused, and the name of the reject class is still ours.
 */

/** `contested`: published, but independent implementations do otherwise and no decision answers them yet. */
export type Basis = 'published' | 'decided' | 'contested';

/** How an answer differs from what the clause demands. */
export type DifferenceKind =
  | 'accepted' // taken although it must be refused
  | 'refused' // refused although it must be taken
  | 'class' // refused, but as another class
  | 'state' // a call of the application is allowed in one state and not in another
  | 'member' // a value of the result
  | 'missing' // a member or an item of the result is absent
  | 'extra' // … or should be
  | 'session' // members that every reply of a session has
  | 'event' // members of an event
  | 'handle' // the handle of a session
  | 'timer' // the moment of the next timeout
  | 'order' // members of JSON within bytes, the content being the same
  | 'relation' // several answers do not fit together
  | 'contract' // a rule of the adapter protocol
  | 'no-answer'; // the adapter broke instead of answering

/** Kinds that no document of a protocol speaks of, whatever the clause says. */
const ALWAYS_DECIDED: ReadonlySet<DifferenceKind> = new Set<DifferenceKind>(['class', 'state', 'session', 'event', 'handle', 'contract']);

/** What a clause by itself rests on. */
export function clauseBasis(clause: {
  readonly id: string;
  readonly source: { readonly document: string; readonly section: string } | { readonly decision: string };
  readonly contested?: string;
}): Basis {
  // The adapter protocol is this project's own document.
  if ('decision' in clause.source || clause.id.startsWith('ADP-')) return 'decided';
  return clause.contested === undefined ? 'published' : 'contested';
}

/** What a difference of one kind from a clause rests on. */
export function differenceBasis(clause: Basis, kind: DifferenceKind): Basis {
  return ALWAYS_DECIDED.has(kind) ? 'decided' : clause;
}
