import { readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as reference from '../../../reference/index.ts';
import type { JsonObject } from '../../../conformance/contract/contract.ts';
import type { World } from './adapter-topic.ts';
import { createHandler, referenceHandler } from './handler.ts';
import { sessionsOver } from './sessions.ts';
import { TOPICS } from './topics.ts';

const specFolder = new URL('../../../spec/', import.meta.url);
const spec = (file: string): unknown => parse(readFileSync(new URL(file, specFolder), 'utf8'));
const call = (op: string, params: JsonObject): unknown => referenceHandler.handle(op, params);
/** The members of `ok`. */
const ok = (op: string, params: JsonObject): unknown => (call(op, params) as { ok?: unknown }).ok;
/** How a call ended, in one word. */
function ending(op: string, params: JsonObject): string {
  const reply = referenceHandler.handle(op, params);
  if ('reject' in reply) return reply.reject.class;
  return Object.keys(reply)[0] ?? '';
}

describe('hello', () => {
  it('declares every operation and every profile of the spec', () => {
    const named = (name: string): string[] =>
      readdirSync(specFolder, { recursive: true, encoding: 'utf8' }).filter((file) => basename(file) === name);
    const operations = named('operations.yaml').flatMap((file) => (spec(file) as { operations: { operation: string }[] }).operations);
    const profiles = [...named('topic.yaml'), ...named('profiles.yaml')].flatMap(
      (file) => (spec(file) as { profiles?: { profile: string }[] }).profiles ?? [],
    );
    expect([...referenceHandler.hello.operations].sort()).toEqual(operations.map(({ operation }) => operation).sort());
    expect([...referenceHandler.hello.profiles].sort()).toEqual(profiles.map(({ profile }) => profile).sort());
  });

  it('has the operations of a topic in the file of that topic', () => {
    const world: World = { engine: reference, primitives: reference.noblePrimitives, session: sessionsOver(() => 's1') };
    for (const { area, topic, operations } of TOPICS) {
      const declared = (spec(`${area}/${topic}/operations.yaml`) as { operations: { operation: string }[] }).operations;
      expect(Object.keys(operations(world)).sort()).toEqual(declared.map(({ operation }) => operation).sort());
    }
  });

  it('answers unsupported for anything else', () => {
    for (const op of ['e3x.nothing', 'hello', '__proto__', '']) expect(call(op, {})).toEqual({ unsupported: true });
  });
});

describe('parameters', () => {
  it.each<[string, JsonObject]>([
    ['e3x.packet.decode', {}],
    ['e3x.packet.decode', { packet: 1 }],
    ['e3x.packet.decode', { packet: '000' }],
    ['e3x.packet.decode', { packet: '00FF' }],
    ['e3x.packet.decode', { packet: '0000', more: 1 }],
    ['e3x.packet.decode', { packet: '0000', ['__proto__']: 1 }],
    ['e3x.packet.encode', { json: {}, head: '' }],
    ['e3x.packet.encode', { json: [] }],
    ['e3x.chunks.split', { packet: '0000' }],
    ['e3x.chunks.split', { packet: '0000', size: 5, transport: 'tcp' }],
    ['e3x.chunks.split', { packet: '0000', size: 65536 }],
    ['e3x.chunks.split', { packet: '0000', size: 5.5 }],
    ['e3x.chunks.split', { packet: '0000', transport: 'toString' }],
    ['e3x.chunks.open', { size: 5 }],
    ['e3x.chunks.open', { now: 0, limits: { more: 1 } }],
    ['e3x.chunks.open', { now: 0, limits: { ageMs: -1 } }],
    ['e3x.cloak.apply', { packet: '0000', nonces: '00' }],
    ['e3x.hashname.derive', { keys: null }],
    ['e3x.base32.decode', { text: null }],
    ['e3x.message.open', { csid: '3a', recipient: '00', packet: '00013a' }],
    ['e3x.message.open', { csid: '3a', recipient: { secret: 1 }, packet: '00013a' }],
    ['e3x.message.open', { csid: '3a', recipient: { key: '00' }, packet: '00013a' }],
    ['e3x.message.open', { csid: '3a', recipient: { secret: '00' }, packet: `00013a${'09'.repeat(88)}` }],
    [
      'e3x.message.seal',
      { csid: '3a', sender: { secret: '00' }, ephemeral: { secret: '00' }, recipientKey: '00', inner: '0000', entropy: '' },
    ],
    ['e3x.channelkeys.derive', { csid: '3a', ephemeral: { secret: '' }, packet: `00013a${'09'.repeat(88)}` }],
    ['e3x.channelpacket.seal', { csid: '3a', key: '00', token: '00', inner: '0000', entropy: '00' }],
    ['e3x.channelpacket.open', { csid: '3a', key: '00', packet: '00'.repeat(99) }],
  ])('%s faults on %j', (op, params) => {
    expect(ending(op, params)).toBe('fault');
  });
});

describe('operations', () => {
  it('decodes with json, with jsonError or with neither', () => {
    expect(ok('e3x.packet.decode', { packet: '00077b2261223a317dff' })).toEqual({
      headLength: 7,
      head: '7b2261223a317d',
      json: { a: 1 },
      bodyLength: 1,
      body: 'ff',
    });
    expect(ok('e3x.packet.decode', { packet: '00076162636465666718' })).toEqual({
      headLength: 7,
      head: '61626364656667',
      jsonError: 'syntax',
      bodyLength: 1,
      body: '18',
    });
    expect(ok('e3x.packet.decode', { packet: '0000' })).toEqual({ headLength: 0, head: '', bodyLength: 0, body: '' });
    expect(ending('e3x.packet.decode', { packet: '0001' })).toBe('truncated');
  });

  it('carries __proto__ both ways', () => {
    const packet = '00157b225f5f70726f746f5f5f223a7b2278223a317d7d';
    const reply = JSON.stringify(ok('e3x.packet.decode', { packet }));
    expect(reply).toContain('"json":{"__proto__":{"x":1}}');
    const { json } = JSON.parse(reply) as { json: JsonObject };
    expect(ok('e3x.packet.encode', { json })).toEqual({ packet });
  });

  it('answers each of the others', () => {
    expect(ok('e3x.packet.encode', {})).toEqual({ packet: '0000' });
    expect(ok('e3x.chunks.split', { packet: '0000', transport: 'ble' })).toEqual({ frames: ['02000000'] });
    expect(ok('e3x.chunks.join', { stream: '02000000' })).toEqual({ packets: ['0000'] });
    expect(ok('e3x.cloak.apply', { packet: '0000', nonces: ['0102030405060708'] })).toEqual({ cloaked: '010203040506070857d6' });
    expect(ok('e3x.cloak.remove', { cloaked: '010203040506070857d6' })).toEqual({ packet: '0000', rounds: 1 });
    const { intermediates } = ok('e3x.hashname.intermediates', { keys: { '1a': '00' } }) as { intermediates: JsonObject };
    expect(ok('e3x.hashname.derive', { keys: {}, intermediates })).toEqual(ok('e3x.hashname.derive', { keys: { '1a': '00' } }));
    expect(ok('e3x.hashname.parse', { hashname: 'a'.repeat(52) })).toEqual({ digest: '00'.repeat(32) });
    expect(ok('e3x.base32.encode', { bytes: '66' })).toEqual({ text: 'my' });
    expect(ok('e3x.base32.decode', { text: 'my' })).toEqual({ bytes: '66' });
    expect(ok('e3x.token.derive', { packet: `00013a${'00'.repeat(16)}` })).toEqual({ token: '374708fff7719dd5979ec875d56cd228' });
    const jws = 'eyJhbGciOiJub25lIn0..';
    expect(ok('e3x.jws.decode', ok('e3x.jws.encode', { jws }) as JsonObject)).toEqual({ jws });
    const jwe = 'eyJhbGciOiJBIiwiZW5jIjoiQiJ9.AQ.Ag.Aw.BA';
    expect(ok('e3x.jwe.decode', ok('e3x.jwe.encode', { jwe }) as JsonObject)).toEqual({ jwe });
  });
});

describe('messages', () => {
  const a = { secret: '3b602349d7d3b31834cd847df612788ed7bc773d', key: '02dbc2bfcf26b17426620895bdbf7d80becb114c3a' };
  const b = { secret: '5f3f555f6b5235fdb99d29a21dd26c5602d97243', key: '020d28e56dcd772d342e2f202a6e5b1f228298272d' };
  const ephemeral = { secret: 'e054cddd3dd5785db18ed0d769e83a08b1f5bc4f' };
  const packet = '00011a02de885f8e0db99f7dc48f972ec4c2f3c4a97cdd1b4d765183abc0105f5843';
  const channel = { csid: '1a', key: 'a20199e40d423ed9d39361872ed35e55' };
  const token = '4fdc8bfcb0380d942cae6d34d979bffa';
  const channelPacket =
    '00004fdc8bfcb0380d942cae6d34d979bffa2ba5337d1da9e9d8676557ff4f4581e45d336ccfa4e62746c8d018ad796771ec62b823441f43f4';

  it('are sealed and opened', () => {
    const sealed = { packet, token: 'e47d830341a18fb402912f0023335b17' };
    expect(ok('e3x.message.seal', { csid: '1a', sender: a, ephemeral, recipientKey: b.key, inner: '0000', entropy: '4d765183' })).toEqual(
      sealed,
    );
    const opened = { inner: '0000', ephemeralKey: '02de885f8e0db99f7dc48f972ec4c2f3c4a97cdd1b' };
    expect(ok('e3x.message.open', { csid: '1a', recipient: b, packet })).toEqual(opened);
    expect(ok('e3x.message.open', { csid: '1a', recipient: b, senderKey: a.key, packet })).toEqual({ ...opened, verified: true });
  });

  it('are followed by channel packets', () => {
    const handshake =
      '00011a031f0f3424665969b574c3ae3472cb23ec5b501a1c210a99ec9439ee625e2b17fe35bef4d16b52a6795856ab6c4c6c' +
      '0336be16bf573faebe04bc770975670729b97c884595578384b5a389edb9f4a0ee4539c4';
    expect(
      ok('e3x.channelkeys.derive', { csid: '1a', ephemeral: { secret: 'e054cddd3dd5785db18ed0d769e83a08b1f5bc4f' }, packet: handshake }),
    ).toEqual({ encryptKey: channel.key, decryptKey: 'd4b9c31f026d4a7242fe02e7a50cef43' });
    const inner = '001d7b2263223a312c2274797065223a2274657374222c22736571223a317d';
    expect(ok('e3x.channelpacket.seal', { ...channel, token, inner, entropy: '2ba5337d' })).toEqual({ packet: channelPacket });
    expect(ok('e3x.channelpacket.open', { ...channel, packet: channelPacket })).toEqual({ token, inner });
  });

  it('are refused without a detail if they are not authentic, and with one otherwise', () => {
    const refused = { reject: { class: 'unauthenticated' } };
    expect(call('e3x.message.open', { csid: '1a', recipient: b, senderKey: b.key, packet })).toEqual(refused);
    expect(call('e3x.channelpacket.open', { ...channel, packet: `${channelPacket}00` })).toEqual(refused);
    expect(call('e3x.message.open', { csid: '1b', recipient: b, packet })).toMatchObject({
      reject: { class: 'unsupported', detail: expect.stringContaining('E3X-MSG-005') as string },
    });
    expect(ending('e3x.message.open', { csid: '1A', recipient: b, packet })).toBe('malformed');
    expect(ending('e3x.message.open', { csid: '1a', recipient: b, packet: packet.slice(0, 60) })).toBe('truncated');
  });
});

describe('sessions', () => {
  it('have handles that count up, whatever they are of', () => {
    const handler = createHandler(reference);
    const opened = ['e3x.chunks.open', 'e3x.cloakpath.open', 'e3x.chunks.open'].map((op) => handler.handle(op, { now: 0 }));
    expect(opened).toEqual(['s1', 's2', 's3'].map((session) => ({ ok: { session, transmit: [], events: [], timeoutAt: null } })));
    expect(handler.handle('e3x.cloakpath.close', { session: 's1' })).toMatchObject({ reject: { class: 'wrong-state' } });
    expect(handler.handle('e3x.chunks.close', { session: 's1' })).toEqual({ ok: {} });
    expect(handler.handle('e3x.chunks.close', { session: 's1' })).toMatchObject({ reject: { class: 'wrong-state' } });
  });

  it('run a chunk endpoint', () => {
    const { session } = ok('e3x.chunks.open', { size: 4, blocking: true, acks: 'chunk', limits: { blockMs: 1000 }, now: 0 }) as {
      session: string;
    };
    expect(ok('e3x.chunks.send', { session, packet: '0000000000', now: 5 })).toEqual({
      transmit: ['03000000'],
      events: [],
      timeoutAt: 1005,
    });
    expect(ok('e3x.chunks.receive', { session, bytes: '02000000', now: 6 })).toEqual({
      transmit: ['02000000'],
      events: [{ type: 'packet', packet: '0000', link: 0 }],
      timeoutAt: 1006,
    });
    expect(ending('e3x.chunks.send', { session, packet: 'ffff', now: 6 })).toBe('truncated');
    expect(ok('e3x.chunks.tick', { session, now: 1006 })).toEqual({
      transmit: [],
      events: [{ type: 'stalled', link: 0 }],
      timeoutAt: null,
    });
    expect(ending('e3x.chunks.send', { session, packet: '0000', now: 1006 })).toBe('wrong-state');
    expect(ok('e3x.chunks.receive', { session, link: 9, bytes: '02ffff00', now: 1006 })).toEqual({
      transmit: ['00'],
      events: [{ type: 'discarded', class: 'truncated', link: 9 }],
      timeoutAt: null,
    });
    expect(ending('e3x.chunks.open', { size: 1, now: 0 })).toBe('limit');
  });

  it('run a path', () => {
    const { session } = ok('e3x.cloakpath.open', { cloaked: false, now: 0 }) as { session: string };
    expect(ok('e3x.cloakpath.send', { session, packet: '0000', entropy: '', now: 0 })).toEqual({
      transmit: ['0000'],
      events: [],
      timeoutAt: null,
    });
    expect(ok('e3x.cloakpath.receive', { session, bytes: '010203040506070857d6', now: 0 })).toEqual({
      transmit: [],
      events: [{ type: 'packet', packet: '0000', rounds: 1 }],
      timeoutAt: null,
    });
    expect(ok('e3x.cloakpath.send', { session, packet: '0000', entropy: '000102030405060708', now: 0 })).toEqual({
      transmit: ['010203040506070857d6'],
      events: [],
      timeoutAt: null,
    });
    for (const entropy of ['', '00', '00010203040506070800']) {
      expect(ending('e3x.cloakpath.send', { session, packet: '0000', entropy, now: 0 })).toBe('fault');
    }
    expect(ending('e3x.cloakpath.send', { session, packet: '0001', entropy: '', now: 0 })).toBe('truncated');
    expect(ok('e3x.cloakpath.close', { session })).toEqual({});
    expect(ending('e3x.cloakpath.receive', { session, bytes: '0000', now: 0 })).toBe('wrong-state');
  });
});
