/** The cases of the heads of channel packets, and the sessions of a table of channels. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { sessionTraces } from '../../generate/sessions.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { lob, packetOfJson, utf8 } from '../packet/build.ts';

export const vectors: TopicVectors = {
  subjects: [{ subject: 'channel-table', fill: ({ oracle, batch }) => channelTableCases(oracle, batch) }],
  mutated: ['e3x.channelhead.', 'e3x.channels.'],
};

function channelTableCases(oracle: Oracle, batch: Batch): void {
  const op = 'e3x.channelhead.read';
  const accept = (name: string, title: string, json: JsonObject, about: string): void =>
    batch.add({ name, title, kind: 'boundary', operation: op, params: { packet: packetOfJson(json) }, about, accepts: true });
  const refuse = (name: string, title: string, packet: string, about: string, rejects = 'malformed'): void =>
    batch.add({ name, title, kind: rejects === 'truncated' ? 'truncation' : 'range', operation: op, params: { packet }, about, rejects });
  for (const c of [1, 2, 255, 256, 65_536, 2_147_483_647, 2_147_483_648, 4_294_967_295])
    accept(`c-${String(c)}`, `channel ${String(c)}`, { c }, 'E3X-CHT-002');
  accept('c-last', 'the id need not come first', { type: 'path', c: 7 }, 'E3X-CHT-002');
  accept('type', 'an opening packet', { c: 1, type: 'path' }, 'E3X-CHT-003');
  accept('type-of-one-character', 'a type of one character', { c: 1, type: ' ' }, 'E3X-CHT-003');
  batch.add({
    name: 'with-body',
    title: 'other members and a body do not matter',
    kind: 'example',
    operation: op,
    params: { packet: packetOfJson({ c: 2, seq: 1, end: true, x: null }, '0102') },
    about: 'E3X-CHT-001',
    accepts: true,
  });
  for (const [name, c] of [
    ['zero', 0],
    ['negative', -1],
    ['too-great', 4_294_967_296],
    ['greatest-safe', 9_007_199_254_740_991],
    ['fraction', 1.5],
    ['text', '1'],
    ['true', true],
    ['null', null],
    ['list', [1]],
    ['object', {}],
  ] as [string, Json][])
    refuse(`c-${name}`, `c is ${JSON.stringify(c)}`, packetOfJson({ c, x: 1 }), 'E3X-CHT-002');
  refuse('c-absent', 'no c', packetOfJson({ type: 'path' }), 'E3X-CHT-002');
  for (const [name, type] of [
    ['empty', ''],
    ['number', 1],
    ['null', null],
    ['true', true],
    ['list', []],
    ['object', {}],
  ] as [string, Json][])
    refuse(`type-${name}`, `type is ${JSON.stringify(type)}`, packetOfJson({ c: 1, type }), 'E3X-CHT-003');
  for (const [name, packet] of [
    ['empty', ''],
    ['one-byte', '00'],
    ['length-beyond', '00087b2263223a317d'],
  ] as const)
    refuse(`no-packet-${name}`, `not a packet: ${name}`, packet, 'E3X-CHT-001', 'truncated');
  for (const [name, head] of [
    ['none', ''],
    ['binary', '1a'],
    ['six-bytes', '{    }'],
    ['no-json', '{"c":1,'],
    ['list', '[1,2,3]'],
    ['c-twice', '{"c":1,"c":1}'],
  ] as const)
    refuse(`head-${name}`, `a head without JSON: ${name}`, lob(utf8(head), Uint8Array.of(0)), 'E3X-CHT-001');
  sessionTraces(oracle, batch, 'e3x.channels');
}
