/** The bounds of a chunk endpoint where the caller names none: its answers follow from the constants. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { resultOf } from '../../generate/result.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import type { VectorStep } from '../../vectors.ts';

/** A session that shows one bound of a chunk endpoint at its default. */
interface BoundCase {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly steps: readonly VectorStep[];
}
const START_MS = 1000;

/** Sessions opened without limits, so that the constants bound them. The inputs are fixed; the answers follow from the constants. */
export function defaultBoundCases(oracle: Oracle): BoundCase[] {
  const { spec } = oracle;
  const bound = (name: string): { value: number; req: string } => {
    const constant = spec.constants[name];
    if (constant === undefined || !('value' in constant)) throw new Error(`${name} is missing`);
    return constant;
  };
  const [packetBytes, chunkCount, ageMs, assemblyCount, blockMs, queueBytes] = [
    'PACKET_BYTES',
    'CHUNK_COUNT',
    'AGE_MS',
    'ASSEMBLY_COUNT',
    'BLOCK_MS',
    'QUEUE_BYTES',
  ].map(bound) as [
    ReturnType<typeof bound>,
    ReturnType<typeof bound>,
    ReturnType<typeof bound>,
    ReturnType<typeof bound>,
    ReturnType<typeof bound>,
    ReturnType<typeof bound>,
  ];
  const open = (requirement: string, size: number, blocking: boolean): VectorStep => ({
    operation: 'e3x.chunks.open',
    params: { size, blocking, acks: 'none', now: START_MS },
    expect: { ok: { transmit: [], events: [], timeoutAt: null } },
    requirement,
    bind: { session: 'session' },
  });
  const step = (
    operation: string,
    params: JsonObject,
    requirement: string,
    answer: { transmit?: readonly string[]; events?: readonly JsonObject[]; timeoutAt: number | null },
  ): VectorStep => ({
    operation: `e3x.chunks.${operation}`,
    params: { session: '$session', ...params },
    expect: { ok: { transmit: answer.transmit ?? [], events: answer.events ?? [], timeoutAt: answer.timeoutAt } },
    requirement,
  });
  const limit = (link: number): JsonObject => ({ link, type: 'discarded', class: 'limit' });

  /** Reads of fragments, each a list of lengths, on one link. */
  const assembly = (requirement: string, reads: readonly (readonly number[])[]): VectorStep[] => {
    let [bytes, chunks, skipping] = [0, 0, false];
    return reads.map((lengths) => {
      const skippedBefore = skipping;
      for (const length of lengths) {
        bytes += length;
        chunks += 1;
        skipping ||= bytes > packetBytes.value || chunks > chunkCount.value;
      }
      const stream = lengths.map((length) => toHex(Uint8Array.of(length)) + '00'.repeat(length)).join('');
      return step('receive', { bytes: stream, now: START_MS }, requirement, {
        events: skipping && !skippedBefore ? [limit(0)] : [],
        timeoutAt: skipping ? null : START_MS + ageMs.value,
      });
    });
  };
  const full = Array.from({ length: 514 }, () => 255); // 131,070 bytes
  const links = Array.from({ length: 65 }, (_, link) =>
    step('receive', { link, bytes: '0100', now: START_MS }, assemblyCount.req, {
      events: link < assemblyCount.value ? [] : [limit(link)],
      timeoutAt: START_MS + ageMs.value,
    }),
  );
  const tick = (now: number, stalls: boolean): VectorStep =>
    step('tick', { now }, blockMs.req, {
      events: stalls ? [{ link: 0, type: 'stalled' }] : [],
      timeoutAt: now - START_MS < blockMs.value ? START_MS + blockMs.value : null,
    });
  /** At size 2 a packet of n bytes is n frames of 2 bytes and one of 1. */
  const handOver = (length: number, waiting: number): VectorStep => {
    const packet = '00'.repeat(length);
    if (waiting + 2 * length + 1 > queueBytes.value)
      return {
        operation: 'e3x.chunks.send',
        params: { session: '$session', packet, now: START_MS },
        expect: { reject: 'limit' },
        requirement: queueBytes.req,
      };
    return step('send', { packet, now: START_MS }, queueBytes.req, {
      transmit: waiting === 0 ? ['0100'] : [],
      timeoutAt: START_MS + blockMs.value,
    });
  };
  return [
    {
      id: 'packet-bytes',
      title: '131,072 bytes are assembled, and one more is too many',
      requirement: packetBytes.req,
      steps: [open(packetBytes.req, 256, false), ...assembly(packetBytes.req, [[...full, 2], [1]])],
    },
    {
      id: 'chunk-count',
      title: '8,192 chunks are assembled, and one more is too many',
      requirement: chunkCount.req,
      steps: [open(chunkCount.req, 256, false), ...assembly(chunkCount.req, [Array.from({ length: 8192 }, () => 1), [1]])],
    },
    {
      id: 'assembly-count',
      title: '64 links assemble at once, and the next may not',
      requirement: assemblyCount.req,
      steps: [open(assemblyCount.req, 256, false), ...links],
    },
    {
      id: 'block-ms',
      title: 'a block lasts 30 seconds',
      requirement: blockMs.req,
      steps: [
        open(blockMs.req, 64, true),
        step('send', { packet: '0000', now: START_MS }, blockMs.req, { transmit: ['02000000'], timeoutAt: START_MS + blockMs.value }),
        tick(START_MS + 29_999, 29_999 >= blockMs.value),
        tick(START_MS + 30_000, 30_000 >= blockMs.value && 29_999 < blockMs.value),
      ],
    },
    {
      id: 'queue-bytes-full',
      title: 'frames of 262,144 bytes may wait',
      requirement: queueBytes.req,
      steps: [open(queueBytes.req, 2, true), handOver(131_070, 0), handOver(2, 2 * 131_070 + 1 - 2)],
    },
    {
      id: 'queue-bytes-exceeded',
      title: 'frames of 262,145 bytes are too many',
      requirement: queueBytes.req,
      steps: [open(queueBytes.req, 2, true), handOver(131_072, 0)],
    },
    ...transportCases(oracle),
  ];
}

/** Sessions opened by a transport's name: what its size and modes make of a read of two chunks and of a long packet. */
function transportCases(oracle: Oracle): BoundCase[] {
  const requirement = 'E3X-CHK-021';
  const { BLOCK_MS: block } = oracle.spec.constants;
  const blockMs = block !== undefined && 'value' in block ? block.value : 0;
  const packet = '00'.repeat(300);
  return Object.entries(oracle.spec.transports).map(([transport, { blocking, acks }]) => {
    const frames = resultOf(oracle, 'e3x.chunks.split', { packet, transport })['frames'] as readonly Json[];
    const answers: readonly Json[] = acks === 'none' ? [] : acks === 'read' ? ['00'] : ['00', '00'];
    const open: VectorStep = {
      operation: 'e3x.chunks.open',
      params: { transport, now: START_MS },
      expect: { ok: { transmit: [], events: [], timeoutAt: null } },
      requirement,
      bind: { session: 'session' },
    };
    const receive: VectorStep = {
      operation: 'e3x.chunks.receive',
      params: { session: '$session', bytes: '0100010000', now: START_MS },
      expect: { ok: { transmit: answers, events: [{ link: 0, type: 'packet', packet: '0000' }], timeoutAt: null } },
      requirement,
    };
    const send: VectorStep = {
      operation: 'e3x.chunks.send',
      params: { session: '$session', packet, now: START_MS },
      expect: { ok: { transmit: blocking ? frames.slice(0, 1) : frames, events: [], timeoutAt: blocking ? START_MS + blockMs : null } },
      requirement,
    };
    return {
      id: `transport-${transport}`,
      title: `size, acknowledgements and blocking of ${transport}`,
      requirement,
      steps: [open, receive, send],
    };
  });
}

/** The vectors of the bounds where the caller names none. */
export function defaultBounds(oracle: Oracle, batch: Batch): void {
  for (const { id, title, requirement, steps } of defaultBoundCases(oracle))
    batch.put({ id: `e3x.chunks/default-${id}`, title, kind: 'trace', requirement, steps, oracles: ['constants'] });
}
