/** Who confirms states and messages of groups, and the contract: bytes by hand, and signatures of node:crypto. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { disagree } from '../../generate/confirming.ts';
import { fromHex } from '../../oracle/values.ts';
import { nodeOf, type Node } from '../identity/people.ts';
import { little } from '../object/made.ts';
import { contractByHand, groupIdByHand, messageByHand, plaintextByHand } from './made.ts';

const text = (value: Json | undefined): string => String(value ?? '');
const keyOnly = (publicKey: string): Node => ({ seed: '', publicKey });
const u64 = (value: Json | undefined): string => little(BigInt(text(value)), 8);
const membersIn = (state: string): string[] =>
  Array.from({ length: Number.parseInt(state.slice(178, 180), 16) }, (_, i) => state.slice(180 + 224 * i, 244 + 224 * i));

function answer(operation: string, p: JsonObject, ok: JsonObject): readonly [given: Json, found: Json] | undefined {
  const state = text(p['state'] ?? ok['state']);
  switch (operation) {
    case 'nexus.group.id':
      return [text(ok['groupId']), groupIdByHand(keyOnly(text(p['admin'])), text(p['nonce']))];
    case 'nexus.group.state.sign': {
      const admin = nodeOf(fromHex(text(p['seed'])));
      const front = `01${groupIdByHand(admin, text(p['nonce']))}${u64(p['epoch'])}${admin.publicKey}${text(p['nonce'])}`;
      return [
        [state.slice(0, 178), membersIn(state)],
        [front, p['members'] ?? []],
      ];
    }
    case 'nexus.group.state.read': {
      const front = `01${text(ok['groupId'])}${u64(ok['epoch'])}${text(ok['admin'])}${text(ok['nonce'])}`;
      return [
        [state.slice(0, 178), membersIn(state), state.slice(-192, -128)],
        [front, ok['members'] ?? [], ok['keyCheck'] ?? ''],
      ];
    }
    case 'nexus.group.message.seal': {
      const made = {
        groupId: text(p['groupId']),
        epoch: text(p['epoch']),
        node: nodeOf(fromHex(text(p['seed']))),
        salt: text(p['entropy']),
        key: text(p['groupKey']),
        plaintext: plaintextByHand(little(Number(p['kind']), 1), text(p['body']), text(p['created']), text(p['messageId'])),
      };
      return [text(ok['message']), messageByHand(made)];
    }
    case 'nexus.group.message.read':
      return [text(p['message']).slice(0, 146), `01${text(ok['groupId'])}${u64(ok['epoch'])}${text(ok['sender'])}${text(ok['salt'])}`];
    case 'nexus.group.contract':
      return [text(ok['after']), contractByHand(state, membersIn(state))];
    default:
      return undefined;
  }
}

export function groupConfirmer(): Confirmer {
  return (operation, params, expect) => {
    if (!('ok' in expect)) return undefined;
    const found = answer(operation, params, expect.ok);
    if (found === undefined) return undefined;
    const [given, made] = found;
    return JSON.stringify(given) === JSON.stringify(made) ? 'by hand' : disagree('by hand', operation, params, made);
  };
}
