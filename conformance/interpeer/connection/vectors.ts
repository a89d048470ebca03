/** The cases of encryption, offers of keys and connections. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { sessionTraces } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';

/** The default channel, the ends of the range, and ids that differ from another in the first, a middle and the last byte. */
const CHANNEL_IDS = ['f0f0f0f0', '00000000', 'ffffffff', '12345678', '13345678', '12355678', '12345679'];

/** Keys, sealed parts, and each way to spoil one. */
function encryptionCases(oracle: Oracle, batch: Batch): void {
  for (const length of [16, 32])
    for (const channelId of CHANNEL_IDS)
      batch.add({
        name: `channel-${channelId}-from-${String(length)}`,
        title: `the packet key of channel ${channelId} from a channel key of ${String(length)} bytes`,
        kind: 'example',
        operation: 'interpeer.packetkey.derive',
        params: { channelKey: toHex(seededBytes('channel-key', length)), channelId },
        about: 'IPR-ENC-001',
        accepts: true,
      });
  const key = toHex(seededBytes('packet-key', 32));
  const header = toHex(seededBytes('public-header', 44));
  const last = (1n << 64n) - 1n;
  for (const [name, counter] of [
    ['0', 0n],
    ['1', 1n],
    ['255', 255n],
    ['256', 256n],
    ['2-32', 1n << 32n],
    ['2-53', 1n << 53n],
    ['last', last],
  ] as const) {
    for (const size of name === '0' ? [0, 1, 4, 64, 1024] : [5]) {
      const plaintext = toHex(seededBytes('plaintext', size));
      batch.add({
        name: `counter-${name}-size-${String(size)}`,
        title: `${String(size)} bytes under counter ${name}`,
        kind: 'example',
        operation: 'interpeer.sealed.seal',
        params: { key, counter: counter.toString(), header, plaintext },
        about: 'IPR-ENC-002',
        accepts: true,
      });
      const sealed = sealedOf(oracle, { key, counter: counter.toString(), header, plaintext });
      batch.add({
        name: `counter-${name}-size-${String(size)}`,
        title: `${String(size)} bytes under counter ${name}`,
        kind: 'example',
        operation: 'interpeer.sealed.open',
        params: { key, header, sealed },
        about: 'IPR-ENC-002',
        accepts: true,
      });
    }
  }
  spoiledParts(oracle, batch, key, header);
}

function sealedOf(oracle: Oracle, params: JsonObject): string {
  const answer = oracle.answer('interpeer.sealed.seal', params);
  if (answer.kind === 'reject') throw new Error(`interpeer.sealed.seal: ${answer.class}`);
  return String(answer.value['sealed']);
}

function flipped(hex: string, index: number): string {
  const byte = Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16) ^ 1;
  return `${hex.slice(0, 2 * index)}${byte.toString(16).padStart(2, '0')}${hex.slice(2 * index + 2)}`;
}

function spoiledParts(oracle: Oracle, batch: Batch, key: string, header: string): void {
  const operation = 'interpeer.sealed.open';
  const sealed = sealedOf(oracle, { key, counter: '258', header, plaintext: '000100010e' });
  const refuse = (name: string, title: string, params: JsonObject, about: string, rejects = 'unauthenticated'): void =>
    batch.add({
      name,
      title,
      kind: rejects === 'truncated' ? 'truncation' : 'range',
      operation,
      params: { key, header, sealed, ...params },
      about,
      rejects,
    });
  for (let length = 0; length < 24; length += length === 7 || length === 22 ? 1 : 5)
    refuse(
      `cut-to-${String(length)}`,
      `a sealed part of ${String(length)} bytes`,
      { sealed: sealed.slice(0, 2 * length) },
      'IPR-ENC-002',
      'truncated',
    );
  refuse('cut-to-23', 'a sealed part of 23 bytes', { sealed: sealed.slice(0, 46) }, 'IPR-ENC-002', 'truncated');
  refuse('cut-to-24', 'a sealed part without its last bytes', { sealed: sealed.slice(0, 48) }, 'IPR-ENC-004');
  for (const [name, index] of [
    ['counter-first', 0],
    ['counter-last', 7],
    ['ciphertext', 8],
    ['tag-first', 13],
    ['tag-last', 28],
  ] as const)
    refuse(`flipped-${name}`, `one bit of a sealed part is another: ${name}`, { sealed: flipped(sealed, index) }, 'IPR-ENC-004');
  for (const [name, index] of [
    ['protocol', 0],
    ['sender', 4],
    ['recipient', 35],
    ['channel', 36],
    ['flags', 41],
    ['size', 43],
  ] as const)
    refuse(`header-${name}`, `one bit of the public header is another: ${name}`, { header: flipped(header, index) }, 'IPR-ENC-003');
  refuse('other-key', 'another key', { key: flipped(key, 31) }, 'IPR-ENC-004');
}

/** Offers of keys, and each way to write one wrong. */
function keyOfferCases(oracle: Oracle, batch: Batch): void {
  const k1a = toHex(seededBytes('key-1a', 21));
  const k3a = toHex(seededBytes('key-3a', 32));
  const digest = toHex(seededBytes('digest', 32));
  const sets: [string, string, JsonObject][] = [
    ['one', 'one key', { keys: { '3a': k3a } }],
    ['one-and-digest', 'a key, and a digest in place of another', { keys: { '3a': k3a }, intermediates: { '2a': digest } }],
    ['two', 'two keys, ascending whatever the order given', { keys: { '3a': k3a, '1a': k1a } }],
    [
      'eight',
      'eight keys and eight digests',
      {
        keys: Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`0${String(n)}`, `0${String(n)}`])),
        intermediates: Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`f${String(n)}`, digest])),
      },
    ],
    [
      'lowest-and-highest',
      'the lowest and the highest CSID',
      { keys: { 'ff': 'aa', '01': 'bb' }, intermediates: { 'fe': digest, '02': digest } },
    ],
  ];
  for (const [name, title, params] of sets) {
    batch.add({ name, title, kind: 'example', operation: 'interpeer.keyoffer.encode', params, about: 'IPR-HSK-009', accepts: true });
    const answer = oracle.answer('interpeer.keyoffer.encode', params);
    if (answer.kind === 'reject') throw new Error(`${name}: ${answer.class}`);
    batch.add({
      name,
      title,
      kind: 'example',
      operation: 'interpeer.keyoffer.decode',
      params: { offer: answer.value['offer'] ?? '' },
      about: name === 'one' ? 'IPR-HSK-009' : 'IPR-HSK-010',
      accepts: true,
    });
  }
  const encodeRefused = (name: string, title: string, params: JsonObject, rejects: string): void =>
    batch.add({ name, title, kind: 'range', operation: 'interpeer.keyoffer.encode', params, about: 'IPR-HSK-009', rejects });
  encodeRefused('key-empty', 'an empty key', { keys: { '3a': '' } }, 'malformed');
  encodeRefused('no-key', 'a digest and no key', { keys: {}, intermediates: { '3a': digest } }, 'malformed');
  encodeRefused('csid-00', 'CSID 00', { keys: { '00': '01' } }, 'malformed');
  encodeRefused('both', 'a key and its digest', { keys: { '3a': k3a }, intermediates: { '3a': digest } }, 'non-canonical');
  refusedOffers(batch, k3a, digest);
}

function refusedOffers(batch: Batch, k3a: string, digest: string): void {
  const key = `3a0020${k3a}`;
  const refuse = (name: string, title: string, offer: string, rejects: string): void =>
    batch.add({
      name,
      title,
      kind: rejects === 'truncated' ? 'truncation' : rejects === 'trailing' ? 'trailing' : 'range',
      operation: 'interpeer.keyoffer.decode',
      params: { offer },
      about: 'IPR-HSK-009',
      rejects,
    });
  const whole = `01${key}012a${digest}`;
  for (const length of [0, 1, 2, 3, 4, 35, 36, 37, 38, whole.length / 2 - 1])
    refuse(`cut-to-${String(length)}`, `${String(length)} bytes of an offer`, whole.slice(0, 2 * length), 'truncated');
  refuse('trailing', 'a byte after an offer', `${whole}00`, 'trailing');
  refuse('no-key', 'no key at all', '0000', 'malformed');
  refuse('nine-keys', 'nine keys', `09${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `0${String(n)}0001aa`).join('')}00`, 'malformed');
  refuse(
    'nine-digests',
    'nine digests',
    `01${key}09${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `0${String(n)}${digest}`).join('')}`,
    'malformed',
  );
  refuse('csid-00', 'CSID 00', `01000001aa00`, 'malformed');
  refuse('digest-of-csid-00', 'a digest of CSID 00', `01${key}0100${digest}`, 'malformed');
  refuse('key-empty', 'an empty key', '013a000000', 'malformed');
  refuse('keys-descend', 'keys that descend', `02${key}1a0001aa00`, 'non-canonical');
  refuse('key-twice', 'two keys of one CSID', `02${key}${key}00`, 'non-canonical');
  refuse('digests-descend', 'digests that descend', `01${key}022a${digest}1a${digest}`, 'non-canonical');
  refuse('digest-twice', 'two digests of one CSID', `01${key}022a${digest}2a${digest}`, 'non-canonical');
  refuse('digest-of-key', 'a digest of a key that is there', `01${key}013a${digest}`, 'non-canonical');
}

const OPEN_PLAIN: JsonObject = {
  suite: 'interpeer-1',
  local: 'a1'.repeat(16),
  remote: 'b2'.repeat(16),
  policy: { handshakes: ['none'] },
  sequenceNumber: 1,
};

/** What opening refuses. */
function connectionCases(batch: Batch): void {
  for (const kind of ['known-keys', 'key-exchange']) {
    for (const handshakes of [[kind], ['none', kind]]) {
      const params = {
        ...OPEN_PLAIN,
        suite: 'interpeer-0.1',
        policy: { handshakes },
        identity: { csid: '3a', secret: '01'.repeat(32), key: '02'.repeat(32) },
        now: 1000,
      };
      batch.addSteps(
        `interpeer.connection.open/interpeer-0.1-${handshakes.join('-and-')}`,
        `${handshakes.join(' and ')} in interpeer-0.1`,
        'range',
        'IPR-HSK-001',
        [{ operation: 'interpeer.connection.open', params, expect: { reject: 'unsupported' }, requirement: 'IPR-HSK-001' }],
      );
    }
  }
}

export const vectors: TopicVectors = {
  subjects: [
    {
      subject: 'encryption',
      fill: ({ oracle, batch }) => {
        encryptionCases(oracle, batch);
        sessionTraces(oracle, batch, 'interpeer.crypto');
      },
    },
    {
      subject: 'connections',
      fill: ({ oracle, batch }) => {
        keyOfferCases(oracle, batch);
        connectionCases(batch);
        sessionTraces(oracle, batch, 'interpeer.connection');
      },
    },
  ],
  mutated: ['interpeer.connection.', 'interpeer.crypto.', 'interpeer.keyoffer.', 'interpeer.packetkey.', 'interpeer.sealed.'],
};
