/** Who confirms vectors of tokens: a parser that Kaitai compiles from the exported layout, and node:crypto. */
import { createHash } from 'node:crypto';
import type { Confirmer } from '../../generate/batch.ts';
import { bufferOf, disagree } from '../../generate/confirming.ts';
import { kaitaiReader } from '../../generate/kaitai-parser.ts';
import type { Layout } from '../../spec/types.ts';

/** Kaitai finds the prefix that a token is the digest of, or says that there is no message. */
export async function tokenConfirmer(layouts: readonly Layout[]): Promise<Confirmer> {
  const read = await kaitaiReader(layouts, 'e3x.outer-message');
  return (operation, params, expect) => {
    if (operation !== 'e3x.token.derive') return undefined;
    const parsed = read(bufferOf(params['packet']));
    if ('reject' in expect) return parsed === undefined ? 'kaitai' : disagree('kaitai', operation, params, parsed);
    const token =
      parsed === undefined
        ? ''
        : createHash('sha256')
            .update(parsed['stablePrefix'] as Uint8Array)
            .digest('hex')
            .slice(0, 32);
    return token === expect.ok['token'] ? 'kaitai' : disagree('kaitai', operation, params, token);
  };
}
