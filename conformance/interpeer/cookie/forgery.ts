/**
 * The forgery of cookies of `interpeer-0.1`, and its failure against `interpeer-1`.
 *
 * A CRC is affine: for messages of one length, CRC(a) ^ CRC(b) is CRC(a ^ b) ^ CRC(0). The secret is in front and is the
 * same in both, so it cancels out, and with it whatever an attacker would have to know, its length included.
 */
import { crc32 } from 'node:zlib';
import type { JsonObject } from '../../contract/contract.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import type { Vector, VectorStep } from '../../vectors.ts';
import type { Batch } from '../../generate/batch.ts';
import { memberOf } from '../../generate/result.ts';
import { CHANNEL, INITIATOR, RESPONDER } from '../packet/handmade.ts';
import { tag, type Suite } from '../packet/suites.ts';
import { seededBytes } from '../../generate/seeded.ts';

const CLAUSE = 'IPR-CKE-008';

/** What is public of a cookie: two peers and the id that it is for. */
interface Claim {
  readonly initiator: string;
  readonly responder: string;
  readonly id: string;
}
const bytesOf = ({ initiator, responder, id }: Claim): Buffer => Buffer.from(initiator + responder + id, 'hex');

/** What turns the checksum of one claim into that of another, whatever secret precedes both; 4 bytes. */
function difference(seen: Claim, wanted: Claim): Buffer {
  const delta = Buffer.alloc(4);
  delta.writeUInt32BE((crc32(bytesOf(seen)) ^ crc32(bytesOf(wanted))) >>> 0);
  return delta;
}
function xor(hex: string, delta: Uint8Array, at = 0): string {
  return toHex(Uint8Array.from(Buffer.from(hex, 'hex'), (byte, i) => byte ^ (delta[i - at] ?? 0)));
}

interface Attack {
  readonly name: string;
  readonly title: string;
  readonly role: 'initiator' | 'responder';
  readonly seen: Claim;
  readonly wanted: Claim;
}
const SEEN: Claim = { initiator: INITIATOR, responder: RESPONDER, id: CHANNEL };
const ATTACKS: readonly Attack[] = [
  { name: 'another-channel', title: 'the cookie of another channel', role: 'responder', seen: SEEN, wanted: { ...SEEN, id: 'cafe0001' } },
  {
    name: 'another-half',
    title: 'the cookie of another half',
    role: 'initiator',
    seen: { ...SEEN, id: '1234' },
    wanted: { ...SEEN, id: 'ffff' },
  },
  {
    name: 'another-peer',
    title: 'the cookie of a peer that never wrote',
    role: 'responder',
    seen: SEEN,
    wanted: { ...SEEN, initiator: '66'.repeat(16), id: 'beef0bad' },
  },
];

function secretOf(length: number): string {
  return toHex(seededBytes(`forgery-${String(length)}`, length));
}

/** Vectors of two steps: a cookie that was seen, and what it makes of another id. */
export function forgeryCases(oracle: Oracle, batch: Batch): void {
  for (const attack of ATTACKS) {
    for (const length of [0, 6, 32, 100]) {
      const { steps, seen } = observed(oracle, 'interpeer-0.1', attack, length);
      const forged = xor(seen, difference(attack.seen, attack.wanted));
      add(
        oracle,
        batch,
        'interpeer-0.1',
        `${attack.name}-secret-${String(length)}`,
        `${attack.title}, computed from one that was seen, under a secret of ${String(length)} bytes`,
        steps,
        attack,
        length,
        forged,
      );
    }
    const length = 32;
    const { steps, seen } = observed(oracle, 'interpeer-1', attack, length);
    const delta = difference(attack.seen, attack.wanted);
    const forgeries: readonly (readonly [name: string, cookie: string])[] = [
      ['first-half', xor(seen, delta)],
      ['second-half', xor(seen, delta, 4)],
      ['both-halves', xor(xor(seen, delta), delta, 4)],
      ['as-seen', seen],
      ['checksum', oldCookie(oracle, attack, length)], // of the old suite and under the same secret: what a mixture of suites would take
    ];
    for (const [name, forged] of forgeries)
      add(
        oracle,
        batch,
        'interpeer-1',
        `${attack.name}-${name}`,
        `${attack.title}: the same computation (${name}) against a MAC`,
        steps,
        attack,
        length,
        forged,
      );
  }
}

function paramsOf(suite: Suite, { role }: Attack, claim: Claim, secretLength: number): JsonObject {
  return { suite, secret: secretOf(secretLength), role, ...claim, now: 1_700_000_000_000 };
}

/** The cookie that an attacker saw, and the step that made it. */
function observed(
  oracle: Oracle,
  suite: Suite,
  attack: Attack,
  secretLength: number,
): { readonly steps: readonly VectorStep[]; readonly seen: string } {
  const params = paramsOf(suite, attack, attack.seen, secretLength);
  const answer = oracle.answer('interpeer.cookie.make', params);
  if (answer.kind !== 'ok') throw new Error('a cookie was to be made');
  return {
    steps: [{ operation: 'interpeer.cookie.make', params, expect: { ok: answer.value }, requirement: answer.clause }],
    seen: String(answer.value['cookie']),
  };
}

function oldCookie(oracle: Oracle, attack: Attack, secretLength: number): string {
  const { seen } = observed(oracle, 'interpeer-0.1', { ...attack, seen: attack.wanted }, secretLength);
  return seen;
}

/** Adds a vector. @throws Error if the forgery does not do what it is to show */
function add(
  oracle: Oracle,
  batch: Batch,
  suite: Suite,
  name: string,
  title: string,
  steps: readonly VectorStep[],
  attack: Attack,
  secretLength: number,
  cookie: string,
): void {
  const params = { ...paramsOf(suite, attack, attack.wanted, secretLength), cookie };
  const answer = oracle.answer('interpeer.cookie.check', params);
  if ((answer.kind === 'ok') !== (suite === 'interpeer-0.1'))
    throw new Error(`${suite} ${name}: the forgery ${answer.kind === 'ok' ? 'works' : 'fails'}, against what it is to show`);
  const step: VectorStep = {
    operation: 'interpeer.cookie.check',
    params,
    expect: answer.kind === 'ok' ? { ok: answer.value } : { reject: answer.class },
    requirement: CLAUSE,
  };
  // Next to the forgery, the cookie that is right for the same claim.
  const right = memberOf(oracle, 'interpeer.cookie.make', paramsOf(suite, attack, attack.wanted, secretLength), 'cookie');
  const vector: Vector = {
    id: `interpeer.cookie.check/${tag(suite)}/forged-${name}`,
    title,
    kind: 'example',
    requirement: CLAUSE,
    steps: [...steps, step],
    oracles: ['interpreter'],
  };
  batch.put(vector, 'reject' in step.expect ? { ...params, cookie: right } : undefined);
}
