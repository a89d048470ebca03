/**
 * Chunks over LoRa, for links between two nodes: what is left of the lengths of E3X's chunked encoding when a radio and its
 * region have taken their part.
 */
import { concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError } from '../../kernel/errors.ts';
import { LORA_PAYLOAD_LENGTH_MAX, loraAirtimeUs } from './airtime.ts';
import type { LoraModem } from './airtime.ts';
import { dwellUsOf } from './region.ts';

/** NXS-CHL-003: bytes of a packet with one address, and with two. */
const PACKET_LENGTHS = { 1: 484, 2: 500 } as const;
/** NXS-CHL-001: bytes of a frame by what carries it. */
const PAYLOADS = { 'phy': LORA_PAYLOAD_LENGTH_MAX, 'lorawan-222': 222, 'lorawan-51': 51 } as const;
/** NXS-CHL-006: milliseconds that an assembly may take at least. */
const ASSEMBLY_MS_MIN = 60_000;
const ASSEMBLY_AIRTIMES = 4;
/** A length byte and a byte of a packet. */
const FRAME_LENGTH_MIN = 2;

/** A link that sends chunks. */
export interface ChunkLink extends Omit<LoraModem, 'chip'> {
  readonly region: string;
  readonly payload: 'phy' | 'lorawan-222' | 'lorawan-51';
  /** 1 for packets with one address, 2 for those with two. */
  readonly form: number;
}
/** What such a link leaves. */
export interface LoraChunkLimits {
  /** Bytes of a frame, length byte and terminator included. */
  readonly frameLength: number;
  /** Bytes of a packet. */
  readonly packetLength: number;
  /** Frames of the longest packet. */
  readonly frameCount: number;
  /** Milliseconds that an assembly may take. */
  readonly assemblyMs: number;
}

const LINK = door.members<ChunkLink>({
  region: door.text,
  payload: door.oneOf('phy', 'lorawan-222', 'lorawan-51'),
  form: door.count,
  spreadingFactor: door.whole,
  bandwidthHz: door.whole,
  codingRate: door.whole,
  preambleSymbols: door.whole,
});

function packetLengthOf(form: number): number {
  return form === 2 ? PACKET_LENGTHS[2] : PACKET_LENGTHS[1];
}

/**
 * How long frames, packets and assemblies may be.
 * @throws LimitError where no frame is short enough for the region; DecodeError malformed for settings that no radio has
 * @see NXS-CHL-001
 */
export function chunkLimitsOf(link: ChunkLink): LoraChunkLimits {
  const { region, payload, form, ...modem } = LINK(link, 'link');
  const frameUs = (payloadLength: number): number =>
    loraAirtimeUs({ ...modem, chip: 'sx127x', payloadLength, implicitHeader: false, crc: true });
  const dwellUs = dwellUsOf(region, modem.bandwidthHz) ?? Infinity;
  let frameLength: number = PAYLOADS[payload];
  while (frameLength >= FRAME_LENGTH_MIN && frameUs(frameLength) > dwellUs) frameLength--; // NXS-CHL-002
  if (frameLength < FRAME_LENGTH_MIN) throw new LimitError('NXS-CHL-002', 'every frame takes too long for the region', { region });
  const packetLength = packetLengthOf(form);
  const frameCount = Math.floor(packetLength / (frameLength - 1)) + 1; // the terminator, or the rest with it, is in the last one
  // NXS-CHL-006
  const assemblyMs = Math.max(ASSEMBLY_MS_MIN, Math.ceil((ASSEMBLY_AIRTIMES * frameCount * frameUs(frameLength)) / 1000));
  return { frameLength, packetLength, frameCount, assemblyMs };
}

/** A packet to be cut. */
export interface ChunkedPacket {
  readonly packet: Uint8Array;
  /** As for a link. */
  readonly form: number;
  /** Bytes, 2 to 255. */
  readonly frameLength: number;
}

const CHUNKED = door.members<ChunkedPacket>({ packet: door.bytes, form: door.count, frameLength: door.whole });

/**
 * Cuts a packet into the frames of a link that sends chunks.
 * @returns frames of at most `frameLength` bytes, the last of which ends with a zero byte
 * @throws DecodeError malformed for an empty packet; LimitError
 * @see NXS-CHL-004
 */
export function chunkForLora(input: ChunkedPacket): Uint8Array[] {
  const { packet, form, frameLength } = CHUNKED(input, 'input');
  if (frameLength < FRAME_LENGTH_MIN || frameLength > LORA_PAYLOAD_LENGTH_MAX) {
    throw new LimitError('NXS-CHL-005', 'not a length of a frame', { frameLength });
  }
  if (packet.length === 0) throw new DecodeError('malformed', 'NXS-CHL-005', 'an empty packet');
  if (packet.length > packetLengthOf(form)) throw new LimitError('NXS-CHL-003', 'a packet too long', { length: packet.length });
  const frames: Uint8Array[] = [];
  for (let offset = 0; offset < packet.length; offset += frameLength - 1) {
    const fragment = packet.subarray(offset, offset + frameLength - 1);
    const isRoomy = fragment.length < frameLength - 1;
    frames.push(concat([Uint8Array.of(fragment.length), fragment, Uint8Array.of(...(isRoomy ? [0] : []))])); // NXS-CHL-004
  }
  if (packet.length % (frameLength - 1) === 0) frames.push(Uint8Array.of(0));
  return frames;
}
