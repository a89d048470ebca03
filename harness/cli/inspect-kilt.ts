/** `bottlepost inspect` of what KILT has as text: a DID or key URI, an envelope as JSON; and of compact envelopes. */
import type { Oracle } from '../../conformance/oracle/oracle.ts';
import { fromHex, toHex } from '../../conformance/oracle/values.ts';
import type { Json, JsonObject } from '../../conformance/contract/contract.ts';
import { counted } from '../../conformance/contract/text.ts';
import { dumped } from '../report/hexdump.ts';

/** What the lines of an inspection say, and whether the input is what it looks like. */
export interface Inspection {
  readonly lines: readonly string[];
  readonly known: boolean;
}

/** Characters of a value that a line shows. */
const SHOWN_MAX = 48;

/** Answers whether a text is of KILT by its looks. */
export function looksLikeKilt(text: string): boolean {
  return text.startsWith('did:kilt:') || text.startsWith('{');
}

/** Explains a text that looks like KILT. */
export function inspectKiltText(oracle: Oracle, text: string): Inspection {
  if (text.startsWith('did:')) return inspectDid(oracle, text, '');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { lines: [`Not JSON: ${String(error)}`], known: false };
  }
  return inspectEnvelope(oracle, json as JsonObject);
}

/** Explains bytes as a compact envelope; undefined if they are none. */
export function inspectCompactEnvelope(oracle: Oracle, bytes: Uint8Array): Inspection | undefined {
  const unpacked = oracle.answer('kilt.envelope.unpack', { bytes: toHex(bytes) });
  if (unpacked.kind !== 'ok') return undefined;
  const { lines } = inspectEnvelope(oracle, unpacked.value['envelope'] as JsonObject);
  return {
    lines: [
      `Compact envelope of ${counted(bytes.length, 'byte')}  (KLT-ENV-019)`,
      ...dump(oracle, 'envelope', bytes, 'kilt.envelope'),
      ...lines,
    ],
    known: true,
  };
}

function dump(oracle: Oracle, title: string, bytes: Uint8Array, layout: string): string[] {
  const decoding = oracle.wire.decode(layout, bytes);
  return dumped({ title, hex: toHex(bytes), fields: decoding.kind === 'ok' ? decoding.spans : [] });
}

function short(text: string): string {
  return text.length <= SHOWN_MAX ? text : `${text.slice(0, SHOWN_MAX - 3)}...`;
}

function keyLine(name: string, key: Json | undefined, clause: string): string[] {
  if (key === undefined) return [];
  const { type, publicKey } = key as JsonObject;
  return [`${name} ${String(type)} ${String(publicKey)}  (${clause})`];
}

function inspectDid(oracle: Oracle, text: string, indent: string): Inspection {
  const answer = oracle.answer('kilt.did.parse', { did: text });
  if (answer.kind !== 'ok') return { lines: [`${indent}Not a DID of KILT: ${answer.class} (${answer.clause}).`], known: false };
  const { kind, address, fragment, authentication, keyAgreement, services } = answer.value;
  const lines = [
    `${kind === 'light' ? 'Light' : 'Full'} DID of ${String(text.length)} characters  (KLT-DID-001)`,
    `address ${String(address)}  (KLT-DID-002)`,
    ...keyLine('authentication key', authentication, 'KLT-DID-004'),
    ...keyLine('key agreement key ', keyAgreement, 'KLT-DID-010'),
    ...((services as readonly JsonObject[] | undefined) ?? []).map(
      ({ id, type, serviceEndpoint }) =>
        `service ${String(id)} ${JSON.stringify(type)} at ${JSON.stringify(serviceEndpoint)}  (KLT-DID-012)`,
    ),
    ...(kind === 'full' ? ['its keys are in its document, not in the DID itself  (KLT-DID-019)'] : []),
    ...(fragment === undefined ? [] : [`fragment ${String(fragment)}: a key URI  (KLT-DID-020)`]),
  ];
  return { lines: lines.map((line, index) => (index === 0 ? indent + line : `${indent}  ${line}`)), known: true };
}

/** The parts of a box that can be told without a key. */
function boxLines(name: string, value: Json | undefined, clause: string): string[] {
  if (typeof value !== 'string') return [`  ${name}: missing`];
  const length = (value.length - 2) / 2;
  return [`  ${name} ${counted(length, 'byte')}  ${short(value)}  (${clause})`];
}

function inspectEnvelope(oracle: Oracle, json: JsonObject): Inspection {
  const packed =
    typeof json === 'object' && json !== null && !Array.isArray(json) ? oracle.answer('kilt.envelope.pack', { envelope: json }) : undefined;
  if (packed === undefined) return { lines: ['Not an envelope: not a JSON object.'], known: false };
  const { ciphertext, nonce, senderKeyUri, receiverKeyUri, receivedAt } = json;
  const isForeign = ciphertext === undefined || nonce === undefined || packed.kind !== 'ok';
  const verdict =
    packed.kind === 'ok'
      ? `Envelope of ${String(JSON.stringify(json).length)} characters, ` +
        `compact ${String(fromHex(String(packed.value['bytes'])).length)} bytes  (KLT-ENV-001)`
      : `Not an envelope: ${packed.class} (${packed.clause}).`;
  const lines = [verdict, ...boxLines('nonce     ', nonce, 'KLT-ENV-018'), ...boxLines('ciphertext', ciphertext, 'KLT-ENV-003')];
  if (typeof ciphertext === 'string' && !isForeign)
    lines.push(
      `  16 of these are the tag; the message inside is ${counted((ciphertext.length - 2) / 2 - 16, 'byte')} of JSON  (KLT-ENV-004)`,
    );
  if (receivedAt !== undefined) lines.push(`  receivedAt ${String(receivedAt)}: not authenticated  (KLT-ENV-016)`);
  for (const [name, uri] of [
    ['from', senderKeyUri],
    ['to', receiverKeyUri],
  ] as const) {
    lines.push(`${name}:`, ...(typeof uri === 'string' ? inspectDid(oracle, uri, '  ').lines : ['  missing']));
  }
  return { lines, known: packed.kind === 'ok' };
}
