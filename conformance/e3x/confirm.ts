/**
 * Oracles beside the interpreter: an exported Kaitai parser, published libraries, other codecs. Each says its name
 * when it agrees with an expectation, nothing when the request is outside what it can judge, and throws when it
 * contradicts, because then somebody is wrong and a person must look.
 */
import { createRequire } from 'node:module';
import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { base32nopad } from '@scure/base';
import type { Json, JsonObject } from '../contract/contract.ts';
import { kaitaiName, toKaitai } from '../spec/kaitai.ts';
import type { Layout } from '../spec/types.ts';
import type { Confirmer } from '../generate/batch.ts';

const require = createRequire(import.meta.url);
const buffer = (hex: Json | undefined): Buffer => Buffer.from(String(hex ?? ''), 'hex');
const disagree = (who: string, operation: string, params: JsonObject, said: unknown): never => {
  throw new Error(`${who} disagrees about ${operation} ${JSON.stringify(params).slice(0, 200)}: ${JSON.stringify(said).slice(0, 200)}`);
};

interface KaitaiParsed {
  readonly [field: string]: unknown;
}
type KaitaiParser = new (stream: unknown) => KaitaiParsed;

/** Compiles a layout with the Kaitai compiler and loads the parser it writes. */
export async function kaitaiParser(layout: Layout): Promise<(bytes: Uint8Array) => KaitaiParsed> {
  const compiler = require('kaitai-struct-compiler') as { compile(language: string, ksy: unknown): Promise<Record<string, string>> };
  const runtime = require('kaitai-struct/KaitaiStream') as new (bytes: ArrayBuffer | Uint8Array, offset: number) => unknown;
  const files = await compiler.compile('javascript', toKaitai(layout));
  const source = Object.values(files)[0] ?? '';
  const exported: Record<string, unknown> = {};
  runInNewContext(source, { exports: exported, module: { exports: exported }, require: () => runtime });
  const name = kaitaiName(layout.layout);
  const camel = name.replace(/(^|_)([a-z0-9])/g, (_, __, c: string) => c.toUpperCase());
  const found = (exported[camel] ?? Object.values(exported)[0]) as KaitaiParser | { [k: string]: KaitaiParser };
  const parser = typeof found === 'function' ? found : (Object.values(found)[0] as KaitaiParser);
  return (bytes) => new parser(new runtime(Uint8Array.from(bytes).buffer, 0));
}

/** Kaitai on packets: lengths, head and body, and what is truncated. */
export async function kaitaiConfirmer(layouts: readonly Layout[]): Promise<Confirmer> {
  const packet = layouts.find((l) => l.layout === 'e3x.packet');
  const outer = layouts.find((l) => l.layout === 'e3x.outer-message');
  if (packet === undefined || outer === undefined) throw new Error('layouts to confirm are missing');
  const parsePacket = await kaitaiParser(packet);
  const parseOuter = await kaitaiParser(outer);
  const attempt = (parse: (bytes: Uint8Array) => KaitaiParsed, hex: Json | undefined): KaitaiParsed | undefined => {
    try {
      return parse(buffer(hex));
    } catch {
      return undefined;
    }
  };
  return (operation, params, expect) => {
    if (operation === 'e3x.packet.decode') {
      const parsed = attempt(parsePacket, params['packet']);
      if ('reject' in expect) return parsed === undefined ? 'kaitai' : disagree('kaitai', operation, params, parsed);
      const right =
        parsed !== undefined &&
        Number(parsed['headLength']) === expect.ok['headLength'] &&
        Buffer.from(parsed['head'] as Uint8Array).toString('hex') === expect.ok['head'] &&
        Buffer.from(parsed['body'] as Uint8Array).toString('hex') === expect.ok['body'];
      return right ? 'kaitai' : disagree('kaitai', operation, params, parsed);
    }
    if (operation === 'e3x.token.derive') {
      const parsed = attempt(parseOuter, params['packet']);
      if ('reject' in expect) return parsed === undefined ? 'kaitai' : disagree('kaitai', operation, params, parsed);
      const token =
        parsed === undefined
          ? ''
          : createHash('sha256')
              .update(parsed['stablePrefix'] as Uint8Array)
              .digest('hex')
              .slice(0, 32);
      return token === expect.ok['token'] ? 'kaitai' : disagree('kaitai', operation, params, token);
    }
    return undefined;
  };
}

interface LobEnc {
  encode(head: unknown, body: Buffer | undefined): Buffer;
  decode(bytes: Buffer): { head: Buffer; body: Buffer; json: Json } | undefined;
  decloak(bytes: Buffer): (Buffer & { cloaked: number }) | undefined;
}
interface HashnameLibrary {
  fromKeys(keys: Record<string, Buffer>, intermediates?: Record<string, Buffer>): string | false;
  base32: { encode(bytes: Buffer): string };
}

/** The published JavaScript libraries, where they agree; where they do not, the imported evidence explains. */
export function libraryConfirmers(): Confirmer[] {
  const warnings = process.noDeprecation;
  process.noDeprecation = true; // the libraries use new Buffer()
  const lob = require('lob-enc') as LobEnc;
  const hashname = require('hashname') as HashnameLibrary;
  process.noDeprecation = warnings ?? false;
  const lobEnc: Confirmer = (operation, params, expect) => {
    try {
      return lobEncSays(operation, params, expect);
    } catch {
      return undefined; // it throws for heads of 32,768 bytes and more (a signed write of LENGTH)
    }
  };
  const lobEncSays: Confirmer = (operation, params, expect) => {
    if (!('ok' in expect)) return undefined;
    if (operation === 'e3x.packet.encode' && typeof params['head'] === 'string' && params['head'] !== '')
      return lob.encode(buffer(params['head']), buffer(params['body'])).toString('hex') === expect.ok['packet'] ? 'lob-enc' : undefined;
    if (operation === 'e3x.packet.encode' && params['json'] !== undefined)
      return lob.encode(params['json'], buffer(params['body'])).toString('hex') === expect.ok['packet'] ? 'lob-enc' : undefined;
    if (operation === 'e3x.cloak.apply') {
      const removed = lob.decloak(buffer(expect.ok['cloaked']));
      return removed !== undefined &&
        removed.toString('hex') === params['packet'] &&
        removed.cloaked === (params['nonces'] as readonly Json[]).length
        ? 'lob-enc'
        : undefined;
    }
    if (operation === 'e3x.cloak.remove') {
      const removed = lob.decloak(buffer(params['cloaked']));
      return removed !== undefined && removed.toString('hex') === expect.ok['packet'] && removed.cloaked === expect.ok['rounds']
        ? 'lob-enc'
        : undefined;
    }
    return undefined;
  };
  const hashnames: Confirmer = (operation, params, expect) => {
    if (operation !== 'e3x.hashname.derive' || !('ok' in expect)) return undefined;
    const bytes = (map: Json | undefined): Record<string, Buffer> =>
      Object.fromEntries(Object.entries((map ?? {}) as JsonObject).map(([id, hex]) => [id, buffer(hex)]));
    return hashname.fromKeys(bytes(params['keys']), bytes(params['intermediates'])) === expect.ok['hashname'] ? 'hashname' : undefined;
  };
  return [lobEnc, hashnames];
}

/** Other codecs: @scure/base for base 32, Node's Buffer for base64url, node:crypto for digests. */
export const codecConfirmer: Confirmer = (operation, params, expect) => {
  if (!('ok' in expect)) return undefined;
  if (operation === 'e3x.base32.encode')
    return base32nopad.encode(buffer(params['bytes'])).toLowerCase() === expect.ok['text']
      ? '@scure/base'
      : disagree('@scure/base', operation, params, expect);
  if (operation === 'e3x.base32.decode')
    return Buffer.from(base32nopad.decode(String(params['text']).toUpperCase())).toString('hex') === expect.ok['bytes']
      ? '@scure/base'
      : disagree('@scure/base', operation, params, expect);
  if (operation === 'e3x.hashname.parse')
    return Buffer.from(base32nopad.decode(String(params['hashname']).toUpperCase())).toString('hex') === expect.ok['digest']
      ? '@scure/base'
      : disagree('@scure/base', operation, params, expect);
  if (operation === 'e3x.jws.decode' || operation === 'e3x.jws.encode') {
    const [jws, packet] = operation === 'e3x.jws.decode' ? [expect.ok['jws'], params['packet']] : [params['jws'], expect.ok['packet']];
    const [header, payload, signature] = String(jws)
      .split('.')
      .map((part) => Buffer.from(part, 'base64url'));
    if (header === undefined || payload === undefined || signature === undefined) return disagree('node:buffer', operation, params, jws);
    const length = (b: Buffer): Buffer => Buffer.from([b.length >> 8, b.length & 0xff]);
    const built = Buffer.concat([length(header), header, length(payload), payload, signature]).toString('hex');
    return built === packet ? 'node:buffer' : disagree('node:buffer', operation, params, built);
  }
  if (operation === 'e3x.hashname.intermediates') {
    const right = Object.entries(params['keys'] as JsonObject).every(
      ([id, hex]) => createHash('sha256').update(buffer(hex)).digest('hex') === (expect.ok['intermediates'] as JsonObject)[id],
    );
    return right ? 'node:crypto' : disagree('node:crypto', operation, params, expect);
  }
  return undefined;
};
