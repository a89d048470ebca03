/** `bottlepost inspect` of Interpeer's packets: header, messages, padding and footer, each where it lies. */
import type { Oracle } from '../../conformance/oracle/oracle.ts';
import { toHex } from '../../conformance/oracle/values.ts';
import type { FieldSpan } from '../../conformance/oracle/wire.ts';
import type { Json, JsonObject } from '../../conformance/contract/contract.ts';
import { dumped } from '../report/hexdump.ts';
import { counted } from '../../conformance/contract/text.ts';
import type { Inspection } from './inspect-kilt.ts';

const PUBLIC_HEADER_LENGTH = 44;
const PRIVATE_HEADER_LENGTH = 4;
const FOOTER_LENGTH = 4;
const PROTOCOL_ID_LENGTH = 4;
const DEFAULT_CHANNEL = 'f0f0f0f0';
const SUITES = ['interpeer-1', 'interpeer-0.1'] as const;
type Suite = (typeof SUITES)[number];
/** Characters of a value that a line shows. */
const SHOWN_MAX = 48;

/** The suite whose protocol id the bytes begin with. */
function suiteOf(oracle: Oracle, bytes: Uint8Array): Suite | undefined {
  return SUITES.find((suite) => {
    const answer = oracle.answer('interpeer.protocolid.derive', { suite });
    return answer.kind === 'ok' && answer.value['protocolId'] === toHex(bytes.slice(0, PROTOCOL_ID_LENGTH));
  });
}

/**
 * Explains bytes as a packet of Interpeer.
 * @returns nothing if they do not begin with our protocol id and the user did not say that they are a packet; under another
 * protocol id they are read as the C++ library would
 */
export function inspectInterpeer(oracle: Oracle, bytes: Uint8Array, isSaid: boolean): Inspection | undefined {
  const own = suiteOf(oracle, bytes);
  if (own === undefined && !isSaid) return undefined;
  const suite = own ?? 'interpeer-0.1';
  const foreign = own === undefined && bytes.length >= PROTOCOL_ID_LENGTH ? { protocolId: toHex(bytes.slice(0, PROTOCOL_ID_LENGTH)) } : {};
  const answer = oracle.answer('interpeer.packet.decode', { suite, datagram: toHex(bytes), ...foreign });
  const note = own === undefined ? ['Its protocol id belongs to no suite; read as interpeer-0.1  (IPR-PKT-003)'] : [];
  if (answer.kind === 'reject') {
    const header = oracle.wire.decode('interpeer.public-header', bytes);
    const spans = header.kind === 'ok' ? header.spans : [];
    return {
      lines: [
        `Not a packet of ${suite}: ${answer.class} (${answer.clause}).`,
        ...note,
        ...dumped({ title: 'datagram', hex: toHex(bytes), fields: spans }),
      ],
      known: false,
    };
  }
  const packet = answer.value;
  const payload =
    packet['payload'] === undefined ? undefined : oracle.answer('interpeer.messages.decode', { suite, payload: packet['payload'] });
  const messages = payload?.kind === 'ok' ? (payload.value['messages'] as readonly JsonObject[]) : [];
  return {
    lines: [
      `Packet of ${suite}, ${counted(Number(packet['packetSize']), 'byte')}  (IPR-PKT-001)`,
      ...note,
      ...headLines(oracle, suite, packet),
      ...(payload?.kind === 'reject'
        ? [`Its payload cannot be read: ${payload.class} (${payload.clause}).`]
        : messages.map((message) => `  ${messageLine(message)}`)),
      ...dumped({ title: 'datagram', hex: toHex(bytes), fields: spansOf(oracle, suite, bytes, packet, messages) }),
    ],
    known: payload?.kind !== 'reject',
  };
}

function headLines(oracle: Oracle, suite: Suite, packet: JsonObject): string[] {
  const { channelId, sequenceNumber, payload, paddingLength, sealed } = packet;
  const halves = oracle.answer('interpeer.channelid.split', { suite, channelId: channelId ?? '' });
  const half = (name: string): string => String((halves.kind === 'ok' ? halves.value[name] : undefined) ?? 'not chosen');
  const flags = ['encrypted', 'spin'].filter((name) => packet[name] === true);
  return [
    `from ${String(packet['sender'])}`,
    `to   ${String(packet['recipient'])}`,
    channelId === DEFAULT_CHANNEL
      ? 'on the default channel  (IPR-PKT-020)'
      : `on channel ${String(channelId)}: initiator ${half('initiatorHalf')}, ` +
        `responder ${half('responderHalf')}, initiator first  (IPR-PKT-018)`,
    `flags: ${flags.length === 0 ? 'none' : flags.join(', ')}  (IPR-PKT-012)`,
    sealed === undefined
      ? `number ${String(sequenceNumber)}, payload ${counted(String(payload).length / 2, 'byte')}, ` +
        `padding ${String(paddingLength)}  (IPR-PKT-009)`
      : `sealed ${counted(String(sealed).length / 2, 'byte')}; what is inside needs the keys of the connection  (IPR-PKT-015)`,
  ];
}

function messageLine({ type, ...members }: JsonObject): string {
  const short = (value: Json | undefined): string => {
    const text = String(value);
    return text.length <= SHOWN_MAX ? text : `${text.slice(0, SHOWN_MAX - 3)}...`;
  };
  return [String(type), ...Object.entries(members).map(([name, value]) => `${name} ${short(value)}`)].join(', ');
}

/** Where everything lies: the fields of the header as the spec has them, and each message as long as it is written. */
function spansOf(oracle: Oracle, suite: Suite, bytes: Uint8Array, packet: JsonObject, messages: readonly JsonObject[]): FieldSpan[] {
  const header = oracle.wire.decode('interpeer.public-header', bytes);
  const spans = header.kind === 'ok' ? header.spans.filter(({ name }) => name !== 'behind') : [];
  const size = Number(packet['packetSize']);
  const end = size - FOOTER_LENGTH;
  const rest: FieldSpan[] = [
    { name: 'footer', offset: end, length: FOOTER_LENGTH },
    { name: 'behind', offset: size, length: bytes.length - size },
  ].filter(({ length }) => length > 0);
  if (packet['sealed'] !== undefined)
    return [...spans, { name: 'sealed', offset: PUBLIC_HEADER_LENGTH, length: end - PUBLIC_HEADER_LENGTH }, ...rest];
  let offset = PUBLIC_HEADER_LENGTH + PRIVATE_HEADER_LENGTH;
  const payloadEnd = offset + String(packet['payload']).length / 2;
  const inside: FieldSpan[] = [
    { name: 'sequenceNumber', offset: PUBLIC_HEADER_LENGTH, length: 2, note: String(packet['sequenceNumber']) },
    { name: 'payloadSize', offset: PUBLIC_HEADER_LENGTH + 2, length: 2, note: String(payloadEnd - offset) },
  ];
  messages.forEach((message, i) => {
    const written = oracle.answer('interpeer.messages.encode', { suite, messages: [message] });
    const length = written.kind === 'ok' ? String(written.value['payload']).length / 2 : 0;
    inside.push({ name: `message[${String(i)}]`, offset, length, note: String(message['type']) });
    offset += length;
  });
  if (offset < payloadEnd) inside.push({ name: 'payload', offset, length: payloadEnd - offset });
  if (payloadEnd < end) inside.push({ name: 'padding', offset: payloadEnd, length: end - payloadEnd });
  return [...spans, ...inside, ...rest];
}
