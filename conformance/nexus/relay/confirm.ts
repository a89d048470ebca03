/** Who confirms the records of relays: bytes and signatures made by hand, and node:crypto. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { confirmingBy, type Answer } from '../../generate/confirming.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { shortHash } from '../link/by-hand.ts';
import { nodeOf, type Node } from '../identity/people.ts';
import { signatureOf } from '../identity/signatures.ts';
import { little } from '../object/made.ts';
import { listHash, putByHand, putOkByHand } from './made.ts';

const PRIORITIES = ['critical', 'normal', 'lazy'];
const STATUSES = ['delivered', 'refused'];
const DELIVERIES = ['push', 'digest', 'hint'];
const text = (value: Json | undefined): string => String(value ?? '');
const list = (value: Json | undefined): string[] => (value as string[] | undefined) ?? [];
const objects = (value: Json | undefined): JsonObject[] => (value as JsonObject[] | undefined) ?? [];
const node = (seed: Json | undefined): Node => nodeOf(fromHex(text(seed)));
const number = (value: Json | undefined, length: number): string => little(BigInt(text(value)), length);

function receiptFront(p: JsonObject, publicKey: string): [front: string, signed: string] {
  const status = little(STATUSES.indexOf(text(p['status'])) + (p['device'] === undefined ? 0 : 128), 1);
  const device = text(p['device']);
  return [`${text(p['hash'])}${publicKey}${status}${device}`, `${text(p['hash'])}${status}${device}`];
}
function pendingOf(p: JsonObject): string {
  const entries = objects(p['entries']).map(
    ({ hash, size, age, priority }) => `${text(hash)}${number(size, 4)}${number(age, 4)}${little(PRIORITIES.indexOf(text(priority)), 1)}`,
  );
  return `${number(p['cursor'], 8)}${number(p['total'], 4)}${little(entries.length, 2)}${entries.join('')}`;
}
function subscribeOf(p: JsonObject): string {
  const topic = p['topic'] === 'key' ? '00' : '02';
  const delivery = little(DELIVERIES.indexOf(text(p['delivery'])), 1);
  return `${number(p['id'], 2)}${topic}${text(p['watched'])}${delivery}${number(p['lifetime'], 4)}`;
}
function notifyOf(p: JsonObject): string {
  const entries = objects(p['entries']).map(({ hash, size, age }) => `${text(hash)}${number(size, 4)}${number(age, 4)}`);
  const digest = p['entries'] === undefined ? '' : `${little(entries.length, 2)}${entries.join('')}`;
  return `${number(p['id'], 2)}${little(DELIVERIES.indexOf(text(p['delivery'])), 1)}${text(p['object'])}${digest}${text(p['hash'])}`;
}
function mailboxOf(p: JsonObject): string {
  const relays = objects(p['relays']).map(({ id, preference, custody }) => `${text(id)}${number(preference, 1)}${number(custody, 4)}`);
  const devices = list(p['devices']);
  const named = p['devices'] === undefined ? '' : `${little(devices.length, 1)}${devices.join('')}`;
  return `${little(relays.length, 2)}${relays.join('')}${named}`;
}
function advisoryFront(p: JsonObject, oldKey: string, newKey: string): string {
  const named = newKey === '' ? '00' : `01${newKey}`;
  return `${oldKey}${named}${number(p['sequence'], 8)}${number(p['timestamp'], 8)}${p['evidence'] === 'both' ? '00' : '01'}`;
}

function written(operation: string, p: JsonObject, ok: JsonObject): Answer | undefined {
  switch (operation) {
    case 'nexus.put.list':
      return ['by hand', text(ok['list']), listHash(list(p['recipients']))];
    case 'nexus.put.write': {
      const named = p['list'] === undefined ? { recipients: list(p['recipients']) } : { list: text(p['list']) };
      return ['by hand', text(ok['body']), putByHand({ ...named, custody: Number(p['custody']), object: text(p['object']) })];
    }
    case 'nexus.put.grant': {
      const made = { hash: text(p['hash']), granted: Number(p['granted']), list: text(p['list']), node: node(p['seed']) };
      return ['node:crypto', text(ok['body']), putOkByHand(made)];
    }
    case 'nexus.pending.write':
      return ['by hand', text(ok['body']), `${number(p['cursor'], 8)}${number(p['max'], 2)}`];
    case 'nexus.pending.list':
      return ['by hand', text(ok['body']), pendingOf(p)];
    case 'nexus.receipt.sign': {
      const signer = node(p['seed']);
      const [front, signed] = receiptFront(p, signer.publicKey);
      return ['node:crypto', text(ok['body']), `${front}${signatureOf(signer.seed, 'nexus-1 receipt', signed)}`];
    }
    case 'nexus.subscribe.write':
      return ['by hand', text(ok['body']), subscribeOf(p)];
    case 'nexus.subscribe.grant':
      return ['by hand', text(ok['body']), `${number(p['id'], 2)}${number(p['granted'], 4)}`];
    case 'nexus.notify.write':
      return ['by hand', text(ok['body']), notifyOf(p)];
    case 'nexus.mailbox.write':
      return ['by hand', text(ok['content']), mailboxOf(p)];
    case 'nexus.advisory.sign': {
      const [old, next] = [node(p['oldSeed']), p['newSeed'] === undefined ? undefined : node(p['newSeed'])];
      const front = advisoryFront(p, old.publicKey, next?.publicKey ?? text(p['newKey']));
      const signers = next === undefined ? [old] : [old, next];
      return [
        'node:crypto',
        text(ok['body']),
        `${front}${signers.map(({ seed }) => signatureOf(seed, 'nexus-1 advisory', front)).join('')}`,
      ];
    }
    case 'nexus.fork.write':
      return ['by hand', text(ok['body']), `${text(p['first'])}${text(p['second'])}`];
    default:
      return undefined;
  }
}

function read(operation: string, p: JsonObject, ok: JsonObject): Answer | undefined {
  const body = text(p['body']);
  switch (operation) {
    case 'nexus.put.read': {
      const named = ok['list'] === undefined ? { recipients: list(ok['recipients']) } : { list: text(ok['list']) };
      return ['by hand', body, putByHand({ ...named, custody: Number(ok['custody']), object: text(ok['object']) })];
    }
    case 'nexus.put.granted':
      return ['by hand', body.slice(0, 72), `${text(ok['hash'])}${number(ok['granted'], 4)}`];
    case 'nexus.pending.read':
      return ['by hand', body, `${number(ok['cursor'], 8)}${number(ok['max'], 2)}`];
    case 'nexus.pending.listed':
      return ['by hand', body, pendingOf(ok)];
    case 'nexus.receipt.read': {
      const key = text(ok['publicKey']);
      const [front] = receiptFront(ok, key);
      return ['by hand', [body.slice(0, -128), text(ok['recipient'])], [front, toHex(shortHash(fromHex(key)))]];
    }
    case 'nexus.subscribe.read':
      return ['by hand', body, subscribeOf(ok)];
    case 'nexus.subscribe.granted':
      return ['by hand', body, `${number(ok['id'], 2)}${number(ok['granted'], 4)}`];
    case 'nexus.subscribe.end':
      return ['by hand', body, number(ok['id'], 2)];
    case 'nexus.notify.read':
      return ['by hand', body, notifyOf(ok)];
    case 'nexus.mailbox.read':
      return ['by hand', text(p['content']), mailboxOf(ok)];
    case 'nexus.advisory.read': {
      const front = advisoryFront(ok, text(ok['oldKey']), text(ok['newKey']));
      return ['by hand', body.slice(0, front.length), front];
    }
    case 'nexus.fork.read':
      return ['by hand', body, `${text(ok['first'])}${text(ok['second'])}`];
    default:
      return undefined;
  }
}

export function relayConfirmer(): Confirmer {
  return confirmingBy((operation, params, ok) => written(operation, params, ok) ?? read(operation, params, ok));
}
