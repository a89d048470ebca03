/** `bottlepost inspect` of what neighbours send each other: requests and proofs of links, and what is sealed for one hop. */
import { counted } from '../../conformance/contract/text.ts';
import type { JsonObject } from '../../conformance/contract/contract.ts';
import type { Oracle } from '../../conformance/oracle/oracle.ts';
import type { FieldSpan } from '../../conformance/oracle/wire.ts';

const TAG_LENGTH = 16;
const COUNTER_LENGTH = 4;
const KEY_LENGTH = 32;
const PHASE_WEIGHT = 2 ** 31;
/** What is sealed for a neighbour, by context. */
const SEALED: { readonly [context: number]: string } = {
  0x00: 'Record',
  0x46: 'Fragment of a record',
  0x47: 'Request for fragments',
  0xf0: 'Rekeying',
  0xfa: 'Keepalive',
  0xfb: 'Identification',
  0xfc: 'End of the link',
};

/** Bytes inside what is sealed, by context, where they are always as many, and the clause that says so. */
const SEALED_LENGTHS: { readonly [context: number]: readonly [length: number, clause: string] } = {
  0xf0: [33, 'NXS-RKY-001'],
  0xfa: [0, 'NXS-SLD-008'],
  0xfb: [114, 'NXS-LNK-013'],
  0xfc: [0, 'NXS-SLD-008'],
};
/** NXS-LNK-007: bytes inside a proof: public key 32, signature 64, clock 8, features 2. */
const PROOF_INSIDE_LENGTH = 106;
/** The context of a proof. */
const PROOF = 0xff;
/** Any key: it opens nothing, and what is refused before that is refused for every key. */
const NO_KEY = '00'.repeat(32);

/** What the data of a packet are. */
export interface LinkInside {
  readonly lines: readonly string[];
  readonly spans: readonly FieldSpan[];
  readonly known: boolean;
}

/** Fields of known lengths, one after the other, and what is left. */
function fieldsOf(length: number, at: number, front: readonly (readonly [name: string, length: number])[]): FieldSpan[] {
  const spans: FieldSpan[] = [];
  let offset = at;
  for (const [name, size] of front) {
    spans.push({ name, offset, length: size });
    offset += size;
  }
  const sealed = at + length - offset;
  if (sealed < TAG_LENGTH) return [...spans, { name: 'rest', offset, length: sealed }].filter((span) => span.length > 0);
  const tag = { name: 'tag', offset: offset + sealed - TAG_LENGTH, length: TAG_LENGTH };
  return [...spans, { name: 'ciphertext', offset, length: sealed - TAG_LENGTH }, tag].filter((span) => span.length > 0);
}
const nothing = (...lines: readonly string[]): LinkInside => ({ lines, spans: [], known: false });
const refused = (what: string, reject: string, clause: string): LinkInside =>
  nothing(`As ${what}: ${reject} (${clause}), whatever the key.`);

/**
 * Takes the data of a packet between neighbours apart.
 * @param packet in hexadecimal digits
 * @param read the packet as `nexus.packet.decode` reads it
 * @param at where its data begin
 * @returns undefined for a packet that is not for one link
 */
export function linkInside(oracle: Oracle, packet: string, read: JsonObject, data: Uint8Array, at: number): LinkInside | undefined {
  const { packetType, destinationType, transport } = read;
  if (packetType === 'link-request') return requestOf(oracle, packet, at);
  if (packetType === 'proof' && destinationType === 'link') return proofOf(read, data, at);
  if (packetType === 'data' && (destinationType === 'link' || transport !== undefined)) return sealedOf(oracle, packet, read, data, at);
  return undefined;
}

/** A packet that is refused whatever the key, because of its length. */
function notOfLength(what: string, length: number, right: number, clause: string): LinkInside | undefined {
  if (length === right) return undefined;
  const reject = right === 0 ? 'malformed' : length < right ? 'truncated' : 'trailing';
  const { lines } = refused(what, reject, clause);
  return nothing(...lines, `It seals ${counted(length, 'byte')}, and must seal ${String(right)}.`);
}

function requestOf(oracle: Oracle, packet: string, at: number): LinkInside {
  const answer = oracle.answer('nexus.link.parse', { request: packet });
  if (answer.kind === 'reject') return nothing(`As a request for a link: ${answer.class} (${answer.clause}).`);
  const lines = ['Request for a link, version 1, no features  (NXS-LNK-001)', `link      ${String(answer.value['linkId'])}  (NXS-LNK-004)`];
  const spans = [
    { name: 'version', offset: at, length: 1 },
    { name: 'features', offset: at + 1, length: 2 },
    { name: 'ephemeral', offset: at + 3, length: KEY_LENGTH },
  ];
  return { lines, spans, known: true };
}

function proofOf(read: JsonObject, data: Uint8Array, at: number): LinkInside {
  const what = 'a proof of a link';
  if (read['context'] !== PROOF || read['transport'] !== undefined) return refused(what, 'malformed', 'NXS-LNK-007');
  if (data.length < KEY_LENGTH + TAG_LENGTH) return refused(what, 'truncated', 'NXS-LNK-013');
  const length = data.length - KEY_LENGTH - TAG_LENGTH;
  const wrong = notOfLength(what, length, PROOF_INSIDE_LENGTH, 'NXS-LNK-013');
  if (wrong !== undefined) return wrong;
  const lines = [`Proof of a link: ${counted(length, 'byte')} sealed for the initiator  (NXS-LNK-007)`];
  return { lines, spans: fieldsOf(data.length, at, [['ephemeral', KEY_LENGTH]]), known: true };
}

/** Whoever has no key can still say of many packets that no key opens them. */
function sealedOf(oracle: Oracle, packet: string, read: JsonObject, data: Uint8Array, at: number): LinkInside {
  const opened = oracle.answer('nexus.sealed.open', { key: NO_KEY, packet });
  if (opened.kind === 'reject' && opened.class !== 'unauthenticated')
    return refused('a packet sealed for a hop', opened.class, opened.clause);
  const counter = new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(0, true);
  const context = Number(read['context']);
  const what = read['transport'] === undefined ? (SEALED[context] ?? `Packet of context ${context.toString(16)}`) : 'Envelope';
  const length = data.length - COUNTER_LENGTH - TAG_LENGTH;
  const [right, clause] = (read['transport'] === undefined ? SEALED_LENGTHS[context] : undefined) ?? [length, ''];
  const wrong = notOfLength(`a packet (${what.toLowerCase()})`, length, right, clause);
  if (wrong !== undefined) return wrong;
  const lines = [
    `${what} of ${counted(length, 'byte')}, sealed for the other end of the link  (NXS-SLD-002)`,
    `count     ${String(counter % PHASE_WEIGHT)} of phase ${counter < PHASE_WEIGHT ? '0' : '1'}  (NXS-SLD-006)`,
  ];
  return { lines, spans: fieldsOf(data.length, at, [['counter', COUNTER_LENGTH]]), known: true };
}
