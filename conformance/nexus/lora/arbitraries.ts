/** Radios, channels and packets as they are drawn. */
import fc from 'fast-check';
import { bytesUpTo, type Hints } from '../../suites/arbitraries.ts';
import { toHex } from '../../oracle/values.ts';
import { PRESETS } from './airtime.ts';

const packet = bytesUpTo(520, 0, [0, 1, 49, 50, 51, 253, 254, 255, 256, 483, 484, 485, 499, 500, 501, 507, 508, 509]).map(toHex);

/** How requests about LoRa are drawn. */
export const hints: Hints = {
  params: {
    'nexus.lora.airtime.spreadingFactor': () => fc.integer({ min: 5, max: 12 }),
    'nexus.lora.limits.spreadingFactor': () => fc.integer({ min: 7, max: 12 }),
    'nexus.lora.airtime.bandwidthHz': () => fc.oneof(fc.constantFrom(62_500, 125_000, 250_000), fc.integer({ min: 7_800, max: 500_000 })),
    'nexus.lora.limits.bandwidthHz': () => fc.constantFrom(62_500, 125_000, 250_000, 499_999, 500_000),
    'nexus.lora.region.bandwidthHz': () => fc.constantFrom(62_500, 125_000, 250_000, 500_000),
    'nexus.lora.region.frequencyHz': () =>
      fc.oneof(fc.integer({ min: 864_900_000, max: 870_100_000 }), fc.integer({ min: 901_900_000, max: 928_100_000 })),
    'region': () => fc.constantFrom('EU868', 'US915'),
    'codingRate': () => fc.integer({ min: 5, max: 8 }),
    'preambleSymbols': () => fc.integer({ min: 1, max: 40 }),
    'payloadLength': () => fc.integer({ min: 0, max: 256 }),
    'preset': () => fc.constantFrom(...PRESETS),
    'nexus.frames.split.packet': () => packet,
    'nexus.lora.chunk.packet': () => packet,
    'nexus.lora.chunk.frameLength': () => fc.oneof(fc.constantFrom(2, 51, 222, 255), fc.integer({ min: 1, max: 256 })),
  },
};
