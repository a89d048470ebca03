import type { TopicOperations } from '../adapter-topic.ts';
import { StoredGroupAdmin, StoredGroupMember } from '../stored-sessions.ts';

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  'nexus.group.id': ({ admin, nonce }) => ({ groupId: engine.deriveGroupId(admin, nonce, primitives) }),
  'nexus.group.state.sign': (input) => ({ state: engine.signGroupState(input, primitives) }),
  'nexus.group.state.read': ({ state }) => engine.readGroupState(state, primitives),
  'nexus.group.state.open': (opening) => ({ groupKey: engine.openGroupState(opening, primitives) }),
  'nexus.group.message.seal': (input) => ({ message: engine.sealGroupMessage(input, primitives) }),
  'nexus.group.message.read': ({ message }) => engine.readGroupMessage(message),
  'nexus.group.message.open': (opening) => engine.openGroupMessage(opening, primitives),
  'nexus.group.contract': (input) => ({ after: engine.runGroupContract(input, primitives) }),
  ...session('nexus.group.admin', {
    open: ({ seed }) => new StoredGroupAdmin(engine, seed, primitives),
    calls: {
      create: ({ admin }, { nonce, members, entropy, now }) => admin.create({ nonce, members, entropy }, now),
      change: ({ admin }, { groupId, add, remove, entropy, now }) => admin.change({ groupId, add, remove, entropy }, now),
      kept: ({ admin }, { groupId, epoch, now }) => admin.handleKept({ groupId, epoch }, now),
      restart: (stored, { now }) => stored.restart(now),
    },
    poll: (stored) => stored,
  }),
  ...session('nexus.group.member', {
    open: ({ now, ...options }) => new StoredGroupMember(engine, options, primitives, now),
    calls: {
      state: ({ member }, { hash, age, payload, now }) => member.handleState({ hash, age, payload }, now),
      message: ({ member }, { hash, age, payload, now }) => member.handleMessage({ hash, age, payload }, now),
      accept: ({ member }, { groupId, now }) => member.accept(groupId, now),
      decline: ({ member }, { groupId, now }) => member.decline(groupId, now),
      send: ({ member }, { session: _session, now, ...sending }) => member.send(sending, now),
      restart: (stored, { now }) => stored.restart(now),
    },
    poll: (stored) => stored,
  }),
});
