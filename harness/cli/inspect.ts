/** `bottlepost inspect INPUT`: any bytes, DID or envelope, field by field, nested, each step said with its clause. */
import { oracleOf } from '../../conformance/areas.ts';
import { readFileSync } from 'node:fs';
import type { Oracle } from '../../conformance/oracle/oracle.ts';
import { readJsonHead } from '../../conformance/oracle/json.ts';
import { fromHex, toHex, type Value } from '../../conformance/oracle/values.ts';
import { EXIT } from '../core/exit.ts';
import { hexdumps } from '../report/hexdump.ts';
import { inspectInterpeer } from './inspect-interpeer.ts';
import { inspectCompactEnvelope, inspectKiltText, looksLikeKilt, type Inspection } from './inspect-kilt.ts';
import { inspectNexus, NEXUS_KINDS, type NexusKind } from './inspect-nexus.ts';
import { complain, say } from './output.ts';

const NESTED_MAX = 16;
/** Bytes that are taken apart: far above any packet, and little enough for a reader. */
const INPUT_BYTES_MAX = 65_536;

export interface InspectOptions {
  /** What the bytes are; guessed where absent. */
  readonly as?: 'packet' | 'cloaked' | 'chunks' | 'envelope' | 'interpeer' | NexusKind;
}

function readBytes(text: string): Uint8Array | string {
  const hex = text.replace(/^0x/, '').replace(/[\s:]/g, '').toLowerCase();
  if (hex === '') return 'nothing to inspect';
  if (!/^[0-9a-f]*$/.test(hex))
    return (
      `not hex: '${text.slice(0, 40)}'. Give bytes as hex (spaces and colons are fine), ` +
      'a DID, an envelope as JSON, or - to read one of these from stdin.'
    );
  if (hex.length % 2 === 1) return `${String(hex.length)} hex digits are not a whole number of bytes; one digit is missing or surplus.`;
  if (hex.length > 2 * INPUT_BYTES_MAX)
    return (
      `${String(hex.length / 2)} bytes; at most ${String(INPUT_BYTES_MAX)} are taken apart at once. ` +
      'Give one packet, or the first chunks of a stream.'
    );
  return fromHex(hex);
}

/** Explains an input; returns the exit code: 1 when it is nothing that is known here, 2 when it is neither hex nor text of ours. */
export function inspect(argument: string, options: InspectOptions): number {
  const text = argument === '-' ? readFileSync(0, 'utf8') : argument;
  const inspection = looksLikeKilt(text.trim()) ? inspectKiltText(oracleOf('kilt'), text.trim()) : inspectBytes(readBytes(text), options);
  if (typeof inspection === 'string') {
    complain(`bottlepost: ${inspection}\n`);
    return EXIT.usage;
  }
  // A line is one line, whatever is quoted in it: what somebody else has written begins none.
  say(`${inspection.lines.map((line) => line.replaceAll('\n', '\\n')).join('\n')}\n`);
  return inspection.known ? EXIT.ok : EXIT.failed;
}

function inspectBytes(bytes: Uint8Array | string, { as }: InspectOptions): Inspection | string {
  if (typeof bytes === 'string') return bytes;
  const nexusKind = NEXUS_KINDS.find((kind) => kind === as);
  if (nexusKind !== undefined || as === undefined) {
    const found = inspectNexus(oracleOf('nexus'), bytes, nexusKind);
    if (found !== undefined) return found;
  }
  if (as === 'interpeer' || as === undefined) {
    const packet = inspectInterpeer(oracleOf('interpeer'), bytes, as === 'interpeer');
    if (packet !== undefined) return packet;
  }
  if (as === 'envelope' || as === undefined) {
    const envelope = inspectCompactEnvelope(oracleOf('kilt'), bytes);
    if (envelope !== undefined) return envelope;
    if (as === 'envelope') return { lines: ['Not a compact envelope.'], known: false };
  }
  const inspector = new Inspector(oracleOf('e3x'));
  const known = inspector.start(bytes, as === 'packet' || as === 'cloaked' || as === 'chunks' ? as : undefined);
  return { lines: inspector.lines, known };
}

class Inspector {
  readonly lines: string[] = [];
  readonly #oracle: Oracle;
  constructor(oracle: Oracle) {
    this.#oracle = oracle;
  }

  start(bytes: Uint8Array, as: 'packet' | 'cloaked' | 'chunks' | undefined): boolean {
    const kinds = as === undefined ? this.#guesses(bytes) : [as];
    for (const [i, kind] of kinds.entries()) {
      if (i > 0) this.lines.push('', 'It could also be:');
      if (kind === 'packet') this.#packet(bytes, '', 0);
      else if (kind === 'cloaked') this.#cloaked(bytes);
      else this.#chunks(bytes);
    }
    if (kinds.length === 0) {
      const answer = this.#oracle.answer('e3x.packet.decode', { packet: toHex(bytes) });
      this.lines.push(`${String(bytes.length)} bytes that are not a packet, a cloaked packet or a stream of chunks.`);
      if (answer.kind === 'reject') this.lines.push(`As a packet: ${answer.class} (${answer.clause}).`);
      this.#dump('bytes', bytes, 'e3x.packet');
      return false;
    }
    return true;
  }

  #guesses(bytes: Uint8Array): ('packet' | 'cloaked' | 'chunks')[] {
    const hex = toHex(bytes);
    const found: ('packet' | 'cloaked' | 'chunks')[] = [];
    if (this.#oracle.answer('e3x.packet.decode', { packet: hex }).kind === 'ok' && (bytes[0] === 0 || this.#headIsObject(bytes)))
      found.push('packet');
    if (bytes[0] !== 0 && this.#oracle.answer('e3x.cloak.remove', { cloaked: hex }).kind === 'ok') found.push('cloaked');
    const joined = this.#oracle.answer('e3x.chunks.join', { stream: hex });
    if (found.length === 0 && joined.kind === 'ok' && (joined.value['packets'] as readonly unknown[]).length > 0) found.push('chunks');
    return found;
  }

  #headIsObject(bytes: Uint8Array): boolean {
    const decoding = this.#oracle.wire.decode('e3x.packet', bytes);
    return decoding.kind === 'ok' && readJsonHead(decoding.fields.get('head') as Uint8Array, 64).kind === 'object';
  }

  #packet(bytes: Uint8Array, indent: string, depth: number): void {
    const decoding = this.#oracle.wire.decode('e3x.packet', bytes);
    if (decoding.kind === 'reject') {
      this.lines.push(`${indent}Not a packet: ${decoding.reject.class} at byte ${String(decoding.offset)} (${decoding.reject.req}).`);
      return;
    }
    const head = decoding.fields.get('head') as Uint8Array;
    const body = decoding.fields.get('body') as Uint8Array;
    this.lines.push(
      `${indent}Packet of ${String(bytes.length)} bytes: HEAD ${String(head.length)}, BODY ${String(body.length)}  (${decoding.clause})`,
    );
    this.#dump('packet', bytes, 'e3x.packet', indent);
    if (head.length === 1) {
      this.lines.push(`${indent}HEAD is the CSID ${toHex(head)}: an outer message.`);
      const token = this.#oracle.answer('e3x.token.derive', { packet: toHex(bytes) });
      this.lines.push(
        token.kind === 'ok'
          ? `${indent}Routing token ${String(token.value['token'])}  (${token.clause === '' ? '' : 'E3X-TOK-001'})`
          : `${indent}No routing token: ${token.class} (${token.clause}).`,
      );
      return;
    }
    if (head.length >= 7) {
      const reading = readJsonHead(head, 64);
      if (reading.kind === 'object') this.lines.push(`${indent}HEAD is JSON: ${JSON.stringify(reading.value)}`);
      else
        this.lines.push(
          `${indent}HEAD fails as JSON: ${reading.fault.class} ` +
            `(${this.#oracle.spec.jsonRules[reading.fault.rule] ?? ''}); its bytes are kept.`,
        );
      for (const operation of ['e3x.jwe.decode', 'e3x.jws.decode'] as const) {
        const jose = this.#oracle.answer(operation, { packet: toHex(bytes) });
        if (jose.kind === 'ok') {
          this.lines.push(
            `${indent}As a compact ${operation === 'e3x.jwe.decode' ? 'JWE' : 'JWS'}: ${String(Object.values(jose.value)[0])}`,
          );
          break;
        }
      }
    }
    const inner = body.length >= 2 ? this.#oracle.wire.decode('e3x.packet', body) : undefined;
    if (inner?.kind === 'ok' && depth < NESTED_MAX && (inner.fields.get('head') as Uint8Array).length > 0) {
      this.lines.push(`${indent}BODY is an attached packet:`);
      this.#packet(body, `${indent}  `, depth + 1);
    }
  }

  #cloaked(bytes: Uint8Array): void {
    const answer = this.#oracle.answer('e3x.cloak.remove', { cloaked: toHex(bytes) });
    if (answer.kind === 'reject') {
      this.lines.push(`Not a cloaked packet: ${answer.class} (${answer.clause}).`);
      this.#dump('bytes', bytes, 'e3x.cloaked');
      return;
    }
    this.lines.push(`Cloaked packet, ${String(answer.value['rounds'])} round(s)  (E3X-CLK-003)`);
    if (bytes[0] !== 0) this.#dump('cloaked', bytes, 'e3x.cloaked');
    this.lines.push('Inside:');
    this.#packet(fromHex(String(answer.value['packet'])), '  ', 0);
  }

  #chunks(bytes: Uint8Array): void {
    const decoding = this.#oracle.wire.decode('e3x.chunk-stream', bytes);
    if (decoding.kind !== 'ok') return;
    const chunks = decoding.fields.get('chunks') as readonly ReadonlyMap<string, Value>[];
    const answer = this.#oracle.answer('e3x.chunks.join', { stream: toHex(bytes) });
    const packets = answer.kind === 'ok' ? (answer.value['packets'] as readonly string[]) : [];
    this.lines.push(`Stream of ${String(chunks.length)} chunks, ${String(packets.length)} packet(s) delivered  (E3X-CHK-001)`);
    this.#dump('stream', bytes, 'e3x.chunk-stream');
    for (const [i, packet] of packets.entries()) {
      this.lines.push(`Packet ${String(i + 1)}:`);
      this.#packet(fromHex(packet), '  ', 0);
    }
  }

  #dump(title: string, bytes: Uint8Array, layout: string, indent = ''): void {
    const decoding = this.#oracle.wire.decode(layout, bytes);
    const dump = hexdumps([{ title, hex: toHex(bytes), fields: decoding.kind === 'ok' ? decoding.spans : [] }]);
    for (const line of dump) this.lines.push(`${indent}${line}`);
  }
}
