/** Records made from their bytes, without the specification's models. */

/** Kinds by their roles, as NXS-REC-007 and NXS-REC-015 have them. */
export const REQUEST_KINDS: readonly number[] = [
  0x10, 0x12, 0x14, 0x16, 0x18, 0x20, 0x22, 0x30, 0x32, 0x40, 0x50, 0x51, 0x53, 0x54, 0x55, 0x56,
];
export const ANSWER_KINDS: readonly number[] = [0x01, 0x11, 0x13, 0x15, 0x17, 0x19, 0x21, 0x31, 0x33, 0x40, 0x52, 0x54, 0x55, 0x56];
export const UNASKED_KINDS: readonly number[] = [0x01, 0x17, 0x23, 0x60, 0x61, 0x70];

/** What a record has instead of what it should have, in hexadecimal digits. */
export interface RecordParts {
  readonly front?: string;
  readonly kind?: number;
  readonly flags?: string;
  readonly requestId?: string;
  readonly body?: string;
}
/** A record: where nothing else is said, a request for an object, numbered 258. */
export function recordByHand({
  front = '0004',
  kind = 0x12,
  flags = '00',
  requestId = '0201',
  body = '07'.repeat(32),
}: RecordParts): string {
  return `${front}${kind.toString(16).padStart(2, '0')}${flags}${requestId}${body}`;
}

/** A length of up to 2,113,663 as Interpeer writes it: each further byte counts from where the shorter ones end. */
export function varintByHand(value: number): string {
  const [one, two] = [128, 16_512];
  if (value < one) return Buffer.of(value).toString('hex');
  const rest = value < two ? value - one : value - two;
  const groups = value < two ? [rest >> 7, rest & 127] : [rest >> 14, (rest >> 7) & 127, rest & 127];
  return Buffer.from(groups.map((group, i) => (i < groups.length - 1 ? group | 128 : group))).toString('hex');
}
