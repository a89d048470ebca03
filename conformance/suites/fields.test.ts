/** Fields inside fields, as the model of an operation writes and reads them. */
import { describe, expect, it } from 'vitest';
import { oracleOf } from '../areas.ts';
import type { JsonObject } from '../contract/contract.ts';
import { fromHex, toHex } from '../oracle/values.ts';
import { Fields } from './fields.ts';
import { expectedFrom, Judge } from './judge.ts';

const nexus = oracleOf('nexus');
const WRITE = 'nexus.beacon.write';
const BEACON: JsonObject = { id: '01'.repeat(16), capabilities: 3, costTier: 2, load: 17 };
const resultOf = (oracle: typeof nexus, operation: string, params: JsonObject): JsonObject => {
  const answer = oracle.answer(operation, params);
  if (answer.kind !== 'ok') throw new Error(`${operation} refuses`);
  return answer.value;
};
const packet = String(resultOf(nexus, WRITE, BEACON)['packet']);
const flipped = (hex: string, at: number): string => {
  const bytes = fromHex(hex);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  return toHex(bytes);
};
const names = (fields: readonly { readonly name: string }[]): string[] => fields.map(({ name }) => name);

describe('the fields of a packet', () => {
  const fields = new Fields(nexus, WRITE, BEACON);
  const OUTER = ['flags', 'hops', 'destination', 'context'];
  const INNER = ['data.id', 'data.capabilities', 'data.costTier', 'data.load'];
  it('go on inside its data, where the specification writes these by another layout', () => {
    expect(names(fields.of(fromHex(packet), 'nexus.packet-1'))).toEqual([...OUTER, ...INNER]);
  });
  it('are those of a wrong one at the same places', () => {
    const got = fromHex(flipped(packet, 35));
    expect(fields.of(got, 'nexus.packet-1', fromHex(packet)).find(({ name }) => name === 'data.capabilities')).toMatchObject({
      offset: 35,
      length: 2,
      note: String((3 ^ 0xff) & 0xffff),
    });
    // What the inner layout cannot read stays one field.
    expect(names(fields.of(got.slice(0, -1), 'nexus.packet-1', fromHex(packet)))).toEqual([...OUTER, 'data']);
  });
  it('go on inside what is read', () => {
    const reading = new Fields(nexus, 'nexus.beacon.read', { packet });
    expect(names(reading.of(fromHex(packet), 'nexus.packet-1'))).toEqual([...OUTER, ...INNER]);
  });
  it('leave before and after an inner part what belongs to the outer field', () => {
    const oracle = oracleOf('interpeer');
    const params = { suite: 'interpeer-1', sender: '00'.repeat(16), recipient: '11'.repeat(16), channelId: 'beefd00d', payload: '1401aa' };
    const datagram = fromHex(String(resultOf(oracle, 'interpeer.packet.encode', params)['datagram']));
    const found = new Fields(oracle, 'interpeer.packet.encode', params).of(datagram, 'interpeer.public-header');
    expect(names(found).slice(-4)).toEqual(['behind.payloadSize', 'behind.payload', 'behind.padding', 'behind']);
    expect(found.at(-1)).toMatchObject({ offset: datagram.length - 4, length: 4 });
    const covered = found.reduce((end, { offset, length }) => (offset === end ? end + length : NaN), 0);
    expect(covered).toBe(datagram.length);
  });
  it('are those of the layout that the packet was made with, where it has two forms', () => {
    const addresses = { destination: '01'.repeat(16), transport: '02'.repeat(16) };
    const params = { destinationType: 'single', packetType: 'data', hops: 0, ...addresses, context: 0, data: '00' };
    const encode = 'nexus.packet.encode';
    const bytes = fromHex(String(resultOf(nexus, encode, params)['packet']));
    expect(names(new Fields(nexus, encode, params).of(bytes, 'nexus.packet-1'))).toContain('transport');
  });
  it('are those of the declared layout where the other one only occurs inside it', () => {
    const e3x = oracleOf('e3x');
    const params = { packet: '0000', size: 20 };
    const fields = new Fields(e3x, 'e3x.chunks.split', params);
    const [frame = ''] = resultOf(e3x, 'e3x.chunks.split', params)['frames'] as readonly string[];
    const longer = fields.of(fromHex(`${frame}0105`), 'e3x.chunk-stream', fromHex(frame));
    expect(names(longer)[0]).toContain('chunks[0]');
  });
  it('are none without a layout, and those of the layout alone without a model', () => {
    expect(fields.of(fromHex(packet), undefined)).toEqual([]);
    const session = new Fields(oracleOf('e3x'), 'e3x.channel.send', { session: 's' });
    expect(names(session.of(fromHex('0000ff'), 'e3x.packet'))).toEqual(['headLength', 'head', 'body']);
  });
});

describe('bytes that differ', () => {
  const blamed = (at: number): string | undefined => {
    const expected = expectedFrom(WRITE, BEACON, nexus.answer(WRITE, BEACON));
    const judgement = new Judge(nexus).judge(expected, { kind: 'ok', value: { packet: flipped(packet, at) } }, []);
    return judgement !== undefined && 'failure' in judgement ? judgement.failure.requirement : undefined;
  };
  it('are blamed on the clause of the field inside, and on that of the packet around it', () => {
    expect([0, 18].map(blamed)).toEqual(['NXS-BCN-001', 'NXS-BCN-001']);
    // The order of the bytes of an integer is the matter of the data, not of the packet.
    expect([19, 35, 37, 38].map(blamed)).toEqual(['NXS-BCN-002', 'NXS-BCN-002', 'NXS-BCN-002', 'NXS-BCN-002']);
  });
  it('are blamed on the clause that bounds the values of a field, where there is one', () => {
    const encode = 'nexus.record.encode';
    const params = { kind: 16, answer: false, requestId: 1, body: 'aa'.repeat(32) };
    const expected = expectedFrom(encode, params, nexus.answer(encode, params));
    const right = String(resultOf(nexus, encode, params)['record']);
    const clauses = [0, 2, 3].map((at) => {
      const judgement = new Judge(nexus).judge(expected, { kind: 'ok', value: { record: flipped(right, at) } }, []);
      return judgement !== undefined && 'failure' in judgement ? judgement.failure.requirement : undefined;
    });
    expect(clauses).toEqual(['NXS-REC-003', 'NXS-REC-001', 'NXS-REC-005']);
  });
});
