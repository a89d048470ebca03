/** `bottlepost inspect` of what objects have for their content: states of groups, messages to groups, and mailboxes. */
import { counted } from '../../conformance/contract/text.ts';
import type { Oracle } from '../../conformance/oracle/oracle.ts';
import { toHex } from '../../conformance/oracle/values.ts';
import { dumped } from '../report/hexdump.ts';
import type { Inspection } from './inspect-kilt.ts';
import { fieldsOf, refusedBody, type InspectedBody } from './inspect-nexus-body.ts';
import { memberLines } from './inspect-nexus-services.ts';

/** What a content may be: how it is read, and whether bytes that are something else can be read as one. */
const PAYLOADS = {
  'nexus-group-state': { what: 'the state of a group', operation: 'nexus.group.state.read', isSure: true },
  'nexus-group-message': { what: 'a message to a group', operation: 'nexus.group.message.read', isSure: false },
  'nexus-mailbox': { what: 'a mailbox', operation: 'nexus.mailbox.read', isSure: false },
} as const;
/** What the content of an object may be, by its name in `--as`. */
export type PayloadKind = keyof typeof PAYLOADS;

export const isPayloadKind = (kind: string): kind is PayloadKind => kind in PAYLOADS;

/** Explains a content. */
export function inspectPayload(oracle: Oracle, bytes: Uint8Array, kind: PayloadKind): Inspection {
  const { lines, spans, known } = payloadOf(oracle, bytes, kind);
  return { lines: [...lines, ...dumped({ title: 'content', hex: toHex(bytes), fields: spans })], known };
}

/** Lines about the content of an object, where it is the state of a group or looks like a message to one; empty for anything else. */
export function payloadLines(oracle: Oracle, bytes: Uint8Array): string[] {
  for (const kind of ['nexus-group-state', 'nexus-group-message'] as const) {
    const { lines, known } = payloadOf(oracle, bytes, kind);
    if (known) return [PAYLOADS[kind].isSure ? 'Its content:' : 'Its content may be', ...lines];
  }
  return [];
}

/** Whether bytes are the state of a group, which its signature tells. */
export function isGroupState(oracle: Oracle, bytes: Uint8Array): boolean {
  return payloadOf(oracle, bytes, 'nexus-group-state').known;
}

function payloadOf(oracle: Oracle, bytes: Uint8Array, kind: PayloadKind): InspectedBody {
  const { what, operation } = PAYLOADS[kind];
  const { params, result } = oracle.operation(operation);
  const [[name, { layout = '' }] = ['', {}]] = Object.entries(params);
  const spans = fieldsOf(oracle, layout, bytes).filter(({ length }) => length > 0);
  const answer = oracle.answer(operation, { [name]: toHex(bytes) });
  if (answer.kind === 'reject') return { ...refusedBody(what, answer), spans };
  const lines = Object.entries(answer.value).flatMap(([member, value]) => memberLines(member, value, result[member]?.req));
  return { lines: [`${what}, ${counted(bytes.length, 'byte')}, read by ${operation}`, ...lines], spans, known: true };
}
