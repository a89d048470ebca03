/**
 * How much work an input causes, counted and not timed: the blocks of code executed, which V8 counts, and the bytes
 * allocated, since copying an object is one block however large it is.
 */
import type { Session } from 'node:inspector';
import { describe, expect, it, vi } from 'vitest';
import {
  BlockReceiver,
  ChunkEndpoint,
  LimitError,
  PAYLOAD_LENGTH_MAX,
  DataChannel,
  READ_LENGTH_MAX,
  Router,
  StreamReceiver,
  Transfer,
  UsageError,
  concat,
  decodeCompressed,
  drain,
  encodeObjectHeader,
  encodePacket,
  joinChunks,
  noblePrimitives,
  readJsonObject,
  writeChunk,
} from './index.ts';
import { DataSender } from './interpeer/data/data-sender.ts';
import { EngineChannel } from './interpeer/engine/engine-channel.ts';

/** V8 counts only blocks that it compiles while counting is on: so counting starts before anything is imported. */
const session: Session = await vi.hoisted(async () => {
  const { Session } = await import('node:inspector');
  const started = new Session();
  started.connect();
  started.post('Profiler.enable');
  started.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return started;
});

/** Copying this many bytes counts as one step. */
const BYTES_PER_STEP = 64;
/** Memory is sampled, and the engine sometimes allocates for itself: the lowest of several runs is the cost of the input. */
const RUN_COUNT = 3;
/** Twice the input may be twice the work, plus a tenth for the part that is not linear. */
const RATIO_MAX = 2.2;

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}
interface Allocation {
  readonly selfSize: number;
  readonly children: readonly Allocation[];
}

function inspect<Result>(method: string, params: object = {}): Result {
  let result: unknown;
  session.post(method, params, (error, answer) => {
    if (error !== null) throw new Error(error.message);
    result = answer;
  });
  return result as Result;
}
const sizeOf = ({ selfSize, children }: Allocation): number => children.reduce((sum, child) => sum + sizeOf(child), selfSize);

/** How many bytes a run copies from array to array: one step to V8, in memory outside its heap. */
function copiedBy(run: () => void): number {
  const prototype = Object.getPrototypeOf(Uint8Array.prototype) as Uint8Array;
  const own = Object.getOwnPropertyDescriptors(prototype);
  let copiedBytes = 0;
  const count = (copied: ArrayLike<number>): void => {
    copiedBytes += copied.length;
  };
  prototype.set = function (this: Uint8Array, source, offset): void {
    count(source);
    own.set.value?.call(this, source, offset);
  };
  prototype.slice = function (this: Uint8Array, start, end): ReturnType<Uint8Array['slice']> {
    const slice = own.slice.value?.call(this, start, end) as ReturnType<Uint8Array['slice']>;
    count(slice);
    return slice;
  };
  try {
    run();
  } finally {
    Object.defineProperties(prototype, { set: own.set, slice: own.slice });
  }
  return copiedBytes;
}

/** The cost of a run: blocks executed in the reference and its libraries, and memory filled. */
function workOf(run: () => void): number {
  run(); // so that nothing is initialized during the measurement
  inspect('HeapProfiler.startSampling', {
    samplingInterval: 128,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  inspect('Profiler.takePreciseCoverage'); // resets the counts
  const copiedBytes = copiedBy(run);
  const { result } = inspect<Coverage>('Profiler.takePreciseCoverage');
  const { profile } = inspect<{ profile: { head: Allocation } }>('HeapProfiler.stopSampling');
  const blocks = result
    .filter(({ url }) => /\/(reference|cborg|fflate)\//.test(url) && !url.includes('.test.'))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)));
  return blocks.reduce((sum, count) => sum + count, 0) + (sizeOf(profile.head) + copiedBytes) / BYTES_PER_STEP;
}

/** Measures an input and one of twice its size. */
function expectLinear(make: (n: number) => () => void, n: number): void {
  let [one, two] = [Infinity, Infinity];
  for (let run = 0; run < RUN_COUNT && !(two / one < RATIO_MAX); run++) {
    one = Math.min(one, workOf(make(n)));
    two = Math.min(two, workOf(make(2 * n)));
  }
  expect(one).toBeGreaterThan(n / 4); // otherwise nothing was counted
  expect(two / one).toBeLessThan(RATIO_MAX);
}
const u16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff);

describe('the work of an input', () => {
  it('counts quadratic work as quadratic', () => {
    const copies = (n: number) => (): void => {
      let object = {};
      for (let index = 0; index < n; index++) object = { ...object, [`m${String(index)}`]: index };
    };
    expect(workOf(copies(800)) / workOf(copies(400))).toBeGreaterThan(2.6);
  });

  it('grows with the members of a payload with z 1', () => {
    const payload = (count: number): Uint8Array => {
      const name = (index: number): number[] => [(index % 26) + 97, (Math.floor(index / 26) % 26) + 97, Math.floor(index / 676) + 97];
      const entries = Array.from({ length: count }, (_, index) => Uint8Array.of(0x64, 0x6d, ...name(index), 1));
      return concat([Uint8Array.of(1, 0xb9), u16(count), ...entries]);
    };
    expectLinear((n) => {
      const bytes = payload(n);
      return () => {
        decodeCompressed(1, bytes);
      };
    }, 3500); // more than V8 keeps as fast properties, whose copies cost differently
  });

  it('grows with the blocks of a payload with z 2, up to a bound', () => {
    const stored = (count: number): Uint8Array => {
      const packet = encodePacket({ json: { c: 1, type: 'open' } });
      const empty = Array.from({ length: count }, () => Uint8Array.of(0, 0, 0, 0xff, 0xff));
      return concat([...empty, Uint8Array.of(1, packet.length, 0, packet.length ^ 0xff, 0xff), packet]);
    };
    expectLinear((n) => {
      const bytes = stored(n);
      return () => {
        decodeCompressed(2, bytes);
      };
    }, 2000);
    for (const z of [0, 1, 2]) expect(() => decodeCompressed(z, new Uint8Array(PAYLOAD_LENGTH_MAX + 1))).toThrow(LimitError);
  });

  it('grows with the new parts of a block, not with those already there', () => {
    expectLinear((n) => {
      const packets = Array.from({ length: n }, (_, index) =>
        encodePacket({ json: { c: 1, b: 1, at: 2 * index }, body: Uint8Array.of(index & 0xff) }),
      );
      return () => {
        const receiver = new BlockReceiver();
        for (const packet of packets) receiver.handlePacket(packet);
      };
    }, 1000);
  });

  it('grows with the blocks that arrive, wherever their parts are', () => {
    expectLinear((n) => {
      const packets = Array.from({ length: n }, (_, index) =>
        encodePacket({ json: { c: 1, b: index + 1, at: 65_000 }, body: Uint8Array.of(1) }),
      );
      return () => {
        const receiver = new BlockReceiver();
        for (const packet of packets) {
          receiver.handlePacket(packet);
          drain(() => receiver.pollEvent());
        }
      };
    }, 1000);
  });

  it('grows with the chunks of a read, whose answers are bounded', () => {
    const chunks = (n: number): Uint8Array => Uint8Array.from({ length: 2 * n }, (_, index) => (index % 2 === 0 ? 1 : 7));
    expectLinear((n) => {
      const bytes = chunks(n);
      return () => {
        const endpoint = new ChunkEndpoint({ acks: 'chunk' });
        endpoint.handleBytes(0, bytes, 0);
        drain(() => endpoint.pollTransmit());
      };
    }, 4000);
    const endpoint = new ChunkEndpoint({ acks: 'chunk' });
    endpoint.handleBytes(0, chunks(READ_LENGTH_MAX / 2), 0);
    expect(drain(() => endpoint.pollTransmit())).toHaveLength(READ_LENGTH_MAX / 2);
    drain(() => endpoint.pollEvent());
    expect(() => endpoint.handleBytes(0, new Uint8Array(READ_LENGTH_MAX + 1), 0)).toThrow(UsageError);
  });

  it('grows with a stream of chunks', () => {
    expectLinear((n) => {
      const bytes = Uint8Array.from({ length: 4 * n }, (_, index) => [2, 0, 0, 0][index % 4] ?? 0);
      return () => {
        joinChunks(bytes);
      };
    }, 4000);
  });

  it('grows with the fragments of a value', () => {
    expectLinear((n) => {
      const packets = Array.from({ length: n }, (_, seq) =>
        encodePacket({ json: { c: 1, seq: seq + 1, frag: true }, body: new Uint8Array(256) }),
      );
      return () => {
        const receiver = new StreamReceiver({ valueBytes: 256 * n });
        for (const packet of packets) receiver.handlePacket(packet);
      };
    }, 1000);
  });

  it('grows with the unread packets', () => {
    expectLinear(
      (n) => () => {
        const channel = new DataChannel({ capabilities: 1, sequenceNumber: 0, windowPackets: 32_767 });
        for (let number = 0; number < n; number++) {
          channel.handleMessages(number, [{ type: 'DATA', data: Uint8Array.of(1) }], 0);
          drain(() => channel.pollTransmit());
          drain(() => channel.pollEvent());
        }
      },
      1000,
    );
  });

  it('grows with the progress messages, however much is in flight', () => {
    expectLinear(
      (n) => () => {
        const sender = new DataSender({ sequenceNumber: 0, packetCountMax: n, resendMs: 1, resendCountMax: 1 });
        sender.push(Array.from({ length: n }, () => []));
        sender.handleWindow(n, 0);
        sender.flush(0);
        for (let next = 0; next < n; next++) sender.handleProgress({ next, later: [] }, 0);
      },
      2000,
    );
  });

  it('grows with the writes of an application', () => {
    expectLinear(
      (n) => () => {
        const channel = new EngineChannel({ handle: 1, peer: new Uint8Array(16), half: undefined });
        channel.begin(new Uint8Array(4), { capabilities: 0, sequenceNumber: 0, payloadBytes: 1000 });
        for (let count = 0; count < n; count++) if (channel.freeBytes > 0) channel.write(Uint8Array.of(1));
      },
      1000,
    );
  });

  it('grows with the packets routed, not with the routes', () => {
    const hashname = (letter: string): string => letter.repeat(51) + 'a';
    expectLinear((n) => {
      const [one, two] = [hashname('a'), hashname('b')];
      const requests = Array.from({ length: n }, (_, index) => {
        const body = concat([Uint8Array.of(0, 1, 0x3a), u16(index), new Uint8Array(40)]);
        return encodePacket({ json: { c: 1, type: 'peer', peer: two }, body });
      });
      return () => {
        const router = new Router({ limits: { routeCount: n }, primitives: noblePrimitives });
        router.link(one);
        router.link(two);
        for (const [path, packet] of requests.entries()) {
          router.handlePeer(one, path, packet, 0);
          if (drain(() => router.pollEvent()).length !== 1) throw new Error('no request');
        }
      };
    }, 500);
  });

  it('grows with the members of a head, and with its depth', () => {
    expectLinear((n) => {
      const bytes = new TextEncoder().encode(
        `{${Array.from({ length: n }, (_, index) => `"m${String(index)}":[[${String(index)}]]`).join()}}`,
      );
      return () => {
        readJsonObject(bytes);
      };
    }, 2000);
  });
});

describe('NXS-XFR-011 transfers', () => {
  const CHUNK_LENGTH = 4096;
  const hash = new Uint8Array(32);
  /** Every hash is zeros, so that each chunk proves itself: what is measured is what is remembered of chunks. */
  const primitives = { blake3: (): Uint8Array => hash.slice() };
  const lowest = (run: () => void): number => Math.min(...Array.from({ length: RUN_COUNT }, () => workOf(run)));
  const headerOf = (size: number): Uint8Array =>
    encodeObjectHeader({ contentType: 'immutable', created: 0n, size, priority: 'normal', minBandwidth: 0, merkleRoot: hash });
  const begin = (size: number) => (): void => {
    const transfer = new Transfer({}, primitives);
    transfer.begin({ header: headerOf(size) }, 0);
    drain(() => transfer.pollTransmit());
  };

  it('the size that a header claims costs nothing', () => {
    expect(lowest(begin(2 ** 32 - 1))).toBeLessThan(RATIO_MAX * lowest(begin(65 * CHUNK_LENGTH)));
  });

  it('chunks cost as much as their paths are long, however many are missing', () => {
    const transfer = (count: number) => {
      const depth = Math.log2(count);
      const bodies = Array.from({ length: 64 }, (_, index) =>
        writeChunk({ hash, index, path: Array.from({ length: depth }, () => hash), chunk: new Uint8Array(CHUNK_LENGTH) }),
      );
      return (): void => {
        const endpoint = new Transfer({ requestedCount: 1 }, primitives);
        endpoint.begin({ header: headerOf(count * CHUNK_LENGTH) }, 0);
        for (const body of bodies) {
          drain(() => endpoint.pollTransmit());
          drain(() => endpoint.pollEvent());
          endpoint.handleChunk(body, 0);
        }
      };
    };
    expect(lowest(transfer(2 ** 16))).toBeLessThan(RATIO_MAX * lowest(transfer(2 ** 8)));
  });
});
