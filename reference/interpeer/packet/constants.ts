/**
 * The named values of Interpeer's packets. Lengths are in bytes; units come last. Bytes are written in network order, the
 * most significant first.
 */
import { fromHex } from '../../kernel/bytes.ts';

/** What two peers speak: `interpeer-0.1` as the C++ library does, `interpeer-1` with keyed cookies and encryption. */
export type InterpeerSuite = 'interpeer-0.1' | 'interpeer-1';
/** Both suites. */
export const INTERPEER_SUITES: readonly InterpeerSuite[] = ['interpeer-0.1', 'interpeer-1'];
/** IPR-PKT-003: the first 4 bytes of SHA-512 of `Testing v0.1` and of `interpeer-1`. */
export const PROTOCOL_IDS: { readonly [suite in InterpeerSuite]: Uint8Array } = {
  'interpeer-0.1': fromHex('0c229d94'),
  'interpeer-1': fromHex('f635b997'),
};
/** IPR-PKT-003: bytes of a protocol id. */
export const PROTOCOL_ID_LENGTH = 4;

/** IPR-PKT-001: bytes of the id of a peer. */
export const PEER_ID_LENGTH = 16;
/** IPR-PKT-001: protocol id, sender, recipient, channel id, flags and packet size; these are authenticated with an encrypted payload. */
export const PUBLIC_HEADER_LENGTH = 44;
/** IPR-PKT-001: sequence number and payload size. */
export const PRIVATE_HEADER_LENGTH = 4;
/** IPR-PKT-007: bytes of the checksum at the end. */
export const FOOTER_LENGTH = 4;
/** IPR-PKT-002: what is around the payload, and so the shortest packet. */
export const PACKET_LENGTH_MIN: number = PUBLIC_HEADER_LENGTH + PRIVATE_HEADER_LENGTH + FOOTER_LENGTH;
/** IPR-PKT-017: the longest packet that its size can say. */
export const PACKET_LENGTH_MAX = 65535;

/** IPR-PKT-012: what follows the public header is encrypted. */
export const FLAG_ENCRYPTED = 1;
/** IPR-PKT-012: the spin bit. */
export const FLAG_SPIN = 2;

/** IPR-PKT-018: bytes of a channel id. */
export const CHANNEL_ID_LENGTH = 4;
/** IPR-PKT-001: where the channel id begins in a public header. */
export const CHANNEL_ID_OFFSET = 36;
/** IPR-PKT-018: bytes of one half of a channel id. */
export const CHANNEL_HALF_LENGTH = 2;
/** IPR-PKT-018: the id of the channel that is always there. */
export const DEFAULT_CHANNEL_ID: Uint8Array = fromHex('f0f0f0f0');
/** IPR-PKT-020: the half that says: not chosen yet. */
export const UNSET_HALF: Uint8Array = fromHex('f0f0');
