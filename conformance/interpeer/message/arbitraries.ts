/** Right messages of a payload. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { hex, hexUpTo, u16 } from '../arbitraries.ts';
import type { Suite } from '../packet/suites.ts';

/** One message of a suite, START_ENCRYPTION aside, which ends a payload. */
function message(of: Suite): fc.Arbitrary<JsonObject> {
  const cookie = hex(of === 'interpeer-1' ? 8 : 4);
  const ofType = (type: string, members: { readonly [name: string]: fc.Arbitrary<Json> }): fc.Arbitrary<JsonObject> =>
    fc.record(members).map((values): JsonObject => ({ type, ...values }));
  const common = [
    ofType('CHANNEL_NEW', { initiatorHalf: hex(2), cookie1: cookie }),
    ofType('CHANNEL_ACKNOWLEDGE', { channelId: hex(4), cookie1: cookie, cookie2: cookie }),
    ofType('CHANNEL_FINALIZE', { channelId: hex(4), cookie2: cookie, capabilities: u16 }),
    ofType('CHANNEL_COOKIE', { cookie, capabilities: u16 }),
    ofType('DATA', { data: hexUpTo(140) }),
  ];
  if (of === 'interpeer-0.1') return fc.oneof(...common);
  const bitmap = fc.oneof(
    fc.constant(''),
    fc.tuple(hexUpTo(31), fc.integer({ min: 1, max: 255 })).map(([front, last]) => `${front}${last.toString(16).padStart(2, '0')}`),
  );
  return fc.oneof(
    ...common,
    ofType('CHANNEL_CLOSE', { reason: fc.nat(255) }),
    ofType('DATA_PROGRESS', { nextSequenceNumber: u16, bitmap }),
    ofType('DATA_RECEIVE_WINDOW', { packetCount: fc.nat(32767) }),
    ofType('HANDSHAKE', { packet: hexUpTo(60) }),
    ofType('KEY_OFFER', { offer: hexUpTo(60) }),
  );
}

/** The messages of a payload, now and then with an encrypted end. */
export function messages(of: Suite): fc.Arbitrary<JsonObject[]> {
  const plain = fc.array(message(of), { maxLength: 5 });
  if (of === 'interpeer-0.1') return plain;
  const sealed = hexUpTo(80, 1).map((bytes): JsonObject => ({ type: 'START_ENCRYPTION', sealed: bytes }));
  return fc.tuple(plain, fc.option(sealed, { nil: undefined, freq: 4 })).map(([list, end]) => (end === undefined ? list : [...list, end]));
}
