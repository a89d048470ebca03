/** Streams of chunks, cut into reads. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex, isMap, toHex } from '../../oracle/values.ts';
import type { VectorStep } from '../../vectors.ts';

/** E3X-CHK-011: the same stream in one read, byte by byte, and cut once at every place. */
export function recutStreams(oracle: Oracle, batch: Batch): void {
  const ageMs = 60_000;
  const now = 1000;
  const streams: [string, string][] = [
    ['two-packets', '02000000' + '0300000100'],
    ['fragments', '0100' + '0100' + '01ff' + '00'],
    ['zeros-and-invalid', '00' + '04ffff0000' + '00' + '02000000'],
  ];
  for (const [name, stream] of streams) {
    const bytes = fromHex(stream);
    const cuts: number[][] = [
      bytes.length <= 16 ? Array.from({ length: bytes.length - 1 }, (_, i) => i + 1) : [1],
      ...Array.from({ length: bytes.length - 1 }, (_, i) => [i + 1]),
    ];
    cuts.forEach((at, i) => {
      const edges = [0, ...at, bytes.length];
      const steps: VectorStep[] = [
        {
          operation: 'e3x.chunks.open',
          params: { size: 64, blocking: false, acks: 'none', now },
          expect: { ok: { transmit: [], events: [], timeoutAt: null } },
          requirement: 'E3X-CHK-011',
          bind: { session: 'session' },
        },
      ];
      for (let piece = 0; piece + 1 < edges.length; piece++) {
        const from = edges[piece] ?? 0;
        const to = edges[piece + 1] ?? 0;
        const before = seen(from);
        const after = seen(to);
        steps.push({
          operation: 'e3x.chunks.receive',
          params: { session: '$session', bytes: toHex(bytes.slice(from, to)), now },
          expect: { ok: { transmit: [], events: after.events.slice(before.events.length), timeoutAt: after.open ? now + ageMs : null } },
          requirement: 'E3X-CHK-011',
        });
      }
      batch.addSteps(
        `e3x.chunks/recut/${name}/${i === 0 ? 'byte-by-byte' : `at-${String(at[0])}`}`,
        `the stream ${name} ${i === 0 ? 'byte by byte' : `cut at ${String(at[0])}`}`,
        'trace',
        'E3X-CHK-011',
        steps,
      );
    });
    /** What a stream read up to `end` has said, from the layout of the stream alone. */
    function seen(end: number): { events: JsonObject[]; open: boolean } {
      const decoding = oracle.wire.decode('e3x.chunk-stream', bytes.slice(0, end));
      if (decoding.kind !== 'ok') throw new Error('a chunk stream always decodes');
      const events: JsonObject[] = [];
      let buffer = '';
      for (const chunk of decoding.fields.get('chunks') as readonly unknown[]) {
        const fragment = isMap(chunk as never)
          ? toHex((chunk as ReadonlyMap<string, Uint8Array>).get('fragment') ?? new Uint8Array(0))
          : '';
        if (fragment !== '') buffer += fragment;
        else if (buffer !== '') {
          const valid = oracle.answer('e3x.packet.decode', { packet: buffer }).kind === 'ok';
          events.push(valid ? { link: 0, type: 'packet', packet: buffer } : { link: 0, type: 'discarded', class: 'truncated' });
          buffer = '';
        }
      }
      return { events, open: buffer !== '' };
    }
  }
}
