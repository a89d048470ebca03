/** The cases of Interpeer's cookies. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { CHANNEL, INITIATOR, RESPONDER } from '../packet/handmade.ts';
import { SUITES, tag } from '../packet/suites.ts';
import { forgeryCases } from './forgery.ts';

const SECRET = toHex(seededBytes('cookie-secret', 32));

function cookieCases(oracle: Oracle, batch: Batch): void {
  const make = 'interpeer.cookie.make';
  const check = 'interpeer.cookie.check';
  for (const suite of SUITES) {
    const formula = suite === 'interpeer-1' ? 'IPR-CKE-004' : 'IPR-CKE-003';
    const base = { suite, secret: SECRET, initiator: INITIATOR, responder: RESPONDER, now: 1_700_000_000_000 };
    const roles = [
      { role: 'initiator', id: '1234', about: 'IPR-CKE-001' },
      { role: 'responder', id: CHANNEL, about: 'IPR-CKE-002' },
    ] as const;
    const cookieOf = (params: JsonObject): string => {
      const answer = oracle.answer(make, params);
      if (answer.kind !== 'ok') throw new Error('a cookie was to be made');
      return String(answer.value['cookie']);
    };
    const made = (name: string, title: string, about: string, params: JsonObject): void => {
      batch.add({ name: `${tag(suite)}/${name}`, title, kind: 'example', operation: make, params, about, accepts: true });
    };
    for (const { role, id, about } of roles) {
      const params = { ...base, role, id };
      made(`${role}`, `the cookie of the ${role}`, about, params);
      made(`${role}-zeros`, `the cookie of the ${role} over zeros`, formula, { ...params, id: '00'.repeat(id.length / 2) });
      made(`${role}-no-secret`, `the cookie of the ${role} under an empty secret`, formula, { ...params, secret: '' });
      made(`${role}-long-secret`, `the cookie of the ${role} under a secret of 100 bytes`, formula, {
        ...params,
        secret: toHex(seededBytes('long-secret', 100)),
      });
      made(`${role}-peers-exchanged`, 'the two peers exchanged', formula, { ...params, initiator: RESPONDER, responder: INITIATOR });
      made(`${role}-unset`, `the cookie of the ${role} over an id that is not chosen`, about, {
        ...params,
        id: role === 'initiator' ? 'f0f0' : '1234f0f0',
      });
      const cookie = cookieOf(params);
      const checked = (name: string, title: string, clause: string, more: JsonObject, rejects?: string): void =>
        batch.add({
          name: `${tag(suite)}/${role}-${name}`,
          title,
          kind: rejects === undefined ? 'example' : 'constant',
          operation: check,
          params: { ...params, cookie, ...more },
          about: clause,
          ...(rejects === undefined ? { accepts: true } : { rejects }),
        });
      checked('right', 'the cookie that was made', 'IPR-CKE-007', {});
      const other = cookieOf({ ...params, id: role === 'initiator' ? '1235' : 'beefd00e' });
      const wrongs: readonly (readonly [string, string, JsonObject])[] = [
        ['other-id', 'a cookie of another id', { cookie: other }],
        ['other-secret', 'another secret', { secret: SECRET.replace(/..$/, '00') }],
        ['other-initiator', 'another initiator', { initiator: RESPONDER }],
        ['other-responder', 'another responder', { responder: INITIATOR }],
        ['zero', 'a cookie of zeros', { cookie: '00'.repeat(cookie.length / 2) }],
        ['empty', 'an empty cookie', { cookie: '' }],
        ['cut', 'a cookie without its last byte', { cookie: cookie.slice(0, -2) }],
        ['longer', 'a cookie and a byte after it', { cookie: `${cookie}00` }],
        ['last-bit', 'a cookie whose last bit is another', { cookie: lastBit(cookie) }],
        ['first-bit', 'a cookie whose first bit is another', { cookie: firstBit(cookie) }],
      ];
      for (const [name, title, more] of wrongs) checked(name, title, 'IPR-CKE-007', more, 'unauthenticated');
    }
    // One id of the initiator is the start of one of the responder: the cookies still differ.
    made('role-initiator-beef', 'the initiator over beef', 'IPR-CKE-001', { ...base, role: 'initiator', id: 'beef' });
  }
  epochCases(batch, oracle);
}

const lastBit = (hex: string): string => hex.slice(0, -1) + (Number.parseInt(hex.slice(-1), 16) ^ 1).toString(16);
const firstBit = (hex: string): string => (Number.parseInt(hex.slice(0, 1), 16) ^ 8).toString(16) + hex.slice(1);

function epochCases(batch: Batch, oracle: Oracle): void {
  const base = { suite: 'interpeer-1', secret: SECRET, initiator: INITIATOR, responder: RESPONDER, role: 'responder', id: CHANNEL };
  const make = 'interpeer.cookie.make';
  for (const [name, now, rotationMs] of [
    ['0', 0, 1000],
    ['last-of-0', 999, 1000],
    ['first-of-1', 1000, 1000],
    ['1-ms', 4_294_967_296, 1],
    ['beyond-53-bits-of-epochs', 9_007_199_254_740_991, 1],
    ['rotation-greater', 5000, 100_000],
  ] as const)
    batch.add({
      name: `v1/epoch-${name}`,
      title: `time ${String(now)} ms, rotation ${String(rotationMs)} ms`,
      kind: 'boundary',
      operation: make,
      params: { ...base, now, rotationMs },
      about: 'IPR-CKE-005',
      accepts: true,
    });
  for (const now of [0, 59_999, 60_000, 119_999, 120_000])
    batch.add({
      name: `v1/default-rotation-${String(now)}`,
      title: `time ${String(now)} ms, rotation not given`,
      kind: 'boundary',
      operation: make,
      params: { ...base, now },
      about: 'IPR-CKE-005',
      accepts: true,
    });
  const at = (now: number): string => {
    const answer = oracle.answer(make, { ...base, now, rotationMs: 1000 });
    return answer.kind === 'ok' ? String(answer.value['cookie']) : '';
  };
  const cases: readonly (readonly [string, number, number, boolean])[] = [
    ['same-end', 5000, 5999, true],
    ['next-begin', 5999, 6000, true],
    ['next-end', 5000, 6999, true],
    ['next-but-one', 5999, 7000, false],
    ['much-later', 5000, 60_000, false],
    ['before', 5000, 4999, false],
    ['first-epoch', 0, 0, true],
    ['second-epoch', 0, 1999, true],
    ['second-epoch-begin', 0, 1000, true],
    ['third-epoch', 0, 2000, false],
    ['before-all-time', 1000, 0, false],
    ['before-the-first', 1000, 999, false],
  ];
  for (const [name, madeAt, now, isRight] of cases)
    batch.add({
      name: `v1/epoch-${name}`,
      title: `made at ${String(madeAt)} ms, checked at ${String(now)} ms, rotation 1,000 ms`,
      kind: 'boundary',
      operation: 'interpeer.cookie.check',
      params: { ...base, now, rotationMs: 1000, cookie: at(madeAt) },
      about: 'IPR-CKE-006',
      ...(isRight ? { accepts: true } : { rejects: 'unauthenticated' }),
    });
  // The old suite knows no epochs.
  const old = { ...base, suite: 'interpeer-0.1' };
  const answer = oracle.answer(make, { ...old, now: 0 });
  const cookie = answer.kind === 'ok' ? String(answer.value['cookie']) : '';
  batch.add({
    name: 'v0.1/no-epochs',
    title: 'a cookie of interpeer-0.1 does not age',
    kind: 'boundary',
    operation: 'interpeer.cookie.check',
    params: { ...old, now: 9_007_199_254_740_991, rotationMs: 1, cookie },
    about: 'IPR-CKE-003',
    accepts: true,
  });
}

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'cookies', fill: ({ oracle, batch }) => cookieCases(oracle, batch) },
    { subject: 'forgery', fill: ({ oracle, batch }) => forgeryCases(oracle, batch) },
  ],
  mutated: ['interpeer.cookie.'],
};
