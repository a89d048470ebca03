/**
 * Imported evidence: what the authors' C++ library channeler answered on a little-endian machine. Where it answers as the
 * oracle does, it confirms the vector; where not, a flag explains why we differ.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Json, JsonObject } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { equalJson } from '../oracle/values.ts';
import type { Expectation, Flag } from '../vectors.ts';
import { slug, type VectorSink } from '../generate/batch.ts';

const LIBRARY = 'channeler';
/** Everything here is of the suite that the library speaks. */
const SUITE = 'interpeer-0.1';
const ENVELOPE_LENGTH = 52;

interface ParsedMessage {
  readonly type: number;
  readonly payload: string;
  /** Bytes that the library took. */
  readonly size: number;
  readonly initiator_part?: string;
  readonly channel?: string;
  readonly cookie?: string;
  readonly cookie1?: string;
  readonly cookie2?: string;
  readonly capabilities?: number;
}
interface PacketAnswer {
  readonly name: string;
  readonly packet: string;
  readonly proto: string;
  readonly proto_valid: boolean;
  readonly sender: string;
  readonly recipient: string;
  readonly channel: string;
  readonly channel_initiator_le: string;
  readonly channel_responder_le: string;
  readonly has_initiator: boolean;
  readonly has_responder: boolean;
  readonly flags: number;
  readonly packet_size: number;
  readonly payload_size: number;
  readonly checksum_valid: boolean;
  readonly payload: string;
  readonly messages: readonly ParsedMessage[];
  readonly sequence_no: number;
}
interface PacketError {
  readonly name: string;
  readonly packet: string;
  readonly error: string;
}
interface Evidence {
  readonly facts: { readonly [name: string]: string };
  readonly protoid: string;
  readonly default_channel: string;
  readonly packets: readonly (PacketAnswer | PacketError)[];
  readonly messages: readonly { readonly name: string; readonly bytes: string; readonly parsed: ParsedMessage | null }[];
  readonly varints: readonly {
    readonly value: string;
    readonly bytes: string;
    readonly decode_exact_buffer_used: number;
    readonly decode_with_1_spare_used: number;
    readonly decoded: string;
  }[];
  readonly cookies: readonly {
    readonly secret: string;
    readonly initiator: string;
    readonly responder: string;
    readonly initiator_part: string;
    readonly responder_part: string;
    readonly full_host: string;
    readonly cookie1: string;
    readonly cookie2: string;
  }[];
}
interface FlagFile {
  readonly flags: { readonly [id: string]: Flag & { readonly cases: readonly string[] } };
  readonly notExpressible: { readonly [name: string]: string };
}

class Importer {
  readonly #oracle: Oracle;
  readonly #batch: VectorSink;
  readonly #file: FlagFile;
  readonly #used = new Set<string>();
  constructor(oracle: Oracle, batch: VectorSink, file: FlagFile) {
    this.#oracle = oracle;
    this.#batch = batch;
    this.#file = file;
  }

  /** Adds what was asked and what the library said: its answer, 'accepted', or 'refused'. */
  add(name: string, operation: string, params: JsonObject, said: Expectation | 'accepted' | 'refused'): void {
    const answer = this.#oracle.answer(operation, params);
    const expect: Expectation = answer.kind === 'ok' ? { ok: answer.value } : { reject: answer.class };
    const agrees =
      said === 'accepted'
        ? answer.kind === 'ok'
        : said === 'refused'
          ? answer.kind === 'reject'
          : 'ok' in said && answer.kind === 'ok' && equalJson(answer.value, said.ok);
    const flag = Object.entries(this.#file.flags).find(([, f]) => f.cases.includes(name))?.[0];
    if (flag !== undefined) this.#used.add(name);
    if (!agrees && flag === undefined)
      throw new Error(
        `${name}: the library says ${JSON.stringify(said).slice(0, 160)}, ` +
          `the oracle ${JSON.stringify(expect).slice(0, 160)}, and no flag explains it`,
      );
    if (agrees && flag !== undefined) throw new Error(`${name}: flag ${flag} explains nothing, the library agrees`);
    this.#batch.put({
      id: `evidence/${operation}/${slug(name)}`,
      title: `known answer of ${LIBRARY}: ${name}`,
      kind: 'evidence',
      requirement: answer.clause,
      steps: [{ operation, params, expect, requirement: answer.clause }],
      oracles: ['interpreter', ...(agrees ? [LIBRARY] : [])],
      ...(flag === undefined ? {} : { flags: [flag] }),
    });
  }

  /** Says that nothing asks this. @throws Error where flags.yaml does not say why */
  leaveOut(name: string): void {
    if (this.#file.notExpressible[name] === undefined) throw new Error(`${name}: not tested by anything, and flags.yaml does not say why`);
    this.#used.add(name);
  }

  /** @throws Error for a flag, or a reason, that nothing needed */
  finish(): void {
    for (const name of [...Object.values(this.#file.flags).flatMap((f) => f.cases), ...Object.keys(this.#file.notExpressible)])
      if (!this.#used.has(name)) throw new Error(`flags.yaml lists '${name}', which deviates nowhere`);
  }
}

/** A message of the library as the contract writes it. */
function messageOf({ type, payload, initiator_part, channel, cookie, cookie1, cookie2, capabilities }: ParsedMessage): JsonObject {
  switch (type) {
    case 10:
      return { type: 'CHANNEL_NEW', initiatorHalf: initiator_part ?? '', cookie1: cookie1 ?? '' };
    case 11:
      return { type: 'CHANNEL_ACKNOWLEDGE', channelId: channel ?? '', cookie1: cookie1 ?? '', cookie2: cookie2 ?? '' };
    case 12:
      return { type: 'CHANNEL_FINALIZE', channelId: channel ?? '', cookie2: cookie2 ?? '', capabilities: capabilities ?? 0 };
    case 13:
      return { type: 'CHANNEL_COOKIE', cookie: cookie ?? '', capabilities: capabilities ?? 0 };
    default:
      return { type: 'DATA', data: payload };
  }
}

/** Imports the evidence. @throws Error for a deviation without a flag, or a flag that explains nothing */
export function importChannelerEvidence(root: string, oracle: Oracle, batch: VectorSink): { [id: string]: Flag } {
  const folder = join(root, 'spec/interpeer/evidence');
  const evidence = JSON.parse(readFileSync(join(folder, 'channeler.json'), 'utf8')) as Evidence;
  const file = parse(readFileSync(join(folder, 'flags.yaml'), 'utf8')) as FlagFile;
  const importer = new Importer(oracle, batch, file);
  importer.add('the protocol id', 'interpeer.protocolid.derive', { suite: SUITE }, { ok: { protocolId: evidence.protoid } });
  importer.add('the default channel', 'interpeer.channelid.join', { suite: SUITE }, { ok: { channelId: evidence.default_channel } });
  varints(importer, evidence);
  messages(importer, evidence);
  cookies(importer, evidence);
  for (const packet of evidence.packets) {
    if ('error' in packet)
      importer.add(
        packet.name,
        'interpeer.packet.decode',
        { suite: SUITE, protocolId: packet.packet.slice(0, 8), datagram: packet.packet },
        'refused',
      );
    else packetAnswer(importer, packet);
  }
  for (const fact of ['timeouts']) if (evidence.facts[fact] !== undefined) importer.leaveOut(`facts: ${fact}`);
  importer.finish();
  return Object.fromEntries(
    Object.entries(file.flags).map(([id, { bugType, effect, description, links }]) => [id, { bugType, effect, description, links }]),
  );
}

function varints(importer: Importer, { varints: all }: Evidence): void {
  const read = (value: string, length: number): Expectation | 'refused' => (length === 0 ? 'refused' : { ok: { value, length } });
  for (const v of all) {
    importer.add(`varint ${v.value} written`, 'interpeer.varint.encode', { value: v.value }, { ok: { bytes: v.bytes } });
    importer.add(
      `varint ${v.value} read, the buffer ends with it`,
      'interpeer.varint.decode',
      { bytes: v.bytes },
      read(v.decoded, v.decode_exact_buffer_used),
    );
    importer.add(
      `varint ${v.value} read, one byte behind it`,
      'interpeer.varint.decode',
      { bytes: `${v.bytes}00` },
      read(v.decoded, v.decode_with_1_spare_used),
    );
  }
}

function messages(importer: Importer, { messages: all }: Evidence): void {
  for (const { name, bytes, parsed } of all) {
    // The library reads one message at a time; what it took is a payload of one.
    const taken = parsed === null ? bytes : bytes.slice(0, 2 * parsed.size);
    const said: Expectation | 'refused' = parsed === null ? 'refused' : { ok: { messages: [messageOf(parsed)] } };
    importer.add(name, 'interpeer.messages.decode', { suite: SUITE, payload: taken }, said);
    if (taken !== bytes) importer.add(`${name}, all of it`, 'interpeer.messages.decode', { suite: SUITE, payload: bytes }, 'accepted');
    if (parsed === null) continue;
    if (name.startsWith('ser ')) {
      const data = /^ser data (\d+)$/.exec(name)?.[1];
      const written = data === undefined ? messageOf(parsed) : { type: 'DATA', data: pattern(Number(data)) };
      importer.add(`${name}, written`, 'interpeer.messages.encode', { suite: SUITE, messages: [written] }, { ok: { payload: bytes } });
    }
  }
}

/** The bytes with which the evidence fills its data: multiples of 7. */
function pattern(length: number): string {
  return Buffer.from(Uint8Array.from({ length }, (_, i) => (7 * i) & 0xff)).toString('hex');
}

function cookies(importer: Importer, { cookies: all }: Evidence): void {
  all.forEach((c, i) => {
    const common = { suite: SUITE, secret: c.secret, initiator: c.initiator, responder: c.responder, now: 0 };
    for (const [role, id, cookie] of [
      ['initiator', c.initiator_part, c.cookie1],
      ['responder', c.full_host, c.cookie2],
    ] as const) {
      importer.add(`cookie ${String(i)} of the ${role}`, 'interpeer.cookie.make', { ...common, role, id }, { ok: { cookie } });
      importer.add(`cookie ${String(i)} of the ${role}`, 'interpeer.cookie.check', { ...common, role, id, cookie }, 'accepted');
    }
    const halves = { suite: SUITE, initiatorHalf: c.initiator_part, responderHalf: c.responder_part };
    importer.add(
      `halves ${String(i)}`,
      'interpeer.channelid.join',
      { ...halves, halfOrder: 'responder-first' },
      { ok: { channelId: c.full_host } },
    );
    importer.add(
      `halves ${String(i)} as the comment has them`,
      'interpeer.channelid.join',
      { ...halves, halfOrder: 'initiator-first' },
      { ok: { channelId: c.full_host } },
    );
  });
}

function packetAnswer(importer: Importer, p: PacketAnswer): void {
  const paddingLength = p.packet_size - ENVELOPE_LENGTH - p.payload_size;
  const said: JsonObject = {
    sender: p.sender,
    recipient: p.recipient,
    channelId: p.channel,
    encrypted: (p.flags & 1) !== 0,
    spin: (p.flags & 2) !== 0,
    packetSize: p.packet_size,
    sequenceNumber: p.sequence_no,
    payload: p.payload,
    paddingLength,
  };
  const ask = { suite: SUITE, datagram: p.packet };
  // A packet whose checksum the library finds wrong is one that it refuses to use.
  importer.add(
    p.name,
    'interpeer.packet.decode',
    p.proto_valid ? ask : { ...ask, protocolId: p.proto },
    p.checksum_valid ? { ok: said } : 'refused',
  );
  if (!p.proto_valid && p.checksum_valid) importer.add(`${p.name}, its protocol id unexpected`, 'interpeer.packet.decode', ask, 'accepted');
  if (!p.checksum_valid) return;
  const read: Json = p.messages.map(messageOf);
  importer.add(`${p.name}, its messages`, 'interpeer.messages.decode', { suite: SUITE, payload: p.payload }, { ok: { messages: read } });
  const halves = {
    ...(p.has_initiator ? { initiatorHalf: p.channel_initiator_le } : {}),
    ...(p.has_responder ? { responderHalf: p.channel_responder_le } : {}),
  };
  importer.add(
    `${p.name}, its channel`,
    'interpeer.channelid.split',
    { suite: SUITE, halfOrder: 'responder-first', channelId: p.channel },
    { ok: halves },
  );
  // Flags that mean nothing can be read and not asked for.
  if ((p.flags & ~2) !== 0) importer.leaveOut(`${p.name}, written`);
  else
    importer.add(
      `${p.name}, written`,
      'interpeer.packet.encode',
      {
        suite: SUITE,
        sender: p.sender,
        recipient: p.recipient,
        channelId: p.channel,
        spin: (p.flags & 2) !== 0,
        sequenceNumber: p.sequence_no,
        payload: p.payload,
        paddingLength,
      },
      { ok: { datagram: p.packet } },
    );
}
