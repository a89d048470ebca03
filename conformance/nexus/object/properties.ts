/** What holds for all objects: headers are written as they were read, chunks verify, and contents come through a transfer. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo, type Hints } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { nodeOf } from '../identity/people.ts';
import { headerByHand, little, rootOf, signatureByHand, updateByHand } from './made.ts';

const hash = bytesExactly(32).map(toHex);
const owner = bytesExactly(16).map(toHex);
const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const common = {
  created: u64,
  size: fc.nat(0xffff_ffff),
  priority: fc.constantFrom('critical', 'normal', 'lazy'),
  minBandwidth: fc.nat(0xffff_ffff),
  merkleRoot: hash,
};
const ttl = fc.integer({ min: 1, max: 2_592_000 });
const header: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ ...common, contentType: fc.constant('immutable'), owner, ttl }, { requiredKeys: ['contentType', ...names(common)] }),
  fc.record({ ...common, contentType: fc.constant('ephemeral'), owner, ttl }, { requiredKeys: ['contentType', 'ttl', ...names(common)] }),
  fc.record(
    { ...common, contentType: fc.constant('mutable'), owner, ttl, labelHash: hash, sequence: u64 },
    { requiredKeys: ['contentType', 'owner', 'labelHash', 'sequence', ...names(common)] },
  ),
);
function names<Shape extends object>(shape: Shape): (keyof Shape)[] {
  return Object.keys(shape) as (keyof Shape)[];
}
/** Contents of up to five chunks, each of one byte. */
const content = fc
  .record({ length: fc.oneof(fc.nat(300), fc.constantFrom(4095, 4096, 4097, 8192, 8193), fc.nat(20_000)), first: fc.nat(255) })
  .map(({ length, first }) => Uint8Array.from({ length }, (_, i) => (first + Math.floor(i / 4096)) & 255));
const chunked = content.filter(({ length }) => length > 4096);
const headerHex = fc
  .record({ size: fc.nat(0xffff_ffff), root: hash })
  .map(({ size, root }) => headerByHand({ size: little(size, 4), root }));
const updateBody = fc.record({ seed: bytesExactly(32), sequence: u64, bytes: bytesUpTo(100) }).map(({ seed, sequence, bytes }) => {
  const node = nodeOf(seed);
  const front = updateByHand({ sequence, size: little(bytes.length, 4), root: rootOf(bytes) }, node);
  return `00000000${front}${signatureByHand(front, node)}00${toHex(bytes)}`;
});
const objectBody = fc.oneof(
  bytesUpTo(300).map((bytes) => `05000000${headerByHand({ size: little(bytes.length, 4), root: rootOf(bytes) })}00${toHex(bytes)}`),
  updateBody,
);
const indices = fc.uniqueArray(fc.nat(0xffff_ffff), { minLength: 1, maxLength: 64 }).map((given) => [...given].sort((a, b) => a - b));
const chunkBody = fc
  .record({ object: hash, index: fc.nat(0xffff_ffff), path: fc.array(hash, { maxLength: 20 }), chunk: bytesUpTo(200, 1) })
  .map(
    ({ object, index, path, chunk }) =>
      `${object}${little(index, 4)}${little(path.length, 1)}${path.join('')}${little(chunk.length, 2)}${toHex(chunk)}`,
  );

const hints: Hints = {
  params: {
    'nexus.object.hash.header': () => headerHex,
    'nexus.object.decode.header': () => headerHex,
    'nexus.object.front.bytes': () => headerHex,
    'nexus.object.read.body': () => objectBody,
    'nexus.chunks.requested.body': () => fc.record({ object: hash, indices }).map(requestBody),
    'nexus.chunks.read.body': () => chunkBody,
    'nexus.get.read.body': () => hash,
  },
  layouts: { 'nexus.object-header': () => headerHex.map(fromHex) },
  requests: {
    'nexus.object.encode': () => header,
    'nexus.object.key': () => fc.record({ owner, labelHash: hash }),
    'nexus.object.label': () => fc.string({ unit: 'grapheme', maxLength: 20 }).map((label) => ({ label })),
    'nexus.object.sign': () =>
      fc
        .record({ seed: bytesExactly(32), sequence: u64 })
        .map(({ seed, sequence }) => ({ seed: toHex(seed), header: updateByHand({ sequence }, nodeOf(seed)) })),
    'nexus.object.write': () =>
      bytesUpTo(300).map((bytes) => ({
        age: 5,
        header: headerByHand({ size: little(bytes.length, 4), root: rootOf(bytes) }),
        payload: 'inline',
        content: toHex(bytes),
      })),
    'nexus.merkle.leaf': () => bytesUpTo(4096, 0, [0, 1, 1024, 1025, 4096]).map((chunk) => ({ chunk: toHex(chunk) })),
    'nexus.merkle.node': () => fc.record({ left: hash, right: hash }),
    'nexus.merkle.root': () => content.map((bytes) => ({ content: toHex(bytes) })),
    'nexus.merkle.path': () => chunked.map((bytes) => ({ content: toHex(bytes), index: 1 })),
    'nexus.merkle.verify': () =>
      bytesUpTo(300, 1).map((chunk) => ({ merkleRoot: rootOf(chunk), size: chunk.length, index: 0, path: [], chunk: toHex(chunk) })),
    'nexus.chunks.request': () => fc.record({ hash, indices }),
    'nexus.chunks.write': () =>
      fc.record({ hash, index: fc.nat(0xffff_ffff), path: fc.array(hash, { maxLength: 20 }), chunk: bytesUpTo(200, 1).map(toHex) }),
    'nexus.object.travels': () => fc.record({ bottleneck: fc.nat(255), minBandwidth: fc.nat(0xffff_ffff) }),
  },
};

function requestBody({ object, indices: given }: { object: string; indices: readonly number[] }): string {
  return `${object}${little(given.length, 2)}${given.map((index) => little(index, 4)).join('')}`;
}

export const properties: TopicProperties = {
  checks: (suite) => propertyChecks(suite, (property) => objectProperties(property)),
  hints,
};

function objectProperties(property: Bind): Check[] {
  const [encode, decode] = ['nexus.object.encode', 'nexus.object.decode'];
  const [open, begin, receive, close] = ['nexus.transfer.open', 'nexus.transfer.begin', 'nexus.transfer.receive', 'nexus.transfer.close'];
  return [
    property({
      name: 'nexus.object.decode/round-trip',
      requirement: 'NXS-OBJ-001',
      title: 'A header is read as it was written',
      operations: [encode, decode],
      arbitrary: header,
      trial: async (given, talk) => {
        const read = await talk.want(decode, { header: textIn(await talk.want(encode, given), 'header') });
        for (const [name, value] of Object.entries(given)) demand(talk, read, name, value, 'NXS-OBJ-001', `The ${name} is another.`);
      },
    }),
    property({
      name: 'nexus.object.read/round-trip',
      requirement: 'NXS-OBJ-017',
      title: 'An object that is read is written again as it was',
      operations: ['nexus.object.read', 'nexus.object.write', 'nexus.object.hash'],
      arbitrary: objectBody,
      trial: async (body, talk) => {
        const { hash: address = null, ...read } = await talk.want('nexus.object.read', { body });
        demand(talk, await talk.want('nexus.object.write', read), 'body', body, 'NXS-OBJ-017', 'The object was not written as it was.');
        const again = await talk.want('nexus.object.hash', { header: read['header'] ?? '' });
        demand(talk, again, 'hash', address, 'NXS-OBJ-011', 'The hash is not that of the header.');
      },
    }),
    property({
      name: 'nexus.transfer/any-order',
      requirement: 'NXS-MRK-006',
      title: 'A content comes through in chunks, in whatever order they come',
      operations: ['nexus.merkle.root', 'nexus.merkle.path', 'nexus.object.hash', 'nexus.chunks.write', open, begin, receive, close],
      arbitrary: fc.record({ content: chunked, isTurned: fc.boolean() }),
      trial: async ({ content: bytes, isTurned }, talk) => {
        const whole = toHex(bytes);
        const { root = '' } = await talk.want('nexus.merkle.root', { content: whole });
        const front = headerByHand({ size: little(bytes.length, 4), root: String(root) });
        const object = textIn(await talk.want('nexus.object.hash', { header: front }), 'hash');
        const session = textIn(await talk.want(open, { now: 1000 }), 'session');
        await talk.want(begin, { session, header: front, now: 1000 });
        const numbers = Array.from({ length: Math.ceil(bytes.length / 4096) }, (_, i) => i);
        const came = new Map<number, string>();
        for (const index of isTurned ? numbers.reverse() : numbers) {
          const proof = await talk.want('nexus.merkle.path', { content: whole, index });
          const chunk: JsonObject = { hash: object, index, path: proof['path'] ?? [], chunk: proof['chunk'] ?? '' };
          const step = await talk.want(receive, { session, body: textIn(await talk.want('nexus.chunks.write', chunk), 'body'), now: 1001 });
          for (const event of step['events'] as readonly { type: string; index: number; chunk: string }[])
            if (event.type === 'chunk') came.set(event.index, event.chunk);
        }
        await talk.want(close, { session });
        const joined: Json = [...came]
          .sort(([a], [b]) => a - b)
          .map(([, chunk]) => chunk)
          .join('');
        demand(talk, { content: joined }, 'content', whole, 'NXS-MRK-006', 'The chunks are not the content.');
      },
    }),
  ];
}
