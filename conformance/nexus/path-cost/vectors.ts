/** The cases of path costs: what the documents' formulas give, each side of each rounding, and what relays make of a path. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { wireCases } from '../../generate/wire.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex, type Value } from '../../oracle/values.ts';
import type { TopicVectors } from '../../suites/modules.ts';

export const vectors: TopicVectors = {
  subjects: [
    {
      subject: 'path-cost',
      fill: ({ oracle, batch }) => {
        costCases(batch);
        bandwidthCases(batch);
        relayCases(oracle, batch);
      },
    },
  ],
  mutated: ['nexus.pathcost.'],
};

const TOP = 2n ** 64n - 1n;

/** The least cost with a code, by exact integers. */
function leastWith(code: number): bigint {
  let [low, high] = [0n, TOP];
  while (low < high) {
    const middle = (low + high) / 2n;
    if ((middle + 1n) ** 32n >= 2n ** BigInt(2 * code - 1)) high = middle;
    else low = middle + 1n;
  }
  return low;
}

function costCases(batch: Batch): void {
  const encode = (value: bigint, about: string, name = String(value)): void =>
    batch.add({
      name,
      title: `the code of ${String(value)}`,
      kind: 'boundary',
      operation: 'nexus.pathcost.encode',
      params: { value: String(value) },
      about,
      accepts: true,
    });
  for (const value of [0n, 1n, 2n, 5n, 10n, 99n, 100n, 500n, 1_000_000n, 2n ** 32n, TOP]) encode(value, 'NXS-PCT-003');
  // Where the code changes: the least cost that has it, and one less.
  for (const code of [17, 26, 50, 100, 319, 500, 700, 900, 1000, 1023, 1024]) {
    const least = leastWith(code);
    encode(least, 'NXS-PCT-004', `least-with-${String(code)}`);
    encode(least - 1n, 'NXS-PCT-004', `most-below-${String(code)}`);
  }
  const decode = (code: number, about: string, rejects?: string): void =>
    batch.add({
      name: String(code),
      title: `the cost of the code ${String(code)}`,
      kind: 'boundary',
      operation: 'nexus.pathcost.decode',
      params: { code },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  for (const code of [0, 1, 2, 9, 10, 15, 16, 17, 25, 41, 55, 66, 106, 107, 143, 319, 512, 1000, 1022, 1023, 1024])
    decode(code, 'NXS-PCT-005');
  for (const code of [1025, 2048, 65_535]) decode(code, 'NXS-PCT-006', 'malformed');
  addCases(batch);
}

function addCases(batch: Batch): void {
  const add = (code: number, own: bigint, about: string, rejects?: string): void =>
    batch.add({
      name: `${String(code)}-and-${String(own)}`,
      title: `a relay that takes ${String(own)} on a path of code ${String(code)}`,
      kind: 'boundary',
      operation: 'nexus.pathcost.add',
      params: { code, own: String(own) },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  for (const [code, own] of [
    [0, 1n],
    [0, 100n],
    [16, 1n],
    [66, 16n],
    [107, 500n],
    [319, 1_000_000n],
    [800, 2n ** 60n],
  ] as const)
    add(code, own, 'NXS-PCT-007');
  for (const code of [0, 1, 16, 66, 1023, 1024]) add(code, 0n, 'NXS-PCT-008');
  for (const code of [319, 500, 1022, 1023, 1024]) add(code, 1n, 'NXS-PCT-009');
  for (const own of [TOP, 2n ** 63n]) add(1000, own, 'NXS-PCT-009');
  for (const own of [0n, 1n]) add(1025, own, 'NXS-PCT-006', 'malformed');
}

function bandwidthCases(batch: Batch): void {
  const bandwidth = (bits: bigint, about: string): void =>
    batch.add({
      name: String(bits),
      title: `the code of ${String(bits)} bit/s`,
      kind: 'boundary',
      operation: 'nexus.pathcost.bandwidth',
      params: { bitsPerSecond: String(bits) },
      about,
      accepts: true,
    });
  for (const bits of [2n, 3n, 300n, 1_000n, 1_074n, 9_600n, 10_000n, 1_000_000n, 100_000_000n, 1_000_000_000n])
    bandwidth(bits, 'NXS-PCT-013');
  // The least number with the code 255 is the 16th root of 2^509, rounded up.
  let least = 3_700_000_000n;
  while (least ** 16n < 2n ** 509n) least += 1_000_000n;
  while ((least - 1n) ** 16n >= 2n ** 509n) least -= 1n;
  for (const bits of [0n, 1n, least - 1n, least, 3_944_000_000n, 4_294_967_296n, 10n ** 13n, TOP]) bandwidth(bits, 'NXS-PCT-014');
  const carries = (bottleneck: number, bits: bigint): void =>
    batch.add({
      name: `${String(bottleneck)}-for-${String(bits)}`,
      title: `whether a bottleneck of ${String(bottleneck)} carries ${String(bits)} bit/s`,
      kind: 'boundary',
      operation: 'nexus.pathcost.carries',
      params: { bottleneck, bitsPerSecond: String(bits) },
      about: 'NXS-PCT-015',
      accepts: true,
    });
  for (const bottleneck of [105, 106, 107]) for (const bits of [9_600n, 9_999n, 10_000n, 10_100n, 10_500n]) carries(bottleneck, bits);
  for (const [bottleneck, bits] of [
    [0, 0n],
    [0, 1n],
    [0, 2n],
    [255, TOP],
    [254, TOP],
    [81, 1_074n],
    [80, 1_074n],
  ] as const)
    carries(bottleneck, bits);
}

function relayCases(oracle: Oracle, batch: Batch): void {
  const operation = 'nexus.pathcost.relay';
  const usual = { own: '5', latencyMs: 40, bitsPerSecond: '1074' };
  const written = (cost: number, latency: number, bottleneck: number, hopCount: number): string => {
    const encoding = oracle.wire.encode(
      'nexus.path-cost',
      new Map<string, Value>(Object.entries({ cost, latency, bottleneck, hopCount }).map(([name, value]) => [name, BigInt(value)])),
    );
    if (encoding.kind !== 'ok') throw new Error('a path cost always encodes');
    return toHex(encoding.bytes);
  };
  const relay = (name: string, title: string, pathCost: string, about: string, changes: JsonObject = {}, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation,
      params: { pathCost, ...usual, ...changes },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  relay('first', 'the first relay of a path', written(0, 0, 255, 0), 'NXS-PCT-001');
  relay('second', 'the second relay of a path', written(41, 40, 81, 1), 'NXS-PCT-001');
  relay('bytes-differ', 'each byte is another', written(0x0102, 0x0304, 5, 6), 'NXS-PCT-002', { latencyMs: 0x0506, bitsPerSecond: '1' });
  relay('free', 'a relay that takes nothing', written(66, 200, 90, 3), 'NXS-PCT-008', { own: '0' });
  for (const latencyMs of [0, 299, 300, 301, 65_535])
    relay(`latency-${String(latencyMs)}`, `300 ms, then ${String(latencyMs)}`, written(41, 300, 81, 1), 'NXS-PCT-010', { latencyMs });
  relay('latency-of-255', '255 ms, then 256', written(41, 255, 81, 1), 'NXS-PCT-010', { latencyMs: 256 });
  for (const bitsPerSecond of ['0', '1000', '1074', '10000', '10000000000'])
    relay(`bandwidth-${bitsPerSecond}`, `a bottleneck of 81, then ${bitsPerSecond} bit/s`, written(41, 40, 81, 1), 'NXS-PCT-011', {
      bitsPerSecond,
    });
  for (const hopCount of [0, 1, 125, 126])
    relay(`hops-${String(hopCount)}`, `after ${String(hopCount)} relays`, written(41, 40, 81, hopCount), 'NXS-PCT-012');
  for (const hopCount of [127, 128, 255])
    relay(`hops-${String(hopCount)}`, `after ${String(hopCount)} relays`, written(41, 40, 81, hopCount), 'NXS-PCT-012', {}, 'limit');
  relay('greatest-cost', 'the greatest cost', written(1024, 40, 81, 1), 'NXS-PCT-009');
  for (const code of ['0104', '0008', 'ffff'])
    relay(`cost-${code}`, 'a cost that no code has', `${code}2800ff00`, 'NXS-PCT-006', {}, 'malformed');
  const sample = new Map<string, Value>([
    ['cost', 41n],
    ['latency', 300n],
    ['bottleneck', 81n],
    ['hopCount', 1n],
  ]);
  for (const one of wireCases(oracle, oracle.wire.layout('nexus.path-cost'), sample, (_, length) => new Uint8Array(length)))
    if (one.kind === 'truncation' || one.kind === 'trailing')
      batch.add({
        name: one.name,
        title: one.title,
        kind: one.kind,
        operation,
        params: { pathCost: toHex(one.bytes), ...usual },
        about: 'NXS-PCT-001',
        rejects: one.kind === 'trailing' ? 'trailing' : 'truncated',
      });
}
