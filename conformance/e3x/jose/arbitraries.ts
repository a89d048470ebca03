/** JWS and JWE as they are drawn. */
import fc from 'fast-check';
import type { JsonObject } from '../../contract/contract.ts';
import { bytesUpTo, jsonObject, sometimes, type Arbitraries, type Hints } from '../../suites/arbitraries.ts';
import { utf8 } from '../packet/build.ts';

const HEADER_TYPES = ['JWT', 'JOSE', 'at+jwt'] as const;

/** A compact JWS. */
export function jws(make: Arbitraries): fc.Arbitrary<string> {
  return fc
    .tuple(header({ alg: 'HS256' }), bytesUpTo(120), bytesUpTo(70))
    .map((parts) => parts.map((part) => make.text('e3x.base64url', part)).join('.'));
}

/** A compact JWE. */
export function jwe(make: Arbitraries): fc.Arbitrary<string> {
  return fc
    .tuple(header({ alg: 'dir', enc: 'A128GCM' }), bytesUpTo(40), bytesUpTo(16), bytesUpTo(120), bytesUpTo(16))
    .map((parts) => parts.map((part) => make.text('e3x.base64url', part)).join('.'));
}

function header(fixed: JsonObject): fc.Arbitrary<Uint8Array> {
  const text = fc
    .tuple(jsonObject(1), sometimes(fc.constantFrom(...HEADER_TYPES)))
    .map(([other, typ]) => JSON.stringify({ ...other, ...fixed, ...(typ === undefined ? {} : { typ }) }));
  // White space between tokens must survive: the header's bytes are signed.
  return fc.tuple(text, fc.boolean()).map(([json, spaced]) => utf8(spaced ? `{ ${json.slice(1)}` : json));
}

/** How requests about JWS and JWE are drawn. */
export const hints: Hints = {
  params: {
    'e3x.jws.decode.packet': (make) => jws(make).map((compact) => make.made('e3x.jws.encode', { jws: compact }, 'packet')),
    'e3x.jwe.decode.packet': (make) => jwe(make).map((compact) => make.made('e3x.jwe.encode', { jwe: compact }, 'packet')),
    'jws': jws,
    'jwe': jwe,
  },
};
