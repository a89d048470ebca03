/**
 * Records: what neighbours say to each other. They are packets of E3X with a head of 4 bytes.
 *
 *   0      2      3       4            6
 *   +------+------+-------+------------+------+
 *   | 00 04| kind | flags | request id | body |
 *   +------+------+-------+------------+------+
 *
 * Bit 0 of the flags is an answer. A record without a request id is neither a request nor an answer.
 */
import { Reader, concat, leBytes, u16Bytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError } from '../../kernel/errors.ts';
import { encodeVarint } from '../../interpeer/packet/varint.ts';
import { isAnswerKind, isRequestKind, isUnaskedKind, kindName } from './kinds.ts';
import type { RecordKind } from './kinds.ts';

const HEAD_LENGTH = 4;
/** NXS-REC-001: bytes of a record without a body. */
export const RECORD_LENGTH_MIN = 6;
/** NXS-REC-008. */
export const RECORD_LENGTH_MAX = 65_535;
const ANSWER = 0x01;

/** A record, as its sender gives it. */
export interface RecordInput {
  /** 0 to 255. */
  readonly kind: number;
  readonly answer: boolean;
  /** 0 to 65,535; 0 if the record is neither a request nor an answer. */
  readonly requestId: number;
  /** At most 65,529 bytes. */
  readonly body: Uint8Array;
}
/** A record, taken apart. */
export interface NexusRecord extends RecordInput {
  readonly name: RecordKind;
}

const INPUT = door.members<RecordInput>({ kind: door.byte, answer: door.flag, requestId: door.count, body: door.bytes });

function malformed(clause: string, message: string, values: { readonly [name: string]: number }): never {
  throw new DecodeError('malformed', clause, message, values);
}

/** The name of the kind, if a record with this head is one. @throws DecodeError malformed */
function nameInRole({ kind, answer, requestId }: Omit<RecordInput, 'body'>): RecordKind {
  const name = kindName(kind);
  if (name === undefined) return malformed('NXS-REC-004', 'no kind of record', { kind });
  if (answer && requestId === 0) malformed('NXS-REC-006', 'an answer to nothing', { kind });
  const isInRole = answer ? isAnswerKind(kind) : requestId === 0 ? isUnaskedKind(kind) : isRequestKind(kind);
  if (!isInRole) malformed('NXS-REC-007', 'a kind that is not sent like this', { kind, requestId });
  return name;
}

/**
 * Writes a record.
 * @returns 6 bytes and the body
 * @throws DecodeError malformed for a kind that is none or not sent like this; LimitError above 65,535 bytes
 * @see NXS-REC-001
 */
export function encodeRecord(input: RecordInput): Uint8Array {
  const { kind, answer, requestId, body } = INPUT(input, 'input');
  nameInRole({ kind, answer, requestId });
  if (body.length + RECORD_LENGTH_MIN > RECORD_LENGTH_MAX) throw new LimitError('NXS-REC-008', 'a record too long', { body: body.length });
  const head = [u16Bytes(HEAD_LENGTH, 'NXS-REC-003'), Uint8Array.of(kind, answer ? ANSWER : 0), leBytes(requestId, 2, 'NXS-REC-001')];
  return concat([...head, body]);
}

/**
 * Takes a record apart.
 * @returns copies
 * @throws DecodeError; LimitError above 65,535 bytes
 * @see NXS-REC-001
 */
export function decodeRecord(record: Uint8Array): NexusRecord {
  const given = door.copy(record, 'record');
  if (given.length > RECORD_LENGTH_MAX) throw new LimitError('NXS-REC-008', 'a record too long', { length: given.length });
  const reader = new Reader(given);
  const headLength = reader.u16('NXS-REC-002');
  if (headLength !== HEAD_LENGTH) malformed('NXS-REC-003', 'a head of another length', { headLength });
  const kind = reader.u8('NXS-REC-002');
  const flags = reader.u8('NXS-REC-002');
  if (flags > ANSWER) malformed('NXS-REC-005', 'flags that are not defined', { flags });
  const requestId = reader.u8('NXS-REC-002') + 256 * reader.u8('NXS-REC-002');
  const answer = flags === ANSWER;
  const name = nameInRole({ kind, answer, requestId });
  return { kind, name, answer, requestId, body: reader.rest().slice() };
}

/**
 * Puts the length in front of a record, for a stream of Interpeer.
 * @throws whatever `decodeRecord` throws
 * @see NXS-REC-009
 */
export function prefixRecord(record: Uint8Array): Uint8Array {
  const given = door.bytes(record, 'record');
  decodeRecord(given);
  return concat([encodeVarint(BigInt(given.length)), given]);
}
