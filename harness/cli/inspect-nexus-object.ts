/** `bottlepost inspect` of what is said about objects: OBJECT, GET, CHUNK_REQUEST, CHUNK, and headers by themselves. */
import type { JsonObject } from '../../conformance/contract/contract.ts';
import { counted } from '../../conformance/contract/text.ts';
import type { Oracle } from '../../conformance/oracle/oracle.ts';
import { fromHex, toHex } from '../../conformance/oracle/values.ts';
import type { FieldSpan } from '../../conformance/oracle/wire.ts';
import { dumped } from '../report/hexdump.ts';
import { fieldsOf, refusedBody, type InspectedBody } from './inspect-nexus-body.ts';
import type { Inspection } from './inspect-kilt.ts';
import { payloadLines } from './inspect-nexus-payload.ts';

const [GET, OBJECT, CHUNK_REQUEST, CHUNK] = [0x12, 0x13, 0x14, 0x15];
const AGE_LENGTH = 4;

/** Explains the body of a record about objects; undefined for another kind. */
export function objectBodyOf(oracle: Oracle, kind: number, body: Uint8Array): InspectedBody | undefined {
  if (kind === OBJECT) return objectOf(oracle, body);
  if (kind === GET) return getOf(oracle, body);
  if (kind === CHUNK_REQUEST) return requestOf(oracle, body);
  return kind === CHUNK ? chunkOf(oracle, body) : undefined;
}

/** Explains bytes as the body of OBJECT. */
export function inspectObject(oracle: Oracle, bytes: Uint8Array): Inspection {
  const { lines, spans, known } = objectOf(oracle, bytes);
  return { lines: [...lines, ...dumped({ title: 'object', hex: toHex(bytes), fields: spans })], known };
}

function timeOf(created: string): string {
  const ms = BigInt(created);
  if (ms === 0n) return 'created at an unknown time';
  return ms < 2n ** 43n ? `created ${new Date(Number(ms)).toISOString()}` : 'created far in the future';
}

/** What a header says. */
function headerLines(header: JsonObject): string[] {
  const { contentType, owner, created, ttl, size, priority, minBandwidth, labelHash, sequence } = header;
  return [
    `${String(contentType)}, ${String(size)} bytes, priority ${String(priority)}, ${timeOf(String(created))}  (NXS-OBJ-001)`,
    `needs ${String(minBandwidth)} bit/s${ttl === undefined ? '' : `, lives ${String(ttl)} s`}  (NXS-XFR-009, NXS-OBJ-008)`,
    ...(owner === undefined ? [] : [`owner     ${String(owner)}`]),
    ...(labelHash === undefined ? [] : [`update ${String(sequence)} under the label ${String(labelHash)}  (NXS-OBJ-009)`]),
  ];
}

function objectOf(oracle: Oracle, body: Uint8Array): InspectedBody {
  const spans = objectSpans(oracle, body);
  const answer = oracle.answer('nexus.object.read', { body: toHex(body) });
  if (answer.kind === 'reject') return { ...refusedBody('an object', answer), spans };
  const { age, header, hash, payload, content, signature } = answer.value;
  const read = oracle.answer('nexus.object.decode', { header: header ?? '' });
  const came = `${String(String(content).length / 2)} bytes, which hash to the root  (NXS-OBJ-021)`;
  const how = content === undefined ? 'its content does not come along  (NXS-OBJ-018)' : came;
  return {
    lines: [
      `object    ${String(hash)}  (NXS-OBJ-011)`,
      ...(read.kind === 'ok' ? headerLines(read.value) : []),
      `${String(payload)}, age ${String(age)} s, ${how}`,
      ...(signature === undefined ? [] : ["The owner's signature verifies  (NXS-OBJ-014)"]),
      ...(content === undefined ? [] : payloadLines(oracle, fromHex(String(content)))),
    ],
    spans,
    known: true,
  };
}

/** The fields of a header where the object is not refused before its end, and what follows it. */
function objectSpans(oracle: Oracle, body: Uint8Array): FieldSpan[] {
  const age = fieldsOf(oracle, 'nexus.object', body).filter(({ name }) => name === 'age');
  const bytes = body.slice(AGE_LENGTH);
  const front = oracle.answer('nexus.object.front', { bytes: toHex(bytes) });
  if (front.kind === 'reject') return age;
  const length = Number(front.value['length']);
  const named = (layout: string, from: number): FieldSpan[] =>
    fieldsOf(oracle, layout, bytes.slice(from), AGE_LENGTH + from).filter(({ name, length: size }) => name !== 'behind' && size > 0);
  const header = named('nexus.object-header', 0);
  if (front.value['labelHash'] === undefined) return [...age, ...header, ...named('nexus.object-payload', length)];
  const update = named('nexus.object-update', length - 40);
  return [...age, ...header, ...update, ...named('nexus.object-signature', length), ...named('nexus.object-payload', length + 96)];
}

function getOf(oracle: Oracle, body: Uint8Array): InspectedBody {
  const answer = oracle.answer('nexus.get.read', { body: toHex(body) });
  if (answer.kind === 'reject') return refusedBody('a request for an object', answer);
  return {
    lines: [`object or key ${String(answer.value['hash'])}  (NXS-XFR-001)`],
    spans: fieldsOf(oracle, 'nexus.get', body),
    known: true,
  };
}

function requestOf(oracle: Oracle, body: Uint8Array): InspectedBody {
  const spans = fieldsOf(oracle, 'nexus.chunk-request', body);
  const answer = oracle.answer('nexus.chunks.requested', { body: toHex(body) });
  if (answer.kind === 'reject') return { ...refusedBody('a request for chunks', answer), spans };
  const indices = answer.value['indices'] as readonly number[];
  return {
    lines: [`object    ${String(answer.value['hash'])}`, `${counted(indices.length, 'chunk')}: ${indices.join(', ')}  (NXS-XFR-002)`],
    spans,
    known: true,
  };
}

/** Without the header of the object nobody can say whether a chunk is one of it. */
function chunkOf(oracle: Oracle, body: Uint8Array): InspectedBody {
  const spans = fieldsOf(oracle, 'nexus.chunk', body).filter(({ length }) => length > 0);
  const answer = oracle.answer('nexus.chunks.read', { body: toHex(body) });
  if (answer.kind === 'reject') return { ...refusedBody('a chunk', answer), spans };
  const { hash, index, path, chunk } = answer.value;
  const leaf = oracle.answer('nexus.merkle.leaf', { chunk: chunk ?? '' });
  return {
    lines: [
      `object    ${String(hash)}`,
      `chunk ${String(index)}, ${counted(fromHex(String(chunk)).length, 'byte')}`,
      `${counted((path as readonly string[]).length, 'hash', 'hashes')} on the way to the root  (NXS-XFR-006)`,
      ...(leaf.kind === 'ok' ? [`leaf      ${String(leaf.value['leaf'])}  (NXS-MRK-002)`] : []),
      'It needs the header of the object to be verified  (NXS-MRK-006)',
    ],
    spans,
    known: true,
  };
}
