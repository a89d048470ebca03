/** Who confirms vectors of packets: a parser that Kaitai compiles from the exported layout, and lob-enc. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { bufferOf, disagree } from '../../generate/confirming.ts';
import { kaitaiReader } from '../../generate/kaitai-parser.ts';
import type { Layout } from '../../spec/types.ts';
import type { Expectation } from '../../vectors.ts';
import { lobEnc, type LobEnc } from './lob-enc.ts';

/** Kaitai on what is read: lengths, head and body, and what is truncated. lob-enc on what is written. */
export async function packetConfirmer(layouts: readonly Layout[]): Promise<Confirmer> {
  const library = lobEnc();
  const read = await kaitaiReader(layouts, 'e3x.packet');
  return (operation, params, expect) => {
    if (operation === 'e3x.packet.encode') return lobEncWrites(library, params, expect);
    if (operation !== 'e3x.packet.decode') return undefined;
    const parsed = read(bufferOf(params['packet']));
    if ('reject' in expect) return parsed === undefined ? 'kaitai' : disagree('kaitai', operation, params, parsed);
    const right =
      parsed !== undefined &&
      Number(parsed['headLength']) === expect.ok['headLength'] &&
      Buffer.from(parsed['head'] as Uint8Array).toString('hex') === expect.ok['head'] &&
      Buffer.from(parsed['body'] as Uint8Array).toString('hex') === expect.ok['body'];
    return right ? 'kaitai' : disagree('kaitai', operation, params, parsed);
  };
}

/** lob-enc, where it agrees; if it does not, the imported evidence explains. */
function lobEncWrites(library: LobEnc, params: JsonObject, expect: Expectation): string | undefined {
  if (!('ok' in expect)) return undefined;
  const head = typeof params['head'] === 'string' && params['head'] !== '' ? bufferOf(params['head']) : params['json'];
  if (head === undefined) return undefined;
  try {
    return library.encode(head, bufferOf(params['body'])).toString('hex') === expect.ok['packet'] ? 'lob-enc' : undefined;
  } catch {
    return undefined; // it throws for heads of 32,768 bytes and more (a signed write of LENGTH)
  }
}
