/** What a light DID is written from, as JSON: closed, so that a secret key beside a public one is noticed. */
import { fromHex } from '../kernel/bytes.ts';
import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { isFilledText, isOneOf, isText, listOf, matching, structure } from './checks.ts';
import type { Check } from './checks.ts';
import type { AuthenticationType, LightDidInput } from './did.ts';
import type { Service } from './services.ts';

const CLAUSE = 'KLT-DID-016';
const isPublicKey: Check = matching('not a public key of 32 bytes', /^[0-9a-f]{64}$/);
const isFilledList: Check = listOf(isFilledText, 1);

/** KLT-DID-016: the members, and no others. */
const isInput: Check = structure(CLAUSE, {
  authentication: structure(CLAUSE, { type: isOneOf('sr25519', 'ed25519'), publicKey: isPublicKey }),
}, {
  keyAgreement: structure(CLAUSE, { type: isOneOf('x25519'), publicKey: isPublicKey }),
  services: listOf(structure(CLAUSE, { id: isText, type: isFilledList, serviceEndpoint: isFilledList })),
});

interface KeyMembers {
  readonly type: string;
  readonly publicKey: string;
}

function keyOf(value: JsonValue | undefined): { readonly type: string; readonly publicKey: Uint8Array } {
  const { type, publicKey } = value as unknown as KeyMembers;
  return { type, publicKey: fromHex(publicKey) };
}

/**
 * Reads what a light DID is to be written from.
 * @throws DecodeError malformed
 * @see KLT-DID-016
 */
export function readLightDidInput(json: JsonObject): LightDidInput {
  isInput(json, CLAUSE);
  const { type, publicKey } = keyOf(json['authentication']);
  return {
    authentication: { type: type as AuthenticationType, publicKey },
    ...(json['keyAgreement'] === undefined ? {} : { keyAgreement: { type: 'x25519', publicKey: keyOf(json['keyAgreement']).publicKey } }),
    ...(json['services'] === undefined ? {} : { services: json['services'] as unknown as readonly Service[] }),
  };
}
