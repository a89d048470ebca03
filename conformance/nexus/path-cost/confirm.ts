/** Who confirms codes: logarithms in floating point, where they are not close to a half. */
import type { Confirmer } from '../../generate/batch.ts';
import { disagree } from '../../generate/confirming.ts';

const NAME = 'logarithms';
/** How far from a half, or from an integer, floating point can be trusted. */
const MARGIN = 1e-9;

export function pathCostConfirmer(): Confirmer {
  return (operation, params, expect) => {
    if (!('ok' in expect)) return undefined;
    const said = Number(expect.ok['code']);
    const confirm = (exact: number): string | undefined => {
      if (Math.abs((exact % 1) - 0.5) < MARGIN) return undefined;
      return Math.round(exact) === said ? NAME : disagree(NAME, operation, params, exact);
    };
    if (operation === 'nexus.pathcost.encode') return confirm(Math.min(16 * Math.log2(Number(params['value']) + 1), 1024));
    if (operation === 'nexus.pathcost.bandwidth')
      return confirm(Math.min(8 * Math.log2(Math.max(Number(params['bitsPerSecond']), 1)), 255));
    if (operation === 'nexus.pathcost.decode' && Number(params['code']) < 700) {
      const value = Math.round(2 ** (Number(params['code']) / 16) - 1);
      return String(value) === expect.ok['value'] ? NAME : disagree(NAME, operation, params, value);
    }
    return undefined;
  };
}
