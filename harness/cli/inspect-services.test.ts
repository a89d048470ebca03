import { afterAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../conformance/contract/contract.ts';
import type { Operation } from '../../conformance/spec/types.ts';
import { committedVectors } from '../../conformance/vectors.ts';
import {
  DecodeError,
  encodeObjectHeader,
  encodeRecord,
  fromHex,
  hashChunk,
  noblePrimitives,
  toHex,
  writeObject,
} from '../../reference/index.ts';
import { CommandLine } from '../testing/cli.ts';
import { SERVICE_LAYOUTS } from './inspect-nexus-services.ts';
import { loadSuite } from './suite.ts';

const line = new CommandLine();
afterAll(() => line.remove());
const operations = new Map(
  loadSuite().areas.flatMap(({ spec }) => spec.operations.map((operation) => [operation.operation, operation] as const)),
);

/** The bytes of a layout among parameters, or in a result. */
function heldIn(held: JsonObject, members: Operation['params'] | Operation['result'] | undefined, layout: string): string | undefined {
  const name = Object.entries(members ?? {}).find(([, member]) => member.layout === layout)?.[0];
  const value = name === undefined ? undefined : held[name];
  return typeof value === 'string' ? value : undefined;
}
/** Bodies of a layout that vectors accept, and those that they refuse for what the bytes say. */
function bodiesOf(layout: string): { readonly right: string[]; readonly wrong: { readonly body: string; readonly clause: string }[] } {
  const right: string[] = [];
  const wrong: { body: string; clause: string }[] = [];
  for (const { steps } of committedVectors().files.flatMap(({ vectors }) => vectors))
    for (const { operation, params, expect: expected, requirement } of steps) {
      const declared = operations.get(operation);
      const given = heldIn(params, declared?.params, layout);
      if ('reject' in expected && given !== undefined && Object.keys(params).join() === 'body')
        wrong.push({ body: given, clause: requirement });
      if ('reject' in expected) continue;
      right.push(...[given, heldIn(expected.ok, declared?.result, layout)].filter((body) => body !== undefined));
    }
  return { right, wrong };
}
/** A record of a kind: a request, an answer, or unasked, whichever it may be. */
function recordOf(kind: number, body: Uint8Array): Uint8Array {
  for (const role of [
    { answer: false, requestId: 1 },
    { answer: true, requestId: 1 },
  ])
    try {
      return encodeRecord({ kind, ...role, body });
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
    }
  return encodeRecord({ kind, answer: false, requestId: 0, body });
}
const inspected = (kind: number, body: string): ReturnType<CommandLine['here']> =>
  line.here('inspect', '--as', 'nexus-record', toHex(recordOf(kind, fromHex(body))));

describe('inspect of records of custody, proofs and payment', () => {
  it.each([...SERVICE_LAYOUTS])('%s: takes apart what the vectors accept of %s, within the screen', async (kind, layout) => {
    const { right, wrong } = bodiesOf(layout);
    const [first = '', last = ''] = [right[0], right.at(-1)];
    expect(right.length).toBeGreaterThan(0);
    for (const body of [first, last]) {
      const { code, out } = await inspected(kind, body);
      expect(code, out).toBe(0);
      expect(out).not.toContain('taken apart no further');
      expect(out).toContain(layout);
      expect(Math.max(...out.split('\n').map((text) => text.length))).toBeLessThanOrEqual(80);
    }
    for (const { body, clause } of wrong.slice(0, 2)) {
      const { code, out } = await inspected(kind, body);
      expect(code).toBe(1);
      expect(out).toContain(`(${clause})`);
    }
  });
});

describe('inspect of what objects carry', () => {
  it.each(['nexus-group-state', 'nexus-group-message', 'nexus-mailbox'])('takes apart what the vectors accept as %s', async (kind) => {
    const layout = kind.replace('-', '.');
    const { right } = bodiesOf(layout);
    const [first = ''] = right;
    const { code, out } = await line.here('inspect', '--as', kind, first);
    expect(code, out).toBe(0);
    expect(out).toMatch(/read by nexus\.\S+\.read\n/);
    expect(Math.max(...out.split('\n').map((text) => text.length))).toBeLessThanOrEqual(80);
    const cut = await line.here('inspect', '--as', kind, first.slice(0, 20));
    expect(cut.code).toBe(1);
    expect(cut.out).toMatch(/truncated \(NXS-(GST-007|GMS-003|MBX-006)\)/);
  });
  it('knows the state of a group without being told, and inside of an object', async () => {
    const [state = ''] = bodiesOf('nexus.group-state').right;
    expect((await line.here('inspect', state)).out).toMatch(/^the state of a group, \d+ bytes/);
    const changed = state.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
    expect((await line.here('inspect', changed)).out).not.toContain('the state of a group, ');
    const content = fromHex(state);
    const merkleRoot = hashChunk(content, noblePrimitives);
    const of = { contentType: 'immutable', created: 0n, size: content.length, priority: 'normal', minBandwidth: 0, merkleRoot } as const;
    const object = writeObject({ age: 0, header: encodeObjectHeader(of), payload: 'inline', content }, noblePrimitives);
    const { out } = await line.here('inspect', '--as', 'nexus-object', toHex(object));
    expect(out).toContain('Its content:\nthe state of a group');
  });
});
