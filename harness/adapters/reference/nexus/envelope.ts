import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  'nexus.envelope.seal': (input) => ({ envelope: engine.sealNexusEnvelope(input, primitives) }),
  'nexus.envelope.open': (opening) => ({ plaintext: engine.openNexusEnvelope(opening, primitives) }),
  'nexus.content.sign': (input) => ({ content: engine.signContent(input, primitives) }),
  'nexus.content.read': (input) => engine.readContent(input, primitives),
  'nexus.content.check': ({ kind, body }) => ({ name: engine.checkContent(kind, body) }),
  'nexus.message.seal': (input) => ({ envelope: engine.sealNexusMessage(input, primitives) }),
  'nexus.message.open': (opening) => engine.openNexusMessage(opening, primitives),
  'nexus.message.room': ({ length }) => ({ bodyLength: engine.messageRoomOf(length) }),
  'nexus.attachment.write': (attachment) => ({ body: engine.writeAttachment(attachment) }),
  'nexus.attachment.read': ({ body }) => engine.readAttachment(body),
  'nexus.attachment.seal': (input) => engine.sealAttachment(input, primitives),
  'nexus.attachment.open': (input) => ({ data: engine.openAttachment(input, primitives) }),
  ...session('nexus.message-memory', {
    open: (options) => new engine.NexusMessageMemory(options, primitives),
    calls: { admit: (memory, { now, ...content }) => memory.admit(content, now) },
    poll: (memory) => memory,
  }),
});
