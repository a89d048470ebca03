/** Who confirms airtimes: the formula as the data sheet of the SX1261 has it, in seconds, and what was published. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { disagree } from '../../generate/confirming.ts';

const NAME = 'SX1261/2 data sheet 6.1.4';

/** Microseconds by floating point: the symbols of the header, of the checksum and of the payload, each on its own. */
export function airtimeBySheet(params: JsonObject): number {
  const number = (name: string): number => Number(params[name]);
  const sf = number('spreadingFactor');
  const symbolUs = (2 ** sf / number('bandwidthHz')) * 1e6;
  const isOptimized = params['lowDataRateOptimize'] ?? symbolUs >= 16_000;
  const isShort = sf < 7 && params['chip'] === 'sx126x';
  const headerBits = params['implicitHeader'] === true ? 0 : 20;
  const checksumBits = params['crc'] === true ? 16 : 0;
  const bits = Math.max(8 * number('payloadLength') + checksumBits - 4 * sf + headerBits + (isShort ? 0 : 8), 0);
  const groups = Math.ceil(bits / (isOptimized === true ? 4 * (sf - 2) : 4 * sf));
  return (number('preambleSymbols') + (isShort ? 6.25 : 4.25) + 8 + groups * number('codingRate')) * symbolUs;
}

export function airtimeConfirmer(): Confirmer {
  return (operation, params, expect) => {
    if (operation !== 'nexus.lora.airtime' || !('ok' in expect)) return undefined;
    const [exact, said] = [airtimeBySheet(params), Number(expect.ok['airtimeUs'])];
    // Floating point is off by far less than a millionth of a microsecond.
    return Math.ceil(exact - 1e-6) === said ? NAME : disagree(NAME, operation, params, exact);
  };
}
