/**
 * Time on air of LoRa: how long a transmission takes, exactly.
 *
 *   symbol     2^SF / BW seconds
 *   preamble   as many symbols as are set, and 4.25 of the radio's own        6.25 on the SX126x with SF 5 and 6
 *   payload    8 symbols, and then groups of CR + 4 symbols, each of which
 *              carries 4 (SF - 2 DE) bits of header, payload and checksum
 *
 * All of it is a whole number of quarters of a symbol, so it is added up in these, and divided once.
 */
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError, UnsupportedError } from '../../kernel/errors.ts';

/** NXS-AIR-007: bytes of the longest LoRa payload. */
export const LORA_PAYLOAD_LENGTH_MAX = 255;
/** NXS-AIR-005: microseconds of a symbol from which on low data rate optimization is needed. */
const SLOW_SYMBOL_US = 16_000;
const US_PER_SECOND = 1_000_000;

/** A family of radios. */
export type LoraChip = 'sx126x' | 'sx127x';

/** How a radio is set. */
export interface LoraModem {
  readonly chip: LoraChip;
  /** 5 to 12. */
  readonly spreadingFactor: number;
  /** 7,800 to 500,000. */
  readonly bandwidthHz: number;
  /** The denominator of the coding rate: 5 for 4/5, to 8. */
  readonly codingRate: number;
  /** 1 to 65,535. */
  readonly preambleSymbols: number;
}

/** A transmission. */
export interface LoraTransmission extends LoraModem {
  /** Bytes, 0 to 255. */
  readonly payloadLength: number;
  readonly implicitHeader: boolean;
  readonly crc: boolean;
  /** Where absent: whether a symbol takes 16 ms or more. */
  readonly lowDataRateOptimize?: boolean | undefined;
}

const MODEM = {
  chip: door.oneOf('sx126x', 'sx127x'),
  spreadingFactor: door.whole,
  bandwidthHz: door.whole,
  codingRate: door.whole,
  preambleSymbols: door.whole,
};
const SETTINGS = door.members<LoraModem>(MODEM);
const TRANSMISSION = door.members<LoraTransmission>({
  ...MODEM,
  payloadLength: door.whole,
  implicitHeader: door.flag,
  crc: door.flag,
  lowDataRateOptimize: door.optional(door.flag),
});

/** What each setting may be; NXS-AIR-008. */
const RANGES: readonly (readonly [name: keyof LoraModem, least: number, most: number])[] = [
  ['spreadingFactor', 5, 12],
  ['bandwidthHz', 7_800, 500_000],
  ['codingRate', 5, 8],
  ['preambleSymbols', 1, 65_535],
];

/** @throws DecodeError malformed for a setting that no radio has */
function requireModem(modem: LoraModem): void {
  for (const [name, least, most] of RANGES) {
    const value = Number(modem[name]);
    if (value < least || value > most) throw new DecodeError('malformed', 'NXS-AIR-008', 'no radio can be set so', { name, value });
  }
}

/** Symbols of the payload. @see NXS-AIR-002 */
function payloadSymbols(sent: LoraTransmission, isOptimized: boolean): number {
  const { spreadingFactor, codingRate, payloadLength, implicitHeader, crc } = sent;
  const base = hasShortSymbols(sent) ? 20 : 28; // NXS-AIR-004
  const bits = 8 * payloadLength - 4 * spreadingFactor + base + (crc ? 16 : 0) - (implicitHeader ? 20 : 0);
  const bitsPerGroup = 4 * (spreadingFactor - (isOptimized ? 2 : 0));
  return 8 + Math.max(Math.ceil(bits / bitsPerGroup), 0) * codingRate;
}

/** NXS-AIR-004: SF 5 and 6, which the SX126x sends in another way. */
function hasShortSymbols({ chip, spreadingFactor }: LoraModem): boolean {
  return chip === 'sx126x' && spreadingFactor < 7;
}

/**
 * Computes how long a transmission takes.
 * @returns microseconds, rounded up
 * @throws DecodeError malformed for settings that no radio has; LimitError for a payload of more than 255 bytes
 * @see NXS-AIR-003
 */
export function loraAirtimeUs(transmission: LoraTransmission): number {
  const sent = TRANSMISSION(transmission, 'transmission');
  requireModem(sent);
  const { spreadingFactor, bandwidthHz, payloadLength } = sent;
  if (payloadLength < 0) throw new DecodeError('malformed', 'NXS-AIR-008', 'a negative length', { payloadLength });
  if (payloadLength > LORA_PAYLOAD_LENGTH_MAX) {
    throw new LimitError('NXS-AIR-007', 'more than a LoRa payload holds', { payloadLength });
  }
  const isSlow = 2 ** spreadingFactor * US_PER_SECOND >= SLOW_SYMBOL_US * bandwidthHz;
  const symbols = payloadSymbols(sent, sent.lowDataRateOptimize ?? isSlow); // NXS-AIR-005
  return microsecondsOf(preambleQuarters(sent) + 4 * symbols, sent); // NXS-AIR-003
}

/**
 * Computes how long a preamble takes, with the symbols that a radio adds to it.
 * @returns microseconds, rounded up
 * @throws DecodeError malformed for settings that no radio has
 * @see NXS-AIR-003
 */
export function loraPreambleUs(modem: LoraModem): number {
  const set = SETTINGS(modem, 'modem');
  requireModem(set);
  return microsecondsOf(preambleQuarters(set), set);
}

/** Quarters of a symbol. */
function preambleQuarters(modem: LoraModem): number {
  return 4 * modem.preambleSymbols + (hasShortSymbols(modem) ? 25 : 17); // NXS-AIR-004
}

/** Rounded up. */
function microsecondsOf(quarters: number, { spreadingFactor, bandwidthHz }: LoraModem): number {
  const chips = 2 ** spreadingFactor; // NXS-AIR-001: of a symbol, each of which takes 1 / BW
  // NXS-AIR-006: the product may exceed what a double holds exactly.
  const [dividend, divisor] = [BigInt(quarters) * BigInt(chips * US_PER_SECOND), BigInt(4 * bandwidthHz)];
  return Number((dividend + divisor - 1n) / divisor);
}

/** Settings that go by a name. */
export interface LoraPreset {
  readonly spreadingFactor: number;
  readonly bandwidthHz: number;
  readonly codingRate: number;
  /** Nominal rate of a link. */
  readonly bitsPerSecond: number;
}

/** NXS-AIR-009: the settings of Meshtastic's presets: spreading factor, bandwidth in kHz, denominator of the coding rate. */
const PRESETS: ReadonlyMap<string, readonly [number, number, number]> = new Map([
  ['ShortTurbo', [7, 500, 5]],
  ['ShortFast', [7, 250, 5]],
  ['ShortSlow', [8, 250, 5]],
  ['MediumFast', [9, 250, 5]],
  ['MediumSlow', [10, 250, 5]],
  ['LongFast', [11, 250, 5]],
  ['LongModerate', [11, 125, 8]],
  ['LongSlow', [12, 125, 8]],
]);
/** The names of the presets, the fastest first. */
export const LORA_PRESETS: readonly string[] = Object.freeze([...PRESETS.keys()]);

/**
 * The settings that a preset names.
 * @throws UnsupportedError for an unknown one
 * @see NXS-AIR-009
 */
export function loraPreset(name: string): LoraPreset {
  const found = PRESETS.get(door.text(name, 'name'));
  if (found === undefined) throw new UnsupportedError('NXS-AIR-009', 'not a preset', { name });
  const [spreadingFactor, bandwidthKhz, codingRate] = found;
  const bandwidthHz = 1000 * bandwidthKhz;
  // NXS-AIR-010
  const bitsPerSecond = Math.floor((spreadingFactor * bandwidthHz * 4) / (2 ** spreadingFactor * codingRate));
  return { spreadingFactor, bandwidthHz, codingRate, bitsPerSecond };
}
