/** What bytes may be, as `bottlepost inspect` weighs it. */

/** The names that `--as` has. */
export const KINDS = [
  'packet',
  'cloaked',
  'chunks',
  'envelope',
  'interpeer',
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
export type Kind = (typeof KINDS)[number];

/** One thing that bytes may be. */
export interface Reading {
  /** The name that `--as` has for it. */
  readonly as: Kind;
  readonly what: string;
  /** Sure where a signature, a checksum or a name of its own says so. */
  readonly strength: 'sure' | 'likely' | 'possible' | 'weak';
}
