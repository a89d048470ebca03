/** The cases of channel packets and their keys: everything real endpoints sealed, and each way to be wrong once. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { afterForgery, flipped, HEADER, pairOf, SETS, type CipherSetEvidence, type Csid } from './evidence.ts';

export function channelPackets(oracle: Oracle, batch: Batch, csid: Csid, set: CipherSetEvidence): void {
  const { group, entropyLength, channelMin, keyLength } = SETS[csid];
  const channelClause = csid === '1a' ? 'E3X-CS1-006' : csid === '2a' ? 'E3X-CS2-007' : 'E3X-CS3-006';
  const keysClause = csid === '1a' ? 'E3X-CS1-005' : csid === '2a' ? 'E3X-CS2-006' : 'E3X-CS3-005';
  const add = (operation: string, name: string, title: string, params: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name: `${csid}/${name}`,
      title: `${csid}: ${title}`,
      kind: rejects === undefined ? 'example' : 'range',
      operation,
      params,
      about,
      ...(rejects === undefined ? { accepts: true, ...(name === 'other-token' ? {} : { published: 'e3x-js' }) } : { rejects }),
    });
  for (const [own, index] of [
    ['AB', 1],
    ['BA', 0],
  ] as const) {
    const ephemeral = set.exchanges[own]?.ephemeral;
    const handshake = set.handshakes[index];
    if (ephemeral === undefined || handshake === undefined) throw new Error(`no exchange of ${csid}`);
    const params = {
      csid,
      ephemeral: { secret: ephemeral.secret, ...(ephemeral.aes === undefined ? {} : { aes: ephemeral.aes }) },
      ...(csid === '2a' ? { recipient: { ...pairOf(set, handshake.to) } } : {}),
      packet: handshake.packet,
    };
    add(
      'e3x.channelkeys.derive',
      own === 'AB' ? 'initiator' : 'responder',
      `the keys of ${own === 'AB' ? 'one' : 'the other'} side`,
      params,
      own === 'AB' ? keysClause : 'E3X-CHP-001',
    );
    if (own === 'AB') {
      add(
        'e3x.channelkeys.derive',
        'other-csid',
        'a handshake of another cipher set',
        { ...params, packet: `0001${csid === '3a' ? '1a' : '3a'}${handshake.packet.slice(6)}` },
        'E3X-MSG-001',
        'malformed',
      );
      add(
        'e3x.channelkeys.derive',
        'short',
        'a handshake cut short',
        { ...params, packet: handshake.packet.slice(0, 2 * HEADER + 10) },
        `${group}-001`,
        'truncated',
      );
    }
  }
  // The number is the place in the recorded conversation, which nothing is put into any more.
  set.channel.packets.forEach((p, i) => {
    const keys = set.channel.keys[p.from];
    if (keys === undefined) throw new Error(`no channel keys of ${p.from}`);
    add(
      'e3x.channelpacket.open',
      `e3x-js-${String(i)}`,
      `channel packet ${String(i)} of e3x-js`,
      { csid, key: keys.enc, packet: p.packet },
      i === 0 ? 'E3X-CHP-002' : channelClause,
    );
    add(
      'e3x.channelpacket.seal',
      `e3x-js-${String(i)}`,
      `channel packet ${String(i)} of e3x-js`,
      { csid, key: keys.enc, token: keys.sendsWithToken, inner: p.inner, entropy: p.packet.slice(36, 36 + 2 * entropyLength) },
      i === 0 ? 'E3X-CHP-002' : channelClause,
    );
  });
  const p = set.channel.packets[0];
  const keys = set.channel.keys[p?.from ?? ''];
  if (p === undefined || keys === undefined) throw new Error(`no channel packet of ${csid}`);
  const open = { csid, key: keys.enc, packet: p.packet };
  const length = p.packet.length / 2;
  for (const [name, at] of [
    ['iv-first', 18],
    ['iv-last', 18 + entropyLength - 1],
    ['content-first', 18 + entropyLength],
    ['content-last', length - 17],
    ['last', -1],
  ] as const)
    add(
      'e3x.channelpacket.open',
      `tampered-${name}`,
      `one bit changed: ${name}`,
      { ...open, packet: flipped(p.packet, at) },
      'E3X-CHP-004',
      'unauthenticated',
    );
  afterForgery(oracle, batch, 'e3x.channelpacket.open', csid, { ...open, packet: flipped(p.packet, length - 17) }, open, 'E3X-CHP-004');
  add(
    'e3x.channelpacket.open',
    'trailing-byte',
    'one byte after the end',
    { ...open, packet: `${p.packet}00` },
    'E3X-CHP-004',
    'unauthenticated',
  );
  add(
    'e3x.channelpacket.open',
    'wrong-key',
    'the key of the other direction',
    { ...open, key: keys.dec },
    'E3X-CHP-004',
    'unauthenticated',
  );
  add(
    'e3x.channelpacket.open',
    'other-token',
    'the token is not authenticated: it is a hint',
    { ...open, packet: flipped(p.packet, 2) },
    'E3X-CHP-002',
  );
  for (const short of new Set([2, 17, 18, 18 + entropyLength, channelMin + 1]))
    if (short - 2 < channelMin)
      add(
        'e3x.channelpacket.open',
        `cut-to-${String(short)}`,
        `a channel packet of ${String(short)} bytes`,
        { ...open, packet: p.packet.slice(0, 2 * short) },
        short < 18 ? 'E3X-CHP-002' : channelClause,
        'truncated',
      );
  for (const [name, head] of [
    ['csid', `0001${csid}`],
    ['six', '0006010203040506'],
    ['json', `0007${Buffer.from('{"a":1}').toString('hex')}`],
  ] as const)
    add(
      'e3x.channelpacket.open',
      `head-${name}`,
      `a HEAD: ${name}`,
      { ...open, packet: `${head}${p.packet.slice(4)}` },
      'E3X-CHP-003',
      'malformed',
    );
  for (const [name, inner] of [
    ['empty', ''],
    ['length-beyond', '0005aa'],
  ] as const)
    add(
      'e3x.channelpacket.seal',
      `inner-${name}`,
      `the inner packet is not a packet: ${name}`,
      { csid, key: '07'.repeat(keyLength), token: '09'.repeat(16), inner, entropy: '05'.repeat(entropyLength) },
      'E3X-MSG-002',
      'truncated',
    );
}
