/** Who confirms vectors of hashnames and base 32: the published library hashname, @scure/base, and node:crypto. */
import { createHash } from 'node:crypto';
import { base32nopad } from '@scure/base';
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { bufferOf, disagree, requireOld } from '../../generate/confirming.ts';

interface HashnameLibrary {
  fromKeys(keys: Record<string, Buffer>, intermediates?: Record<string, Buffer>): string | false;
}

/** The library of hashnames, where it agrees; if it does not, the imported evidence explains. Codecs and digests must agree. */
export function hashnameConfirmer(): Confirmer {
  const library = requireOld('hashname') as HashnameLibrary;
  return (operation, params, expect) => {
    if (!('ok' in expect)) return undefined;
    if (operation === 'e3x.hashname.derive') {
      const bytes = (map: Json | undefined): Record<string, Buffer> =>
        Object.fromEntries(Object.entries((map ?? {}) as JsonObject).map(([id, hex]) => [id, bufferOf(hex)]));
      return library.fromKeys(bytes(params['keys']), bytes(params['intermediates'])) === expect.ok['hashname'] ? 'hashname' : undefined;
    }
    if (operation === 'e3x.base32.encode')
      return base32nopad.encode(bufferOf(params['bytes'])).toLowerCase() === expect.ok['text']
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
    if (operation === 'e3x.hashname.intermediates') {
      const right = Object.entries(params['keys'] as JsonObject).every(
        ([id, hex]) => createHash('sha256').update(bufferOf(hex)).digest('hex') === (expect.ok['intermediates'] as JsonObject)[id],
      );
      return right ? 'node:crypto' : disagree('node:crypto', operation, params, expect);
    }
    return undefined;
  };
}
