import { describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { fromHex, toHex } from '../../kernel/bytes.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { joinChannelId, splitChannelId } from './channel-id.ts';
import { INTERPEER_SUITES, PROTOCOL_IDS } from './constants.ts';
import { crc32, crc32c } from './crc.ts';
import { decodeInterpeerPacket, encodeInterpeerPacket, encodeSealedPacket } from './packet.ts';
import { decodeVarint, encodeVarint } from './varint.ts';

const INITIATOR = fromHex('000102030405060708090a0b0c0d0e0f');
const RESPONDER = fromHex('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

describe('checksums', () => {
  it('give the check values of their catalogue', () => {
    expect(toHex(crc32c(ascii('123456789')))).toBe('e3069283');
    expect(toHex(crc32(ascii('123456789')))).toBe('cbf43926');
  });
});

describe('variable integers', () => {
  it.each([
    ['0', '00'],
    ['127', '7f'],
    ['128', '8000'],
    ['16383', 'fe7f'],
    ['16384', 'ff00'],
    ['16511', 'ff7f'],
    ['16512', '808000'],
    ['18446744073709551615', '80fefefefefefefefe7f'],
  ])('IPR-VAR-002 %s is %s', (value, hex) => {
    expect(toHex(encodeVarint(BigInt(value)))).toBe(hex);
    expect(decodeVarint(fromHex(`${hex}ff`))).toEqual({ value: BigInt(value), length: hex.length / 2 });
  });
  it('IPR-VAR-003 the input ends within', () => {
    expect(refusalOf(() => decodeVarint(fromHex('80')))).toBe('truncated IPR-VAR-003');
  });
  it('IPR-VAR-004 more than 64 bits', () => {
    expect(refusalOf(() => decodeVarint(fromHex('80fefefefefefefeff00')))).toBe('limit IPR-VAR-004');
    expect(refusalOf(() => decodeVarint(fromHex('ff'.repeat(20))))).toBe('limit IPR-VAR-004');
    expect(refusalOf(() => encodeVarint(1n << 64n))).toBe('usage IPR-VAR-004');
  });
});

describe('packets', () => {
  const known = fromHex('deadd00d000000000000000000000000000a11c300000000000000000000000000000b0bf0f0f0f0a00a003401fa000032bff502');
  it('IPR-PKT-003 protocol ids are the start of a digest of the version', () => {
    for (const [suite, version] of [
      ['interpeer-0.1', 'Testing v0.1'],
      ['interpeer-1', 'interpeer-1'],
    ] as const)
      expect(toHex(PROTOCOL_IDS[suite])).toBe(createHash('sha512').update(version).digest('hex').slice(0, 8));
  });
  it('IPR-PKT-001 the known answer of the C++ library reads', () => {
    const packet = decodeInterpeerPacket(known, { suite: 'interpeer-0.1', protocolId: fromHex('deadd00d') });
    expect(packet).toMatchObject({ encrypted: false, spin: true, packetLength: 52, sequenceNumber: 506 });
    expect(refusalOf(() => decodeInterpeerPacket(known, { suite: 'interpeer-0.1' }))).toBe('unsupported IPR-PKT-003');
  });
  it.each(INTERPEER_SUITES)('%s: what is written can be read back', (suite) => {
    const content = {
      suite,
      sender: INITIATOR,
      recipient: RESPONDER,
      channelId: fromHex('beefd00d'),
      spin: true,
      sequenceNumber: 65535,
      payload: fromHex('1401aa'),
    };
    const datagram = encodeInterpeerPacket({ ...content, paddingLength: 7 });
    const packet = decodeInterpeerPacket(datagram, { suite });
    expect(packet).toMatchObject({
      sender: INITIATOR,
      recipient: RESPONDER,
      spin: true,
      sequenceNumber: 65535,
      payload: fromHex('1401aa'),
    });
    expect(packet.encrypted ? '' : toHex(packet.padding)).toBe(suite === 'interpeer-1' ? '00'.repeat(7) : '07'.repeat(7));
  });
  it('IPR-PKT-015 a sealed part is made over the public header', () => {
    const content = { suite: 'interpeer-1', sender: INITIATOR, recipient: RESPONDER, channelId: fromHex('beefd00d') } as const;
    let additional = '';
    const datagram = encodeSealedPacket({
      ...content,
      sealedLength: 30,
      seal: (header) => {
        additional = toHex(header);
        return new Uint8Array(30).fill(9);
      },
    });
    const packet = decodeInterpeerPacket(datagram, { suite: 'interpeer-1' });
    expect(toHex(packet.header)).toBe(additional);
    expect(packet.encrypted && toHex(packet.sealed)).toBe('09'.repeat(30));
  });
});

describe('channel ids', () => {
  it('IPR-PKT-018 IPR-PKT-019 halves are as the suite has them', () => {
    const halves = { initiatorHalf: fromHex('1234'), responderHalf: fromHex('d00d') };
    expect(toHex(joinChannelId({ suite: 'interpeer-1', ...halves }))).toBe('1234d00d');
    expect(toHex(joinChannelId({ suite: 'interpeer-0.1', halfOrder: 'responder-first', ...halves }))).toBe('d00d1234');
    expect(refusalOf(() => joinChannelId({ suite: 'interpeer-1', halfOrder: 'responder-first', ...halves }))).toBe(
      'unsupported IPR-PKT-019',
    );
  });
  it('IPR-PKT-020 a half that is not chosen is absent', () => {
    expect(splitChannelId({ suite: 'interpeer-1', channelId: fromHex('1234f0f0') })).toEqual({ initiatorHalf: fromHex('1234') });
  });
});
