/** What bytes may be, as `bottlepost inspect` weighs it. */

/** What bytes of NEXUS can be said to be. */
export const NEXUS_KINDS = [
  'nexus',
  'lora-frame',
  'nexus-envelope',
  'nexus-content',
  'nexus-record',
  'nexus-object',
  'nexus-group-state',
  'nexus-group-message',
  'nexus-mailbox',
] as const;
export type NexusKind = (typeof NEXUS_KINDS)[number];
export type Kind = 'packet' | 'cloaked' | 'chunks' | 'envelope' | 'interpeer' | NexusKind;
/** The names that `--as` has. */
export const KINDS: readonly Kind[] = ['packet', 'cloaked', 'chunks', 'envelope', 'interpeer', ...NEXUS_KINDS];

/** One thing that bytes may be. */
export interface Reading {
  /** The name that `--as` has for it. */
  readonly as: Kind;
  readonly what: string;
  /** Sure where a signature, a checksum or a name of its own says so. */
  readonly strength: 'sure' | 'likely' | 'possible' | 'weak';
}
