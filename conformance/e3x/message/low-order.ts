/**
 * Messages of 3a around keys of low order, right in everything else: whoever does not look at the shared secret opens them. In
 * a message whose key is exchanged afterwards, the authenticator is wrong as well, and refuses it whatever else is looked at.
 */
import { createHash } from 'node:crypto';
import { BASE_PRIMITIVES, callPrimitive, UNCHECKED_PRIMITIVES, type Primitives } from '../../oracle/primitives.ts';
import { concatBytes, fromHex, toHex, type Value } from '../../oracle/values.ts';

interface LowOrderMessage {
  /** Secret of the recipient, hex. */
  readonly secret: string;
  /** The key in the message, hex; where absent, that of `ephemeral`. */
  readonly ephemeralKey?: string;
  readonly ephemeral: string;
  /** The key by which the message is verified, hex. */
  readonly senderKey: string;
  readonly inner: string;
  /** 24 bytes, hex. */
  readonly nonce: string;
}

function run(primitives: Primitives, name: string, args: { readonly [argument: string]: Value }): Uint8Array {
  return callPrimitive(primitives, name, new Map(Object.entries(args))) as Uint8Array;
}

/** A message whose secrets are shared with whatever keys it has, as its recipient would compute them. */
export function messageOfAnyKeys({ secret, ephemeralKey, ephemeral, senderKey, inner, nonce: nonceHex }: LowOrderMessage): string {
  const shared = (key: Uint8Array): Uint8Array => run(UNCHECKED_PRIMITIVES, 'box-before', { secret: fromHex(secret), key });
  const key = ephemeralKey === undefined ? run(BASE_PRIMITIVES, 'x25519-public', { secret: fromHex(ephemeral) }) : fromHex(ephemeralKey);
  const nonce = fromHex(nonceHex);
  const box = run(BASE_PRIMITIVES, 'secretbox-seal', { key: shared(key), nonce, data: fromHex(inner) });
  // E3X-CS3-003
  const authKey = createHash('sha256')
    .update(nonce)
    .update(shared(fromHex(senderKey)))
    .digest();
  const auth = run(BASE_PRIMITIVES, 'poly1305', { key: Uint8Array.from(authKey), data: concatBytes(key, nonce, box) });
  return `00013a${toHex(concatBytes(key, nonce, box, auth))}`;
}
