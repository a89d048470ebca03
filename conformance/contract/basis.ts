/**
 * What a failure rests on. A library can be held to what its protocol has published, but not to what this project
 * decided where the documents are silent. The basis belongs to the clause and to the kind of difference together:
 * a published clause says that an input is refused, but the name of the reject class is ours.
 */

/** `contested`: published, but independent implementations do otherwise and no decision answers them yet. */
export type Basis = 'published' | 'decided' | 'contested';

/** How an answer differs from what the clause demands. */
export type DifferenceKind =
  | 'accepted' // taken although it must be refused
  | 'refused' // refused although it must be taken
  | 'class' // refused, but as another class
  | 'state' // a call of the application is allowed in one state and not in another
  | 'member' // a value in the result is wrong
  | 'missing' // a member or an item of the result is absent
  | 'extra' // a member or an item of the result should be absent
  | 'session' // members that every reply of a session has
  | 'event' // members of an event
  | 'handle' // the handle of a session
  | 'timer' // the moment of the next timeout
  | 'order' // the order of JSON members within bytes; the content is the same
  | 'relation' // several answers do not fit together
  | 'contract' // a rule of the adapter protocol
  | 'no-answer'; // the adapter broke instead of answering

/** Kinds of which no protocol document speaks, whatever the clause says. */
const ALWAYS_DECIDED: ReadonlySet<DifferenceKind> = new Set<DifferenceKind>(['class', 'state', 'session', 'event', 'handle', 'contract']);

/** The basis of a clause by itself. */
export function clauseBasis(clause: {
  readonly id: string;
  readonly source: { readonly document: string; readonly section: string } | { readonly decision: string };
  readonly contested?: string;
}): Basis {
  // The adapter protocol is this project's own document.
  if ('decision' in clause.source || clause.id.startsWith('ADP-')) return 'decided';
  return clause.contested === undefined ? 'published' : 'contested';
}

/** The basis of a difference of one kind from a clause. */
export function differenceBasis(clause: Basis, kind: DifferenceKind): Basis {
  return ALWAYS_DECIDED.has(kind) ? 'decided' : clause;
}
