/**
 * The rows of packets, cloaks, hashnames and chunks: the reference next to lob-enc and hashname. lob-enc only parses heads, so
 * each row has a limit that does what the reference must: one copy, one scan, JSON.parse and JSON.stringify, and no more.
 */
import { createRequire } from 'node:module';
import { createHash } from 'node:crypto';
import { applyCloak, decodePacket, deriveHashname, encodePacket, joinChunks, splitChunks, toHex } from '../../reference/index.ts';
import { fastPrimitives } from '../primitives/fast.ts';
import { printRows, type Contender, type Measurement, type Row } from './measure.ts';

interface LobEnc {
  encode(head: unknown, body: Buffer): Buffer;
  decode(packet: Buffer): { readonly body: Buffer; readonly json: unknown };
  cloak(packet: Buffer): Buffer;
}
interface Hashname {
  fromKeys(keys: { readonly [csid: string]: Buffer }): string;
}

/** A library, or undefined where it is not installed. */
function library(name: string): unknown {
  try {
    return createRequire(import.meta.url)(name);
  } catch {
    return undefined;
  }
}

const BODY_LENGTH = 1000;
const CHUNK_SIZE = 64;
/** What the text of a head must be looked through for. */
const SUSPECT = /[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|[0-9]{16}/;

/** The least that reads a packet as the reference must. */
function leastDecode(bytes: Uint8Array): unknown {
  const packet = new Uint8Array(bytes);
  const headEnd = 2 + (packet[0] ?? 0) * 256 + (packet[1] ?? 0);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(packet.subarray(2, headEnd));
  const json = JSON.parse(text) as unknown;
  if (SUSPECT.test(text) || JSON.stringify(json) !== text) throw new Error('not plain');
  return { json, body: packet.subarray(headEnd) };
}

/** The least that writes one. */
function leastEncode(json: object, body: Uint8Array): Uint8Array {
  const text = JSON.stringify(json);
  if (SUSPECT.test(text)) throw new Error('not plain');
  const head = new TextEncoder().encode(text);
  const packet = new Uint8Array(2 + head.length + body.length);
  packet[0] = head.length >> 8;
  packet[1] = head.length & 0xff;
  packet.set(head, 2);
  packet.set(body, 2 + head.length);
  return packet;
}

/** Measures packets of 1,000 bytes. */
export async function benchLob(out: (text: string) => void): Promise<readonly Measurement[]> {
  process.noDeprecation = true;
  const lob = library('lob-enc') as LobEnc | undefined;
  const hashname = library('hashname') as Hashname | undefined;
  const { primitives } = fastPrimitives();
  const json = { type: 'test', c: 1, seq: 42 };
  const body = Buffer.alloc(BODY_LENGTH, 7);
  const packet = Buffer.from(encodePacket({ json, body }));
  const plain = Buffer.from(encodePacket({ body }));
  const keys = { '1a': Buffer.alloc(21, 1), '3a': Buffer.alloc(32, 2) };
  const keyMap = new Map<string, Uint8Array>(Object.entries(keys));
  const nonce = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const key = new Uint8Array(32);
  const chunked = Buffer.concat(splitChunks(packet, CHUNK_SIZE));
  if (lob !== undefined && toHex(lob.encode(json, body)) !== toHex(packet)) throw new Error('lob-enc writes another packet');
  if (toHex(leastEncode(json, body)) !== toHex(packet)) throw new Error('the limit writes another packet');
  const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
  const of = (run: (() => unknown) | undefined, name: string): Contender[] => (run === undefined ? [] : [{ name, run }]);
  const row = (title: string, run: () => unknown, theirs: (() => unknown) | undefined, limit: () => unknown, why = ''): Row => ({
    title,
    ours: [{ name: 'reference', run }],
    others: of(theirs, title.startsWith('hashname') ? 'hashname' : 'lob-enc'),
    limit,
    ...(why === '' ? {} : { why: { 'lob-enc': why, 'hashname': why } }),
  });
  const onlyParses = 'lob-enc only parses and shares the memory of what it is given; the limit does what must be done';
  return printRows(
    `packets with a body of ${String(BODY_LENGTH)} bytes; limit: the least work that gives the same answer`,
    [
      row(
        'packet encode',
        () => encodePacket({ json, body }),
        lob && (() => lob.encode(json, body)),
        () => leastEncode(json, body),
        onlyParses,
      ),
      row(
        'packet decode',
        () => decodePacket(packet),
        lob && (() => lob.decode(packet)),
        () => leastDecode(packet),
        onlyParses,
      ),
      row(
        'cloak, 1 round',
        () => applyCloak(plain, [nonce], primitives),
        lob && (() => lob.cloak(plain)),
        () => primitives.applyChacha20Original({ key, nonce, counter: 0, data: plain }),
      ),
      row(
        'hashname of 2 keys',
        () => deriveHashname({ keys: keyMap }, primitives),
        hashname && (() => hashname.fromKeys(keys)),
        () => [0, 1, 2, 3, 4, 5].map(() => sha256(key)),
        'as many digests; ours checks every CSID and key, and copies them',
      ),
      row(
        `chunks of ${String(CHUNK_SIZE)}`,
        () => splitChunks(packet, CHUNK_SIZE),
        undefined,
        () => new Uint8Array(packet),
      ),
      row(
        `joining chunks`,
        () => joinChunks(chunked),
        undefined,
        () => new Uint8Array(chunked),
      ),
    ],
    out,
  );
}
