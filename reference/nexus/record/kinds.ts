/** The kinds of record: their numbers, which of them are requests, and what answers them. */

/** NXS-REC-004: names of kinds, by their numbers. */
export const RECORD_KINDS = {
  0x01: 'ERROR',
  0x10: 'PUT',
  0x11: 'PUT_OK',
  0x12: 'GET',
  0x13: 'OBJECT',
  0x14: 'CHUNK_REQUEST',
  0x15: 'CHUNK',
  0x16: 'PENDING',
  0x17: 'PENDING_LIST',
  0x18: 'RECEIPT',
  0x19: 'RECEIPT_OK',
  0x20: 'SUBSCRIBE',
  0x21: 'SUBSCRIBE_OK',
  0x22: 'UNSUBSCRIBE',
  0x23: 'NOTIFY',
  0x30: 'CHALLENGE',
  0x31: 'PROOF',
  0x32: 'TICKET_CHALLENGE',
  0x33: 'TICKET_PROOF',
  0x40: 'AGREEMENT',
  0x50: 'CHANNEL_OPEN',
  0x51: 'CHANNEL_UPDATE',
  0x52: 'CHANNEL_ACCEPT',
  0x53: 'CLAIM',
  0x54: 'DISPUTE',
  0x55: 'TERMS',
  0x56: 'SETTLE',
  0x60: 'KEY_ADVISORY',
  0x61: 'FORK',
  0x70: 'CONGESTION',
} as const;
/** The name of a kind. */
export type RecordKind = (typeof RECORD_KINDS)[keyof typeof RECORD_KINDS];

/** Kinds that the sessions of requests look at. */
export const ERROR_KIND = 0x01;
export const CHUNK_REQUEST_KIND = 0x14;
export const CHUNK_KIND = 0x15;

/** NXS-REC-015: what answers a request besides an error. */
const ANSWERS: ReadonlyMap<number, number> = new Map([
  [0x10, 0x11],
  [0x12, 0x13],
  [0x14, 0x15],
  [0x16, 0x17],
  [0x18, 0x19],
  [0x20, 0x21],
  [0x22, 0x21],
  [0x30, 0x31],
  [0x32, 0x33],
  [0x40, 0x40],
  [0x50, 0x52],
  [0x51, 0x52],
  [0x53, 0x52],
  [0x54, 0x54],
  [0x55, 0x55],
  [0x56, 0x56],
]);
/** NXS-REC-007: kinds that answer something. */
const ANSWERING: ReadonlySet<number> = new Set([ERROR_KIND, ...ANSWERS.values()]);
/** NXS-REC-007: kinds that are sent without a request, and have no answer. */
const UNASKED: ReadonlySet<number> = new Set([0x01, 0x17, 0x23, 0x60, 0x61, 0x70]);

/** The name of a kind; undefined for a number that has none. */
export function kindName(kind: number): RecordKind | undefined {
  return (RECORD_KINDS as { readonly [kind: number]: RecordKind })[kind];
}
/** Whether a kind is a request. @see NXS-REC-007 */
export function isRequestKind(kind: number): boolean {
  return ANSWERS.has(kind);
}
/** Whether a kind answers something. @see NXS-REC-007 */
export function isAnswerKind(kind: number): boolean {
  return ANSWERING.has(kind);
}
/** Whether a kind is sent unasked. @see NXS-REC-007 */
export function isUnaskedKind(kind: number): boolean {
  return UNASKED.has(kind);
}
/** Whether a record of one kind answers a request of another. @see NXS-REC-015 */
export function isAnswerTo(request: number, kind: number): boolean {
  return kind === ERROR_KIND || ANSWERS.get(request) === kind;
}
/** The kinds that answer a request besides an error; none if the kind is not a request. @see NXS-REC-015 */
export function answersTo(kind: number): readonly number[] {
  const answer = ANSWERS.get(kind);
  return answer === undefined ? [] : [answer];
}
