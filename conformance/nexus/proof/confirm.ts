/** Who confirms proofs: bytes, digests and signatures made by hand. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { disagree } from '../../generate/confirming.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { ALICE, BOB } from '../identity/people.ts';
import { signatureOf } from '../identity/signatures.ts';
import { CHUNK_LENGTH, leafOf, leavesOf, little, nodeOf, rootByCounter } from '../object/made.ts';
import { challengeByHand, digestByHand, NO_SIGNATURE, proofByHand, termsByHand, ticketByHand } from './made.ts';

const text = (value: Json | undefined): string => String(value ?? '');
const list = (value: Json | undefined): string[] => (value as string[] | undefined) ?? [];

function challengeOf(p: JsonObject): string {
  return challengeByHand(text(p['hash']), Number(p['index']), text(p['nonce']));
}
function termsOf(p: JsonObject): string {
  return termsByHand({
    hash: text(p['hash']),
    size: little(Number(p['size']), 4),
    provider: text(p['provider']),
    consumer: text(p['consumer']),
    channelId: text(p['channelId']),
    cost: little(BigInt(text(p['costPerEpoch'])), 8),
    duration: little(Number(p['duration']), 4),
    interval: little(Number(p['interval']), 4),
  });
}
/** The chunk of a content, and a path to it: the roots of the other halves, found by cutting. */
function pathByHalves(leaves: readonly Uint8Array[], index: number): string[] {
  if (leaves.length === 1) return [];
  const half = 2 ** Math.floor(Math.log2(leaves.length - 1));
  const [left, right] = [leaves.slice(0, half), leaves.slice(half)];
  return index < half
    ? [...pathByHalves(left, index), toHex(rootByCounter(right))]
    : [...pathByHalves(right, index - half), toHex(rootByCounter(left))];
}
function answerOf(challenge: string, content: Uint8Array): string {
  const index = Buffer.from(challenge.slice(64, 72), 'hex').readUInt32LE();
  const chunk = content.slice(index * CHUNK_LENGTH, (index + 1) * CHUNK_LENGTH);
  return proofByHand(challenge, pathByHalves(leavesOf(content), index), toHex(chunk));
}
/** The root that a proof leads to: which side is the other one is told by the numbers of chunks on each level. */
function rootOfProof(challenge: string, body: string, size: number): string {
  let [index, width] = [Buffer.from(challenge.slice(64, 72), 'hex').readUInt32LE(), Math.ceil(size / CHUNK_LENGTH)];
  const bytes = fromHex(body);
  const count = bytes[52] ?? 0;
  let hash = leafOf(bytes.slice(55 + 32 * count));
  for (let i = 0; i < count; i++) {
    const sibling = bytes.slice(53 + 32 * i, 85 + 32 * i);
    while (index % 2 === 0 && index === width - 1) [index, width] = [index / 2, Math.ceil(width / 2)];
    hash = index % 2 === 0 ? nodeOf(hash, sibling) : nodeOf(sibling, hash);
    [index, width] = [Math.floor(index / 2), Math.ceil(width / 2)];
  }
  return toHex(hash);
}
/** Both signatures of an agreement, made again, or zeros for the provider of a proposal. */
function isSigned(p: JsonObject): boolean {
  const body = text(p['body']);
  const [terms, byProvider, byConsumer] = [body.slice(0, 204), body.slice(204, 332), body.slice(332)];
  const made = (key: Json | undefined): string | undefined => {
    const seed = [ALICE, BOB].find(({ publicKey }) => publicKey === text(key))?.seed;
    return seed === undefined ? undefined : signatureOf(seed, 'nexus-1 storage', terms);
  };
  return byConsumer === made(p['consumerKey']) && (byProvider === NO_SIGNATURE || byProvider === made(p['providerKey']));
}

type Answer = readonly [given: Json, found: Json];

function answerTo(operation: string, params: JsonObject, ok: JsonObject): Answer | undefined {
  switch (operation) {
    case 'nexus.challenge.write':
      return [text(ok['body']), challengeOf(params)];
    case 'nexus.challenge.read':
      return [text(params['body']), challengeOf(ok)];
    case 'nexus.proof.write':
      return [text(ok['body']), proofByHand(text(params['challenge']), list(params['path']), text(params['chunk']))];
    case 'nexus.proof.answer':
      return [text(ok['body']), answerOf(text(params['challenge']), fromHex(text(params['content'])))];
    case 'nexus.proof.read':
      return [text(params['body']), proofByHand(text(ok['challenge']), list(ok['path']), text(ok['chunk']))];
    case 'nexus.proof.verify':
      return [text(params['merkleRoot']), rootOfProof(text(params['challenge']), text(params['body']), Number(params['size']))];
    case 'nexus.ticket.digest':
      return [text(ok['digest']), digestByHand(text(params['hash']), text(params['nonce']), text(params['chunk']))];
    case 'nexus.ticket.make':
      return [
        text(ok['ticket']),
        ticketByHand(text(params['hash']), Number(params['index']), text(params['nonce']), text(params['chunk'])),
      ];
    case 'nexus.ticket.read':
      return [text(params['ticket']), `${little(Number(ok['index']), 4)}${text(ok['nonce'])}${text(ok['digest'])}`];
    case 'nexus.ticket.answer': {
      const challenge = text(params['challenge']);
      return [text(ok['body']), `${challenge}${digestByHand(challenge.slice(0, 64), challenge.slice(72), text(params['chunk']))}`];
    }
    case 'nexus.ticket.verify': {
      const ticket = text(params['ticket']);
      return [text(params['body']), `${text(params['hash'])}${ticket}`];
    }
    case 'nexus.agreement.terms':
      return [text(ok['terms']), termsOf(params)];
    case 'nexus.agreement.sign':
      return [text(ok['signature']), signatureOf(text(params['seed']), 'nexus-1 storage', text(params['terms']))];
    case 'nexus.agreement.write': {
      const given = params['providerSignature'];
      const byProvider = given === undefined ? NO_SIGNATURE : text(given);
      return [text(ok['body']), `${text(params['terms'])}${byProvider}${text(params['consumerSignature'])}`];
    }
    case 'nexus.agreement.read':
      return [
        [text(params['body']).slice(0, 204), true],
        [termsOf(ok), isSigned(params)],
      ];
    default:
      return undefined;
  }
}

export function proofConfirmer(): Confirmer {
  return (operation, params, expect) => {
    if (!('ok' in expect)) return undefined;
    const found = answerTo(operation, params, expect.ok);
    if (found === undefined) return undefined;
    const [given, made] = found;
    return JSON.stringify(given) === JSON.stringify(made) ? 'by hand' : disagree('by hand', operation, params, made);
  };
}
