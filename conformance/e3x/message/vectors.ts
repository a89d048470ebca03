/** The cases of messages and channel packets: everything real endpoints made, and each way to be wrong once. */
import { constants, createHash, createPrivateKey, privateDecrypt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../contract/contract.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';

interface Pair {
  readonly key: string;
  readonly secret: string;
}
interface CipherSetEvidence {
  readonly keys: { readonly [endpoint: string]: Pair };
  readonly exchanges: { readonly [name: string]: { readonly ephemeral: { readonly secret: string; readonly aes?: string } } };
  readonly messages: readonly {
    readonly n: number;
    readonly from: string;
    readonly to: string;
    readonly exchange: string;
    readonly ephemeral: { readonly key: string; readonly secret: string; readonly aes?: string };
    readonly inner: string;
    readonly iv: string;
    readonly packet: string;
    readonly token: string;
  }[];
  readonly handshakes: readonly { readonly from: string; readonly to: string; readonly packet: string }[];
  readonly channel: {
    readonly keys: { readonly [endpoint: string]: { readonly enc: string; readonly dec: string; readonly sendsWithToken: string } };
    readonly packets: readonly { readonly from: string; readonly inner: string; readonly packet: string }[];
  };
}
type Csid = '1a' | '2a' | '3a';

/** What differs between the sets: group of clauses, lengths in bytes, and where each field of a message body lies. */
const SETS: {
  readonly [csid in Csid]: {
    readonly group: string;
    readonly entropyLength: number;
    readonly fields: readonly [string, number, number][];
    readonly bodyMin: number;
    readonly channelMin: number;
    readonly keyLength: number;
  };
} = {
  '1a': {
    group: 'E3X-CS1',
    entropyLength: 4,
    fields: [
      ['key', 0, 21],
      ['iv', 21, 4],
      ['ciphertext', 25, -4],
      ['hmac', -4, 4],
    ],
    bodyMin: 29,
    channelMin: 24,
    keyLength: 16,
  },
  '2a': {
    group: 'E3X-CS2',
    entropyLength: 12,
    fields: [
      ['keys', 0, 256],
      ['iv', 256, 12],
      ['ciphertext', 268, -16],
      ['tag', -16, 16],
    ],
    bodyMin: 540,
    channelMin: 44,
    keyLength: 32,
  },
  '3a': {
    group: 'E3X-CS3',
    entropyLength: 24,
    fields: [
      ['key', 0, 32],
      ['nonce', 32, 24],
      ['secretbox', 56, -16],
      ['auth', -16, 16],
    ],
    bodyMin: 88,
    channelMin: 56,
    keyLength: 32,
  },
};
const HEADER = 3; // LENGTH and the CSID

function flipped(hex: string, at: number, mask = 1): string {
  const bytes = fromHex(hex);
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ mask;
  return toHex(bytes);
}

/** Params without those that are absent. */
function present(params: { readonly [name: string]: JsonObject[string] | undefined }): JsonObject {
  return Object.fromEntries(Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Every case of the three cipher sets. The library that made the evidence confirms what it made. */
export function messageCases(root: string, oracle: Oracle, batch: Batch): void {
  const evidence = (
    JSON.parse(readFileSync(join(root, 'spec/e3x/evidence/e3x-js.json'), 'utf8')) as { cs: { readonly [csid in Csid]: CipherSetEvidence } }
  ).cs;
  for (const csid of ['1a', '2a', '3a'] as const) {
    const set = evidence[csid];
    sealed(oracle, batch, csid, set);
    refusedMessages(oracle, batch, csid, set);
    channels(oracle, batch, csid, set);
  }
  registry(batch, evidence['3a']);
}

function pairOf(set: CipherSetEvidence, endpoint: string): Pair {
  const pair = set.keys[endpoint];
  if (pair === undefined) throw new Error(`no keys of ${endpoint}`);
  return pair;
}

/** The seed of OAEP inside a message of 2a, which the recipient's secret brings to light: RFC 8017, 7.1.2, step 3. */
function oaepSeed(secret: string, packet: string): string {
  const keys = fromHex(packet).subarray(HEADER, HEADER + 256);
  const block = privateDecrypt(
    { key: createPrivateKey({ key: Buffer.from(secret, 'hex'), format: 'der', type: 'pkcs8' }), padding: constants.RSA_NO_PADDING },
    keys,
  );
  const maskedSeed = block.subarray(1, 21);
  const maskedData = block.subarray(21);
  const mask = createHash('sha1').update(maskedData).update(Buffer.alloc(4)).digest(); // MGF1 with SHA-1: 20 bytes are one turn
  return toHex(maskedSeed.map((byte, i) => byte ^ (mask[i] ?? 0)));
}

function sealed(oracle: Oracle, batch: Batch, csid: Csid, set: CipherSetEvidence): void {
  const { group, entropyLength } = SETS[csid];
  const add = (operation: string, name: string, title: string, params: JsonObject, about: string, published?: string): void =>
    batch.add({
      name: `${csid}/${name}`,
      title: `${csid}: ${title}`,
      kind: 'example',
      operation,
      params,
      about,
      accepts: true,
      ...(published === undefined ? {} : { published }),
    });
  for (const m of set.messages) {
    const sender = pairOf(set, m.from);
    const recipient = pairOf(set, m.to);
    const open = { csid, recipient: { ...recipient }, packet: m.packet };
    add(
      'e3x.message.open',
      `e3x-js-${String(m.n)}`,
      `message ${String(m.n)} of e3x-js, ${String(m.inner.length / 2)} bytes`,
      { ...open, senderKey: sender.key },
      m.n === 0 ? `${group}-001` : `${group}-002`,
      'e3x-js',
    );
    if (m.n === 0) {
      add('e3x.message.open', 'without-sender-key', "opened without the sender's key", open, 'E3X-MSG-008', 'e3x-js');
      add(
        'e3x.message.open',
        'long-after',
        "the recipient's secret alone opens it, whoever has it and whenever",
        open,
        'E3X-MSG-007',
        'e3x-js',
      );
    }
    if (csid === '2a')
      add(
        'e3x.message.seal',
        `e3x-js-${String(m.n)}`,
        `message ${String(m.n)} of e3x-js, under the seed that its KEYS were sealed with`,
        {
          csid,
          sender: { ...sender },
          ephemeral: { secret: m.ephemeral.secret, aes: m.ephemeral.aes ?? '', seed: oaepSeed(recipient.secret, m.packet) },
          recipientKey: recipient.key,
          inner: m.inner,
          entropy: m.iv,
        },
        m.n === 0 ? 'E3X-CS2-001' : m.inner.length > 2000 ? 'E3X-CS2-003' : 'E3X-CS2-004',
        'e3x-js',
      );
    else
      add(
        'e3x.message.seal',
        `e3x-js-${String(m.n)}`,
        `message ${String(m.n)} of e3x-js`,
        {
          csid,
          sender: { ...sender },
          ephemeral: { secret: m.ephemeral.secret },
          recipientKey: recipient.key,
          inner: m.inner,
          entropy: m.iv,
        },
        m.n === 0 ? `${group}-001` : `${group}-003`,
        'e3x-js',
      );
  }
  // Sealing again from chosen entropy, and opening that, for each length of inner packet that matters.
  const m = set.messages[0];
  if (m === undefined) throw new Error(`no message of ${csid}`);
  const ephemeral = {
    secret: m.ephemeral.secret,
    ...(m.ephemeral.aes === undefined ? {} : { aes: m.ephemeral.aes, seed: toHex(seededBytes('oaep-seed', 20)) }),
  };
  for (const length of [2, 3, 15, 16, 17, 64, 300, 1200]) {
    const inner = toHex(concatBytes(Uint8Array.of(0, 0), seededBytes(`inner-${String(length)}`, length - 2)));
    const params = {
      csid,
      sender: { ...pairOf(set, m.from) },
      ephemeral,
      recipientKey: pairOf(set, m.to).key,
      inner,
      entropy: toHex(seededBytes(`entropy-${csid}-${String(length)}`, entropyLength)),
    };
    add(
      'e3x.message.seal',
      `inner-${String(length)}`,
      `an inner packet of ${String(length)} bytes`,
      params,
      length === 2 ? 'E3X-MSG-004' : csid === '2a' ? (length % 2 === 0 ? 'E3X-CS2-003' : 'E3X-CS2-004') : `${group}-002`,
    );
    const answer = oracle.answer('e3x.message.seal', params);
    if (answer.kind !== 'ok') throw new Error(`${csid}: ${answer.class}`);
    add(
      'e3x.message.open',
      `inner-${String(length)}`,
      `an inner packet of ${String(length)} bytes`,
      { csid, recipient: { ...pairOf(set, m.to) }, senderKey: pairOf(set, m.from).key, packet: answer.value['packet'] ?? '' },
      csid === '2a' && length === 16 ? 'E3X-CS2-002' : `${group}-002`,
    );
  }
}

function refusedMessages(oracle: Oracle, batch: Batch, csid: Csid, set: CipherSetEvidence): void {
  const { group, fields, bodyMin, entropyLength } = SETS[csid];
  const m = set.messages.find((x) => x.inner.length > 40) ?? set.messages[0];
  if (m === undefined) throw new Error(`no message of ${csid}`);
  const sender = pairOf(set, m.from);
  const recipient = pairOf(set, m.to);
  const refuse = (
    name: string,
    title: string,
    change: { readonly [param: string]: JsonObject[string] | undefined },
    about: string,
    rejects?: string,
    operation = 'e3x.message.open',
  ): void =>
    batch.add({
      name: `${csid}/${name}`,
      title: `${csid}: ${title}`,
      kind: rejects === 'truncated' ? 'truncation' : 'range',
      operation,
      params: present(
        operation === 'e3x.message.open'
          ? { csid, recipient: { ...recipient }, senderKey: sender.key, packet: m.packet, ...change }
          : change,
      ),
      about,
      ...(rejects === undefined ? {} : { rejects }),
    });
  const macClause = csid === '1a' ? 'E3X-CS1-003' : csid === '2a' ? 'E3X-CS2-003' : 'E3X-CS3-003';
  const bodyLength = m.packet.length / 2 - HEADER;
  for (const [field, offset, length] of fields) {
    const start = offset < 0 ? bodyLength + offset : offset;
    const end = length < 0 ? bodyLength + length : start + length;
    for (const [edge, at] of [
      ['first', start],
      ['last', end - 1],
    ] as const) {
      // A changed public key may leave its curve, which is another fault; the low bit of the last byte of x does not show which.
      const packet = flipped(m.packet, HEADER + at, edge === 'first' ? 0x80 : 1);
      const answer = oracle.answer('e3x.message.open', { csid, recipient: { ...recipient }, senderKey: sender.key, packet });
      if (answer.kind !== 'reject') throw new Error(`${csid}: a changed ${field} is accepted`);
      refuse(
        `tampered-${field}-${edge}`,
        `one bit of ${field} changed (${edge} byte)`,
        { packet },
        answer.class === 'unauthenticated'
          ? field === 'keys'
            ? 'E3X-CS2-002'
            : edge === 'first'
              ? macClause
              : 'E3X-MSG-003'
          : answer.clause,
        answer.class,
      );
    }
  }
  if (csid !== '1a')
    refuse(
      'tampered-without-sender-key',
      'a changed ciphertext is refused without a sender key too',
      { packet: flipped(m.packet, HEADER + bodyLength - 20), senderKey: undefined },
      csid === '2a' ? 'E3X-CS2-003' : 'E3X-CS3-002',
      'unauthenticated',
    );
  refuse('trailing-byte', 'one byte behind', { packet: `${m.packet}00` }, 'E3X-MSG-003', 'unauthenticated');
  const right = { csid, recipient: { ...recipient }, senderKey: sender.key, packet: m.packet };
  afterForgery(
    oracle,
    batch,
    'e3x.message.open',
    csid,
    { ...right, packet: flipped(m.packet, HEADER + bodyLength - 20) },
    right,
    'E3X-MSG-003',
  );
  refuse(
    'wrong-sender-key',
    'verified against the key of somebody else',
    { senderKey: recipient.key },
    csid === '2a' ? 'E3X-CS2-004' : macClause,
    'unauthenticated',
  );
  refuse(
    'wrong-recipient',
    'opened by somebody else',
    { recipient: { ...sender } },
    csid === '2a' ? 'E3X-CS2-002' : macClause,
    'unauthenticated',
  );
  const edges = new Set([0, ...fields.filter(([, offset]) => offset > 0).flatMap(([, offset]) => [offset - 1, offset]), bodyMin - 1]);
  for (const length of edges)
    if (length < bodyMin)
      refuse(
        `body-of-${String(length)}`,
        `a BODY of ${String(length)} bytes`,
        { packet: m.packet.slice(0, 2 * (HEADER + length)) },
        `${group}-001`,
        'truncated',
      );
  const other = csid === '3a' ? '1a' : '3a';
  refuse('other-csid', `HEAD says ${other}`, { packet: `0001${other}${m.packet.slice(6)}` }, 'E3X-MSG-001', 'malformed');
  refuse(
    'asked-as-other',
    `asked under ${other}`,
    {
      csid: other,
      recipient: { secret: recipient.secret.padEnd(64, '0').slice(0, other === '1a' ? 40 : 64), key: recipient.key },
      senderKey: undefined,
    },
    'E3X-MSG-001',
    'malformed',
  );
  refuse('no-head', 'no HEAD', { packet: `0000${m.packet.slice(6)}` }, 'E3X-MSG-001', 'malformed');
  refuse('two-bytes-of-head', 'a HEAD of 2 bytes', { packet: `0002${csid}${csid}${m.packet.slice(6)}` }, 'E3X-MSG-001', 'malformed');
  // Keys that are none.
  const badKeys: [string, string][] =
    csid === '1a'
      ? [
          ['off-curve', `02${'ff'.repeat(20)}`],
          ['infinity', '00'.repeat(21)],
          ['bad-prefix', `05${sender.key.slice(2)}`],
          ['too-short', sender.key.slice(2)],
          ['not-a-square', offCurve(oracle, sender.key)],
        ]
      : csid === '3a'
        ? [
            ['zero', '00'.repeat(32)],
            ['one', `01${'00'.repeat(31)}`],
            ['order-8', 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'],
            ['order-8-again', '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157'],
            ['p-minus-1', `ec${'ff'.repeat(30)}7f`],
            ['p', `ed${'ff'.repeat(30)}7f`],
            ['too-short', sender.key.slice(2)],
          ]
        : [
            ['not-der', '00'.repeat(294)],
            ['cut', sender.key.slice(0, -2)],
          ];
  const keyClause = csid === '1a' ? 'E3X-CS1-004' : csid === '3a' ? 'E3X-CS3-004' : 'E3X-CS2-005';
  const seal = {
    csid,
    sender: { ...sender },
    ephemeral: {
      secret: m.ephemeral.secret,
      ...(m.ephemeral.aes === undefined ? {} : { aes: m.ephemeral.aes, seed: toHex(seededBytes('oaep-seed', 20)) }),
    },
    recipientKey: recipient.key,
    inner: '0000',
    entropy: toHex(seededBytes('entropy', entropyLength)),
  };
  for (const [name, key] of badKeys) {
    refuse(
      `recipient-key-${name}`,
      `sealed to a key that is none: ${name}`,
      { ...seal, recipientKey: key },
      keyClause,
      'malformed',
      'e3x.message.seal',
    );
    if (csid !== '2a' && !name.startsWith('too'))
      refuse(
        `ephemeral-key-${name}`,
        `an ephemeral key that is none: ${name}`,
        { packet: `0001${csid}${key}${m.packet.slice(6 + key.length)}` },
        keyClause,
        'malformed',
      );
    refuse(`sender-key-${name}`, `verified against a key that is none: ${name}`, { senderKey: key }, keyClause, 'malformed');
  }
  for (const [name, inner] of [
    ['empty', ''],
    ['one-byte', '00'],
    ['length-beyond', '0005aa'],
  ] as const)
    refuse(`inner-${name}`, `an inner packet that is none: ${name}`, { ...seal, inner }, 'E3X-MSG-002', 'truncated', 'e3x.message.seal');
}

/** A forgery, and then what is right: nothing of the first may be left. */
function afterForgery(
  oracle: Oracle,
  batch: Batch,
  operation: string,
  csid: Csid,
  forged: JsonObject,
  right: JsonObject,
  requirement: string,
): void {
  const refused = oracle.answer(operation, forged);
  const opened = oracle.answer(operation, right);
  if (refused.kind !== 'reject' || opened.kind !== 'ok') throw new Error(`${csid}: a forgery is accepted, or the original is not`);
  batch.put({
    id: `${operation}/${csid}/after-a-forgery`,
    title: `${csid}: opened after a forgery was refused`,
    kind: 'example',
    requirement,
    oracles: ['interpreter'],
    steps: [
      { operation, params: forged, expect: { reject: refused.class }, requirement },
      { operation, params: right, expect: { ok: opened.value }, requirement },
    ],
  });
}

/** A compressed point whose x has no y: found by counting on from a real one. */
function offCurve(oracle: Oracle, key: string): string {
  for (let step = 1; step < 200; step++) {
    const bytes = fromHex(key);
    bytes[20] = ((bytes[20] ?? 0) + step) & 0xff;
    const answer = oracle.answer('e3x.message.seal', {
      csid: '1a',
      sender: { secret: '01'.repeat(20) },
      ephemeral: { secret: '01'.repeat(20) },
      recipientKey: toHex(bytes),
      inner: '0000',
      entropy: '00000000',
    });
    if (answer.kind === 'reject') return toHex(bytes);
  }
  throw new Error('every x has a y');
}

function channels(oracle: Oracle, batch: Batch, csid: Csid, set: CipherSetEvidence): void {
  const { group, entropyLength, channelMin, keyLength } = SETS[csid];
  const channelClause = csid === '1a' ? 'E3X-CS1-006' : csid === '2a' ? 'E3X-CS2-007' : 'E3X-CS3-006';
  const keysClause = csid === '1a' ? 'E3X-CS1-005' : csid === '2a' ? 'E3X-CS2-006' : 'E3X-CS3-005';
  const add = (operation: string, name: string, title: string, params: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name: `${csid}/${name}`,
      title: `${csid}: ${title}`,
      kind: rejects === undefined ? 'example' : 'range',
      operation,
      params,
      about,
      ...(rejects === undefined ? { accepts: true, ...(name === 'other-token' ? {} : { published: 'e3x-js' }) } : { rejects }),
    });
  for (const [own, index] of [
    ['AB', 1],
    ['BA', 0],
  ] as const) {
    const ephemeral = set.exchanges[own]?.ephemeral;
    const handshake = set.handshakes[index];
    if (ephemeral === undefined || handshake === undefined) throw new Error(`no exchange of ${csid}`);
    const params = {
      csid,
      ephemeral: { secret: ephemeral.secret, ...(ephemeral.aes === undefined ? {} : { aes: ephemeral.aes }) },
      ...(csid === '2a' ? { recipient: { ...pairOf(set, handshake.to) } } : {}),
      packet: handshake.packet,
    };
    add(
      'e3x.channelkeys.derive',
      own === 'AB' ? 'initiator' : 'responder',
      `the keys of ${own === 'AB' ? 'one' : 'the other'} side`,
      params,
      own === 'AB' ? keysClause : 'E3X-CHP-001',
    );
    if (own === 'AB') {
      add(
        'e3x.channelkeys.derive',
        'other-csid',
        'a handshake of another cipher set',
        { ...params, packet: `0001${csid === '3a' ? '1a' : '3a'}${handshake.packet.slice(6)}` },
        'E3X-MSG-001',
        'malformed',
      );
      add(
        'e3x.channelkeys.derive',
        'short',
        'a handshake cut short',
        { ...params, packet: handshake.packet.slice(0, 2 * HEADER + 10) },
        `${group}-001`,
        'truncated',
      );
    }
  }
  set.channel.packets.forEach((p, i) => {
    const keys = set.channel.keys[p.from];
    if (keys === undefined) throw new Error(`no channel keys of ${p.from}`);
    add(
      'e3x.channelpacket.open',
      `e3x-js-${String(i)}`,
      `channel packet ${String(i)} of e3x-js`,
      { csid, key: keys.enc, packet: p.packet },
      i === 0 ? 'E3X-CHP-002' : channelClause,
    );
    add(
      'e3x.channelpacket.seal',
      `e3x-js-${String(i)}`,
      `channel packet ${String(i)} of e3x-js`,
      { csid, key: keys.enc, token: keys.sendsWithToken, inner: p.inner, entropy: p.packet.slice(36, 36 + 2 * entropyLength) },
      i === 0 ? 'E3X-CHP-002' : channelClause,
    );
  });
  const p = set.channel.packets[0];
  const keys = set.channel.keys[p?.from ?? ''];
  if (p === undefined || keys === undefined) throw new Error(`no channel packet of ${csid}`);
  const open = { csid, key: keys.enc, packet: p.packet };
  const length = p.packet.length / 2;
  for (const [name, at] of [
    ['iv-first', 18],
    ['iv-last', 18 + entropyLength - 1],
    ['content-first', 18 + entropyLength],
    ['content-last', length - 17],
    ['last', -1],
  ] as const)
    add(
      'e3x.channelpacket.open',
      `tampered-${name}`,
      `one bit changed: ${name}`,
      { ...open, packet: flipped(p.packet, at) },
      'E3X-CHP-004',
      'unauthenticated',
    );
  afterForgery(oracle, batch, 'e3x.channelpacket.open', csid, { ...open, packet: flipped(p.packet, length - 17) }, open, 'E3X-CHP-004');
  add('e3x.channelpacket.open', 'trailing-byte', 'one byte behind', { ...open, packet: `${p.packet}00` }, 'E3X-CHP-004', 'unauthenticated');
  add(
    'e3x.channelpacket.open',
    'wrong-key',
    'the key of the other direction',
    { ...open, key: keys.dec },
    'E3X-CHP-004',
    'unauthenticated',
  );
  add(
    'e3x.channelpacket.open',
    'other-token',
    'the token is not authenticated: it is a hint',
    { ...open, packet: flipped(p.packet, 2) },
    'E3X-CHP-002',
  );
  for (const short of new Set([2, 17, 18, 18 + entropyLength, channelMin + 1]))
    if (short - 2 < channelMin)
      add(
        'e3x.channelpacket.open',
        `cut-to-${String(short)}`,
        `a channel packet of ${String(short)} bytes`,
        { ...open, packet: p.packet.slice(0, 2 * short) },
        short < 18 ? 'E3X-CHP-002' : channelClause,
        'truncated',
      );
  for (const [name, head] of [
    ['csid', `0001${csid}`],
    ['six', '0006010203040506'],
    ['json', `0007${Buffer.from('{"a":1}').toString('hex')}`],
  ] as const)
    add(
      'e3x.channelpacket.open',
      `head-${name}`,
      `a HEAD: ${name}`,
      { ...open, packet: `${head}${p.packet.slice(4)}` },
      'E3X-CHP-003',
      'malformed',
    );
  for (const [name, inner] of [
    ['empty', ''],
    ['length-beyond', '0005aa'],
  ] as const)
    add(
      'e3x.channelpacket.seal',
      `inner-${name}`,
      `an inner packet that is none: ${name}`,
      { csid, key: '07'.repeat(keyLength), token: '09'.repeat(16), inner, entropy: '05'.repeat(entropyLength) },
      'E3X-MSG-002',
      'truncated',
    );
}

function registry(batch: Batch, set: CipherSetEvidence): void {
  const m = set.messages[0];
  if (m === undefined) throw new Error('no message');
  const params = (csid: string): JsonObject => ({
    csid,
    recipient: { ...pairOf(set, m.to) },
    packet: `0001${/^[0-9a-f]{2}$/.test(csid) ? csid : '3a'}${m.packet.slice(6)}`,
  });
  for (const csid of ['01', '0f', '10', '17', '18', '1b', '1c', '2b', '3b', '4a', 'ff'])
    batch.add({
      name: `csid-${csid}`,
      title: `CSID ${csid} is defined nowhere yet`,
      kind: 'range',
      operation: 'e3x.message.open',
      params: params(csid),
      about: 'E3X-MSG-005',
      rejects: 'unsupported',
    });
  for (const [name, csid] of [
    ['00', '00'],
    ['upper-case', '3A'],
    ['cs-style', 'cs3a'],
    ['empty', ''],
    ['one-digit', '3'],
  ] as const)
    batch.add({
      name: `csid-${name}`,
      title: `a CSID written ${JSON.stringify(csid)}`,
      kind: 'range',
      operation: 'e3x.message.open',
      params: params(csid),
      about: 'E3X-MSG-006',
      rejects: 'malformed',
    });
  const key = { key: '07'.repeat(32), token: '09'.repeat(16), inner: '0000', entropy: '05'.repeat(24) };
  batch.add({
    name: 'csid-1b',
    title: 'a reserved CSID',
    kind: 'range',
    operation: 'e3x.channelpacket.seal',
    params: { csid: '1b', ...key },
    about: 'E3X-MSG-005',
    rejects: 'unsupported',
  });
  batch.add({
    name: 'csid-00',
    title: 'CSID 00',
    kind: 'range',
    operation: 'e3x.channelpacket.seal',
    params: { csid: '00', ...key },
    about: 'E3X-MSG-006',
    rejects: 'malformed',
  });
}
