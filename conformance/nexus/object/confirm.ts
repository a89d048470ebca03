/**
 * Who confirms objects: headers and records made by hand, a tree that is built from the leaves upwards, node:crypto for
 * signatures, and the known answers.
 */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { confirmingBy, type Answer } from '../../generate/confirming.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { signatureOf } from '../identity/signatures.ts';
import { headerByHand, headerHash, leafOf, leavesOf, little, nodeOf, objectKey, rootByCounter } from './made.ts';

const CONTENT_TYPES = ['immutable', 'mutable', 'ephemeral'];
const PRIORITIES = ['critical', 'normal', 'lazy'];
const PAYLOADS = ['inline', 'chunked', 'withheld'];
/** Of "hello", and of 10,000 bytes i mod 251. */
const KNOWN: { readonly [request: string]: JsonObject } = {
  'nexus.object.hash 010000000000000000000000050000000100000000ea8f163db38682925e4491c5e58d4bb3506ef8c14eb78a86e908c5624a67200f': {
    hash: 'daafdebdb39a9905fde790e70bfd52d09cdd32ea6d23de91a201062ad4d55fd5',
  },
};
const KNOWN_ROOT = 'ed769faa2a47a9969d7321e70c62e91da6efaff4b71b783079c217c2f798295b';

const text = (value: Json | undefined): string => String(value ?? '');
const list = (value: Json | undefined): string[] => (value as string[] | undefined) ?? [];
const byte = (value: number): string => little(value, 1);

/** A header by hand, from the members that operations name. */
function headerOf(p: JsonObject): string {
  return headerByHand({
    contentType: byte(CONTENT_TYPES.indexOf(text(p['contentType']))),
    owner: p['owner'] === undefined ? '00' : `01${text(p['owner'])}`,
    created: little(BigInt(text(p['created'])), 8),
    ttl: p['ttl'] === undefined ? '00' : `01${little(Number(p['ttl']), 4)}`,
    size: little(Number(p['size']), 4),
    priority: byte(PRIORITIES.indexOf(text(p['priority']))),
    minBandwidth: little(Number(p['minBandwidth']), 4),
    root: text(p['merkleRoot']),
    more: p['labelHash'] === undefined ? '' : `${text(p['labelHash'])}${little(BigInt(text(p['sequence'])), 8)}`,
  });
}
function objectOf(p: JsonObject): string {
  const signed = `${text(p['publicKey'])}${text(p['signature'])}`;
  return `${little(Number(p['age']), 4)}${text(p['header'])}${signed}${byte(PAYLOADS.indexOf(text(p['payload'])))}${text(p['content'])}`;
}
function requestOf(p: JsonObject): string {
  const indices = p['indices'] as readonly number[];
  return `${text(p['hash'])}${little(indices.length, 2)}${indices.map((index) => little(index, 4)).join('')}`;
}
function chunkOf(p: JsonObject): string {
  const path = list(p['path']);
  const chunk = text(p['chunk']);
  return `${text(p['hash'])}${little(Number(p['index']), 4)}${byte(path.length)}${path.join('')}${little(chunk.length / 2, 2)}${chunk}`;
}
/** The root that a chunk and its path lead to: which side is the other one is told by the numbers of chunks on each level. */
function climbed(p: JsonObject): string {
  let [index, width, hash] = [Number(p['index']), Math.ceil(Number(p['size']) / 4096), leafOf(fromHex(text(p['chunk'])))];
  for (const sibling of list(p['path']).map(fromHex)) {
    // A last node without a partner moves up unchanged.
    while (index % 2 === 0 && index === width - 1) [index, width] = [index / 2, Math.ceil(width / 2)];
    hash = index % 2 === 0 ? nodeOf(hash, sibling) : nodeOf(sibling, hash);
    [index, width] = [Math.floor(index / 2), Math.ceil(width / 2)];
  }
  return toHex(hash);
}

function answerTo(operation: string, params: JsonObject, ok: JsonObject): Answer | undefined {
  switch (operation) {
    case 'nexus.object.encode':
      return ['by hand', text(ok['header']), headerOf(params)];
    case 'nexus.object.decode':
      return ['by hand', text(params['header']), headerOf(ok)];
    case 'nexus.object.hash': {
      const known = KNOWN[`${operation} ${text(params['header'])}`];
      const found = headerHash(text(params['header']));
      return known === undefined ? ['by hand', ok['hash'] ?? null, found] : ['known answer', ok, known];
    }
    case 'nexus.object.key':
      return ['by hand', text(ok['key']), objectKey(text(params['owner']), text(params['labelHash']))];
    case 'nexus.object.sign': {
      const seed = text(params['seed']);
      return ['node:crypto', text(ok['signature']), signatureOf(seed, 'nexus-1 mutable', headerHash(text(params['header'])))];
    }
    case 'nexus.object.write':
      return ['by hand', text(ok['body']), objectOf(params)];
    case 'nexus.object.read':
      return ['by hand', [text(params['body']), text(ok['hash'])], [objectOf(ok), headerHash(text(ok['header']))]];
    case 'nexus.merkle.leaf':
      return ['by hand', text(ok['leaf']), toHex(leafOf(fromHex(text(params['chunk']))))];
    case 'nexus.merkle.node':
      return ['by hand', text(ok['node']), toHex(nodeOf(fromHex(text(params['left'])), fromHex(text(params['right']))))];
    case 'nexus.merkle.root': {
      const content = fromHex(text(params['content']));
      const isKnown = content.length === 10_000;
      const leaves = leavesOf(content);
      const root = isKnown ? KNOWN_ROOT : toHex(rootByCounter(leaves));
      return [isKnown ? 'known answer' : 'by hand', [text(ok['root']), list(ok['leaves'])], [root, leaves.map(toHex)]];
    }
    case 'nexus.merkle.path': {
      const content = fromHex(text(params['content']));
      const found = climbed({ ...params, ...ok, size: content.length });
      return ['by hand', toHex(rootByCounter(leavesOf(content))), found];
    }
    case 'nexus.merkle.verify':
      return ['by hand', text(params['merkleRoot']), climbed(params)];
    case 'nexus.chunks.request':
      return ['by hand', text(ok['body']), requestOf(params)];
    case 'nexus.chunks.requested':
      return ['by hand', text(params['body']), requestOf(ok)];
    case 'nexus.chunks.write':
      return ['by hand', text(ok['body']), chunkOf(params)];
    case 'nexus.chunks.read':
      return ['by hand', text(params['body']), chunkOf(ok)];
    default:
      return undefined;
  }
}

export function objectConfirmer(): Confirmer {
  return confirmingBy(answerTo);
}
