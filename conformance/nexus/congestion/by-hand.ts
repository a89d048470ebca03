/** Signals, slots and shares worked out from the documents alone, without the specification's models. */
import type { JsonObject } from '../../contract/contract.ts';
import { airtimeBySheet } from '../lora/confirm.ts';

const SEVERITIES = ['moderate', 'severe', 'saturated'];

/** The body of a CONGESTION record, by Buffer. */
export function signalBody(link: number, severity: string, drainMs: number): Buffer {
  const body = Buffer.alloc(4);
  body.writeUInt8(link, 0);
  body.writeUInt8(SEVERITIES.indexOf(severity), 1);
  body.writeUInt16LE(drainMs > 0xffff ? 0xffff : drainMs, 2);
  return body;
}

/** What a body says. */
export function signalOf(body: Buffer): JsonObject {
  return {
    link: body.readUInt8(0),
    severity: SEVERITIES[body.readUInt8(1)] ?? '',
    drainMs: body.readUInt16LE(2),
  };
}

/** Whole milliseconds by floating point, which is off by far less than a millionth of one. */
const wholeMs = (us: number): number => Math.ceil(us / 1000 - 1e-6);

/** Slot and step of a link: the airtime of its longest frame by the data sheet, and the symbols before the header. */
export function timingOf(link: JsonObject): JsonObject {
  const number = (name: string): number => Number(link[name]);
  const sf = number('spreadingFactor');
  const frame = { ...link, payloadLength: link['frameLength'] ?? 255, implicitHeader: false, crc: true };
  const symbolUs = 2 ** sf / (number('bandwidthHz') / 1e6);
  const own = link['chip'] === 'sx126x' && sf <= 6 ? 6.25 : 4.25;
  return {
    slotMs: wholeMs(airtimeBySheet(frame)),
    stepMs: wholeMs((number('preambleSymbols') + own) * symbolUs) + 2,
  };
}

/** The share of announces of an hour: 72 s, or a quarter of the budget. */
export function shareUs(budgetUs: number | undefined): number {
  const quarter = budgetUs === undefined ? 900_000_000 : (budgetUs - (budgetUs % 4)) / 4;
  return quarter < 72_000_000 ? quarter : 72_000_000;
}

/** Milliseconds of a back-off: slots from the lowest bits of a byte, as binary digits. */
export function backOffMs(byte: number, busyCount: number, slotMs: number): number {
  const digits = byte.toString(2).padStart(8, '0').slice(-busyCount);
  return (1 + parseInt(digits, 2)) * slotMs;
}
