/** Messages of thtp as they are drawn. */
import fc from 'fast-check';
import type { JsonObject } from '../../contract/contract.ts';
import { toHex } from '../../oracle/values.ts';
import { bytesUpTo, type Hints } from '../../suites/arbitraries.ts';
import { packetOfJson } from '../packet/build.ts';

/** A request or response as a packet. */
export const message: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom<JsonObject[]>({ ':method': 'GET', ':path': '/' }, { ':status': 200 }, { ':status': 404, 'accept': '*/*' }),
    bytesUpTo(200),
  )
  .map(([json, body]) => packetOfJson(json, toHex(body)));

/** How requests about messages are drawn. */
export const hints: Hints = { params: { 'e3x.thtpmessage.cut.packet': () => message } };
