/** `bottlepost room`: how much a message may hold after it was signed and sealed, on each of the ways that it can go. */
import { LORA_PRESETS, ProtocolError, UnsupportedError, chunkLimitsOf, messageRoomOf, LimitError } from '../../reference/index.ts';
import { EXIT } from '../core/exit.ts';
import { framesUs, frameLengthsOf, radiosOf, OUT_OF_RANGE, type AirtimeOptions, type Radio } from './airtime.ts';
import { quoted, wrap } from '../../conformance/contract/text.ts';
import { complain, say } from './output.ts';

const PACKET_1_HEADER_LENGTH = 19;
const PACKET_2_HEADER_LENGTH = 35;
/** What any hop can seal: counter and tag take 20 of 465 bytes. */
const SEALED_DATA_LENGTH_MAX = 445;
const DATA_LENGTH_MAX = 465;
const FRAME_DATA_LENGTH_MAX = 254;
const PREAMBLE_SYMBOLS = 8;
/** Every KILT envelope inside takes its own room, which depends on the DIDs; 'bottlepost inspect' tells it of one. */
export interface RoomOptions extends Pick<AirtimeOptions, 'sf' | 'bw' | 'cr'> {
  readonly preset: string;
  readonly region: 'EU868' | 'US915';
}

/** A way that a message can go. */
interface Way {
  readonly name: string;
  /** Bytes that the envelope may have. */
  readonly envelope: number;
  /** Bytes of the packet besides it. */
  readonly header: number;
}

/** The settings: those of the preset, unless another is given. @throws UnsupportedError for an unknown preset */
function radioOf({ preset, ...others }: RoomOptions): Omit<Radio, 'name'> {
  const [radio] = radiosOf({ ...others, preset: [preset] });
  if (radio === undefined) throw new Error('a preset is one radio');
  const { name: _name, ...settings } = radio;
  return settings;
}

/** Bytes of one frame that the region's dwell time leaves; 0 if none. */
function frameRoomOf(options: RoomOptions): number {
  const { region } = options;
  try {
    const link = { ...radioOf(options), region, payload: 'phy', form: 1, preambleSymbols: PREAMBLE_SYMBOLS } as const;
    return chunkLimitsOf(link).frameLength;
  } catch (error) {
    if (error instanceof LimitError) return 0;
    throw error;
  }
}

/** The rows of the table: way, envelope, text, frames, seconds. @throws UnsupportedError for an unknown preset */
export function roomRows(options: RoomOptions): string[][] {
  const radio = radioOf(options);
  const frame = Math.min(frameRoomOf(options) - 1, FRAME_DATA_LENGTH_MAX);
  const ways: readonly Way[] = [
    { name: 'neighbour, one frame', envelope: frame - PACKET_1_HEADER_LENGTH, header: PACKET_1_HEADER_LENGTH },
    { name: 'relayed, sealed hops, one frame', envelope: frame - PACKET_2_HEADER_LENGTH - 20, header: PACKET_2_HEADER_LENGTH + 20 },
    { name: 'relayed, sealed hops', envelope: SEALED_DATA_LENGTH_MAX, header: PACKET_2_HEADER_LENGTH + 20 },
    { name: 'neighbour, no sealed hop', envelope: DATA_LENGTH_MAX, header: PACKET_1_HEADER_LENGTH },
  ];
  return ways.map(({ name, envelope, header }) => {
    const frames = frameLengthsOf([header + Math.max(1, envelope)]);
    const isLegal = frames.every((length) => length <= frameRoomOf(options));
    if (!isLegal || envelope < 0) return [name, '-', 'none', '-', '-'];
    const room = roomOf(envelope);
    if (room === undefined) return [name, String(envelope), 'none', '-', '-'];
    return [name, String(envelope), String(room), String(frames.length), (framesUs(frames, radio) / 1e6).toFixed(2)];
  });
}

function roomOf(envelope: number): number | undefined {
  try {
    return messageRoomOf(envelope);
  } catch (error) {
    if (error instanceof LimitError) return undefined;
    throw error;
  }
}

const HEADINGS = ['way', 'envelope', 'body', 'frames', 'seconds'] as const;

/** Prints a small table; returns the exit code. */
export function room(options: RoomOptions): number {
  try {
    const rows = [[...HEADINGS], ...roomRows(options)];
    const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    const line = (row: readonly string[]): string =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
    const { spreadingFactor, bandwidthHz, codingRate } = radioOf(options);
    const isChanged = [options.sf, options.bw, options.cr].some((given) => given !== undefined);
    const settings = isChanged ? ` at SF${String(spreadingFactor)}, ${String(bandwidthHz / 1000)} kHz, 4/${String(codingRate)}` : '';
    const told = [
      `Room for the body of a signed message with ${options.preset}${settings} in ${options.region}, in bytes. ` +
        'Sealing and signing take 170 (NXS-CNT-013). One byte more takes another frame where it says one frame, ' +
        'and is refused elsewhere.',
      ...(rows.slice(1).every(([, , body]) => body === 'none')
        ? [
            `No message fits: ${options.region} gives a frame room for ${String(frameRoomOf(options))} bytes here (NXS-CHL-002). ` +
              'A faster preset or a smaller --sf gives it more.',
          ]
        : ['A longer message goes as an object in custody, over several packets.']),
    ].map((text) => `${wrap(text, 0).join('\n')}\n`);
    const table = `${rows.map((row) => `  ${line(row)}`.trimEnd()).join('\n')}\n`;
    say([told[0], table, told[1]].join('\n'));
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const what =
      error instanceof UnsupportedError && !LORA_PRESETS.some((name) => name === options.preset)
        ? `there is no preset ${quoted(options.preset)}. There are: ${LORA_PRESETS.join(', ')}.`
        : OUT_OF_RANGE;
    complain(`bottlepost: ${what}\n`);
    return EXIT.usage;
  }
}
