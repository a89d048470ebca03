/** The people of KILT's vectors: those of the imported evidence, and some more whose keys are made here. */
import { KILT_PRIMITIVES } from './did/primitives.ts';
import { lightWith, map, text } from './did/samples.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { BASE_PRIMITIVES, callPrimitive } from '../oracle/primitives.ts';
import { toHex } from '../oracle/values.ts';
import { seededBytes } from '../generate/seeded.ts';

export interface EvidenceEnvelope {
  readonly type: string;
  readonly nonce: string;
  readonly senderEncSecret: string;
  readonly receiverEncSecret: string;
  readonly message: JsonObject;
  readonly envelope: JsonObject;
}
export interface KiltEvidence {
  readonly lightDids: readonly {
    readonly name: string;
    readonly uri: string;
    readonly authType: string;
    readonly authPublicKey: string;
    readonly address: string;
    readonly encPublicKey: string | null;
    readonly service: Json;
    readonly fullDidUri: string;
    readonly didDocumentJson: JsonObject;
    readonly didDocumentJsonLd: JsonObject;
  }[];
  readonly envelopes: readonly EvidenceEnvelope[];
  readonly errors: readonly { readonly type?: string; readonly what: string; readonly accepted?: boolean }[];
  readonly didErrors: readonly { readonly what: string; readonly accepted?: boolean; readonly value?: Json }[];
  readonly cborVariants: readonly {
    readonly name: string;
    readonly uri: string;
    readonly cbor: string;
    readonly error?: string;
    readonly encPublicKey?: string;
    readonly service?: Json;
  }[];
}

/** The known answers of @kiltprotocol 0.35.2. */
export function readKiltEvidence(root: string): KiltEvidence {
  return JSON.parse(readFileSync(join(root, 'spec/kilt/evidence/kilt.json'), 'utf8')) as KiltEvidence;
}

/** An identity with a key agreement key. */
export interface Person {
  readonly did: string;
  readonly keyUri: string;
  readonly secret: string;
  readonly publicKey: string;
}

/** A light DID with keys that depend on its name alone. */
export function madePerson(oracle: Oracle, name: string): Person {
  const secret = seededBytes(`kilt-${name}-secret`, 32);
  const publicKey = toHex(callPrimitive(BASE_PRIMITIVES, 'x25519-public', new Map([['secret', secret]])) as Uint8Array);
  const answer = oracle.answer('kilt.did.encode', {
    authentication: { type: 'ed25519', publicKey: toHex(seededBytes(`kilt-${name}-authentication`, 32)) },
    keyAgreement: { type: 'x25519', publicKey },
  });
  if (answer.kind !== 'ok') throw new Error(`no DID for ${name}`);
  const did = String(answer.value['did']);
  return { did, keyUri: `${did}#encryption`, secret: toHex(secret), publicKey };
}

/** Somebody whose DID publishes the secret half of its key, as @kiltprotocol/did writes it when given a pair. */
export function leaking(person: Person): Person {
  const secret = `d8405820${person.secret}`;
  const did = lightWith(map(['e', map(['publicKey', `d8405820${person.publicKey}`], ['type', text('x25519')], ['secretKey', secret])]));
  return { ...person, did, keyUri: `${did}#encryption` };
}

/** A full DID with a document that lists the keys given, each under its fragment. */
export function documentOf(did: string, keys: { readonly [fragment: string]: string }): JsonObject {
  const base58 = (hex: string): string =>
    callPrimitive(KILT_PRIMITIVES, 'base58-encode', new Map([['bytes', Uint8Array.from(Buffer.from(hex, 'hex'))]])) as string;
  const fragments = Object.entries(keys);
  return {
    id: did,
    verificationMethod: [
      { id: `${did}#0xauth`, controller: did, type: 'Sr25519VerificationKey2020', publicKeyBase58: base58('11'.repeat(32)) },
      ...fragments.map(([fragment, key]) => ({
        id: `${did}#${fragment}`,
        controller: did,
        type: 'X25519KeyAgreementKey2019',
        publicKeyBase58: base58(key),
      })),
    ],
    authentication: ['#0xauth'],
    keyAgreement: fragments.map(([fragment]) => `#${fragment}`),
  };
}
