/** The oracle's primitive of channel types, from other people's code: SipHash by libsodium. */
import sodium from 'libsodium-wrappers-sumo';
import { bytesOf, type Primitives } from '../../oracle/primitives.ts';

await sodium.ready;

/** The primitives of channel types that a model may name. */
export const CHANNEL_TYPE_PRIMITIVES: Primitives = {
  siphash: (a) => Uint8Array.from(sodium.crypto_shorthash(bytesOf(a, 'data'), bytesOf(a, 'key'))),
};
