/** `bottlepost inspect` of NEXUS: LoRa frames, packets, announces, beacons, envelopes, contents, records and objects. */
import type { JsonObject } from '../../conformance/contract/contract.ts';
import type { Oracle } from '../../conformance/oracle/oracle.ts';
import { fromHex, toHex } from '../../conformance/oracle/values.ts';
import type { FieldSpan } from '../../conformance/oracle/wire.ts';
import { dumped } from '../report/hexdump.ts';
import { counted } from '../../conformance/contract/text.ts';
import type { Inspection } from './inspect-kilt.ts';
import { linkInside } from './inspect-nexus-link.ts';
import { inspectObject } from './inspect-nexus-object.ts';
import { inspectPayload, isGroupState, isPayloadKind } from './inspect-nexus-payload.ts';
import { bodyOf, inspectRecord } from './inspect-nexus-record.ts';
import type { NexusKind, Reading } from './reading.ts';

const FRAME_LENGTH_MAX = 255;
const SIGNATURE_LENGTH = 64;
const TAG_LENGTH = 16;
const EPHEMERAL_KEY_LENGTH = 32;
const ENVELOPE_LENGTH_MIN = 48;
const CONTENT_FRONT_LENGTH = 58;
/** What packets with these contexts are. */
const CONTEXTS: { readonly [context: number]: string } = {
  0x00: 'envelope or record',
  0x42: 'beacon',
  0x46: 'fragment of a record',
  0x47: 'request for fragments',
  0xf0: 'rekeying',
  0xfa: 'keepalive',
  0xfb: 'identification of a link',
  0xfc: 'end of a link',
  0xff: 'proof of a link',
};

/**
 * What of NEXUS bytes may be, and how likely that is: nothing but the flags of a packet says that it is one, so that many bytes
 * can be read as one.
 */
export function readingsOfNexus(oracle: Oracle, bytes: Uint8Array): Reading[] {
  const found: Reading[] = [];
  const strength = strengthOfPacket(oracle, bytes);
  if (strength !== undefined) found.push({ as: 'nexus', what: 'a NEXUS packet', strength });
  const isFrame = bytes.length >= 2 && bytes.length <= FRAME_LENGTH_MAX && ((bytes[0] ?? 0) & 0x0f) === 0;
  const framed = isFrame ? strengthOfPacket(oracle, bytes.slice(1)) : undefined;
  if (framed !== undefined) found.push({ as: 'lora-frame', what: 'a LoRa frame', strength: framed });
  const record = strengthOfRecord(oracle, bytes);
  if (record !== undefined) found.push({ as: 'nexus-record', what: 'a NEXUS record', strength: record });
  const object = oracle.answer('nexus.object.read', { body: toHex(bytes) });
  if (object.kind === 'ok') {
    const { content, signature } = object.value;
    const strength = content === undefined && signature === undefined ? 'likely' : 'sure';
    found.push({ as: 'nexus-object', what: 'the body of a NEXUS object', strength });
  }
  if (isGroupState(oracle, bytes)) found.push({ as: 'nexus-group-state', what: 'the state of a NEXUS group', strength: 'sure' });
  return found;
}

/** A record has a head of four bytes and a kind that exists; its body may say more. */
function strengthOfRecord(oracle: Oracle, bytes: Uint8Array): Reading['strength'] | undefined {
  const decoded = oracle.answer('nexus.record.decode', { record: toHex(bytes) });
  if (decoded.kind === 'reject') return undefined;
  const body = bodyOf(oracle, Number(decoded.value['kind']), fromHex(String(decoded.value['body'])));
  return !body.known ? 'weak' : body.spans.length > 0 ? 'likely' : 'possible';
}

/** How sure it is that bytes are a packet: an announce has a signature and a beacon a destination of its own. */
function strengthOfPacket(oracle: Oracle, bytes: Uint8Array): Reading['strength'] | undefined {
  const packet = toHex(bytes);
  const decoded = oracle.answer('nexus.packet.decode', { packet });
  if (decoded.kind === 'reject') return undefined;
  if (oracle.answer('nexus.beacon.read', { packet }).kind === 'ok') return 'sure';
  if (decoded.value['packetType'] === 'announce') {
    const announce = oracle.answer('nexus.announce.read', { packet });
    if (announce.kind === 'ok') return 'sure';
    if (announce.class === 'unauthenticated') return 'likely';
  }
  return CONTEXTS[Number(decoded.value['context'])] === undefined ? undefined : 'possible';
}

/** Explains bytes as what the user says that they are, or as what they were taken for. */
export function inspectNexus(oracle: Oracle, bytes: Uint8Array, kind: NexusKind): Inspection {
  if (kind === 'nexus') return inspectPacket(oracle, bytes);
  if (kind === 'lora-frame') return inspectFrame(oracle, bytes);
  if (kind === 'nexus-record') return inspectRecord(oracle, bytes);
  if (kind === 'nexus-object') return inspectObject(oracle, bytes);
  if (isPayloadKind(kind)) return inspectPayload(oracle, bytes, kind);
  return kind === 'nexus-envelope' ? inspectEnvelope(oracle, bytes) : inspectContent(oracle, bytes);
}

function refused(what: string, rejectClass: string, clause: string, bytes: Uint8Array, fields: readonly FieldSpan[] = []): Inspection {
  return {
    lines: [`Not ${what}: ${rejectClass} (${clause}).`, ...dumped({ title: 'bytes', hex: toHex(bytes), fields })],
    known: false,
  };
}
function spansOf(oracle: Oracle, layout: string, bytes: Uint8Array, offset: number, without: readonly string[] = []): FieldSpan[] {
  const decoding = oracle.wire.decode(layout, bytes);
  const spans = decoding.kind === 'ok' ? decoding.spans.filter(({ name }) => !without.includes(name)) : [];
  return spans.map((span) => ({ ...span, offset: span.offset + offset }));
}

function inspectPacket(oracle: Oracle, bytes: Uint8Array): Inspection {
  const packet = toHex(bytes);
  const answer = oracle.answer('nexus.packet.decode', { packet });
  const layout = ((bytes[0] ?? 0) & 0x40) === 0 ? 'nexus.packet-1' : 'nexus.packet-2';
  if (answer.kind === 'reject') return refused('a NEXUS packet', answer.class, answer.clause, bytes, spansOf(oracle, layout, bytes, 0));
  const read = answer.value;
  const data = fromHex(String(read['data']));
  const dataAt = bytes.length - data.length;
  const lines = [
    `NEXUS packet of ${counted(bytes.length, 'byte')}, ${read['transport'] === undefined ? 'one address' : 'two addresses'}  (NXS-PKT-001)`,
    `${String(read['packetType'])} for a ${String(read['destinationType'])} destination, ` +
      `${counted(Number(read['hops']), 'hop')}  (NXS-PKT-007, NXS-PKT-010)`,
    ...(read['transport'] === undefined ? [] : [`first to  ${String(read['transport'])}`]),
    `to        ${String(read['destination'])}`,
  ];
  const inside = insideOf(oracle, packet, read, data, dataAt);
  const idOf = oracle.answer('nexus.packet.id', { packet });
  if (idOf.kind === 'ok') lines.push(`id        ${String(idOf.value['id'])}  (NXS-PKT-013)`);
  const outer = spansOf(oracle, layout, bytes, 0, ['data']);
  const fields = [...outer, ...(inside.spans.length > 0 ? inside.spans : [{ name: 'data', offset: dataAt, length: data.length }])];
  return { lines: [...lines, ...inside.lines, ...dumped({ title: 'packet', hex: packet, fields })], known: inside.known };
}

interface Inside {
  readonly lines: readonly string[];
  readonly spans: readonly FieldSpan[];
  readonly known: boolean;
}

function insideOf(oracle: Oracle, packet: string, read: JsonObject, data: Uint8Array, dataAt: number): Inside {
  const isData = read['packetType'] === 'data';
  const ofLink = linkInside(oracle, packet, read, data, dataAt);
  if (ofLink !== undefined) return ofLink;
  if (read['packetType'] === 'announce') return announceOf(oracle, packet, data, dataAt);
  if (isData && read['context'] === 0x42) return beaconOf(oracle, packet, data, dataAt);
  if (isData && read['context'] === 0) {
    return data.length < ENVELOPE_LENGTH_MIN
      ? { lines: ['Its data are too short for an envelope: truncated (NXS-ENV-005).'], spans: [], known: false }
      : { lines: [envelopeLine(data.length)], spans: envelopeSpans(oracle, data, dataAt), known: true };
  }
  const what = CONTEXTS[Number(read['context'])];
  return { lines: [`${String(what)}: ${counted(data.length, 'byte')}, taken apart no further`], spans: [], known: true };
}

function announceOf(oracle: Oracle, packet: string, data: Uint8Array, dataAt: number): Inside {
  const spans = spansOf(oracle, 'nexus.announce', data, dataAt);
  const answer = oracle.answer('nexus.announce.read', { packet });
  if (answer.kind === 'reject') return { lines: [`As an announce: ${answer.class} (${answer.clause}).`], spans, known: false };
  const { sequence, cost, latency, bottleneck, hopCount, nextHop, label, capabilities, relays } = answer.value;
  const worth = oracle.answer('nexus.pathcost.decode', { code: Number(cost) });
  return {
    lines: [
      `Announce number ${String(sequence)}; the signature verifies  (NXS-ANN-004)`,
      `path: cost code ${String(cost)}${worth.kind === 'ok' ? `, about ${String(worth.value['value'])} a byte` : ''}, ` +
        `${String(latency)} ms, bottleneck code ${String(bottleneck)}, ${counted(Number(hopCount), 'relay')}  (NXS-ANN-008)`,
      'which nobody signed: it is a claim of the relays  (NXS-ANN-016)',
      `next hop  ${String(nextHop)}  (NXS-ANN-017)`,
      ...(label === undefined ? [] : [`community ${JSON.stringify(label)}  (NXS-ANN-011)`]),
      ...(capabilities === undefined ? [] : [`capabilities ${String(capabilities)}  (NXS-ANN-011)`]),
      ...(relays === undefined ? [] : (relays as readonly string[]).map((relay) => `relay     ${relay}  (NXS-ANN-011)`)),
    ],
    spans,
    known: true,
  };
}

function beaconOf(oracle: Oracle, packet: string, data: Uint8Array, dataAt: number): Inside {
  const spans = spansOf(oracle, 'nexus.beacon', data, dataAt);
  const answer = oracle.answer('nexus.beacon.read', { packet });
  if (answer.kind === 'reject') return { lines: [`As a beacon: ${answer.class} (${answer.clause}).`], spans, known: false };
  const { id, capabilities, costTier, load } = answer.value;
  const rest = `capabilities ${String(capabilities)}, cost tier ${String(costTier)}, load ${String(load)}`;
  return { lines: [`Beacon of ${String(id)}`, `${rest}; not signed  (NXS-BCN-002)`], spans, known: true };
}

function envelopeLine(length: number): string {
  const inside = length - ENVELOPE_LENGTH_MIN;
  return `Envelope with ${counted(inside, 'byte')} inside, which only the recipient's seed opens  (NXS-ENV-001, NXS-ENV-009)`;
}
function envelopeSpans(oracle: Oracle, bytes: Uint8Array, offset: number): FieldSpan[] {
  const sealed = bytes.length - EPHEMERAL_KEY_LENGTH - TAG_LENGTH;
  return [
    ...spansOf(oracle, 'nexus.envelope', bytes, offset, ['sealed']),
    { name: 'ciphertext', offset: offset + EPHEMERAL_KEY_LENGTH, length: sealed },
    { name: 'tag', offset: offset + bytes.length - TAG_LENGTH, length: TAG_LENGTH },
  ].filter(({ length }) => length > 0);
}
function inspectEnvelope(oracle: Oracle, bytes: Uint8Array): Inspection {
  if (bytes.length < ENVELOPE_LENGTH_MIN) return refused('an envelope', 'truncated', 'NXS-ENV-005', bytes);
  const dump = dumped({ title: 'envelope', hex: toHex(bytes), fields: envelopeSpans(oracle, bytes, 0) });
  return { lines: [envelopeLine(bytes.length), ...dump], known: true };
}

/** A content without its envelope: whom it was signed for cannot be said, so that the signature is not verified. */
function inspectContent(oracle: Oracle, bytes: Uint8Array): Inspection {
  if (bytes.length === 0) return refused('a content', 'truncated', 'NXS-CNT-001', bytes);
  if (bytes[0] === 2) {
    if (bytes.length === 1) return refused('a content', 'truncated', 'NXS-CNT-011', bytes);
    const kilt = `Content of KILT: a compact envelope of ${counted(bytes.length - 1, 'byte')} follows  (NXS-CNT-011)`;
    return { lines: [kilt, ...dumped({ title: 'content', hex: toHex(bytes), fields: [] })], known: true };
  }
  const decoding = oracle.wire.decode('nexus.content', bytes);
  if (decoding.kind === 'reject') return refused('a content', decoding.reject.class, decoding.reject.req, bytes);
  const bodyLength = bytes.length - CONTENT_FRONT_LENGTH - SIGNATURE_LENGTH;
  if (bodyLength < 0) return refused('a content', 'truncated', 'NXS-CNT-002', bytes, decoding.spans);
  const body = toHex(bytes.slice(CONTENT_FRONT_LENGTH, CONTENT_FRONT_LENGTH + bodyLength));
  const kind = oracle.answer('nexus.content.check', { kind: bytes[CONTENT_FRONT_LENGTH - 1] ?? 0, body });
  const created = decoding.fields.get('created') as bigint;
  const time = created === 0n ? 'at an unknown time' : created < 2n ** 43n ? new Date(Number(created)).toISOString() : 'far in the future';
  const attachment =
    kind.kind === 'ok' && kind.value['name'] === 'attachment' ? oracle.answer('nexus.attachment.read', { body }) : undefined;
  const fields = [
    ...decoding.spans.filter(({ name }) => name !== 'signedBody'),
    { name: 'body', offset: CONTENT_FRONT_LENGTH, length: bodyLength },
    { name: 'signature', offset: CONTENT_FRONT_LENGTH + bodyLength, length: SIGNATURE_LENGTH },
  ].filter(({ length }) => length > 0);
  return {
    lines: [
      `Signed content of ${counted(bytes.length, 'byte')}, body ${String(bodyLength)}  (NXS-CNT-002)`,
      kind.kind === 'ok' ? `${String(kind.value['name'])}, created ${time}  (NXS-CNT-005)` : `Its body: ${kind.class} (${kind.clause}).`,
      ...(attachment?.kind === 'ok'
        ? [
            `${String(attachment.value['name'])}, ${String(attachment.value['mediaType'])}, ` +
              counted(Number(attachment.value['size']), 'byte'),
          ]
        : []),
      'The signature needs the recipient and the envelope to be verified  (NXS-CNT-003)',
      ...dumped({ title: 'content', hex: toHex(bytes), fields }),
    ],
    known: kind.kind === 'ok',
  };
}

function inspectFrame(oracle: Oracle, bytes: Uint8Array): Inspection {
  const header = bytes[0] ?? 0;
  if (bytes.length < 2) return refused('a LoRa frame', 'truncated', 'NXS-FRM-004', bytes);
  if (bytes.length > FRAME_LENGTH_MAX) return refused('a LoRa frame', 'limit', 'NXS-FRM-005', bytes);
  if ((header & 0x0e) !== 0) return refused('a LoRa frame', 'malformed', 'NXS-FRM-003', bytes);
  const isSplit = (header & 1) === 1;
  const what = !isSplit
    ? 'a whole packet  (NXS-FRM-006)'
    : bytes.length === FRAME_LENGTH_MAX
      ? 'a half of a packet: the first, or a second that is as long  (NXS-FRM-007)'
      : 'the second half of a packet  (NXS-FRM-007)';
  const lines = [`LoRa frame of ${counted(bytes.length, 'byte')}, number ${String(header >> 4)}: ${what}`];
  const fields = [
    { name: 'header', offset: 0, length: 1, note: String(header) },
    { name: 'packet', offset: 1, length: bytes.length - 1 },
  ];
  const dump = dumped({ title: 'frame', hex: toHex(bytes), fields });
  if (isSplit) return { lines: [...lines, ...dump], known: true };
  const packet = inspectPacket(oracle, bytes.slice(1));
  return { lines: [...lines, ...dump, ...packet.lines], known: packet.known };
}
