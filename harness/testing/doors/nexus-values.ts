/** What scripts of several topics of NEXUS hand over. */
import * as reference from '../../../reference/index.ts';
import { bytes, P } from './script.ts';

export const CHUNKED: Uint8Array = bytes(5000, 3);
export const CHUNKED_ROOT: Uint8Array = reference.hashContent(CHUNKED, P).root;
export const objectHeader = (): reference.ObjectHeader => ({
  contentType: 'immutable',
  created: 0n,
  size: 5000,
  priority: 'normal',
  minBandwidth: 0,
  merkleRoot: CHUNKED_ROOT.slice(),
});
export const UPDATE_OWNER: reference.NexusIdentity = reference.deriveNexusIdentity(bytes(32), P);
export const UPDATE_HEADER: Uint8Array = reference.encodeObjectHeader({
  ...objectHeader(),
  contentType: 'mutable',
  owner: UPDATE_OWNER.destinationHash,
  labelHash: bytes(32),
  sequence: 1n,
});
export const STORAGE_PROVIDER: reference.NexusIdentity = reference.deriveNexusIdentity(bytes(32, 3), P);
export const STORAGE_CONSUMER: reference.NexusIdentity = reference.deriveNexusIdentity(bytes(32, 4), P);
