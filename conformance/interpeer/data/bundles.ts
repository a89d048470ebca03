/** Vectors of bundling and padding: what goes into a payload, and how much is after it. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import type { Oracle } from '../../oracle/oracle.ts';

/** Everything of bundling. */
export function bundleCases(oracle: Oracle, batch: Batch): void {
  roomCases(batch);
  writeCases(batch);
  messageCases(oracle, batch);
  paddingCases(batch);
}

function roomCases(batch: Batch): void {
  const add = (name: string, title: string, params: JsonObject, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'limit',
      operation: 'interpeer.bundle.room',
      params,
      about: 'IPR-DAT-008',
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  add('default', 'a plain packet in a datagram of the default size', { encrypted: false });
  add('default-encrypted', 'an encrypted packet in a datagram of the default size', { encrypted: true });
  for (const mtu of [128, 65507]) add(`of-${String(mtu)}`, `a datagram of ${String(mtu)} bytes`, { mtu, encrypted: true });
  for (const mtu of [127, 65508])
    add(`of-${String(mtu)}`, `a datagram of ${String(mtu)} bytes is refused`, { mtu, encrypted: false }, 'limit');
}

const bytesOf = (length: number, fill: number): string => fill.toString(16).padStart(2, '0').repeat(length);

function writeCases(batch: Batch): void {
  const add = (
    name: string,
    title: string,
    about: string,
    writes: readonly string[],
    room: number,
    stream: boolean,
    rejects?: string,
  ): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: 'interpeer.bundle.writes',
      params: { writes, room, stream },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  add('none', 'nothing is written', 'IPR-DAT-004', [], 40, true);
  add('one', 'one write', 'IPR-DAT-004', ['aabb'], 40, false);
  add('empty', 'an empty write is a message', 'IPR-DAT-004', [''], 40, false);
  add('three-share', 'three writes that share a payload', 'IPR-DAT-004', ['aa', 'bbbb', 'cc'], 10, false);
  add('just-fits', 'two writes that fill a payload', 'IPR-DAT-004', [bytesOf(3, 1), bytesOf(3, 2), bytesOf(1, 3)], 10, false);
  add('one-too-many', 'a write that finds one byte too few begins a payload', 'IPR-DAT-004', [bytesOf(3, 1), bytesOf(4, 2)], 10, false);
  add(
    'no-gaps-filled',
    'a later write does not fill a payload that was left',
    'IPR-DAT-004',
    [bytesOf(5, 1), bytesOf(6, 2), bytesOf(1, 3)],
    10,
    true,
  );
  add('whole-write', 'a write that fills a payload is not cut', 'IPR-DAT-005', [bytesOf(8, 1)], 10, true);
  add('smallest-room', 'the smallest room cuts a stream into single bytes', 'IPR-DAT-005', ['aabb'], 3, true);
  add('cut-in-two', 'one byte more and a stream is cut', 'IPR-DAT-005', [bytesOf(9, 1)], 10, true);
  add(
    'rest-is-shared',
    'the last piece shares its payload with the next write',
    'IPR-DAT-005',
    [bytesOf(17, 1), bytesOf(2, 2), bytesOf(6, 3)],
    10,
    true,
  );
  add(
    'first-piece-begins',
    'a write that is cut does not fill the payload before it',
    'IPR-DAT-005',
    [bytesOf(1, 1), bytesOf(12, 2)],
    10,
    true,
  );
  for (const room of [129, 130, 131])
    add(
      `long-length-${String(room)}`,
      `pieces for payloads of ${String(room)} bytes, where lengths take two bytes`,
      'IPR-DAT-005',
      [bytesOf(150, 7)],
      room,
      true,
    );
  add('too-long', 'a write that is not to be cut and does not fit is refused', 'IPR-DAT-006', ['aa', bytesOf(9, 1)], 10, false, 'limit');
  add(
    'too-long-by-its-length',
    'a write whose length takes a second byte does not fit',
    'IPR-DAT-006',
    [bytesOf(128, 1)],
    130,
    false,
    'limit',
  );
}

function messageCases(oracle: Oracle, batch: Batch): void {
  const encoded = (message: JsonObject): string => {
    const answer = oracle.answer('interpeer.messages.encode', { suite: 'interpeer-1', messages: [message] });
    if (answer.kind !== 'ok') throw new Error('a message always encodes');
    return String(answer.value['payload']);
  };
  const proposal = encoded({ type: 'CHANNEL_NEW', initiatorHalf: '0001', cookie1: '0102030405060708' });
  const progress = encoded({ type: 'DATA_PROGRESS', nextSequenceNumber: 65535, bitmap: '' });
  const window = encoded({ type: 'DATA_RECEIVE_WINDOW', packetCount: 64 });
  const data = encoded({ type: 'DATA', data: 'aabbcc' });
  const on = (channelId: string, payload: string): JsonObject => ({ channelId, payload });
  const [none, one, two] = ['f0f0f0f0', '00010002', '00010003'];
  const add = (name: string, title: string, messages: readonly JsonObject[], room: number, about = 'IPR-DAT-007', rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: 'interpeer.bundle.messages',
      params: { messages, room },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  add('nothing', 'no messages', [], 40);
  add('one-channel', 'acknowledgement and data of one channel share a payload', [on(one, progress), on(one, window), on(one, data)], 40);
  add('two-channels', 'each channel has a payload of its own', [on(one, data), on(two, data)], 40);
  add(
    'order-is-kept',
    'messages that belong together but are not adjacent are not moved',
    [on(one, data), on(two, data), on(one, window)],
    40,
  );
  add('proposals', 'two proposals share a payload of the default channel', [on(none, proposal), on(none, proposal)], 40);
  const apart: readonly [string, string, string, string][] = [
    ['first', '00010002', '01010002', 'the first'],
    ['middle', '00010002', '00010102', 'a middle'],
    ['last', '00010002', '00010003', 'the last'],
  ];
  for (const [name, id, other, which] of apart)
    add(
      `${name}-byte-tells-channels-apart`,
      `channels whose ids differ in ${which} byte share no payload`,
      [on(id, window), on(other, window), on(id, data)],
      40,
      'IPR-DAT-036',
    );
  add(
    'default-channel-apart',
    'a proposal and data share no payload',
    [on(none, proposal), on(one, data), on(none, proposal)],
    40,
    'IPR-DAT-036',
  );
  add('full', 'a message that finds no room begins a payload', [on(one, progress), on(one, window), on(one, data)], 11);
  add('just-full', 'messages that fill a payload', [on(one, progress), on(one, window), on(one, data)], 12);
  add(
    'too-long',
    'a message that does not fit into a payload is refused',
    [on(one, progress), on(none, proposal)],
    10,
    'IPR-DAT-006',
    'limit',
  );
}

function paddingCases(batch: Batch): void {
  const add = (spare: number, entropy: string, title: string): void =>
    batch.add({
      name: `${String(spare)}-by-${entropy}`,
      title,
      kind: 'range',
      operation: 'interpeer.padding.derive',
      params: { spare, entropy },
      about: 'IPR-DAT-010',
      accepts: true,
    });
  add(1000, '0000', 'none');
  add(1000, '0040', 'the most');
  add(1000, '0041', 'none again');
  add(1000, '0100', 'the first byte is the more significant');
  add(1000, 'ffff', 'all bits set');
  add(10, '000a', 'as much as there is room for');
  add(10, '000b', 'and not more');
  add(0, 'ffff', 'no room');
}
