/**
 * `bottlepost inspect` of what records of custody, proofs and payment have inside. What a reader of the specification says of such a body
 * is told member by member, each with its clause; where a reader needs keys that the bytes do not have, the fields are all there is.
 */
import type { Json } from '../../conformance/contract/contract.ts';
import { counted } from '../../conformance/contract/text.ts';
import type { Oracle } from '../../conformance/oracle/oracle.ts';
import { toHex } from '../../conformance/oracle/values.ts';
import type { Operation } from '../../conformance/spec/types.ts';
import { fieldsOf, refusedBody, type InspectedBody } from './inspect-nexus-body.ts';

/** The layouts of bodies by the kinds of their records. */
export const SERVICE_LAYOUTS: ReadonlyMap<number, string> = new Map([
  [0x10, 'nexus.put'],
  [0x11, 'nexus.put-ok'],
  [0x16, 'nexus.pending'],
  [0x17, 'nexus.pending-list'],
  [0x18, 'nexus.receipt'],
  [0x19, 'nexus.receipt-ok'],
  [0x20, 'nexus.subscribe'],
  [0x21, 'nexus.subscribe-ok'],
  [0x22, 'nexus.unsubscribe'],
  [0x23, 'nexus.notify'],
  [0x30, 'nexus.challenge'],
  [0x31, 'nexus.proof'],
  [0x32, 'nexus.challenge'],
  [0x33, 'nexus.ticket-proof'],
  [0x40, 'nexus.agreement'],
  [0x50, 'nexus.channel-open'],
  [0x51, 'nexus.channel-update'],
  [0x52, 'nexus.channel-state'],
  [0x53, 'nexus.claim'],
  [0x54, 'nexus.channel-state'],
  [0x55, 'nexus.terms'],
  [0x56, 'nexus.settle'],
  [0x60, 'nexus.advisory'],
]);
/** Widths that make a screen together. */
const [NAME_WIDTH, VALUE_WIDTH] = [12, 64];
/** Texts of a list that are told one by one. */
const LIST_MAX = 12;

/** Explains the body of a record about custody, proofs or payment; undefined for another kind. */
export function serviceBodyOf(oracle: Oracle, kind: number, body: Uint8Array): InspectedBody | undefined {
  const layout = SERVICE_LAYOUTS.get(kind);
  if (layout === undefined) return undefined;
  const spans = fieldsOf(oracle, layout, body);
  const reader = oracle.spec.operations.find((operation) => readsAlone(operation, layout));
  if (reader === undefined) {
    const decoding = oracle.wire.decode(layout, body);
    if (decoding.kind === 'reject')
      return { ...refusedBody(`a ${layout}`, { class: decoding.reject.class, clause: decoding.reject.req }), spans };
    return { lines: [`${layout}: signatures are not looked at, because whose they are is not in these bytes`], spans, known: true };
  }
  const answer = oracle.answer(reader.operation, { body: toHex(body) });
  if (answer.kind === 'reject') return { ...refusedBody(`a ${layout}`, answer), spans };
  const lines = Object.entries(answer.value).flatMap(([name, value]) => memberLines(name, value, reader.result[name]?.req));
  return { lines: [`${layout}, read by ${reader.operation}`, ...lines], spans, known: true };
}

/** Whether an operation reads a body of this layout and needs nothing else. */
function readsAlone({ session, params }: Operation, layout: string): boolean {
  const [[name, parameter] = ['', undefined], ...more] = Object.entries(params);
  return session === undefined && more.length === 0 && name === 'body' && parameter?.layout === layout;
}

/** A member of a result with its clause, and the first texts of a list. */
export function memberLines(name: string, value: Json, clause: string | undefined): string[] {
  const texts = Array.isArray(value) ? value.filter((one) => typeof one === 'string').slice(0, LIST_MAX) : [];
  return [
    `${name.padEnd(NAME_WIDTH)}${said(value)}${clause === undefined ? '' : `  (${clause})`}`,
    ...texts.map((text) => `${' '.repeat(NAME_WIDTH)}${said(text)}`),
    ...(Array.isArray(value) && texts.length === LIST_MAX && value.length > LIST_MAX ? [`${' '.repeat(NAME_WIDTH)}and so on`] : []),
  ];
}
function said(value: Json): string {
  if (Array.isArray(value)) return counted(value.length, 'entry', 'entries');
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length <= VALUE_WIDTH ? text : `${text.slice(0, VALUE_WIDTH)}… ${String(text.length)} characters`;
}
