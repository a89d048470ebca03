import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../kernel/bytes.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { deriveChannelKeys, openChannelPacket, sealChannelPacket } from './channel-packets.ts';
import type { SealChannelPacketInput } from './channel-packets.ts';
import { cipherSetOf } from './cipher-sets.ts';
import { encodePacket } from '../packet/packet.ts';

/** One channel packet of each side, made by e3x-js 0.2.3. */
const KNOWN = {
  '1a': [
    {
      key: 'a20199e40d423ed9d39361872ed35e55',
      token: '4fdc8bfcb0380d942cae6d34d979bffa',
      inner: '001d7b2263223a312c2274797065223a2274657374222c22736571223a317d',
      packet: '00004fdc8bfcb0380d942cae6d34d979bffa2ba5337d1da9e9d8676557ff4f4581e45d336ccfa4e62746c8d018ad796771ec62b823441f43f4',
    },
    {
      key: 'd4b9c31f026d4a7242fe02e7a50cef43',
      token: 'e47d830341a18fb402912f0023335b17',
      inner: '001d7b2263223a322c2274797065223a2274657374222c22736571223a317d',
      packet: '0000e47d830341a18fb402912f0023335b175c7bdf49bab591b23ca6d2a514840a2c8b152e6c4f2c8700b48fe7e6ef3a51ed2e174a66d2446b',
    },
  ],
  '2a': [
    {
      key: '96b819b10b3806306cccc0729444914e15c827a0aafb1aa551885f909b5af7ed',
      token: '470b6f9722eed94c01dd04baffadfd1f',
      inner: '001d7b2263223a312c2274797065223a2274657374222c22736571223a317d',
      packet:
        '0000470b6f9722eed94c01dd04baffadfd1f577863c663fab4ab4be290381395a5a9d7c0a75ede8309bec3466e48661c2f26' +
        '65e836532f803f28a6f2c534dc9e51b3c4cc2ef942ede99181f2f5',
    },
    {
      key: 'ecd3e91460f8a19cb4ab760ed504f8e8bda0585894466ea56d2f0f89ef7fe198',
      token: 'a308c97e70334dcb1d399b2646765fc0',
      inner: '001d7b2263223a322c2274797065223a2274657374222c22736571223a317d',
      packet:
        '0000a308c97e70334dcb1d399b2646765fc00bae2ecf4249f8d0f8c0e8d837921a84566d754f39645e93503b8a472853847d' +
        '04c02f977158ad26f10f81d4246ab998bf141c844ecb8693d9aa0d',
    },
  ],
  '3a': [
    {
      key: '0f6c4e12c5868a5ad5208ef36b106c4a9944f835249e456361f58b570c21d276',
      token: 'dbdfd5223d409d03993b375a38e19e9f',
      inner: '001d7b2263223a312c2274797065223a2274657374222c22736571223a317d',
      packet:
        '0000dbdfd5223d409d03993b375a38e19e9faf8b4e8de2a0f6d460b2161dc8f947fa332f13a80da01fabe0e53d0330bcd6ad' +
        '1d206a07f59dfb4860a96f22e28222aab32e78f88ca60d310b6b077c07ca875cf45a24ae36b662',
    },
    {
      key: 'a081dae38cfd573e9c6724be8d4c207e2525c4cf39d0e72604695e6083fe5cfa',
      token: '71db6b7abef69c5a1b8a00faaa298982',
      inner: '001d7b2263223a322c2274797065223a2274657374222c22736571223a317d',
      packet:
        '000071db6b7abef69c5a1b8a00faaa29898227eb28dcf824efe904a63d6b9f3f171051bf138c60e575fd9f2502227807bb53' +
        '13b57096c34f99ac2765b524964ef06bf384e7e6ee28aea886ffdf241f9a886617d10ad88cd0da',
    },
  ],
};
/** Both sides of an exchange: their ephemeral secret, the handshake they received, and their keys. */
const EXCHANGES = {
  '1a': [
    {
      secret: 'e054cddd3dd5785db18ed0d769e83a08b1f5bc4f',
      packet:
        '00011a031f0f3424665969b574c3ae3472cb23ec5b501a1c210a99ec9439ee625e2b17fe35bef4d16b52a6795856ab6c4c6c' +
        '0336be16bf573faebe04bc770975670729b97c884595578384b5a389edb9f4a0ee4539c4',
      encryptKey: 'a20199e40d423ed9d39361872ed35e55',
      decryptKey: 'd4b9c31f026d4a7242fe02e7a50cef43',
    },
    {
      secret: '06d1aa6db4a4860004c878f0c4499ac22423f630',
      packet:
        '00011a02de885f8e0db99f7dc48f972ec4c2f3c4a97cdd1b52765183c4fb2dc43336a9b7d8ac73536472cd6787ae9c82d2d6' +
        '4c07f4401cdd84d2b6dd8f0ce111df9eb96d16edff2597327f78310e730daa463ec8246d',
      encryptKey: 'd4b9c31f026d4a7242fe02e7a50cef43',
      decryptKey: 'a20199e40d423ed9d39361872ed35e55',
    },
  ],
  '3a': [
    {
      secret: '7c3dba7109b69451168b8ddf3afd49677174d000554caaa8c1b950281ab4d209',
      packet:
        '00013a9dc2a585a35b9a95b792406115e2a8e0ee775d365eef5eecee11678c29de77277f83a75c1b13cd9b95a106a41a9295' +
        '14ccb8d1105e21f9614ec66fb0e724e7459938653eb90ab1c9d312986220eeaf7116fc9d0a50c49997ce8a089ad2a9a689c5' +
        '98d57bf38dc222301367d7010dcd8e68beefb63d843812aa44c28681f885fe19e1426e9b9bec362e1e4eea649a92247ddcf3' +
        '2f23087484a2',
      encryptKey: '0f6c4e12c5868a5ad5208ef36b106c4a9944f835249e456361f58b570c21d276',
      decryptKey: 'a081dae38cfd573e9c6724be8d4c207e2525c4cf39d0e72604695e6083fe5cfa',
    },
    {
      secret: '512ebbbd1e323f9d4f581e12c5fcb6c9a322bab14a2b466903f39bc5f222c5d0',
      packet:
        '00013a79a79b2b2e52368daf64e29309bfc4217e072b529c06b66ad045c3f751d827151a7de7e54a6707f32c4491e1f9beab' +
        'ade4c2d107e0d623879910fa68d908562861ac27674b64b1df1b7ba4e2f220862d3c171ae52fc833d0c76c3a495f210905a1' +
        '6ddaef36c6e8f1affcfd608ac1414008fadc408bf902779fc3e4e078fca22f00c31e3c246e73f831d28ab8a5089a2038180c' +
        '6541f67f599d',
      encryptKey: 'a081dae38cfd573e9c6724be8d4c207e2525c4cf39d0e72604695e6083fe5cfa',
      decryptKey: '0f6c4e12c5868a5ad5208ef36b106c4a9944f835249e456361f58b570c21d276',
    },
  ],
};
type Csid = keyof typeof KNOWN;
/** LENGTH and TOKEN, which nothing authenticates. */
const HEADER_LENGTH = 18;

function sealInput(csid: Csid, index = 0): SealChannelPacketInput {
  const { key = '', token = '', inner = '', packet = '' } = KNOWN[csid][index] ?? {};
  const entropy = fromHex(packet).slice(HEADER_LENGTH, HEADER_LENGTH + cipherSetOf(csid).entropyLength);
  return { csid, key: fromHex(key), token: fromHex(token), inner: fromHex(inner), entropy };
}
const packetOf = (csid: Csid): Uint8Array => fromHex(KNOWN[csid][0]?.packet ?? '');
const open = (csid: Csid, packet: Uint8Array): ReturnType<typeof openChannelPacket> =>
  openChannelPacket({ csid, key: sealInput(csid).key, packet }, noblePrimitives);

describe.each<[Csid, string, number]>([
  ['1a', 'E3X-CS1-006', 8],
  ['2a', 'E3X-CS2-007', 28],
  ['3a', 'E3X-CS3-006', 40],
])('E3X-CHP channel packets of cipher set %s', (csid, clause, sealedLengthMin) => {
  it(`${clause} seals and opens as real endpoints do, in both directions`, () => {
    for (const [index, { key, token, inner, packet }] of KNOWN[csid].entries()) {
      expect(toHex(sealChannelPacket(sealInput(csid, index), noblePrimitives))).toBe(packet);
      expect(openChannelPacket({ csid, key: fromHex(key), packet: fromHex(packet) }, noblePrimitives)).toEqual({
        token: fromHex(token),
        inner: fromHex(inner),
      });
    }
  });

  it('E3X-CHP-002 does not authenticate the token, which is a hint', () => {
    const packet = packetOf(csid);
    packet.fill(0xee, 2, HEADER_LENGTH);
    expect(open(csid, packet)).toEqual({ token: new Uint8Array(16).fill(0xee), inner: sealInput(csid).inner });
  });

  it('E3X-CHP-004 refuses a packet with any bit after the token changed', () => {
    const packet = packetOf(csid);
    for (let index = HEADER_LENGTH; index < packet.length; index++) {
      for (const mask of [1, 0x80]) {
        const changed = packet.slice();
        changed[index] = (changed[index] ?? 0) ^ mask;
        expect(refusalOf(() => open(csid, changed))).toBe('unauthenticated E3X-CHP-004');
      }
    }
    expect(refusalOf(() => open(csid, concat([packet, Uint8Array.of(0)])))).toBe('unauthenticated E3X-CHP-004');
    expect(refusalOf(() => openChannelPacket({ csid, key: sealInput(csid, 1).key, packet }, noblePrimitives))).toBe(
      'unauthenticated E3X-CHP-004',
    );
  });

  it('rejects every packet that is too short as truncated', () => {
    const packet = packetOf(csid);
    for (let length = 0; length < HEADER_LENGTH + sealedLengthMin; length++) {
      const blamed = length < 2 ? 'E3X-LOB-002' : length < HEADER_LENGTH ? 'E3X-CHP-002' : clause;
      expect(refusalOf(() => open(csid, packet.subarray(0, length)))).toBe(`truncated ${blamed}`);
    }
    expect(refusalOf(() => open(csid, packet.subarray(0, HEADER_LENGTH + sealedLengthMin)))).toBe('unauthenticated E3X-CHP-004');
  });

  it('E3X-CHP-003 refuses a packet with a HEAD', () => {
    for (const head of [csid, '010203040506', '7b2261223a317d']) {
      expect(refusalOf(() => open(csid, encodePacket({ head: fromHex(head), body: packetOf(csid).slice(2) })))).toBe(
        'malformed E3X-CHP-003',
      );
    }
  });

  it('E3X-MSG-002 refuses what is not a packet, before sealing and after opening', () => {
    const { key, token, entropy } = sealInput(csid);
    for (const text of ['', '00', '0005aa']) {
      const inner = fromHex(text);
      expect(refusalOf(() => sealChannelPacket({ ...sealInput(csid), inner }, noblePrimitives))).toBe('truncated E3X-MSG-002');
      const sealed = cipherSetOf(csid).sealChannel({ key, inner, entropy }, noblePrimitives);
      expect(refusalOf(() => open(csid, encodePacket({ body: concat([token, ...sealed]) })))).toBe('truncated E3X-MSG-002');
    }
  });

  it('accepts keys, tokens and entropy of one length only, and blames the caller for others', () => {
    const input = sealInput(csid);
    for (const name of ['key', 'token', 'entropy'] as const) {
      for (const other of [input[name].slice(1), concat([input[name], Uint8Array.of(0)]), new Uint8Array(0)]) {
        expect(refusalOf(() => sealChannelPacket({ ...input, [name]: other }, noblePrimitives))).toMatch(/^usage E3X-CHP-00[12]$/);
        if (name === 'key')
          expect(refusalOf(() => openChannelPacket({ csid, key: other, packet: packetOf(csid) }, noblePrimitives))).toBe(
            'usage E3X-CHP-001',
          );
      }
    }
  });

  it('E3X-MSG-005, E3X-MSG-006 looks at the CSID first', () => {
    for (const [other, refusal] of [
      ['1b', 'unsupported E3X-MSG-005'],
      ['00', 'malformed E3X-MSG-006'],
    ] as const) {
      expect(refusalOf(() => sealChannelPacket({ ...sealInput(csid), csid: other, inner: new Uint8Array(0) }, noblePrimitives))).toBe(
        refusal,
      );
      expect(refusalOf(() => openChannelPacket({ csid: other, key: new Uint8Array(0), packet: new Uint8Array(0) }, noblePrimitives))).toBe(
        refusal,
      );
      expect(
        refusalOf(() =>
          deriveChannelKeys({ csid: other, ephemeral: { secret: new Uint8Array(0) }, packet: new Uint8Array(0) }, noblePrimitives),
        ),
      ).toBe(refusal);
    }
  });
});

describe.each<[keyof typeof EXCHANGES, string, string, number]>([
  ['1a', 'E3X-CS1-005', 'E3X-CS1-001', 25],
  ['3a', 'E3X-CS3-005', 'E3X-CS3-001', 56],
])('E3X-CHP channel keys of cipher set %s', (csid, clause, bodyClause, frontLength) => {
  it(`${clause}, E3X-CHP-001 derives the keys of both sides`, () => {
    const sides = EXCHANGES[csid].map(({ secret, packet }) =>
      deriveChannelKeys({ csid, ephemeral: { secret: fromHex(secret) }, packet: fromHex(packet) }, noblePrimitives),
    );
    expect(sides.map(({ encryptKey, decryptKey }) => [toHex(encryptKey), toHex(decryptKey)])).toEqual(
      EXCHANGES[csid].map((side) => [side.encryptKey, side.decryptKey]),
    );
    expect(sides[0]?.encryptKey).toEqual(sides[1]?.decryptKey);
    expect(sides[0]?.decryptKey).toEqual(sides[1]?.encryptKey);
  });

  it('needs the fields before a handshake, and a handshake', () => {
    const { secret = '', packet = '' } = EXCHANGES[csid][0] ?? {};
    const ephemeral = { secret: fromHex(secret) };
    const handshake = fromHex(packet);
    for (let length = 3; length < 3 + frontLength; length++) {
      expect(refusalOf(() => deriveChannelKeys({ csid, ephemeral, packet: handshake.subarray(0, length) }, noblePrimitives))).toBe(
        `truncated ${bodyClause}`,
      );
    }
    expect(refusalOf(() => deriveChannelKeys({ csid, ephemeral, packet: handshake.subarray(0, 3 + frontLength) }, noblePrimitives))).toBe(
      'accepted',
    );
    for (const head of ['', '2a', '1a3a']) {
      expect(
        refusalOf(() =>
          deriveChannelKeys(
            { csid, ephemeral, packet: encodePacket({ head: fromHex(head), body: handshake.subarray(3) }) },
            noblePrimitives,
          ),
        ),
      ).toBe('malformed E3X-MSG-001');
    }
    const key = new Uint8Array(frontLength);
    const keyClause = csid === '1a' ? 'E3X-CS1-004' : 'E3X-CS3-004';
    expect(
      refusalOf(() => deriveChannelKeys({ csid, ephemeral, packet: encodePacket({ head: fromHex(csid), body: key }) }, noblePrimitives)),
    ).toBe(`malformed ${keyClause}`);
    expect(
      refusalOf(() => deriveChannelKeys({ csid, ephemeral: { secret: ephemeral.secret.slice(1) }, packet: handshake }, noblePrimitives)),
    ).toMatch(csid === '1a' ? /^malformed E3X-CS1-010/ : /^usage/);
  });
});
