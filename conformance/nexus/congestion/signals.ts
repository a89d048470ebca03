/** The cases of signals, slots, steps and shares: each edge, one below and one above. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { readsOf } from '../../generate/reads.ts';

const [ENCODE, DECODE, TIMING, SHARE] = [
  'nexus.congestion.encode',
  'nexus.congestion.decode',
  'nexus.access.timing',
  'nexus.announce-share.of',
] as const;

/** The settings that people use: name, spreading factor, kHz, denominator of the coding rate. */
const PRESETS: readonly (readonly [name: string, spreadingFactor: number, bandwidthKhz: number, codingRate: number])[] = [
  ['ShortTurbo', 7, 500, 5],
  ['ShortFast', 7, 250, 5],
  ['MediumSlow', 10, 250, 5],
  ['LongFast', 11, 250, 5],
  ['LongModerate', 11, 125, 8],
  ['LongSlow', 12, 125, 8],
];

export function signalCases(batch: Batch): void {
  const write = (name: string, title: string, changes: JsonObject, about: string): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation: ENCODE,
      params: { link: 3, severity: 'severe', drainMs: 4100, ...changes },
      about,
      accepts: true,
    });
  write('usual', 'a link that needs 4.1 s', {}, 'NXS-CGN-001');
  write('bytes-differ', 'each byte is another', { link: 0x2f, drainMs: 0x1234 }, 'NXS-CGN-002');
  for (const severity of ['moderate', 'severe', 'saturated']) write(`severity-${severity}`, severity, { severity }, 'NXS-CGN-003');
  for (const link of [0, 63, 64, 255]) write(`link-${String(link)}`, `link ${String(link)}`, { link }, 'NXS-CGN-004');
  for (const drainMs of [0, 255, 256, 65_534, 65_535, 65_536, 65_537, 131_072, 4_294_967_295])
    write(`drain-${String(drainMs)}`, `${String(drainMs)} ms`, { drainMs }, 'NXS-CGN-005');
  const read = readsOf(batch, DECODE, 'body', '03010410');
  read('usual', 'a link that needs 4.1 s', '03010410', 'NXS-CGN-001');
  read('bytes-differ', 'each byte is another', '2f023412', 'NXS-CGN-002');
  for (const severity of ['00', '01', '02']) read(`severity-${severity}`, `severity ${severity}`, `03${severity}0410`, 'NXS-CGN-003');
  for (const severity of ['03', '04', '80', 'ff'])
    read(`severity-${severity}`, `severity ${severity}`, `03${severity}0410`, 'NXS-CGN-003', 'malformed');
  for (const link of ['00', '3f', '40', 'ff']) read(`link-${link}`, `link ${link}`, `${link}010410`, 'NXS-CGN-004');
  for (const body of ['', '03', '0301', '030104'])
    read(`of-${String(body.length / 2)}`, `${String(body.length / 2)} bytes`, body, 'NXS-CGN-002', 'truncated');
  for (const more of ['00', '03010410'])
    read(`of-${String(4 + more.length / 2)}`, 'bytes after the end', `03010410${more}`, 'NXS-CGN-002', 'trailing');
}

export function timingCases(batch: Batch): void {
  const add = (name: string, title: string, link: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation: TIMING,
      params: { chip: 'sx127x', codingRate: 5, preambleSymbols: 8, ...link },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  for (const [preset, spreadingFactor, bandwidthKhz, codingRate] of PRESETS)
    add(`slot-${preset}`, `a slot of ${preset}`, { spreadingFactor, bandwidthHz: 1000 * bandwidthKhz, codingRate }, 'NXS-BKO-004');
  const longFast = { spreadingFactor: 11, bandwidthHz: 250_000 };
  for (const frameLength of [2, 66, 138, 254, 255])
    add(`frame-of-${String(frameLength)}`, `frames of at most ${String(frameLength)} bytes`, { ...longFast, frameLength }, 'NXS-BKO-004');
  for (const preambleSymbols of [1, 6, 8, 16])
    add(
      `step-${String(preambleSymbols)}`,
      `a preamble of ${String(preambleSymbols)} symbols`,
      { ...longFast, preambleSymbols },
      'NXS-DLY-002',
    );
  // 14.25 symbols of 2^10 chips
  add('step-exact', 'a preamble of 114 ms exactly', { spreadingFactor: 10, bandwidthHz: 128_000, preambleSymbols: 10 }, 'NXS-DLY-002');
  for (const chip of ['sx126x', 'sx127x'])
    for (const spreadingFactor of [5, 6, 7])
      add(
        `${chip}-sf${String(spreadingFactor)}`,
        `SF ${String(spreadingFactor)} on the ${chip}`,
        { chip, spreadingFactor, bandwidthHz: 62_500 },
        'NXS-DLY-002',
      );
  add('frame-of-256', 'frames longer than a LoRa payload', { ...longFast, frameLength: 256 }, 'NXS-AIR-007', 'limit');
  add('spreading-factor-13', 'a setting that no radio has', { ...longFast, spreadingFactor: 13 }, 'NXS-AIR-008', 'malformed');
}

export function shareCases(batch: Batch): void {
  const add = (name: string, title: string, params: JsonObject): void =>
    batch.add({ name, title, kind: 'boundary', operation: SHARE, params, about: 'NXS-ASH-001', accepts: true });
  add('unlimited', 'an interface without a budget', {});
  // 0.1 %, 1 % and 10 % of an hour; 8 %, of which a quarter is 2 % of the hour; and what does not divide by four
  for (const budgetUs of [
    3_600_000, 36_000_000, 360_000_000, 287_999_996, 287_999_999, 288_000_000, 288_000_004, 0, 1, 3, 4, 7, 3_600_000_000,
  ])
    add(`of-${String(budgetUs)}`, `a budget of ${String(budgetUs)} µs`, { budgetUs });
}
