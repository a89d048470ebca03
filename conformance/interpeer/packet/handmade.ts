/** Packets built by hand, whose every field can be wrong on purpose, and the peers and the channel of all examples. */
import { fromHex, toHex } from '../../oracle/values.ts';
import { crc32c } from './primitives.ts';
import type { Suite } from './suites.ts';

/** Two peers, initiator and responder of everything here. */
export const INITIATOR = '000102030405060708090a0b0c0d0e0f';
export const RESPONDER = 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff';
/** A channel id whose bytes all differ. */
export const CHANNEL = 'beefd00d';
export const PUBLIC_HEADER_LENGTH = 44;

/** What a packet built by hand is made of. */
export interface HandmadePacket {
  readonly protocolId?: string;
  readonly sender?: string;
  readonly recipient?: string;
  readonly channelId?: string;
  readonly flags?: number;
  readonly packetSize?: number;
  readonly sequenceNumber?: number;
  readonly payloadSize?: number;
  readonly payload?: string;
  readonly padding?: string;
  /** In place of private header, payload and padding. */
  readonly sealed?: string;
  /** In place of the checksum. */
  readonly footer?: string;
  readonly behind?: string;
}

/** A packet whose every field can be wrong on purpose, as hex. */
export function handmade(suite: Suite, p: HandmadePacket): string {
  const u16 = (value: number): string => value.toString(16).padStart(4, '0');
  const payload = p.payload ?? '';
  const inside = p.sealed ?? `${u16(p.sequenceNumber ?? 0x1234)}${u16(p.payloadSize ?? payload.length / 2)}${payload}${p.padding ?? ''}`;
  const size = PUBLIC_HEADER_LENGTH + inside.length / 2 + 4;
  const covered = [
    p.protocolId ?? (suite === 'interpeer-1' ? 'f635b997' : '0c229d94'),
    p.sender ?? INITIATOR,
    p.recipient ?? RESPONDER,
    p.channelId ?? CHANNEL,
    u16(p.flags ?? 0),
    u16(p.packetSize ?? size),
    inside,
  ].join('');
  return `${covered}${p.footer ?? toHex(crc32c(fromHex(covered)))}${p.behind ?? ''}`;
}
