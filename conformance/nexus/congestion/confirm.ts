/** Who confirms signals, slots, steps and shares: arithmetic by hand, from the documents. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { bufferOf, disagree } from '../../generate/confirming.ts';
import { shareUs, signalBody, signalOf, timingOf } from './by-hand.ts';

const NAME = 'arithmetic by hand';

function answerOf(operation: string, params: JsonObject): JsonObject | undefined {
  switch (operation) {
    case 'nexus.congestion.encode': {
      const { link, severity, drainMs } = params;
      return {
        body: signalBody(Number(link), String(severity), Number(drainMs)).toString('hex'),
      };
    }
    case 'nexus.congestion.decode':
      return signalOf(bufferOf(params['body']));
    case 'nexus.access.timing':
      return timingOf(params);
    case 'nexus.announce-share.of':
      return {
        shareUs: shareUs(params['budgetUs'] === undefined ? undefined : Number(params['budgetUs'])),
      };
    default:
      return undefined;
  }
}

export function congestionConfirmer(): Confirmer {
  return (operation, params, expect) => {
    if (!('ok' in expect)) return undefined;
    const answer = answerOf(operation, params);
    if (answer === undefined) return undefined;
    return JSON.stringify(answer) === JSON.stringify(expect.ok) ? NAME : disagree(NAME, operation, params, answer);
  };
}
