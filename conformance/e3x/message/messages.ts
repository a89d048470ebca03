/** The cases of messages: everything real endpoints sealed, and each way to be wrong once. */
import { constants, createHash, createPrivateKey, privateDecrypt } from 'node:crypto';
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import { messageOfAnyKeys } from './low-order.ts';
import { afterForgery, flipped, HEADER, pairOf, SETS, type CipherSetEvidence, type Csid } from './evidence.ts';

/** Params without those that are absent. */
function present(params: { readonly [name: string]: JsonObject[string] | undefined }): JsonObject {
  return Object.fromEntries(Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
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

export function sealed(oracle: Oracle, batch: Batch, csid: Csid, set: CipherSetEvidence): void {
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
  // The number is the one that the recording gives a message, and part of the evidence.
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
      add('e3x.message.open', 'long-after', "the recipient's secret alone opens it, at any later time", open, 'E3X-MSG-007', 'e3x-js');
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

export function refusedMessages(oracle: Oracle, batch: Batch, csid: Csid, set: CipherSetEvidence): void {
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
  refuse('trailing-byte', 'one byte after the end', { packet: `${m.packet}00` }, 'E3X-MSG-003', 'unauthenticated');
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
    'verified against the key of another sender',
    { senderKey: recipient.key },
    csid === '2a' ? 'E3X-CS2-004' : macClause,
    'unauthenticated',
  );
  refuse(
    'wrong-recipient',
    'opened by another recipient',
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
    `requested under ${other}`,
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
      `sealed to an invalid key: ${name}`,
      { ...seal, recipientKey: key },
      keyClause,
      'malformed',
      'e3x.message.seal',
    );
    if (csid !== '2a' && !name.startsWith('too'))
      refuse(
        `ephemeral-key-${name}`,
        `an invalid ephemeral key: ${name}`,
        { packet: `0001${csid}${key}${m.packet.slice(6 + key.length)}` },
        keyClause,
        'malformed',
      );
    refuse(`sender-key-${name}`, `verified against an invalid key: ${name}`, { senderKey: key }, keyClause, 'malformed');
    if (csid !== '3a' || name.startsWith('too')) continue;
    const whole = { secret: recipient.secret, ephemeral: m.ephemeral.secret, senderKey: sender.key, inner: '0000', nonce: seal.entropy };
    refuse(
      `ephemeral-key-${name}-and-all-else-right`,
      `an invalid ephemeral key, and everything computed with it: ${name}`,
      { packet: messageOfAnyKeys({ ...whole, ephemeralKey: key }) },
      keyClause,
      'malformed',
    );
    refuse(
      `sender-key-${name}-and-all-else-right`,
      `an invalid key of the sender, and everything computed with it: ${name}`,
      { senderKey: key, packet: messageOfAnyKeys({ ...whole, senderKey: key }) },
      keyClause,
      'malformed',
    );
  }
  for (const [name, inner] of [
    ['empty', ''],
    ['one-byte', '00'],
    ['length-beyond', '0005aa'],
  ] as const)
    refuse(
      `inner-${name}`,
      `the inner packet is not a packet: ${name}`,
      { ...seal, inner },
      'E3X-MSG-002',
      'truncated',
      'e3x.message.seal',
    );
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
