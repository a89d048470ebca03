/** Who confirms vectors of cloaking: lob-enc. */
import type { Json } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { bufferOf } from '../../generate/confirming.ts';
import { lobEnc } from '../packet/lob-enc.ts';

/** lob-enc removes the cloaks, where it agrees; if it does not, the imported evidence explains. */
export function cloakConfirmer(): Confirmer {
  const library = lobEnc();
  const removes = (cloaked: Json | undefined, packet: Json | undefined, rounds: Json | undefined): string | undefined => {
    try {
      const removed = library.decloak(bufferOf(cloaked));
      return removed !== undefined && removed.toString('hex') === packet && removed.cloaked === rounds ? 'lob-enc' : undefined;
    } catch {
      return undefined;
    }
  };
  return (operation, params, expect) => {
    if (!('ok' in expect)) return undefined;
    if (operation === 'e3x.cloak.apply')
      return removes(expect.ok['cloaked'], params['packet'], (params['nonces'] as readonly Json[]).length);
    if (operation === 'e3x.cloak.remove') return removes(params['cloaked'], expect.ok['packet'], expect.ok['rounds']);
    return undefined;
  };
}
