import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, session }) => ({
  'nexus.record.encode': (input) => ({ record: engine.encodeRecord(input) }),
  'nexus.record.decode': ({ record }) => engine.decodeRecord(record),
  'nexus.record.answers': ({ kind }) => ({ kinds: engine.answersTo(kind) }),
  'nexus.record.prefix': ({ record }) => ({ bytes: engine.prefixRecord(record) }),
  'nexus.error.write': (input) => ({ body: engine.writeErrorBody(input) }),
  'nexus.error.read': ({ body }) => engine.readErrorBody(body),
  ...session('nexus.records', {
    open: () => new engine.RecordStream(),
    calls: { receive: (stream, { bytes }) => stream.handleBytes(bytes) },
    poll: (stream) => stream,
  }),
  ...session('nexus.requests', {
    open: ({ now: _now, ...options }) => new engine.Requests(options),
    calls: {
      request: (requests, { kind, body, parts, now }) => requests.request({ kind, body, parts }, now),
      receive: (requests, { record, now }) => requests.handleRecord(record, now),
      answer: (requests, { requestId, kind, body, more, now }) => requests.answer({ requestId, kind, body, more }, now),
      heard: (requests, { requestId, now }) => requests.heard(requestId, now),
      tick: (requests, { now }) => requests.handleTimeout(now),
    },
    poll: (requests) => requests,
  }),
  ...session('nexus.linktable', {
    open: ({ linkCount }) => new engine.LinkTable({ linkCount }),
    calls: {
      add: (table, { linkId }) => table.addLink(linkId),
      remove: (table, { linkId }) => table.removeLink(linkId),
    },
    poll: (table) => table,
  }),
});
