/**
 * Imported evidence: every known answer of lob-enc 0.0.17 and hashname 0.3.1 becomes a vector. Where the library's
 * result is the oracle's, the library confirms the vector; where not, a flag explains why the library is wrong.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { decodeText, encodeText } from '../oracle/texts.ts';
import { fromHex, toHex } from '../oracle/values.ts';
import type { Flag } from '../vectors.ts';
import type { VectorSink } from '../generate/batch.ts';
import { EvidenceFlags, EvidenceImporter, type LibrarySaid } from '../generate/evidence.ts';

interface LobFile {
  readonly packets: readonly {
    name: string;
    in: { head?: string; headNull?: boolean; json?: Json; body?: string | null };
    packet?: string;
    decoded?: { head: string; body: string; json: Json } | null;
    throws?: string;
  }[];
  readonly decodeOnly: readonly { name: string; packet: string; decoded: { head: string; body: string; json: Json } | null }[];
  readonly chunked: readonly {
    name: string;
    packet?: string;
    packets?: string[];
    size?: number;
    frames?: string[];
    stream: string;
    dechunked: readonly (string | { err: string })[];
  }[];
  readonly cloaked: readonly {
    name: string;
    key: string;
    nonces: string[];
    rounds: number;
    packet: string;
    cloaked: string;
    decloaked: { packet: string; rounds: number };
  }[];
  readonly cloakKeystream: { nonce: string; keystream192: string };
  readonly decloakOnly: readonly { name: string; cloaked: string; result: { packet: string; rounds: number } | null }[];
}
interface HashnameFile {
  readonly vectors: readonly {
    name: string;
    keys: JsonObject;
    intermediates: { readonly [csid: string]: string };
    allIntermediates: { readonly [csid: string]: string };
    hashname: string;
    hashnameHex: string;
  }[];
  readonly invalid: readonly {
    name: string;
    keys?: JsonObject;
    intermediates?: { readonly [csid: string]: string };
    value?: string;
    result: string | boolean;
  }[];
  readonly siphash: readonly { readonly hashname: string; readonly value: string; readonly digest: string }[];
}

/** Importers of one library each; ids stay apart where names differ in case alone. */
function importerOf(oracle: Oracle, sink: VectorSink, flags: EvidenceFlags, library: string): EvidenceImporter {
  return new EvidenceImporter(oracle, sink, flags, {
    library,
    idOf: (operation, name) =>
      `evidence/${library}/${operation}/${name.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase()}${name.endsWith('Q') ? '-upper' : ''}`,
    titleOf: (name) => `${library}: ${name}`,
  });
}

function decodedAs(decoded: { head: string; body: string; json: Json } | null): LibrarySaid {
  if (decoded === null) return 'refused';
  const headLength = decoded.head.length / 2;
  return {
    ok: {
      headLength,
      head: decoded.head,
      ...(headLength >= 7 ? { json: decoded.json } : {}),
      bodyLength: decoded.body.length / 2,
      body: decoded.body,
    },
  };
}

/** Imports both files. @throws Error for a deviation without a flag, or a flag that explains nothing */
export function importEvidence(root: string, oracle: Oracle, lobBatch: VectorSink, hashnameBatch: VectorSink): { [id: string]: Flag } {
  const folder = join(root, 'spec/e3x/evidence');
  const flags = new EvidenceFlags(root, 'e3x');
  const lob = JSON.parse(readFileSync(join(folder, 'lob-enc.json'), 'utf8')) as LobFile;
  const hashname = JSON.parse(readFileSync(join(root, 'spec/e3x/hashname/evidence/hashname.json'), 'utf8')) as HashnameFile;
  const a = importerOf(oracle, lobBatch, flags, 'lob-enc');
  for (const c of lob.packets) {
    const name = `packets/${c.name}`;
    if (flags.isLeftOut(name)) continue;
    const body =
      typeof c.in.body === 'string'
        ? { body: /^([0-9a-f]{2})*$/.test(c.in.body) ? c.in.body : Buffer.from(c.in.body, 'latin1').toString('hex') }
        : {};
    const head: JsonObject = typeof c.in.head === 'string' ? { head: c.in.head } : c.in.json !== undefined ? { json: c.in.json } : {};
    if (c.packet === undefined) throw new Error(`${name}: it has no packet`);
    if (!flags.isLeftOut(`${name} (encode)`)) a.add(name, 'e3x.packet.encode', { ...head, ...body }, { ok: { packet: c.packet } });
    if (c.decoded !== undefined) a.add(name, 'e3x.packet.decode', { packet: c.packet }, decodedAs(c.decoded));
  }
  for (const c of lob.decodeOnly) a.add(`decodeOnly/${c.name}`, 'e3x.packet.decode', { packet: c.packet }, decodedAs(c.decoded));
  for (const c of lob.chunked) {
    const name = `chunked/${c.name}${c.size === undefined ? '' : `/${String(c.size)}`}`;
    if (c.packet !== undefined && c.size !== undefined && c.frames !== undefined)
      a.add(name, 'e3x.chunks.split', { packet: c.packet, size: c.size }, { ok: { frames: c.frames } });
    a.add(
      name,
      'e3x.chunks.join',
      { stream: c.stream },
      c.dechunked.every((d) => typeof d === 'string') ? { ok: { packets: c.dechunked } } : 'refused',
    );
  }
  for (const c of lob.cloaked) {
    const name = `cloaked/${c.name}`;
    if (flags.isLeftOut(name)) continue;
    a.add(
      name,
      'e3x.cloak.apply',
      { packet: c.packet, nonces: c.nonces.filter((n) => !n.startsWith('00')) },
      { ok: { cloaked: c.cloaked } },
    );
    a.add(name, 'e3x.cloak.remove', { cloaked: c.cloaked }, { ok: c.decloaked });
  }
  const keystream = lob.cloakKeystream;
  a.add(
    'cloakKeystream',
    'e3x.cloak.apply',
    { packet: '00'.repeat(keystream.keystream192.length / 2), nonces: [keystream.nonce] },
    { ok: { cloaked: keystream.nonce + keystream.keystream192 } },
  );
  for (const c of lob.decloakOnly)
    a.add(`decloakOnly/${c.name}`, 'e3x.cloak.remove', { cloaked: c.cloaked }, c.result === null ? 'refused' : { ok: c.result });

  const b = importerOf(oracle, hashnameBatch, flags, 'hashname');
  const base32 = oracle.spec.texts.find((t) => t.text === 'e3x.base32');
  if (base32 === undefined) throw new Error('no base 32 in the spec');
  const bytes = (text: string): string => {
    const reading = decodeText(base32, text);
    if (reading.kind === 'reject') throw new Error(`evidence holds '${text}', which is not base 32`);
    return toHex(reading.bytes);
  };
  const digests = (map: { readonly [csid: string]: string }): JsonObject =>
    Object.fromEntries(Object.entries(map).map(([csid, text]) => [csid, bytes(text)]));
  for (const c of hashname.vectors) {
    b.add(
      `vectors/${c.name}`,
      'e3x.hashname.derive',
      { keys: c.keys, ...(Object.keys(c.intermediates).length === 0 ? {} : { intermediates: digests(c.intermediates) }) },
      { ok: { hashname: c.hashname } },
    );
    b.add(`vectors/${c.name}`, 'e3x.hashname.parse', { hashname: c.hashname }, { ok: { digest: c.hashnameHex } });
    b.add(
      `vectors/${c.name}`,
      'e3x.hashname.intermediates',
      { keys: c.keys },
      { ok: { intermediates: digests(Object.fromEntries(Object.entries(c.allIntermediates).filter(([csid]) => csid in c.keys))) } },
    );
  }
  for (const c of hashname.invalid) {
    if (c.value !== undefined) {
      b.add(`invalid/isHashname/${c.value}`, 'e3x.hashname.parse', { hashname: c.value }, c.result === true ? 'accepted' : 'refused');
    } else {
      const keys = Object.fromEntries(
        Object.entries(c.keys ?? {}).map(([csid, key]) => [csid, /^([0-9a-f]{2})+$/.test(String(key)) ? key : bytes(String(key))]),
      );
      const said: LibrarySaid = typeof c.result === 'string' ? { ok: { hashname: c.result } } : 'refused';
      b.add(
        `invalid/${c.name}`,
        'e3x.hashname.derive',
        {
          keys,
          ...(c.intermediates === undefined || Object.keys(c.intermediates).length === 0
            ? {}
            : { intermediates: digests(c.intermediates) }),
        },
        said,
      );
    }
  }
  hashname.siphash.forEach(({ hashname: name, value, digest }, i) => {
    // A chat of one message: its id is the digest of the secret.
    b.add(
      `siphash/${String(i)}`,
      'e3x.chat.ids',
      { hashname: name, secret: value, count: 1 },
      { ok: { profile: encodeText(base32, fromHex(digest)), ids: [digest] } },
    );
  });
  return flags.finish();
}
