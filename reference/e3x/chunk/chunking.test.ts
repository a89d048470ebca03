import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../kernel/bytes.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { joinChunks, splitChunks } from './chunking.ts';
import { encodePacket } from '../packet/packet.ts';

const split = (hex: string, size: number): string[] => splitChunks(fromHex(hex), size).map(toHex);
const join = (hex: string): string[] => joinChunks(fromHex(hex)).map(toHex);

describe('E3X-CHK splitting', () => {
  it.each([
    ['00010203040506070809', 5, ['0400010203', '0404050607', '02080900']],
    ['00010203040506070809', 20, ['0a0001020304050607080900']],
    ['0000', 5, ['02000000']],
    ['0000', 4, ['02000000']],
    ['0000', 3, ['020000', '00']],
    ['0000', 2, ['0100', '0100', '00']],
  ])('E3X-CHK-003 to E3X-CHK-005 writes %s in frames of %i', (packet, size, frames) => {
    expect(split(packet, size)).toEqual(frames);
  });

  it('E3X-CHK-001 never writes more than 255 bytes in a fragment', () => {
    const lengths = splitChunks(new Uint8Array(600), 65535).map((frame) => frame.length);
    expect(lengths).toEqual([256, 256, 92]);
  });

  it('E3X-CHK-006 refuses a size below 2, before anything else', () => {
    expect(refusalOf(() => split('', 1))).toBe('limit E3X-CHK-006');
    expect(refusalOf(() => split('0000', 0))).toBe('limit E3X-CHK-006');
  });

  it('E3X-CHK-007 refuses what is not a packet', () => {
    for (const hex of ['', '00', '0001']) expect(refusalOf(() => split(hex, 5))).toBe('truncated E3X-CHK-007');
  });
});

describe('E3X-CHK joining', () => {
  it('E3X-CHK-009 loses only what is not a packet', () => {
    expect(join('04ffff0000000300000100')).toEqual(['000001']);
  });

  it('E3X-CHK-010 ignores zeros between packets', () => {
    expect(join('00000200000000020000000000')).toEqual(['0000', '0000']);
  });

  it('E3X-CHK-012 delivers nothing without a terminator, whatever prefix it gets', () => {
    const stream = '020000010000';
    for (let length = 0; length < stream.length; length += 2) expect(join(stream.slice(0, length))).toEqual([]);
    expect(join(stream)).toEqual(['000000']);
    expect(join(`${stream}05aa`)).toEqual(['000000']);
  });

  it('takes time in proportion to the stream', () => {
    const stream = new Uint8Array(1_000_000).map((_, index) => (index % 2 === 0 ? 1 : 0));
    expect(joinChunks(concat([stream, fromHex('00')]))).toHaveLength(1);
    expect(joinChunks(new Uint8Array(2_000_000))).toEqual([]);
  });

  const packets = fc.array(
    fc.uint8Array({ maxLength: 600 }).map((body) => encodePacket({ body })),
    { maxLength: 4 },
  );

  test.prop([packets, fc.integer({ min: 2, max: 700 })])(
    'E3X-CHK-008 reads back what was split, in frames within the size',
    (list, size) => {
      const frames = list.flatMap((packet) => splitChunks(packet, size));
      expect(frames.every((frame) => frame.length <= size)).toBe(true);
      expect(joinChunks(concat(frames)).map(toHex)).toEqual(list.map(toHex));
    },
  );
});
