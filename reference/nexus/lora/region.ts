/**
 * Regions: in which bands a radio may send, how much of an hour, and how long at a time. Frequencies are in Hz, and a
 * channel is in a band if all of its bandwidth is.
 */
import * as door from '../../kernel/door.ts';
import { UnsupportedError } from '../../kernel/errors.ts';

/** NXS-REG-004: microseconds that a transmission may take where a dwell time is set. */
export const DWELL_US_MAX = 400_000;
/** NXS-REG-004: the bandwidth from which on none is. */
const WIDE_HZ = 500_000;

/** What a band allows. */
export interface LoraBand {
  readonly lowHz: number;
  readonly highHz: number;
  /** Microseconds that may be sent in an hour; absent where any number may. */
  readonly budgetUs?: number;
  /** Microseconds that one transmission may take; absent where any number may. */
  readonly dwellUs?: number;
}

const MHZ = 1_000_000;
const SECOND_US = 1_000_000;
/** NXS-REG-001, NXS-REG-002. */
const EU868: readonly LoraBand[] = [
  { lowHz: 865 * MHZ, highHz: 868.6 * MHZ, budgetUs: 36 * SECOND_US },
  { lowHz: 868.7 * MHZ, highHz: 869.2 * MHZ, budgetUs: 3.6 * SECOND_US },
  { lowHz: 869.4 * MHZ, highHz: 869.65 * MHZ, budgetUs: 360 * SECOND_US },
  { lowHz: 869.7 * MHZ, highHz: 870 * MHZ, budgetUs: 36 * SECOND_US },
];
/** NXS-REG-004. */
const US915: readonly LoraBand[] = [{ lowHz: 902 * MHZ, highHz: 928 * MHZ }];
const REGIONS: ReadonlyMap<string, readonly LoraBand[]> = new Map([
  ['EU868', EU868],
  ['US915', US915],
]);

/** A channel of a region. */
export interface LoraChannel {
  readonly region: string;
  /** The middle of the channel. */
  readonly frequencyHz: number;
  readonly bandwidthHz: number;
}

const CHANNEL = door.members<LoraChannel>({ region: door.text, frequencyHz: door.whole, bandwidthHz: door.whole });

/** Microseconds that a transmission may take; undefined for any number. @see NXS-REG-004 */
export function dwellUsOf(region: string, bandwidthHz: number): number | undefined {
  return door.text(region, 'region') === 'US915' && door.whole(bandwidthHz, 'bandwidthHz') < WIDE_HZ ? DWELL_US_MAX : undefined;
}

/**
 * The band that a channel is in, and what it allows.
 * @throws UnsupportedError for an unknown region, and for a channel in none of its bands
 * @see NXS-REG-005
 */
export function loraBandOf(channel: LoraChannel): LoraBand {
  const { region, frequencyHz, bandwidthHz } = CHANNEL(channel, 'channel');
  const bands = REGIONS.get(region);
  if (bands === undefined) throw new UnsupportedError('NXS-REG-006', 'not a region', { region });
  // Twice of everything: half of a bandwidth need not be a whole number.
  const [lowest, highest] = [2 * frequencyHz - bandwidthHz, 2 * frequencyHz + bandwidthHz];
  const found = bands.find(({ lowHz, highHz }) => lowest >= 2 * lowHz && highest <= 2 * highHz); // NXS-REG-005
  if (found === undefined) throw new UnsupportedError('NXS-REG-006', 'in no band of the region', { region, frequencyHz, bandwidthHz });
  const dwellUs = dwellUsOf(region, bandwidthHz);
  return dwellUs === undefined ? found : { ...found, dwellUs };
}
