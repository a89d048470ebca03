/**
 * Primitives that remember: what one pair of keys agrees on is the same each time, and computing it is most of the work
 * of a handshake. Whoever keeps secrets for a while keeps one of these beside them, and lets go of both together.
 */
import { toHex } from '../kernel/bytes.ts';
import type { AgreementInput, Primitives, SecretInput } from './primitives.ts';

/** Results that are remembered; strangers can make us compute any number of them. */
const REMEMBERED_COUNT_MAX = 64;

/** Remembers the results of one function; what it throws is not remembered. */
function remembered<Input extends SecretInput & Partial<AgreementInput>>(run: (input: Input) => Uint8Array): (input: Input) => Uint8Array {
  const results = new Map<string, Uint8Array>();
  return (input) => {
    const key = `${toHex(input.secret)} ${toHex(input.publicKey ?? new Uint8Array(0))}`;
    const known = results.get(key);
    if (known !== undefined) return known.slice();
    const result = run(input);
    if (results.size >= REMEMBERED_COUNT_MAX) results.clear();
    results.set(key, result.slice());
    return result;
  };
}

/**
 * The same primitives, with agreements and public keys remembered.
 * @param primitives who does the arithmetic the first time
 */
export function rememberAgreements(primitives: Primitives): Primitives {
  return Object.freeze<Primitives>({
    ...primitives,
    deriveX25519Public: remembered((input) => primitives.deriveX25519Public(input)),
    deriveBoxKey: remembered((input: AgreementInput) => primitives.deriveBoxKey(input)),
    deriveP256Public: remembered((input) => primitives.deriveP256Public(input)),
    deriveSecp160r1Public: remembered((input) => primitives.deriveSecp160r1Public(input)),
    deriveSecp160r1Shared: remembered((input: AgreementInput) => primitives.deriveSecp160r1Shared(input)),
  });
}
