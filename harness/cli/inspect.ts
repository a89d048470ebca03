/** `bottlepost inspect INPUT`: any bytes, DID, envelope or contact, field by field, nested, each step said with its clause. */
import { oracleOf as newOracleOf } from '../../conformance/oracles.ts';
import { readSync } from 'node:fs';
import type { Oracle } from '../../conformance/oracle/oracle.ts';
import { readJsonHead } from '../../conformance/oracle/json.ts';
import { fromHex, toHex, type Value } from '../../conformance/oracle/values.ts';
import { EXIT } from '../core/exit.ts';
import { dumped } from '../report/hexdump.ts';
import { inspectContact, looksLikeContact } from './inspect-contact.ts';
import { inspectInterpeer } from './inspect-interpeer.ts';
import { inspectCompactEnvelope, inspectKiltText, looksLikeKilt, type Inspection } from './inspect-kilt.ts';
import { inspectNexus, readingsOfNexus } from './inspect-nexus.ts';
import { NEXUS_KINDS, type NexusKind, type Reading } from './reading.ts';
import { counted, inline, lineWidth, quoted, wrap } from '../../conformance/contract/text.ts';
import { complain, say } from './output.ts';
import { specReader } from './spec.ts';

const NESTED_MAX = 16;
/** Cipher sets, by the byte that an outer message begins with. */
const CSIDS: ReadonlySet<number> = new Set([0x1a, 0x2a, 0x3a]);
/** Bytes that are taken apart: far above any packet, and little enough for a reader. */
const INPUT_BYTES_MAX = 65_536;

/** Characters that are read from standard input: the digits of those bytes, with blanks and line feeds between them. */
const INPUT_CHARACTERS_MAX = 16 * INPUT_BYTES_MAX;
const READ_AT_ONCE = 65_536;

type E3xKind = 'packet' | 'cloaked' | 'chunks';
export interface InspectOptions {
  /** What the bytes are; guessed where absent. */
  readonly as?: E3xKind | 'envelope' | 'interpeer' | NexusKind;
}

const STRENGTHS: readonly Reading['strength'][] = ['sure', 'likely', 'possible', 'weak'];

/** All of standard input, or why it is not taken; no more is read than could be shown. */
function readInput(): { readonly text: string } | { readonly fault: string } {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.alloc(READ_AT_ONCE);
    const read = readSome(chunk);
    if (read === 0) return { text: Buffer.concat(chunks).toString('utf8') };
    length += read;
    if (length > INPUT_CHARACTERS_MAX)
      return {
        fault:
          `more than ${String(INPUT_CHARACTERS_MAX)} characters on standard input; at most ${String(INPUT_BYTES_MAX)} bytes are ` +
          'taken apart at once. Give one packet, or the first chunks of a stream.',
      };
    chunks.push(chunk.subarray(0, read));
  }
}

/** Reads what there is, 0 at the end; a terminal or a pipe that has nothing yet is waited for. */
function readSome(chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(0, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function readBytes(text: string): Uint8Array | string {
  const hex = text.replace(/^0x/, '').replace(/[\s:]/g, '').toLowerCase();
  if (hex === '') return 'nothing to inspect';
  if (!/^[0-9a-f]*$/.test(hex))
    return (
      `not hex: ${quoted(text.slice(0, 40))}. Give bytes as hex (spaces and colons are fine), ` +
      'a DID, an envelope or a link as JSON, a link URI, or - to read one of these from stdin.'
    );
  if (hex.length % 2 === 1) return `${counted(hex.length, 'hex digit')}: no whole number of bytes; one digit is missing or surplus.`;
  if (hex.length > 2 * INPUT_BYTES_MAX)
    return (
      `${String(hex.length / 2)} bytes; at most ${String(INPUT_BYTES_MAX)} are taken apart at once. ` +
      'Give one packet, or the first chunks of a stream.'
    );
  return fromHex(hex);
}

const oracles = new Map<string, Oracle>();
/** The oracle of an area, made once: several readings of the same bytes are tried. */
function oracleOf(area: string): Oracle {
  const oracle = oracles.get(area) ?? newOracleOf(area, specReader());
  oracles.set(area, oracle);
  return oracle;
}

/** Explains an input; returns the exit code: 1 when it is nothing that is known here, 2 when it is neither hex nor text of ours. */
export function inspect(argument: string, options: InspectOptions): number {
  const input = argument === '-' ? readInput() : { text: argument };
  if ('fault' in input) {
    complain(`bottlepost: ${input.fault}\n`);
    return EXIT.usage;
  }
  const { text } = input;
  const inspection = inspectText(text.trim()) ?? inspectBytes(readBytes(text), options);
  if (typeof inspection === 'string') {
    complain(`bottlepost: ${inspection}\n`);
    return EXIT.usage;
  }
  // A line is one line, whatever is quoted in it: what somebody else has written begins none.
  say(`${inspection.lines.flatMap((line) => fitted(inline(line))).join('\n')}\n`);
  return inspection.known ? EXIT.ok : EXIT.failed;
}

/** Explains what is text and not bytes in hex; undefined for anything else. */
function inspectText(text: string): Inspection | undefined {
  if (looksLikeContact(text)) return inspectContact(oracleOf('e3x'), text);
  return looksLikeKilt(text) ? inspectKiltText(oracleOf('kilt'), text) : undefined;
}

/** A line that is too long goes on in the next one, further in. */
function fitted(line: string): string[] {
  if (line.length <= lineWidth()) return [line];
  const indent = line.length - line.trimStart().length;
  const [first = '', ...rest] = wrap(line.trimStart(), indent);
  return rest.length === 0 ? [first] : [first, ...wrap(line.slice(first.length).trimStart(), indent + 2)];
}

function inspectBytes(bytes: Uint8Array | string, { as }: InspectOptions): Inspection | string {
  if (typeof bytes === 'string') return bytes;
  if (as !== undefined) return inspectAs(bytes, as);
  const inspector = new Inspector(oracleOf('e3x'));
  // The first of equals: what is named here first is the less common to be mistaken for another.
  const readings: readonly Reading[] = [
    ...readingsOfNexus(oracleOf('nexus'), bytes),
    ...(inspectInterpeer(oracleOf('interpeer'), bytes, false) === undefined
      ? []
      : [{ as: 'interpeer', what: 'a packet of Interpeer', strength: 'sure' } as const]),
    ...(inspectCompactEnvelope(oracleOf('kilt'), bytes) === undefined
      ? []
      : [{ as: 'envelope', what: 'a compact envelope', strength: 'likely' } as const]),
    ...inspector.readings(bytes),
  ];
  const [first, ...others] = STRENGTHS.flatMap((strength) => readings.filter((reading) => reading.strength === strength));
  if (first === undefined) return inspector.nothing(bytes);
  const { lines, known } = inspectAs(bytes, first.as);
  const also = others.map((reading) => `${reading.what} (--as ${reading.as})`).join(', or ');
  return { lines: also === '' ? lines : [...lines, '', `It could also be ${also}.`], known };
}

function inspectAs(bytes: Uint8Array, as: NonNullable<InspectOptions['as']>): Inspection {
  const nexusKind = NEXUS_KINDS.find((kind) => kind === as);
  if (nexusKind !== undefined) return inspectNexus(oracleOf('nexus'), bytes, nexusKind);
  if (as === 'interpeer') return inspectInterpeer(oracleOf('interpeer'), bytes, true) ?? { lines: [], known: false };
  if (as === 'envelope') return inspectCompactEnvelope(oracleOf('kilt'), bytes) ?? { lines: ['Not a compact envelope.'], known: false };
  return new Inspector(oracleOf('e3x')).show(bytes, as as E3xKind);
}

class Inspector {
  readonly #lines: string[] = [];
  readonly #oracle: Oracle;
  constructor(oracle: Oracle) {
    this.#oracle = oracle;
  }

  /** Explains bytes as what they are said to be. */
  show(bytes: Uint8Array, as: E3xKind): Inspection {
    const known = as === 'packet' ? this.#packet(bytes, '', 0) : as === 'cloaked' ? this.#cloaked(bytes) : this.#chunks(bytes);
    return { lines: this.#lines, known };
  }

  /** Explains bytes that are nothing known. */
  nothing(bytes: Uint8Array): Inspection {
    const answer = this.#oracle.answer('e3x.packet.decode', { packet: toHex(bytes) });
    this.#lines.push(`${counted(bytes.length, 'byte')} that ${bytes.length === 1 ? 'is' : 'are'} nothing known.`);
    if (answer.kind === 'reject') this.#lines.push(`As a packet of E3X: ${answer.class} (${answer.clause}).`);
    this.#dump('bytes', bytes, 'e3x.packet');
    this.#lines.push('', 'If you know what they are, say so with --as.');
    return { lines: this.#lines, known: false };
  }

  /** What of E3X bytes may be. Most bytes can be taken for cloaked ones; what comes out of them tells. */
  readings(bytes: Uint8Array): Reading[] {
    const hex = toHex(bytes);
    const found: Reading[] = [];
    const strength = this.#strengthOfPacket(bytes);
    if (strength !== undefined) found.push({ as: 'packet', what: 'a packet of E3X', strength });
    const removed = bytes[0] === 0 ? undefined : this.#oracle.answer('e3x.cloak.remove', { cloaked: hex });
    if (removed?.kind === 'ok')
      found.push({
        as: 'cloaked',
        what: 'a cloaked packet of E3X',
        strength: this.#strengthOfPacket(fromHex(String(removed.value['packet']))) ?? 'weak',
      });
    const joined = this.#oracle.answer('e3x.chunks.join', { stream: hex });
    const packets = joined.kind === 'ok' ? (joined.value['packets'] as readonly string[]) : [];
    const inside = packets[0] === undefined ? undefined : this.#strengthOfPacket(fromHex(packets[0]));
    if (packets.length > 0 && (found.length === 0 || inside === 'likely'))
      found.push({ as: 'chunks', what: 'chunks of E3X', strength: inside ?? 'weak' });
    return found;
  }

  /** Likely where the head is of a cipher set or JSON, weak where any bytes would do. */
  #strengthOfPacket(bytes: Uint8Array): Reading['strength'] | undefined {
    if (this.#oracle.answer('e3x.packet.decode', { packet: toHex(bytes) }).kind !== 'ok') return undefined;
    const headLength = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
    if (headLength === 1) return CSIDS.has(bytes[2] ?? 0) ? 'likely' : 'weak';
    if (this.#headIsObject(bytes)) return 'likely';
    return bytes[0] === 0 ? 'weak' : undefined;
  }

  #headIsObject(bytes: Uint8Array): boolean {
    const decoding = this.#oracle.wire.decode('e3x.packet', bytes);
    return decoding.kind === 'ok' && readJsonHead(decoding.fields.get('head') as Uint8Array, 64).kind === 'object';
  }

  /** @returns whether it is one */
  #packet(bytes: Uint8Array, indent: string, depth: number): boolean {
    const decoding = this.#oracle.wire.decode('e3x.packet', bytes);
    if (decoding.kind === 'reject') {
      this.#lines.push(`${indent}Not a packet: ${decoding.reject.class} at byte ${String(decoding.offset)} (${decoding.reject.req}).`);
      this.#dump('bytes', bytes, 'e3x.packet', indent);
      return false;
    }
    const head = decoding.fields.get('head') as Uint8Array;
    const body = decoding.fields.get('body') as Uint8Array;
    this.#lines.push(
      `${indent}Packet of ${counted(bytes.length, 'byte')}: HEAD ${String(head.length)}, BODY ${String(body.length)}  (${decoding.clause})`,
    );
    this.#dump('packet', bytes, 'e3x.packet', indent);
    if (head.length === 1) {
      this.#lines.push(`${indent}HEAD is the CSID ${toHex(head)}: an outer message.`);
      const token = this.#oracle.answer('e3x.token.derive', { packet: toHex(bytes) });
      this.#lines.push(
        token.kind === 'ok'
          ? `${indent}Routing token ${String(token.value['token'])}  (${token.clause === '' ? '' : 'E3X-TOK-001'})`
          : `${indent}No routing token: ${token.class} (${token.clause}).`,
      );
      return true;
    }
    if (head.length >= 7) {
      const reading = readJsonHead(head, 64);
      if (reading.kind === 'object') this.#lines.push(`${indent}HEAD is JSON: ${JSON.stringify(reading.value)}`);
      else
        this.#lines.push(
          `${indent}HEAD fails as JSON: ${reading.fault.class} ` +
            `(${this.#oracle.spec.jsonRules[reading.fault.rule] ?? ''}); its bytes are kept.`,
        );
      for (const operation of ['e3x.jwe.decode', 'e3x.jws.decode'] as const) {
        const jose = this.#oracle.answer(operation, { packet: toHex(bytes) });
        if (jose.kind === 'ok') {
          this.#lines.push(
            `${indent}As a compact ${operation === 'e3x.jwe.decode' ? 'JWE' : 'JWS'}: ${String(Object.values(jose.value)[0])}`,
          );
          break;
        }
      }
    }
    const inner = body.length >= 2 ? this.#oracle.wire.decode('e3x.packet', body) : undefined;
    if (inner?.kind === 'ok' && depth < NESTED_MAX && (inner.fields.get('head') as Uint8Array).length > 0) {
      this.#lines.push(`${indent}BODY is an attached packet:`);
      this.#packet(body, `${indent}  `, depth + 1);
    }
    return true;
  }

  #cloaked(bytes: Uint8Array): boolean {
    const answer = this.#oracle.answer('e3x.cloak.remove', { cloaked: toHex(bytes) });
    if (answer.kind === 'reject') {
      this.#lines.push(`Not a cloaked packet: ${answer.class} (${answer.clause}).`);
      this.#dump('bytes', bytes, 'e3x.cloaked');
      return false;
    }
    this.#lines.push(`Cloaked packet, ${counted(Number(answer.value['rounds']), 'round')}  (E3X-CLK-003)`);
    if (bytes[0] !== 0) this.#dump('cloaked', bytes, 'e3x.cloaked');
    this.#lines.push('Inside:');
    this.#packet(fromHex(String(answer.value['packet'])), '  ', 0);
    return true;
  }

  #chunks(bytes: Uint8Array): boolean {
    const decoding = this.#oracle.wire.decode('e3x.chunk-stream', bytes);
    if (decoding.kind !== 'ok') return false;
    const chunks = decoding.fields.get('chunks') as readonly ReadonlyMap<string, Value>[];
    const answer = this.#oracle.answer('e3x.chunks.join', { stream: toHex(bytes) });
    const packets = answer.kind === 'ok' ? (answer.value['packets'] as readonly string[]) : [];
    this.#lines.push(`Stream of ${counted(chunks.length, 'chunk')}, ${counted(packets.length, 'packet')} delivered  (E3X-CHK-001)`);
    this.#dump('stream', bytes, 'e3x.chunk-stream');
    for (const [i, packet] of packets.entries()) {
      this.#lines.push(`Packet ${String(i + 1)}:`);
      this.#packet(fromHex(packet), '  ', 0);
    }
    return true;
  }

  #dump(title: string, bytes: Uint8Array, layout: string, indent = ''): void {
    const decoding = this.#oracle.wire.decode(layout, bytes);
    const dump = dumped({ title, hex: toHex(bytes), fields: decoding.kind === 'ok' ? decoding.spans : [] });
    for (const line of dump) this.#lines.push(`${indent}${line}`);
  }
}
