/**
 * The inputs of each primitive by name, and their normal form: bytes as plain Uint8Arrays. To the type checker Node's Buffer
 * is one, but its slice() shares memory, and its memory need not be aligned to words.
 */
import { isBytes } from '../kernel/door.ts';
import { UsageError } from '../kernel/errors.ts';
import type { PrimitiveName, Primitives } from './primitives.ts';

/** A name with `?` is optional, one with `#` is a number; all others are bytes. */
const INPUTS: Readonly<Record<PrimitiveName, readonly string[]>> = {
  sha256: ['message'],
  sha512: ['message'],
  hmacSha256: ['key', 'message'],
  hkdfSha256: ['inputKey', 'salt', 'info', 'outputLength#'],
  blake2b: ['message', 'outputLength#', 'key?'],
  blake3: ['message', 'outputLength#', 'key?', 'context?'],
  isEqual: ['left', 'right'],
  applyChacha20Original: ['key', 'nonce', 'counter#', 'data'],
  applyChacha20: ['key', 'nonce', 'counter#', 'data'],
  applyAesCtr: ['key', 'counterBlock', 'data'],
  sealAesGcm: ['key', 'nonce', 'plaintext', 'aad'],
  openAesGcm: ['key', 'nonce', 'sealed', 'aad'],
  sealChacha20Poly1305: ['key', 'nonce', 'plaintext', 'aad'],
  openChacha20Poly1305: ['key', 'nonce', 'sealed', 'aad'],
  sealSecretbox: ['key', 'nonce', 'plaintext'],
  openSecretbox: ['key', 'nonce', 'sealed'],
  poly1305: ['key', 'message'],
  hsalsa20: ['key', 'nonce'],
  deriveX25519Public: ['secret'],
  deriveX25519Shared: ['secret', 'publicKey'],
  deriveBoxKey: ['secret', 'publicKey'],
  deriveP256Public: ['secret'],
  deriveP256Shared: ['secret', 'publicKey'],
  isP256Public: ['publicKey'],
  deriveSecp160r1Public: ['secret'],
  deriveSecp160r1Shared: ['secret', 'publicKey'],
  isSecp160r1Public: ['publicKey'],
  deriveEd25519Public: ['secret'],
  signEd25519: ['secret', 'message'],
  verifyEd25519: ['publicKey', 'message', 'signature'],
  convertEd25519Secret: ['secret'],
  convertEd25519Public: ['publicKey'],
  multiplyEd25519: ['scalar', 'point'],
  addEd25519: ['left', 'right'],
  deriveRsaPublic: ['secretKey'],
  sealRsaOaep: ['publicKey', 'seed', 'plaintext'],
  openRsaOaep: ['secretKey', 'sealed'],
  signRsa: ['secretKey', 'message'],
  verifyRsa: ['publicKey', 'message', 'signature'],
};

type Inputs = { readonly [name: string]: unknown };
interface Named {
  readonly name: string;
  readonly isOptional: boolean;
}

/** Inputs as a primitive takes them: those given, unless some bytes are of another class. */
function plainInputs(operation: PrimitiveName, names: readonly Named[], given: unknown): Inputs {
  if (typeof given !== 'object' || given === null) throw new UsageError(`${operation}.input`, 'not an object', { type: typeof given });
  let inputs = given as Inputs;
  for (const { name, isOptional } of names) {
    const value = inputs[name];
    if (isOptional && value === undefined) continue;
    if (!isBytes(value)) throw new UsageError(`${operation}.${name}`, 'not bytes', { type: typeof value });
    if (Object.getPrototypeOf(value) !== Uint8Array.prototype) inputs = { ...inputs, [name]: new Uint8Array(value) };
  }
  return inputs;
}

/**
 * Makes primitives check and normalize their inputs.
 * @param primitives that receive plain bytes only
 * @throws UsageError with the clause `operation.input`, from each of them
 */
export function withPlainInputs(primitives: Primitives): Primitives {
  const guarded = (Object.entries(INPUTS) as [PrimitiveName, readonly string[]][]).map(([operation, inputs]) => {
    const names = inputs
      .filter((name) => !name.endsWith('#'))
      .map((name) => ({ name: name.replace('?', ''), isOptional: name.endsWith('?') }));
    const run = primitives[operation] as (inputs: Inputs) => unknown;
    return [operation, (given: unknown) => run(plainInputs(operation, names, given))];
  });
  return Object.freeze(Object.fromEntries(guarded) as Primitives);
}
