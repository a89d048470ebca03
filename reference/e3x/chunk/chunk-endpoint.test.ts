import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../kernel/bytes.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { ChunkEndpoint } from './chunk-endpoint.ts';
import type { ChunkEndpointOptions } from './chunk-endpoint.ts';
import { splitChunks } from './chunking.ts';
import { encodePacket } from '../packet/packet.ts';
import { TRANSPORTS } from './transports.ts';

/** An endpoint with what each call put out as text: `write` and the frames, then the events. */
class Bench {
  readonly endpoint: ChunkEndpoint;

  constructor(options: ChunkEndpointOptions) {
    this.endpoint = new ChunkEndpoint(options);
  }

  receive(hex: string, nowMs = 0, link = 0): string[] {
    this.endpoint.handleBytes(link, fromHex(hex), nowMs);
    return this.#drain();
  }

  send(hex: string, nowMs = 0, link = 0): string[] {
    this.endpoint.send(link, fromHex(hex), nowMs);
    return this.#drain();
  }

  tick(nowMs: number): string[] {
    this.endpoint.handleTimeout(nowMs);
    return this.#drain();
  }

  get dueAtMs(): number | undefined {
    return this.endpoint.pollTimeoutAtMs();
  }

  #drain(): string[] {
    const lines: string[] = [];
    for (let out = this.endpoint.pollTransmit(); out !== undefined; out = this.endpoint.pollTransmit())
      lines.push(`${String(out.link)} write ${toHex(out.bytes)}`);
    for (let event = this.endpoint.pollEvent(); event !== undefined; event = this.endpoint.pollEvent()) {
      const detail = event.type === 'packet' ? ` ${toHex(event.packet)}` : event.type === 'discarded' ? ` ${event.class}` : '';
      lines.push(`${String(event.link)} ${event.type}${detail}`);
    }
    return lines;
  }
}

const silent = { size: 256, blocking: false, acks: 'none' } as const;

describe('E3X-CHK receiving', () => {
  const limits = { packetBytes: 4, chunkCount: 3, ageMs: 1000 };

  it('E3X-CHK-008 delivers at the terminator', () => {
    const bench = new Bench(silent);
    expect(bench.receive('020000')).toEqual([]);
    expect(bench.dueAtMs).toBe(60000);
    expect(bench.receive('01ff00')).toEqual(['0 packet 0000ff']);
    expect(bench.dueAtMs).toBeUndefined();
  });

  it('E3X-CHK-009, E3X-CHK-010 recovers after what is not a packet', () => {
    const bench = new Bench(silent);
    expect(bench.receive('0002ffff00000200000000')).toEqual(['0 discarded truncated', '0 packet 0000']);
  });

  it.each([
    ['E3X-CHK-022 packetBytes at once', '050000000000'],
    ['E3X-CHK-022 packetBytes in all', '0400000000' + '0100'],
    ['E3X-CHK-023 chunkCount', '01000100010001ff'],
  ])('%s: discards and skips up to the terminator', (_title, stream) => {
    const bench = new Bench({ ...silent, limits });
    expect(bench.receive(stream)).toEqual(['0 discarded limit']);
    expect(bench.dueAtMs).toBeUndefined();
    expect(bench.receive('020000')).toEqual([]);
    expect(bench.receive('00')).toEqual([]);
    expect(bench.receive('02000000')).toEqual(['0 packet 0000']);
  });

  it('E3X-CHK-024 expires only when time is told, counted from the first chunk', () => {
    const bench = new Bench({ ...silent, limits });
    bench.receive('0100', 500);
    bench.receive('0100', 1400);
    expect(bench.dueAtMs).toBe(1500);
    expect(bench.tick(1499)).toEqual([]);
    expect(bench.tick(1500)).toEqual(['0 discarded expired']);
    expect(bench.tick(9999)).toEqual([]);
    expect(bench.receive('010000020000' + '00', 9999)).toEqual(['0 packet 0000']);
    bench.receive('0100', 10000);
    expect(bench.receive('010000', 99999)).toEqual(['0 packet 0000']);
  });

  it('E3X-CHK-024 expires in ascending order of links', () => {
    const bench = new Bench({ ...silent, limits });
    for (const link of [10, 2, 1]) bench.receive('0100', 0, link);
    expect(bench.tick(1000)).toEqual(['1 discarded expired', '2 discarded expired', '10 discarded expired']);
  });

  it('E3X-CHK-025 bounds assemblies over all links, without effect on others', () => {
    const bench = new Bench({ ...silent, limits: { assemblyCount: 1 } });
    expect(bench.receive('020000', 0, 7)).toEqual([]);
    expect(bench.receive('020000', 0, 3)).toEqual(['3 discarded limit']);
    expect(bench.receive('020000', 0, 3)).toEqual([]);
    expect(bench.receive('00', 0, 7)).toEqual(['7 packet 0000']);
    expect(bench.receive('020000', 0, 3)).toEqual([]);
    expect(bench.receive('0002000000', 0, 3)).toEqual(['3 packet 0000']);
    for (const lost of ['01ff00', '020000']) bench.receive(lost, 0, 1);
    bench.tick(60000);
    expect(bench.receive('02000000', 60000, 2)).toEqual(['2 packet 0000']);
  });

  const packet = fc.uint8Array({ maxLength: 300 }).map((body) => encodePacket({ body }));

  test.prop([fc.array(packet, { minLength: 1, maxLength: 4 }), fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), fc.boolean()])(
    'E3X-CHK-011 does not care how the stream is cut: whole, byte by byte or anyhow, with more behind it',
    (packets, cuts, byteByByte) => {
      const stream = concat([...packets.flatMap((one) => splitChunks(one, 20)), fromHex('05aa')]);
      const expected = packets.map((one) => `0 packet ${toHex(one)}`);
      expect(new Bench(silent).receive(toHex(stream))).toEqual(expected);
      const bench = new Bench(silent);
      const seen: string[] = [];
      for (let offset = 0, turn = 0; offset < stream.length; turn++) {
        const length = byteByByte ? 1 : (cuts[turn % cuts.length] ?? 1);
        seen.push(...bench.receive(toHex(stream.subarray(offset, offset + length))));
        offset += length;
      }
      expect(seen).toEqual(expected);
    },
  );
});

describe('E3X-CHK acknowledging', () => {
  const read = '01000100000000';

  it.each([
    ['chunk', ['0 write 00', '0 write 00', '0 packet 0000']],
    ['read', ['0 write 00', '0 packet 0000']],
    ['none', ['0 packet 0000']],
  ] as const)('E3X-CHK-013 to E3X-CHK-015 in mode %s', (acks, lines) => {
    const bench = new Bench({ size: 5, blocking: false, acks });
    expect(bench.receive(read)).toEqual(lines);
    expect(bench.receive('000000')).toEqual([]);
    expect(bench.receive('0200')).toEqual([]);
  });

  it('E3X-CHK-013 acknowledges what it discards and what it skips', () => {
    const bench = new Bench({ size: 256, blocking: false, acks: 'chunk', limits: { packetBytes: 1 } });
    expect(bench.receive('0200000100')).toEqual(['0 write 00', '0 write 00', '0 discarded limit']);
  });
});

describe('E3X-CHK sending', () => {
  const small = { size: 4, blocking: true, acks: 'chunk', limits: { blockMs: 1000, queueBytes: 12 } } as const;

  it('E3X-CHK-017, E3X-CHK-018 writes one frame for each answer', () => {
    const bench = new Bench(small);
    expect(bench.send('0000000000')).toEqual(['0 write 03000000']);
    expect(bench.send('0000')).toEqual([]);
    expect(bench.receive('03')).toEqual([]); // no full chunk
    expect(bench.receive('00000000')).toEqual(['0 write 02000000', '0 packet 000000']);
    expect(bench.receive('00')).toEqual(['0 write 02000000']);
    expect(bench.receive('00')).toEqual([]);
    expect(bench.receive('00')).toEqual([]);
    expect(bench.dueAtMs).toBeUndefined();
  });

  it('E3X-CHK-016 answers with a frame in place of an acknowledgement', () => {
    const bench = new Bench(small);
    bench.send('000000');
    expect(bench.receive('0200000002000000')).toEqual(['0 write 00', '0 packet 0000', '0 packet 0000']);
    expect(bench.receive('0200000002000000')).toEqual(['0 write 00', '0 write 00', '0 packet 0000', '0 packet 0000']);
  });

  it('E3X-CHK-019 writes every frame at once if it does not block', () => {
    const bench = new Bench({ size: 4, blocking: false, acks: 'chunk', limits: { queueBytes: 1 } });
    expect(bench.send('0000000000')).toEqual(['0 write 03000000', '0 write 02000000']);
  });

  it('E3X-CHK-020 stalls, says so once, and refuses from then on', () => {
    const bench = new Bench(small);
    bench.send('0000000000', 100);
    expect(bench.dueAtMs).toBe(1100);
    expect(bench.tick(1099)).toEqual([]);
    expect(bench.tick(1100)).toEqual(['0 stalled']);
    expect(bench.dueAtMs).toBeUndefined();
    expect(bench.tick(5000)).toEqual([]);
    expect(refusalOf(() => bench.send('0000'))).toBe('wrong-state E3X-CHK-020');
    expect(refusalOf(() => bench.send('ffff'))).toBe('wrong-state E3X-CHK-020');
    expect(bench.receive('00')).toEqual([]);
    expect(bench.receive('02000000')).toEqual(['0 packet 0000']); // E3X-CHK-016: the last frame was mid-packet
    expect(bench.send('0000', 5000, 1)).toEqual(['1 write 02000000']);
  });

  it('E3X-CHK-013 a stalled sender still acknowledges between packets', () => {
    const bench = new Bench(small);
    bench.send('0000');
    bench.tick(1000);
    expect(bench.receive('02000000', 1000)).toEqual(['0 write 00', '0 packet 0000']);
  });

  it('E3X-CHK-027 refuses more than queueBytes, and what is not a packet, its state unchanged', () => {
    const bench = new Bench(small);
    expect(refusalOf(() => bench.send('0000000000000000000000'))).toBe('limit E3X-CHK-027');
    expect(bench.send('000000')).toEqual(['0 write 03000000']);
    bench.send('0000');
    bench.send('0000');
    expect(refusalOf(() => bench.send('0000'))).toBe('limit E3X-CHK-027');
    expect(refusalOf(() => bench.send('ffff'))).toBe('truncated E3X-CHK-007');
    expect(['00', '00', '00', '00'].map((ack) => bench.receive(ack))).toEqual([
      ['0 write 00'],
      ['0 write 02000000'],
      ['0 write 02000000'],
      [],
    ]);
  });

  it('two ends that block and acknowledge bring every packet across', () => {
    const packets = [encodePacket({ body: new Uint8Array(500) }), encodePacket({ json: { type: 'link' } }), fromHex('0000')];
    const [left, right] = [new ChunkEndpoint({ transport: 'serial' }), new ChunkEndpoint({ transport: 'serial' })];
    const arrived: string[] = [];
    const move = (from: ChunkEndpoint, to: ChunkEndpoint): boolean => {
      const parts: Uint8Array[] = [];
      for (let out = from.pollTransmit(); out !== undefined; out = from.pollTransmit()) parts.push(out.bytes);
      if (parts.length === 0) return false;
      to.handleBytes(0, concat(parts), 0);
      for (let event = to.pollEvent(); event !== undefined; event = to.pollEvent())
        if (event.type === 'packet') arrived.push(toHex(event.packet));
      return true;
    };
    for (const packet of packets) {
      left.send(0, packet, 0);
      while (move(left, right) && move(right, left));
    }
    expect(arrived).toEqual(packets.map(toHex));
  });
});

describe('E3X-CHK an endpoint', () => {
  it.each(Object.keys(TRANSPORTS) as (keyof typeof TRANSPORTS)[])('E3X-CHK-021 behaves on %s as the table says', (transport) => {
    const { size, blocking, acks } = TRANSPORTS[transport];
    const frames = splitChunks(new Uint8Array(600), size).map((frame) => `0 write ${toHex(frame)}`);
    const packet = toHex(new Uint8Array(600));
    expect(new Bench({ transport }).send(packet)).toEqual(blocking ? frames.slice(0, 1) : frames);
    const ackCount = { none: 0, read: 1, chunk: 2 }[acks];
    expect(new Bench({ transport }).receive('0100010000')).toEqual([
      ...Array.from({ length: ackCount }, () => '0 write 00'),
      '0 packet 0000',
    ]);
  });

  it('blocks and acknowledges each chunk by default', () => {
    const bench = new Bench({});
    expect(bench.send(toHex(new Uint8Array(300)))).toHaveLength(1);
    expect(new Bench({}).receive('01000100')).toEqual(['0 write 00', '0 write 00']);
    expect(new Bench({ blocking: false }).receive('01000100')).toEqual([]);
  });

  it('refuses to be set up or called wrongly', () => {
    expect(refusalOf(() => new ChunkEndpoint({ size: 1 }))).toBe('limit E3X-CHK-006');
    expect(refusalOf(() => new ChunkEndpoint({ size: 5, transport: 'tcp' }))).toBe('usage E3X-CHK-021');
    const endpoint = new ChunkEndpoint(silent);
    expect(
      refusalOf(() => {
        endpoint.handleBytes(65536, fromHex('00'), 0);
      }),
    ).toBe('usage E3X-CHK-025');
    expect(
      refusalOf(() => {
        endpoint.handleBytes(0, fromHex('00'), -1);
      }),
    ).toBe('usage ADR-0026');
    endpoint.send(0, fromHex('0000'), 0);
    expect(
      refusalOf(() => {
        endpoint.handleTimeout(0);
      }),
    ).toBe('usage ADR-0026');
  });
});
