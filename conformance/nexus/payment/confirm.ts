/** Who confirms payment: RFC 9381, exact fractions, and bytes and signatures made by hand. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { disagree } from '../../generate/confirming.ts';
import { signatureOf } from '../identity/signatures.ts';
import { little } from '../object/made.ts';
import { A, B, balancesByHand, channelIdByHand, NO_SIGNATURE } from './made.ts';
import { RFC_9381 } from './rfc9381.ts';

const text = (value: Json | undefined): string => String(value ?? '');
const TARGETS: { readonly [difficulty: number]: string } = { 10: '1999999999999999', 100: '028f5c28f5c28f5c', 1000: '004189374bc6a7ef' };

function balancesOf(p: JsonObject): string {
  return balancesByHand({
    channelId: text(p['channelId']),
    partyA: text(p['partyA']),
    partyB: text(p['partyB']),
    balanceA: little(BigInt(text(p['balanceA'])), 8),
    balanceB: little(BigInt(text(p['balanceB'])), 8),
    sequence: little(BigInt(text(p['sequence'])), 8),
  });
}
/** A state, with the signatures that those make whose flags are set. */
function stateOf(p: JsonObject): string {
  const balances = balancesOf(p);
  const by = (seed: string, has: boolean): string => (has ? signatureOf(seed, 'nexus-1 channel', balances) : NO_SIGNATURE);
  return `${balances}${by(A.seed, p['byA'] === true)}${by(B.seed, p['byB'] === true)}`;
}

type Answer = readonly [who: string, given: Json, found: Json];

function answerTo(operation: string, params: JsonObject, ok: JsonObject): Answer | undefined {
  switch (operation) {
    case 'nexus.vrf.prove': {
      const known = RFC_9381.find(({ seed, alpha }) => seed === params['seed'] && alpha === params['alpha']);
      return known && ['RFC 9381', ok, { proof: known.proof, beta: known.beta }];
    }
    case 'nexus.vrf.verify': {
      const known = RFC_9381.find(({ proof }) => proof === params['proof']);
      return known && ['RFC 9381', ok, { beta: known.beta }];
    }
    case 'nexus.lottery.threshold':
      return ['by hand', BigInt(text(ok['threshold'])).toString(16).padStart(16, '0'), TARGETS[Number(params['difficulty'])] ?? ''];
    case 'nexus.lottery.wins': // texts of one length order like what they write
      return ['by hand', ok['wins'] ?? null, text(params['beta']).slice(0, 16) < (TARGETS[Number(params['difficulty'])] ?? '')];
    case 'nexus.lottery.reward':
      return ['by hand', text(ok['reward']), String(BigInt(text(params['price'])) * BigInt(Number(params['difficulty'])))];
    case 'nexus.lottery.bound': {
      const expected = Number(params['expected']);
      return ['by hand', text(ok['claims']), String(expected + 4 * Math.floor(Math.sqrt(expected)) + 4)];
    }
    case 'nexus.channel.id':
      return ['by hand', text(ok['channelId']), channelIdByHand(text(params['partyA']), text(params['partyB']), text(params['nonce']))];
    case 'nexus.channel.sign':
      return [
        'node:crypto',
        text(ok['signature']),
        signatureOf(text(params['seed']), 'nexus-1 channel', text(params['state']).slice(0, 144)),
      ];
    case 'nexus.channel.write': {
      const signature = (name: string): string => (params[name] === undefined ? NO_SIGNATURE : text(params[name]));
      return ['by hand', text(ok['state']), `${balancesOf(params)}${signature('signatureA')}${signature('signatureB')}`];
    }
    case 'nexus.channel.read':
      return ['by hand', text(params['state']), stateOf(ok)];
    case 'nexus.channel.opening':
      return ['by hand', text(ok['body']), ['nonce', 'keyA', 'keyB', 'state'].map((name) => text(params[name])).join('')];
    case 'nexus.channel.opened':
      return ['by hand', text(params['body']).slice(32), `${text(ok['keyA'])}${text(ok['keyB'])}${stateOf(ok)}`];
    default:
      return undefined;
  }
}

export function paymentConfirmer(): Confirmer {
  return (operation, params, expect) => {
    if (!('ok' in expect)) return undefined;
    const found = answerTo(operation, params, expect.ok);
    if (found === undefined) return undefined;
    const [who, given, made] = found;
    return JSON.stringify(given) === JSON.stringify(made) ? who : disagree(who, operation, params, made);
  };
}
