/** The cases of chunks: what splitting and joining make of whole packets, and the sessions of an endpoint. */
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { sessionTraces } from '../../generate/sessions.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { concatBytes, toHex } from '../../oracle/values.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { textHex } from '../packet/build.ts';
import { defaultBoundCases, defaultBounds } from './bounds.ts';
import { recutStreams } from './recut.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'chunking', fill: ({ oracle, batch }) => chunkingCases(oracle, batch) },
    {
      subject: 'chunk-endpoint',
      fill: ({ oracle, batch }) => {
        sessionTraces(oracle, batch, 'e3x.chunks');
        defaultBounds(oracle, batch);
        recutStreams(oracle, batch);
      },
    },
  ],
  constantSessions: (oracle) => defaultBoundCases(oracle).map(({ id, steps }) => ({ vector: `e3x.chunks/default-${id}`, steps })),
  mutated: ['e3x.chunks.'],
};

function chunkingCases(oracle: Oracle, batch: Batch): void {
  const op = 'e3x.chunks.split';
  const packetOf = (length: number): string => toHex(concatBytes(Uint8Array.of(0, 0), seededBytes(`packet-${String(length)}`, length - 2)));
  const split = (name: string, title: string, packet: string, size: number, about: string): void =>
    batch.add({ name, title, kind: 'boundary', operation: op, params: { packet, size }, about, accepts: true });
  split('source-example', 'the example of the source: size 5 of 10 bytes', '00010203040506070809', 5, 'E3X-CHK-004');
  // Whether the terminator fits the last frame: the last fragment one short of full, full, one byte.
  for (const size of [3, 5, 20, 64]) {
    const fragment = size - 1;
    for (const [count, last] of [
      [1, fragment],
      [1, fragment - 1],
      [2, fragment],
      [2, 1],
      [3, fragment],
    ] as const) {
      const length = (count - 1) * fragment + last;
      if (length < 2 || last < 1) continue;
      const fits = last + 1 < size;
      split(
        `size-${String(size)}-${fits ? 'merged' : 'own-frame'}-${String(length)}`,
        `${String(length)} bytes at size ${String(size)}: the terminator ${fits ? 'rides in the last frame' : 'needs a frame of its own'}`,
        packetOf(length),
        size,
        fits ? 'E3X-CHK-004' : 'E3X-CHK-005',
      );
    }
  }
  split('size-2', 'frames of 2 bytes carry one byte each', packetOf(4), 2, 'E3X-CHK-005');
  // Fragments as long as the size allows.
  for (const size of [100, 120, 200, 255, 256])
    split(
      `size-${String(size)}-full-fragments`,
      `fragments of ${String(size - 1)} bytes at size ${String(size)}`,
      packetOf(600),
      size,
      'E3X-CHK-003',
    );
  // Fragments never longer than 255.
  for (const size of [257, 258, 300, 511, 1400, 65_535])
    split(
      `size-${String(size)}-fragments-of-255`,
      `fragments stay at 255 bytes at size ${String(size)}`,
      packetOf(600),
      size,
      'E3X-CHK-001',
    );
  for (const length of [255, 256, 510, 511])
    split(`size-257-length-${String(length)}`, `${String(length)} bytes at size 257`, packetOf(length), 257, 'E3X-CHK-001');
  split('terminator-alone-is-one-byte', 'one frame: length, fragment, one zero', packetOf(2), 65_535, 'E3X-CHK-002');
  split('zeros-inside', 'zero bytes inside a fragment are data', '0000000000000000', 300, 'E3X-CHK-002');
  for (const size of [0, 1])
    batch.add({
      name: `size-${String(size)}`,
      title: `a frame of ${String(size)} bytes cannot carry anything`,
      kind: 'limit',
      operation: op,
      params: { packet: '0000', size },
      rejects: 'limit',
    });
  for (const [name, packet] of [
    ['empty', ''],
    ['one-byte', '00'],
    ['length-beyond', '0005aabb'],
  ] as const)
    batch.add({
      name: `not-a-packet-${name}`,
      title: `not a packet: ${name}`,
      kind: 'truncation',
      operation: op,
      params: { packet, size: 20 },
      about: 'E3X-CHK-007',
      rejects: 'truncated',
    });
  for (const transport of Object.keys(oracle.spec.transports))
    for (const length of [10, 300])
      batch.add({
        name: `transport-${transport}-${String(length)}`,
        title: `${String(length)} bytes over ${transport} at its own size`,
        kind: 'example',
        operation: op,
        params: { packet: packetOf(length), transport },
        about: 'E3X-CHK-021',
        accepts: true,
      });

  for (const [transport, { size }] of Object.entries(oracle.spec.transports))
    batch.add({
      name: `transport-${transport}-full-frame`,
      title: `a packet that fills one frame of ${transport}`,
      kind: 'boundary',
      operation: op,
      params: { packet: packetOf(Math.min(size - 1, 255)), transport },
      about: 'E3X-CHK-021',
      accepts: true,
    });

  const join = (name: string, title: string, stream: string, about: string): void =>
    batch.add({ name, title, kind: 'example', operation: 'e3x.chunks.join', params: { stream }, about, accepts: true });
  join('one-chunk', 'one chunk and the terminator', '02000000', 'E3X-CHK-008');
  join('many-chunks', 'one packet in chunks of many lengths', '0400010203' + '0104' + '03050607' + '020809' + '00', 'E3X-CHK-008');
  join('bytes-one-by-one', 'chunks of one byte', '0100010101020103010400', 'E3X-CHK-008');
  join('fragment-255', 'a fragment of 255 bytes', `ff${packetOf(255)}00`, 'E3X-CHK-008');
  join('fragment-128', 'a fragment of 128 bytes', `80${packetOf(128)}00`, 'E3X-CHK-008');
  join('nothing', 'an empty stream', '', 'E3X-CHK-010');
  join('two-packets', 'two packets in a row', '02000000' + '0300000100', 'E3X-CHK-002');
  join('three-packets', 'three packets in a row, the second in two chunks', '02000000' + '0200000201ff00' + '0400013a0100', 'E3X-CHK-002');
  join('lone-zeros', 'zeros alone', '00000000', 'E3X-CHK-010');
  join('zeros-before', 'zeros before a packet', '000002000000', 'E3X-CHK-010');
  join('zeros-behind', 'zeros after a packet', '020000000000', 'E3X-CHK-010');
  join('invalid-alone', 'a buffer that is not a packet', '04ffff000000', 'E3X-CHK-009');
  join('invalid-then-valid', 'the packet after an invalid one is delivered', '04ffff0000000300000100', 'E3X-CHK-009');
  join('one-byte-then-valid', 'a buffer of one byte is not a packet', '010000' + '02000000', 'E3X-CHK-009');
  join('head-that-is-no-json', 'a packet whose head is not JSON is still a packet', '09' + '000761626364656667' + '00', 'E3X-CHK-009');
  join('incomplete-chunk', 'a chunk whose end has not arrived', '0200', 'E3X-CHK-012');
  join('incomplete-packet', 'a packet whose terminator has not arrived', '020000', 'E3X-CHK-012');
  join('packet-then-incomplete', 'a packet, then the start of another', '02000000' + '0500', 'E3X-CHK-012');
  join('length-byte-alone', 'a length byte alone', 'ff', 'E3X-CHK-012');
  join(
    'http-lookalike-then-valid',
    'a buffer that reads GET / is not a packet, the next one is',
    `${textHex('GET / HTTP/1.1'.padEnd(1 + 0x47))}00` + '02000000',
    'E3X-CHK-009',
  );
  join('http-lookalike', 'bytes that read GET are chunks like any others', '47' + '4554202f'.padEnd(142, '0') + '00', 'E3X-CHK-012');
}
