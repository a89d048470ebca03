/** `bottlepost inspect` of records of NEXUS: what they are, whom they answer, and what is inside. */
import type { JsonObject } from '../../conformance/contract/contract.ts';
import type { Oracle } from '../../conformance/oracle/oracle.ts';
import { fromHex, toHex } from '../../conformance/oracle/values.ts';
import { dumped } from '../report/hexdump.ts';
import type { Inspection } from './inspect-kilt.ts';
import { objectBodyOf } from './inspect-nexus-object.ts';
import { serviceBodyOf } from './inspect-nexus-services.ts';
import { fieldsOf, refusedBody, type InspectedBody } from './inspect-nexus-body.ts';

const HEAD_LENGTH = 6;
const [ERROR, CONGESTION] = [0x01, 0x70];

/** Explains bytes as a record. */
export function inspectRecord(oracle: Oracle, bytes: Uint8Array): Inspection {
  const record = toHex(bytes);
  const answer = oracle.answer('nexus.record.decode', { record });
  if (answer.kind === 'reject') {
    const fields = fieldsOf(oracle, 'nexus.record', bytes);
    return {
      lines: [`Not a record: ${answer.class} (${answer.clause}).`, ...dumped({ title: 'bytes', hex: record, fields })],
      known: false,
    };
  }
  const read = answer.value;
  const body = fromHex(String(read['body']));
  const inside = bodyOf(oracle, Number(read['kind']), body);
  const fields = [
    ...fieldsOf(oracle, 'nexus.record', bytes).filter(({ name }) => name !== 'body' || (inside.spans.length === 0 && body.length > 0)),
    ...inside.spans.map((span) => ({ ...span, offset: span.offset + HEAD_LENGTH })),
  ];
  return {
    lines: [headLine(oracle, read, body.length), ...inside.lines, ...dumped({ title: 'record', hex: record, fields })],
    known: inside.known,
  };
}

function headLine(oracle: Oracle, read: JsonObject, bodyLength: number): string {
  const kind = Number(read['kind']);
  const what = `${String(read['name'])} (${kind.toString(16).padStart(2, '0')})`;
  const number = String(read['requestId']);
  if (read['answer'] === true) return `${what}, an answer to request ${number}, body ${String(bodyLength)}  (NXS-REC-001, NXS-REC-015)`;
  if (number === '0') return `${what}, unasked, body ${String(bodyLength)}  (NXS-REC-001, NXS-REC-006)`;
  const answers = oracle.answer('nexus.record.answers', { kind });
  const awaited = answers.kind === 'ok' ? (answers.value['kinds'] as readonly number[]).map((one) => one.toString(16)).join(', ') : '';
  return `${what}, request ${number}, which kind ${awaited} answers, body ${String(bodyLength)}  (NXS-REC-001, NXS-REC-015)`;
}

/** Explains the body of a record of some kind. */
export function bodyOf(oracle: Oracle, kind: number, body: Uint8Array): InspectedBody {
  if (kind === ERROR) return errorOf(oracle, body);
  if (kind === CONGESTION) return congestionOf(oracle, body);
  const explained = objectBodyOf(oracle, kind, body) ?? serviceBodyOf(oracle, kind, body);
  if (explained !== undefined) return explained;
  return { lines: ['Its body is taken apart no further.'], spans: [], known: true };
}

function errorOf(oracle: Oracle, body: Uint8Array): InspectedBody {
  const answer = oracle.answer('nexus.error.read', { body: toHex(body) });
  if (answer.kind === 'reject') return refusedBody('an error', answer);
  const { code, name, hash } = answer.value;
  const about = hash === undefined ? '' : `, about the object ${String(hash)}`;
  const busy = name === 'busy' ? '; no new request is sent for 60 s (NXS-REQ-011)' : '';
  return {
    lines: [`error ${String(code)}, ${String(name)}${about}${busy}  (NXS-REC-013)`],
    spans: fieldsOf(oracle, 'nexus.error', body),
    known: true,
  };
}

function congestionOf(oracle: Oracle, body: Uint8Array): InspectedBody {
  const spans = fieldsOf(oracle, 'nexus.congestion', body);
  const answer = oracle.answer('nexus.congestion.decode', { body: toHex(body) });
  if (answer.kind === 'reject') return { ...refusedBody('a congestion signal', answer), spans };
  const { link, severity, drainMs } = answer.value;
  return {
    lines: [`link ${String(link)}: ${String(severity)}; its queue is empty after ${String(drainMs)} ms  (NXS-CGN-001)`],
    spans,
    known: true,
  };
}
