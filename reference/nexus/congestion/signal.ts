/**
 * Congestion signals: what a node tells its neighbours about a link of its own. This is the body of a CONGESTION record.
 *
 *   0      1          2          4
 *   +------+----------+----------+
 *   | link | severity | drain ms |
 *   +------+----------+----------+
 */
import { Reader, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError } from '../../kernel/errors.ts';

/** NXS-CGN-003: the severities by their numbers. */
const SEVERITIES = ['moderate', 'severe', 'saturated'] as const;
/** NXS-CGN-005: the longest time that a signal can say, milliseconds. */
const DRAIN_MS_MAX = 0xffff;

/** How congested a link is. */
export type CongestionSeverity = (typeof SEVERITIES)[number];

/** What is said about a link. */
export interface CongestionSignal {
  /** The number that the sender gives its link, 0 to 255. */
  readonly link: number;
  readonly severity: CongestionSeverity;
  /** Milliseconds until the queue is expected to be empty. */
  readonly drainMs: number;
}

const SIGNAL = door.members<CongestionSignal>({ link: door.byte, severity: door.oneOf(...SEVERITIES), drainMs: door.count });

/**
 * Writes the body of a CONGESTION record.
 * @returns 4 bytes; a time of more than 65,535 ms is written as that
 * @see NXS-CGN-001
 */
export function encodeCongestionSignal(signal: CongestionSignal): Uint8Array {
  const { link, severity, drainMs } = SIGNAL(signal, 'signal');
  const drain = leBytes(Math.min(drainMs, DRAIN_MS_MAX), 2, 'NXS-CGN-005');
  return concat([Uint8Array.of(link, SEVERITIES.indexOf(severity)), drain]);
}

/**
 * Reads the body of a CONGESTION record.
 * @throws DecodeError truncated, trailing; malformed for another severity
 * @see NXS-CGN-001
 */
export function decodeCongestionSignal(body: Uint8Array): CongestionSignal {
  const reader = new Reader(door.bytes(body, 'body'));
  const link = reader.u8('NXS-CGN-002'); // NXS-CGN-004
  const number = reader.u8('NXS-CGN-002');
  const severity = SEVERITIES[number];
  if (severity === undefined) throw new DecodeError('malformed', 'NXS-CGN-003', 'not a severity', { number });
  const drainMs = reader.u8('NXS-CGN-002') + 256 * reader.u8('NXS-CGN-002');
  reader.finish('NXS-CGN-002');
  return { link, severity, drainMs };
}
