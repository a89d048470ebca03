/** Who confirms payment: RFC 9381, exact fractions, and bytes and signatures made by hand. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { confirmingBy, type Answer } from '../../generate/confirming.ts';
import { signatureOf } from '../identity/signatures.ts';
import { little } from '../object/made.ts';
import { A, B, balancesByHand, channelIdByHand, NO_SIGNATURE, settlementByHand, settlementSignedBy, termsByHand } from './made.ts';
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
      return recordAnswer(operation, params, ok);
  }
}

/** What is written and read of records. */
function recordAnswer(operation: string, params: JsonObject, ok: JsonObject): Answer | undefined {
  switch (operation) {
    case 'nexus.channel.proposed':
    case 'nexus.channel.agreed':
      return ['by hand', text(params['state']), stateOf(ok)];
    case 'nexus.update.write':
      return ['by hand', text(ok['body']), updateOf(params)];
    case 'nexus.update.read':
      return ['by hand', text(params['body']), updateOf(ok)];
    case 'nexus.update.follows': {
      const isA = (BigInt(`0x${text(params['after']).slice(128, 130)}`) & 1n) === 0n;
      const [before, after] = ['before', 'after'].map((name) => balanceIn(text(params[name]), isA));
      return ['by hand', text(ok['paid']), String((before ?? 0n) - (after ?? 0n))];
    }
    case 'nexus.terms.write':
      return ['by hand', text(ok['body']), `${pricesOf(params)}${signatureIn(params, 'signatureA')}${signatureIn(params, 'signatureB')}`];
    case 'nexus.terms.sign':
      return ['node:crypto', text(ok['signature']), signatureOf(text(params['seed']), 'nexus-1 terms', text(params['body']).slice(0, 88))];
    case 'nexus.terms.read':
      return ['by hand', text(params['body']), termsByHand(pricesOf(ok), ok['byA'] === true, ok['byB'] === true)];
    case 'nexus.custody.price': {
      const [price, size, custody] = ['price', 'size', 'custody'].map((name) => Number(params[name]));
      if ((price ?? 0) > 1e6) return undefined; // beyond what a double holds
      const cost = (price ?? 0) * Math.max(1, Math.ceil((size ?? 0) / 1024)) * Math.ceil((custody ?? 0) / 604_800);
      return ['by hand', text(ok['cost']), String(cost)];
    }
    case 'nexus.claim.write': {
      const state = text(params['state']);
      return ['by hand', text(ok['body']), `${state.slice(0, 32)}${text(params['packetId'])}${text(params['proof'])}${state}`];
    }
    case 'nexus.claim.read':
      return ['by hand', text(params['body']).slice(32, 96), text(ok['packetId'])];
    case 'nexus.settle.write': {
      const signatures = `${signatureIn(params, 'signatureA')}${signatureIn(params, 'signatureB')}`;
      return ['by hand', text(ok['body']), `${settledOf(params)}${signatures}`];
    }
    case 'nexus.settle.sign':
      return ['node:crypto', text(ok['signature']), settlementSignedBy(text(params['seed']), text(params['body']).slice(0, 128))];
    case 'nexus.settle.read':
      return ['by hand', text(params['body']), settlementByHand(settledOf(ok), ok['byA'] === true, ok['byB'] === true)];
    default:
      return undefined;
  }
}
/** The balance of a party in a state. */
function balanceIn(state: string, isA: boolean): bigint {
  return Buffer.from(state, 'hex').readBigUInt64LE(isA ? 48 : 56);
}
function signatureIn(p: JsonObject, name: string): string {
  return p[name] === undefined ? NO_SIGNATURE : text(p[name]);
}
function updateOf(p: JsonObject): string {
  return `0${String(['claim', 'storage', 'close'].indexOf(text(p['cause'])))}${text(p['reference'])}${text(p['state'])}`;
}
function pricesOf(p: JsonObject): string {
  const [from = '', price = '', custodyPrice = ''] = ['from', 'price', 'custodyPrice'].map((name) => little(BigInt(text(p[name])), 8));
  return `${text(p['channelId'])}${from}${price}${little(Number(p['difficulty']), 4)}${custodyPrice}`;
}
function settledOf(p: JsonObject): string {
  const amount = Buffer.alloc(8);
  amount.writeBigInt64LE(p['payer'] === 'a' ? BigInt(text(p['amount'])) : -BigInt(text(p['amount'])));
  const ids = `${text(p['channelId'])}${text(p['partyA'])}${text(p['partyB'])}`;
  return `${ids}${amount.toString('hex')}${little(BigInt(text(p['sequence'])), 8)}`;
}

export function paymentConfirmer(): Confirmer {
  return confirmingBy(answerTo);
}
