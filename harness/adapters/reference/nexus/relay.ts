import type { TopicOperations } from '../adapter-topic.ts';
import { StoredDepositor, StoredRecipient, StoredRelay } from '../stored-sessions.ts';

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  'nexus.put.list': ({ recipients }) => ({ list: engine.hashRecipients(recipients, primitives) }),
  'nexus.put.write': (input) => ({ body: engine.writePut(input, primitives) }),
  'nexus.put.read': ({ body }) => engine.readPut(body, primitives),
  'nexus.put.grant': (input) => ({ body: engine.writePutOk(input, primitives) }),
  'nexus.put.granted': ({ body, publicKey, list }) => engine.readPutOk(body, { publicKey, list }, primitives),
  'nexus.pending.write': (input) => ({ body: engine.writePending(input) }),
  'nexus.pending.read': ({ body }) => engine.readPending(body),
  'nexus.pending.list': (input) => ({ body: engine.writePendingList(input) }),
  'nexus.pending.listed': ({ body }) => engine.readPendingList(body),
  'nexus.receipt.sign': (input) => ({ body: engine.signReceipt(input, primitives) }),
  'nexus.receipt.read': ({ body }) => engine.readReceipt(body, primitives),
  'nexus.receipt.confirmed': ({ body }) => ({ hash: engine.readReceiptOk(body) }),
  'nexus.subscribe.write': (input) => ({ body: engine.writeSubscribe(input) }),
  'nexus.subscribe.read': ({ body }) => engine.readSubscribe(body),
  'nexus.subscribe.grant': (input) => ({ body: engine.writeSubscribeOk(input) }),
  'nexus.subscribe.granted': ({ body }) => engine.readSubscribeOk(body),
  'nexus.subscribe.end': ({ body }) => ({ id: engine.readUnsubscribe(body) }),
  'nexus.notify.write': (input) => ({ body: engine.writeNotify(input, primitives) }),
  'nexus.notify.read': ({ body }) => engine.readNotify(body, primitives),
  'nexus.mailbox.write': (mailbox) => ({ content: engine.writeMailbox(mailbox) }),
  'nexus.mailbox.read': ({ content }) => engine.readMailbox(content),
  'nexus.advisory.sign': (input) => ({ body: engine.signAdvisory(input, primitives) }),
  'nexus.advisory.read': ({ body }) => engine.readAdvisory(body, primitives),
  'nexus.fork.write': (fork) => ({ body: engine.writeFork(fork, primitives) }),
  'nexus.fork.read': ({ body }) => engine.readFork(body, primitives),
  ...session('nexus.relay', {
    open: ({ now, ...options }) => new StoredRelay(engine, options, primitives, now),
    calls: {
      up: ({ relay }, { id, trusted, bitsPerSecond, now }) => relay.linkUp({ id, isTrusted: trusted, bitsPerSecond }, now),
      down: ({ relay }, { id, now }) => relay.linkDown(id, now),
      request: ({ relay }, { from, kind, requestId, body, now }) => relay.handleRequest({ from, kind, requestId, body }, now),
      confirmed: ({ relay }, { from, body, now }) => relay.handleConfirmed(from, body, now),
      restart: (kept, { now }) => kept.restart(now),
      tick: ({ relay }, { now }) => relay.handleTimeout(now),
    },
    poll: (kept) => kept,
  }),
  ...session('nexus.recipient', {
    open: ({ now: _now, ...options }) => new StoredRecipient(engine, options, primitives),
    calls: {
      list: ({ recipient }, { from, body, now }) => recipient.handleList({ from, body }, now),
      notify: ({ recipient }, { from, body, now }) => recipient.handleNotify({ from, body }, now),
      object: ({ recipient }, { from, body, now }) => recipient.handleObject({ from, body }, now),
      restart: (kept) => kept.restart(),
    },
    poll: (kept) => kept,
  }),
  ...session('nexus.depositor', {
    open: () => new StoredDepositor(engine, primitives),
    calls: {
      deposit: ({ depositor }, { object, recipients, custody, relays, now }) =>
        depositor.deposit({ object, recipients, custody, relays }, now),
      granted: ({ depositor }, { from, body, now }) => depositor.handlePutOk({ from, body }, now),
      failure: ({ depositor }, { from, hash, now }) => depositor.handleFailure({ from, hash }, now),
      receipt: ({ depositor }, { from, requestId, body, now }) => depositor.handleReceipt({ from, requestId, body }, now),
      restart: (kept, { now }) => kept.restart(now),
    },
    poll: (kept) => kept,
  }),
});
