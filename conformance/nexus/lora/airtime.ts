/** The cases of time on air: what others published, each term of the formula at its edges, and settings that no radio has. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { slug } from '../../generate/batch.ts';
import { airtimeBySheet } from './confirm.ts';

const OPERATION = 'nexus.lora.airtime';
/** Settings from which the cases differ in one or two places. */
const USUAL: JsonObject = {
  chip: 'sx126x',
  spreadingFactor: 7,
  bandwidthHz: 125_000,
  codingRate: 5,
  preambleSymbols: 8,
  payloadLength: 24,
  implicitHeader: false,
  crc: true,
};

interface PublishedAirtime {
  readonly source: string;
  readonly airtimeUs: number;
}

/** What libraries and calculators published. */
export function publishedAirtimes(root: string): readonly (PublishedAirtime & JsonObject)[] {
  const text = readFileSync(join(root, 'spec/nexus/lora/evidence/airtime.json'), 'utf8');
  return (JSON.parse(text) as { readonly answers: readonly (PublishedAirtime & JsonObject)[] }).answers;
}

export function airtimeCases(root: string, batch: Batch): void {
  const accept = (name: string, title: string, changes: JsonObject, about: string, published?: string): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation: OPERATION,
      params: { ...USUAL, ...changes },
      about,
      accepts: true,
      ...(published === undefined ? {} : { published }),
    });
  publishedAirtimes(root).forEach(({ source, airtimeUs, ...params }, i) => {
    // One of the sources drops the fraction of a microsecond that is rounded up here.
    const isExact = Math.abs(airtimeBySheet(params) - airtimeUs) < 0.001;
    const about = !isExact ? 'NXS-AIR-006' : Number(params['spreadingFactor']) < 7 ? 'NXS-AIR-004' : 'NXS-AIR-003';
    const by = isExact ? slug(source.split(' ')[0] ?? '') : undefined;
    accept(`published-${String(i + 1)}`, `published: ${String(airtimeUs)} us`, params, about, by);
  });
  accept('127-bytes', 'SF7/125, 4/7, 127 bytes', { codingRate: 7, payloadLength: 127 }, 'NXS-AIR-003');
  const slowest = { spreadingFactor: 12, codingRate: 7 };
  accept('sf12-optimized', 'SF12/125, 4/7, 24 bytes: optimized', slowest, 'NXS-AIR-005');
  accept('sf12-not-optimized', 'the same, not optimized', { ...slowest, lowDataRateOptimize: false }, 'NXS-AIR-002');
  for (const spreadingFactor of [7, 8, 9, 10, 11, 12])
    for (const bandwidthHz of [62_500, 125_000, 250_000, 500_000])
      accept(
        `sf${String(spreadingFactor)}-${String(bandwidthHz)}`,
        `SF ${String(spreadingFactor)} with ${String(bandwidthHz)} Hz`,
        { spreadingFactor, bandwidthHz, lowDataRateOptimize: false },
        'NXS-AIR-001',
      );
  for (const chip of ['sx126x', 'sx127x'])
    for (const spreadingFactor of [5, 6, 7])
      for (const payloadLength of [0, 20, 21, 22])
        accept(
          `${chip}-sf${String(spreadingFactor)}-${String(payloadLength)}`,
          `SF ${String(spreadingFactor)} on the ${chip}, ${String(payloadLength)} bytes`,
          { chip, spreadingFactor, payloadLength },
          'NXS-AIR-004',
        );
  for (const payloadLength of [0, 1, 2, 3, 4, 5, 6, 7, 8, 253, 254, 255])
    accept(`of-${String(payloadLength)}`, `${String(payloadLength)} bytes`, { payloadLength }, 'NXS-AIR-002');
  for (const codingRate of [5, 6, 7, 8])
    accept(`rate-4-${String(codingRate)}`, `a coding rate of 4/${String(codingRate)}`, { codingRate }, 'NXS-AIR-002');
  for (const implicitHeader of [false, true])
    for (const crc of [false, true])
      accept(
        `${implicitHeader ? 'without' : 'with'}-header-${crc ? 'with' : 'without'}-crc`,
        `${implicitHeader ? 'without' : 'with'} header, ${crc ? 'with' : 'without'} checksum`,
        { implicitHeader, crc },
        'NXS-AIR-002',
      );
  accept(
    'nothing',
    'nothing without header and checksum',
    { payloadLength: 0, implicitHeader: true, crc: false, spreadingFactor: 12 },
    'NXS-AIR-002',
  );
  for (const preambleSymbols of [1, 6, 12, 65_535])
    accept(`preamble-${String(preambleSymbols)}`, `a preamble of ${String(preambleSymbols)}`, { preambleSymbols }, 'NXS-AIR-003');
  // 2^7 / 8,000 Hz is 16 ms.
  for (const [name, title, spreadingFactor, bandwidthHz] of [
    ['16-ms', 'a symbol of 16 ms: optimized', 7, 8_000],
    ['less-than-16-ms', 'a symbol of less than 16 ms: not optimized', 7, 8_001],
    ['sf11-125', 'SF11/125: optimized', 11, 125_000],
    ['sf12-250', 'SF12/250: optimized', 12, 250_000],
    ['sf10-62', 'SF10/62.5: optimized', 10, 62_500],
    ['sf11-250', 'SF11/250: not optimized', 11, 250_000],
    ['sf12-500', 'SF12/500: not optimized', 12, 500_000],
  ] as const)
    accept(`slow-${name}`, title, { spreadingFactor, bandwidthHz }, 'NXS-AIR-005');
  for (const lowDataRateOptimize of [false, true])
    for (const spreadingFactor of [7, 11])
      accept(
        `told-${String(lowDataRateOptimize)}-sf${String(spreadingFactor)}`,
        `SF ${String(spreadingFactor)}, optimized as the caller says: ${String(lowDataRateOptimize)}`,
        { spreadingFactor, lowDataRateOptimize },
        'NXS-AIR-005',
      );
  for (const bandwidthHz of [7_800, 10_400, 15_600, 20_800, 31_250, 41_700, 41_670])
    accept(
      `exact-${String(bandwidthHz)}`,
      `with ${String(bandwidthHz)} Hz the time is no whole number`,
      { bandwidthHz, lowDataRateOptimize: false },
      'NXS-AIR-006',
    );
  refusedAirtimes(batch);
}

function refusedAirtimes(batch: Batch): void {
  const refuse = (changes: JsonObject, about: string, rejects: string): void => {
    const [[name = '', value = null] = []] = Object.entries(changes);
    batch.add({
      name: `${name}-${String(value).replace('-', 'minus-')}`,
      title: `${name} is ${String(value)}`,
      kind: rejects === 'limit' ? 'limit' : 'range',
      operation: OPERATION,
      params: { ...USUAL, ...changes },
      about,
      rejects,
      base: USUAL,
    });
  };
  for (const payloadLength of [256, 65_535]) refuse({ payloadLength }, 'NXS-AIR-007', 'limit');
  for (const changes of [
    { payloadLength: -1 },
    { spreadingFactor: 4 },
    { spreadingFactor: 13 },
    { spreadingFactor: 0 },
    { bandwidthHz: 7_799 },
    { bandwidthHz: 500_001 },
    { bandwidthHz: 125 },
    { bandwidthHz: 0 },
    { codingRate: 4 },
    { codingRate: 9 },
    { codingRate: 1 },
    { preambleSymbols: 0 },
    { preambleSymbols: 65_536 },
  ])
    refuse(changes, 'NXS-AIR-008', 'malformed');
}

export const PRESETS: readonly string[] = [
  'ShortTurbo',
  'ShortFast',
  'ShortSlow',
  'MediumFast',
  'MediumSlow',
  'LongFast',
  'LongModerate',
  'LongSlow',
];

export function presetCases(batch: Batch): void {
  const operation = 'nexus.lora.preset';
  for (const preset of PRESETS)
    batch.add({
      name: preset,
      title: `the preset ${preset}`,
      kind: 'example',
      operation,
      params: { preset },
      about: 'NXS-AIR-009',
      accepts: true,
    });
  for (const preset of ['ShortTurbo', 'LongFast', 'LongSlow'])
    batch.add({
      name: `${preset}-rate`,
      title: `the nominal rate of ${preset}`,
      kind: 'example',
      operation,
      params: { preset },
      about: 'NXS-AIR-010',
      accepts: true,
    });
  for (const preset of ['', 'longfast', 'LONG_FAST', 'LongFast ', 'VeryLongSlow', 'toString', '__proto__'])
    batch.add({
      name: `unknown-${preset === '' ? 'empty' : preset.replace(' ', '-space')}`,
      title: `no preset: ${JSON.stringify(preset)}`,
      kind: 'example',
      operation,
      params: { preset },
      about: 'NXS-AIR-009',
      rejects: 'unsupported',
    });
}
