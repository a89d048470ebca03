import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../kernel/bytes.ts';
import { AuthenticationError } from '../../kernel/errors.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { CIPHER_SETS, cipherSetOf } from './cipher-sets.ts';
import { createMessageOpener, createMessageSealer, openMessage, sealMessage } from './messages.ts';
import type { SealMessageInput } from './messages.ts';
import { encodePacket } from '../packet/packet.ts';

/** Messages of A to B in one exchange, made by e3x-js 0.2.3. */
const KNOWN = {
  '1a': {
    a: { secret: '3b602349d7d3b31834cd847df612788ed7bc773d', key: '02dbc2bfcf26b17426620895bdbf7d80becb114c3a' },
    b: { secret: '5f3f555f6b5235fdb99d29a21dd26c5602d97243', key: '020d28e56dcd772d342e2f202a6e5b1f228298272d' },
    ephemeral: 'e054cddd3dd5785db18ed0d769e83a08b1f5bc4f',
    token: 'e47d830341a18fb402912f0023335b17',
    messages: [
      { inner: '0000', entropy: '4d765183', packet: '00011a02de885f8e0db99f7dc48f972ec4c2f3c4a97cdd1b4d765183abc0105f5843' },
      {
        inner: '001f7b2274797065223a226c696e6b222c226174223a313432303037303430307d',
        entropy: '4e765183',
        packet:
          '00011a02de885f8e0db99f7dc48f972ec4c2f3c4a97cdd1b4e76518326d37d6441e0f7c66cf0328f92b7ef47b5f961b84898' +
          '85e1e699e0e2dfcf77f1018750748d',
      },
    ],
  },
  '3a': {
    a: {
      secret: 'a5c1b2b459783cffbf5d46cae0f7e95f08cf3cb30886c4e9625eccce54a6e4cd',
      key: '2c1775108365dca6b7e90f8765489f8eda62ec7101391af62419a51c540ed937',
    },
    b: {
      secret: '1e48a1398268c82dfa699614e768dacf8d37537fd41f4721c620c765c7b5138b',
      key: '198862ad040c4c09228c45d1665df06fb8fdc658d758a086cc873238e112e030',
    },
    ephemeral: '7c3dba7109b69451168b8ddf3afd49677174d000554caaa8c1b950281ab4d209',
    token: '71db6b7abef69c5a1b8a00faaa298982',
    messages: [
      {
        inner: '0000',
        entropy: '26dd9ac53f479867ba51166642fb483820a67fbcbaa764e4',
        packet:
          '00013a79a79b2b2e52368daf64e29309bfc4217e072b529c06b66ad045c3f751d8271526dd9ac53f479867ba51166642fb48' +
          '3820a67fbcbaa764e486a4178c2e49c17fc4eb14ba9927135383e8daf68a060cc086c8e43db33561ac814e',
      },
      {
        inner: '001f7b2274797065223a226c696e6b222c226174223a313432303037303430307d',
        entropy: '4065cfd4ee7c0e26affe8a66bb5acf0409bea4fd33466275',
        packet:
          '00013a79a79b2b2e52368daf64e29309bfc4217e072b529c06b66ad045c3f751d827154065cfd4ee7c0e26affe8a66bb5acf' +
          '0409bea4fd334662754993ed14ea9d0616ef1a98580c48aec81b63846690d44b55ccf9515d13b5b219f7f1d93854455ab176' +
          'e48645bad73ec1a9c75cbb4347ceb24a2f30bccba7dc4ba5',
      },
    ],
  },
};
type Csid = keyof typeof KNOWN;
/** HEAD, and the CSID. */
const HEADER_LENGTH = 3;

function sealInput(csid: Csid, index = 0): Omit<SealMessageInput, 'csid'> {
  const { a, b, ephemeral, messages } = KNOWN[csid];
  const { inner = '', entropy = '' } = messages[index] ?? {};
  return {
    sender: { secret: fromHex(a.secret) },
    ephemeral: { secret: fromHex(ephemeral) },
    recipientKey: fromHex(b.key),
    inner: fromHex(inner),
    entropy: fromHex(entropy),
  };
}
const seal = (csid: Csid, change: Partial<Omit<SealMessageInput, 'csid'>> = {}): Uint8Array =>
  sealMessage({ csid, ...sealInput(csid), ...change }, noblePrimitives).packet;
const packetOf = (csid: Csid, index = 1): Uint8Array => fromHex(KNOWN[csid].messages[index]?.packet ?? '');
const recipientOf = (csid: Csid): { secret: Uint8Array } => ({ secret: fromHex(KNOWN[csid].b.secret) });
/** Opens for B as from A; without the sender's key where that is null. */
function open(
  csid: Csid,
  packet: Uint8Array,
  senderKey: Uint8Array | null = fromHex(KNOWN[csid].a.key),
  primitives: Primitives = noblePrimitives,
): ReturnType<typeof openMessage> {
  return openMessage({ csid, recipient: recipientOf(csid), packet, ...(senderKey === null ? {} : { senderKey }) }, primitives);
}
function flipped(bytes: Uint8Array, index: number, mask: number): Uint8Array {
  const changed = bytes.slice();
  changed[index] = (changed[index] ?? 0) ^ mask;
  return changed;
}

describe.each<Csid>(['1a', '3a'])('E3X-MSG messages of cipher set %s', (csid) => {
  const clause = csid === '1a' ? 'E3X-CS1-001' : 'E3X-CS3-001';
  const keyClause = csid === '1a' ? 'E3X-CS1-004' : 'E3X-CS3-004';

  it('E3X-MSG-001, E3X-MSG-004 seals as real endpoints do, with one token for an exchange', () => {
    for (const [index, { packet }] of KNOWN[csid].messages.entries()) {
      const sealed = sealMessage({ csid, ...sealInput(csid, index) }, noblePrimitives);
      expect(toHex(sealed.packet)).toBe(packet);
      expect(toHex(sealed.token)).toBe(KNOWN[csid].token);
    }
  });

  it('E3X-MSG-008 opens what real endpoints sealed, and says that it is verified if a sender key is given', () => {
    for (const { inner, packet } of KNOWN[csid].messages) {
      const bytes = fromHex(packet);
      const ephemeralKey = bytes.slice(HEADER_LENGTH, HEADER_LENGTH + fromHex(KNOWN[csid].a.key).length);
      expect(open(csid, bytes)).toEqual({ inner: fromHex(inner), verified: true, ephemeralKey });
      expect(open(csid, bytes, null)).toEqual({ inner: fromHex(inner), ephemeralKey });
    }
  });

  it('E3X-MSG-003 refuses a message with any bit changed', () => {
    const packet = packetOf(csid, 0);
    for (let index = HEADER_LENGTH; index < packet.length; index++) {
      for (const mask of [1, 0x80]) {
        const refusal = refusalOf(() => open(csid, flipped(packet, index, mask)));
        // A changed x may not be on the curve, which gives another error.
        expect(['unauthenticated E3X-MSG-003', ...(csid === '1a' ? [`malformed ${keyClause}`] : [])]).toContain(refusal);
      }
    }
    expect(refusalOf(() => open(csid, concat([packet, Uint8Array.of(0)])))).toBe('unauthenticated E3X-MSG-003');
  });

  it('E3X-MSG-003 has one error for the wrong sender and the wrong recipient, and nothing in it', () => {
    const { a, b } = KNOWN[csid];
    const packet = packetOf(csid);
    const senderKey = fromHex(a.key);
    for (const run of [
      () => open(csid, packet, fromHex(b.key)),
      () => openMessage({ csid, recipient: { secret: fromHex(a.secret) }, senderKey, packet }, noblePrimitives),
    ]) {
      expect(run).toThrow(new AuthenticationError('E3X-MSG-003'));
      expect(refusalOf(run)).toBe('unauthenticated E3X-MSG-003');
    }
  });

  it('E3X-MSG-003 checks the MAC before anything is decrypted', () => {
    const never = (): never => {
      throw new Error('decrypted');
    };
    const blind: Primitives = { ...noblePrimitives, applyAesCtr: never, openSecretbox: never };
    const packet = packetOf(csid);
    expect(refusalOf(() => open(csid, flipped(packet, packet.length - 1, 1), undefined, blind))).toBe('unauthenticated E3X-MSG-003');
    expect(() => open(csid, packet, undefined, blind)).toThrow('decrypted');
  });

  it(`${clause} refuses every BODY that is too short as truncated`, () => {
    const packet = packetOf(csid, 0);
    const bodyLengthMin = packet.length - HEADER_LENGTH - (KNOWN[csid].messages[0]?.inner.length ?? 0) / 2;
    for (let length = 0; length < bodyLengthMin; length++) {
      expect(refusalOf(() => open(csid, packet.subarray(0, HEADER_LENGTH + length)))).toBe(`truncated ${clause}`);
    }
    expect(refusalOf(() => open(csid, packet.subarray(0, HEADER_LENGTH + bodyLengthMin)))).toBe('unauthenticated E3X-MSG-003');
  });

  it('E3X-MSG-001 refuses other heads as malformed, and tries no other cipher set', () => {
    const body = packetOf(csid).slice(HEADER_LENGTH);
    for (const head of ['', csid === '1a' ? '3a' : '1a', '2a', '00', `${csid}${csid}`, '7b2261223a317d']) {
      expect(refusalOf(() => open(csid, encodePacket({ head: fromHex(head), body })))).toBe('malformed E3X-MSG-001');
    }
    expect(refusalOf(() => open(csid, fromHex('0002' + csid)))).toBe('truncated E3X-LOB-003');
  });

  it('E3X-MSG-002 refuses what is not a packet, before sealing and after opening', () => {
    for (const text of ['', '00', '0005aa']) {
      const inner = fromHex(text);
      expect(refusalOf(() => seal(csid, { inner }))).toBe('truncated E3X-MSG-002');
      const body = concat(
        cipherSetOf(csid)
          .createMessageSealer(sealInput(csid), noblePrimitives)
          .seal({ ...sealInput(csid), inner }),
      );
      expect(refusalOf(() => open(csid, encodePacket({ head: fromHex(csid), body })))).toBe('truncated E3X-MSG-002');
    }
  });

  it(`${keyClause} refuses keys of another length as malformed`, () => {
    const key = fromHex(KNOWN[csid].a.key);
    for (const other of [key.slice(1), concat([key, key.slice(0, 1)]), key.slice(0, 0)]) {
      expect(refusalOf(() => seal(csid, { recipientKey: other }))).toBe(`malformed ${keyClause}`);
      expect(refusalOf(() => open(csid, packetOf(csid), other))).toBe(`malformed ${keyClause}`);
    }
  });

  it('accepts entropy and secrets of one length only, and blames the caller for others', () => {
    const { entropy, sender, ephemeral } = sealInput(csid);
    for (const other of [entropy.slice(1), concat([entropy, entropy]), entropy.slice(0, 0)]) {
      expect(refusalOf(() => seal(csid, { entropy: other }))).toMatch(/^usage/);
    }
    const refused = csid === '1a' ? /^malformed E3X-CS1-010/ : /^usage/;
    for (const secret of [sender.secret.slice(1), concat([sender.secret, sender.secret]), sender.secret.slice(0, 0)]) {
      expect(refusalOf(() => seal(csid, { sender: { secret } }))).toMatch(refused);
      expect(refusalOf(() => seal(csid, { ephemeral: { ...ephemeral, secret } }))).toMatch(refused);
      expect(refusalOf(() => openMessage({ csid, recipient: { secret }, packet: packetOf(csid) }, noblePrimitives))).toMatch(refused);
    }
  });

  test.prop([fc.uint8Array({ maxLength: 6 }), fc.uint8Array({ maxLength: 200 }), fc.infiniteStream(fc.integer({ min: 0, max: 255 }))], {
    numRuns: 20,
  })('opens what it sealed, from any entropy', (head, body, stream) => {
    const inner = encodePacket({ head, body });
    const entropy = Uint8Array.from({ length: cipherSetOf(csid).entropyLength }, () => stream.next().value ?? 0);
    expect(open(csid, seal(csid, { inner, entropy }))).toMatchObject({ inner, verified: true });
  });
});

/** Primitives that count how often they agree on a secret. */
function counting(): { readonly primitives: Primitives; agreements(): number } {
  let count = 0;
  const counted =
    <Input>(run: (input: Input) => Uint8Array) =>
    (input: Input): Uint8Array => {
      count++;
      return run(input);
    };
  const { deriveSecp160r1Shared, deriveBoxKey } = noblePrimitives;
  return {
    primitives: { ...noblePrimitives, deriveSecp160r1Shared: counted(deriveSecp160r1Shared), deriveBoxKey: counted(deriveBoxKey) },
    agreements: () => count,
  };
}

describe.each<Csid>(['1a', '3a'])('E3X-MSG standing sealers and openers of cipher set %s', (csid) => {
  it('E3X-MSG-004 seals every message of an exchange as the one-shot form does, and agrees twice in all', () => {
    const { primitives, agreements } = counting();
    const sealer = createMessageSealer({ csid, ...sealInput(csid) }, primitives);
    for (const [index, { packet }] of KNOWN[csid].messages.entries()) expect(toHex(sealer.seal(sealInput(csid, index)))).toBe(packet);
    expect(toHex(sealer.token)).toBe(KNOWN[csid].token);
    expect(agreements()).toBe(2);
  });

  it('E3X-MSG-003 opens every message of an exchange, with or without forged ones in between, and agrees twice in all', () => {
    const { primitives, agreements } = counting();
    const opener = createMessageOpener({ csid, recipient: recipientOf(csid), senderKey: fromHex(KNOWN[csid].a.key) }, primitives);
    for (const { inner, packet } of KNOWN[csid].messages) {
      const bytes = fromHex(packet);
      expect(refusalOf(() => opener.open(flipped(bytes, bytes.length - 1, 1)))).toBe('unauthenticated E3X-MSG-003');
      expect(opener.open(bytes)).toMatchObject({ inner: fromHex(inner), verified: true });
    }
    expect(agreements()).toBe(2);
  });

  it('opens messages under other ephemeral keys in turn, and returns bytes that it does not keep', () => {
    const { ephemeral, ...others } = sealInput(csid);
    const secret = ephemeral.secret.map((byte) => byte ^ 0x11);
    const packets = [packetOf(csid, 0), sealMessage({ csid, ephemeral: { secret }, ...others }, noblePrimitives).packet];
    const opener = createMessageOpener({ csid, recipient: recipientOf(csid), senderKey: fromHex(KNOWN[csid].a.key) }, noblePrimitives);
    for (const packet of [...packets, ...packets]) {
      const opened = opener.open(packet);
      expect(toHex(opened.ephemeralKey)).toBe(toHex(packet.slice(HEADER_LENGTH, HEADER_LENGTH + opened.ephemeralKey.length)));
      opened.ephemeralKey.fill(0);
      opened.inner.fill(0xff);
    }
  });

  it('refuses invalid parties before anything is sealed or opened', () => {
    const parties = { csid, ...sealInput(csid) };
    const clause = csid === '1a' ? 'E3X-CS1-004' : 'E3X-CS3-004';
    expect(refusalOf(() => createMessageSealer({ ...parties, recipientKey: fromHex('00') }, noblePrimitives))).toBe(`malformed ${clause}`);
    expect(refusalOf(() => createMessageOpener({ csid, recipient: recipientOf(csid), senderKey: fromHex('00') }, noblePrimitives))).toBe(
      `malformed ${clause}`,
    );
    expect(refusalOf(() => createMessageSealer({ ...parties, csid: '1b' }, noblePrimitives))).toBe('unsupported E3X-MSG-005');
    expect(refusalOf(() => createMessageOpener({ csid: '00', recipient: recipientOf(csid) }, noblePrimitives))).toBe(
      'malformed E3X-MSG-006',
    );
  });
});

describe('E3X-MSG cipher sets by CSID', () => {
  it('knows three of them', () => {
    expect([...CIPHER_SETS].map(([csid, set]) => [csid, set.csid, set.entropyLength, set.channelKeyLength])).toEqual([
      ['1a', '1a', 4, 16],
      ['2a', '2a', 12, 32],
      ['3a', '3a', 24, 32],
    ]);
    for (const set of CIPHER_SETS.values()) expect(Object.isFrozen(set)).toBe(true);
  });

  it('E3X-MSG-005 does not support any other CSID', () => {
    for (const csid of ['01', '0f', '10', '19', '1b', '1c', '2b', '3b', '4a', 'ff']) {
      expect(refusalOf(() => cipherSetOf(csid))).toBe('unsupported E3X-MSG-005');
      expect(refusalOf(() => sealMessage({ csid, ...sealInput('3a') }, noblePrimitives))).toBe('unsupported E3X-MSG-005');
      expect(refusalOf(() => openMessage({ csid, recipient: recipientOf('3a'), packet: packetOf('3a') }, noblePrimitives))).toBe(
        'unsupported E3X-MSG-005',
      );
    }
  });

  it('E3X-MSG-006 refuses what is not a CSID', () => {
    for (const csid of ['00', '', '3', '3A', '03a', 'cs3a', '3a\n', ' 3a', '3g', 'constructor']) {
      expect(refusalOf(() => cipherSetOf(csid))).toBe('malformed E3X-MSG-006');
      expect(refusalOf(() => sealMessage({ csid, ...sealInput('3a') }, noblePrimitives))).toBe('malformed E3X-MSG-006');
      expect(refusalOf(() => openMessage({ csid, recipient: recipientOf('3a'), packet: packetOf('3a') }, noblePrimitives))).toBe(
        'malformed E3X-MSG-006',
      );
    }
  });
});
