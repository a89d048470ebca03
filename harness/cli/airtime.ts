/** `bottlepost airtime BYTES`: how long data take on LoRa, in packets and frames, and how much of an hour's budget that is. */
import { LORA_PRESETS, loraAirtimeUs, loraPreset, splitFrames, ProtocolError, UnsupportedError } from '../../reference/index.ts';
import { EXIT } from '../core/exit.ts';
import { counted, quoted, wrap } from '../../conformance/contract/text.ts';
import { complain, say } from './output.ts';

/** Bytes of a packet with one address before its data. */
const PACKET_HEADER_LENGTH = 19;
const PACKET_DATA_LENGTH_MAX = 465;
/** Everything that is printed is sent so. */
const PREAMBLE_SYMBOLS = 8;
const BYTES_MAX = 65_536;

export interface AirtimeOptions {
  /** All of them where none is given. */
  readonly preset?: readonly string[];
  readonly sf?: number;
  readonly bw?: number;
  readonly cr?: number;
}

/** What is wrong with settings that no radio has. */
export const OUT_OF_RANGE = 'these settings are out of range; there are SF 5 to 12, 7.8 to 500 kHz, coding rates 4/5 to 4/8.';

export interface Radio {
  readonly name: string;
  readonly spreadingFactor: number;
  readonly bandwidthHz: number;
  readonly codingRate: number;
}

/** Lengths of the packets that carry some bytes of data. */
export function packetLengthsOf(bytes: number): number[] {
  const count = Math.max(1, Math.ceil(bytes / PACKET_DATA_LENGTH_MAX));
  return Array.from(
    { length: count },
    (_, i) => PACKET_HEADER_LENGTH + Math.min(PACKET_DATA_LENGTH_MAX, bytes - i * PACKET_DATA_LENGTH_MAX),
  );
}
/** Lengths of the frames of some packets. */
export function frameLengthsOf(packets: readonly number[]): number[] {
  return packets.flatMap((length) => splitFrames({ packet: new Uint8Array(length), nibble: 0 }).map((frame) => frame.length));
}
/** Microseconds that some frames take. */
export function framesUs(frames: readonly number[], radio: Omit<Radio, 'name'>): number {
  const sent = { ...radio, chip: 'sx126x', preambleSymbols: PREAMBLE_SYMBOLS, implicitHeader: false, crc: true } as const;
  return frames.reduce((sum, payloadLength) => sum + loraAirtimeUs({ ...sent, payloadLength }), 0);
}

const HEADINGS = ['preset', 'SF/kHz/CR', 'bit/s', 'seconds', 'of 1 %', 'of 10 %'] as const;

/** One line for each radio: name, settings, rate, seconds, and the part of an hour's budget of 1 % and of 10 %. */
export function airtimeRows(bytes: number, radios: readonly Radio[]): string[][] {
  const frames = frameLengthsOf(packetLengthsOf(bytes));
  return radios.map(({ name, ...radio }) => {
    const { spreadingFactor: sf, bandwidthHz: bw, codingRate: cr } = radio;
    const us = framesUs(frames, radio);
    const bits = Math.floor((sf * bw * 4) / (2 ** sf * cr));
    const share = (budgetSeconds: number): string => `${((100 * us) / (1e6 * budgetSeconds)).toFixed(1)} %`;
    return [name, `${String(sf)}/${String(bw / 1000)}/4:${String(cr)}`, String(bits), (us / 1e6).toFixed(2), share(36), share(360)];
  });
}

/** Kilohertz in hertz, rounded to 12 digits: 16.1 times 1,000 is 16,100.000000000002. */
function hertzOf(kilohertz: number): number {
  return Number((1000 * kilohertz).toPrecision(12));
}

/** The radios that the options name. @throws UnsupportedError for an unknown preset */
export function radiosOf({ preset = [], sf, bw, cr }: AirtimeOptions): Radio[] {
  if (sf === undefined && bw === undefined && cr === undefined) {
    return [...new Set(preset.length > 0 ? preset : LORA_PRESETS)].map((name) => ({ ...loraPreset(name), name }));
  }
  const base = loraPreset(preset[0] ?? 'LongFast');
  return [
    {
      name: '(given)',
      spreadingFactor: sf ?? base.spreadingFactor,
      bandwidthHz: bw === undefined ? base.bandwidthHz : hertzOf(bw),
      codingRate: cr ?? base.codingRate,
    },
  ];
}

/** Prints a small table; returns the exit code. */
export function airtime(bytes: number, options: AirtimeOptions): number {
  if (bytes > BYTES_MAX) {
    complain(`bottlepost: ${counted(bytes, 'byte')}; at most ${String(BYTES_MAX)} are counted at once.\n`);
    return EXIT.usage;
  }
  try {
    const radios = radiosOf(options);
    const packets = packetLengthsOf(bytes);
    const frames = frameLengthsOf(packets);
    const rows = [[...HEADINGS], ...airtimeRows(bytes, radios)];
    const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    const line = (row: readonly string[]): string =>
      row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
    say(
      `${wrap(
        `${counted(bytes, 'byte')} of data in NEXUS packets: ${counted(packets.length, 'packet')} of ${packets.join(', ')} bytes, ` +
          `${counted(frames.length, 'LoRa frame')}; preamble of 8, header, checksum (NXS-AIR-003, NXS-FRM-007).`,
        0,
      ).join('\n')}\n\n` +
        `${rows.map((row) => `  ${line(row)}`.trimEnd()).join('\n')}\n\n` +
        "The last two columns: the part of an hour's budget in EU868 (NXS-REG-002).\n",
    );
    return EXIT.ok;
  } catch (error) {
    if (error instanceof UnsupportedError) {
      complain(`bottlepost: there is no preset ${quoted(String(error.values['name']))}. There are: ${LORA_PRESETS.join(', ')}.\n`);
      return EXIT.usage;
    }
    if (!(error instanceof ProtocolError)) throw error;
    complain(`bottlepost: ${OUT_OF_RANGE}\n`);
    return EXIT.usage;
  }
}
