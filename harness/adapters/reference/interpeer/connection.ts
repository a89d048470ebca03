import type { TopicOperations } from '../adapter-topic.ts';
import { toldAs } from '../sessions.ts';

const NO_KEYS: ReadonlyMap<string, Uint8Array> = new Map();

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  'interpeer.packetkey.derive': ({ channelKey, channelId }) => ({ key: engine.derivePacketKey(channelKey, channelId, primitives) }),
  'interpeer.sealed.seal': (input) => ({ sealed: engine.sealPart(input, primitives) }),
  'interpeer.sealed.open': (input) => engine.openPart(input, primitives),
  'interpeer.keyoffer.encode': ({ keys, intermediates = NO_KEYS }) => ({
    offer: engine.encodeKeyOffer({ keys, intermediates }, primitives),
  }),
  'interpeer.keyoffer.decode': ({ offer }) => engine.decodeKeyOffer(offer, primitives),
  ...session('interpeer.crypto', {
    open: ({ encryptKey, decryptKey, counter: firstCounter, usedChannels, now }) => {
      const keys = new engine.PacketKeys({ firstCounter, usedChannels }, primitives);
      keys.install({ encryptKey, decryptKey }, 'at-once', now);
      return keys;
    },
    calls: {
      seal: (keys, { header, plaintext }) => ({ transmits: [keys.seal(header, plaintext)] }),
      receive: (keys, { header, sealed, now }) => {
        const opened = keys.open(header, sealed, now);
        opened.accept();
        return { events: [{ type: 'opened', plaintext: opened.plaintext }] };
      },
      rekey: (keys, { encryptKey, decryptKey, use, now }) => {
        keys.install({ encryptKey, decryptKey }, use, now);
      },
    },
    poll: () => ({}),
  }),
  ...session('interpeer.connection', {
    open: (options) => new engine.Connection({ ...options, primitives }),
    calls: {
      begin: (connection, { handshake, entropy, now }) => connection.begin(handshake, entropy, now),
      receive: (connection, { datagram, entropy, now }) => connection.handleDatagram(datagram, entropy, now),
      send: (connection, { payload, channelId, sequenceNumber, paddingLength }) => {
        const messages = engine.decodeMessages(payload, connection.suite);
        connection.send({ channelId, sequenceNumber, paddingLength, messages });
      },
      accept: (connection, { hashname, entropy, now }) => connection.accept(hashname, entropy, now),
      refuse: (connection, { hashname }) => connection.refuse(hashname),
      tick: (connection, { now }) => connection.handleTimeout(now),
    },
    /** The messages of a packet are in its event as the payload that they came in. */
    poll: (connection) => toldAs(connection, (event) => (event.type === 'messages' ? { ...event, messages: undefined } : event)),
  }),
});
