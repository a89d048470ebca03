import type { Output } from '../../../core/sessions.ts';
import type { TopicOperations } from '../adapter-topic.ts';
import type { Engine } from '../engine.ts';

type ConnectionOutput = ReturnType<InstanceType<Engine['Connection']>['tick']>;

const NO_KEYS: ReadonlyMap<string, Uint8Array> = new Map();

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  'interpeer.packetkey.derive': ({ channelKey }) => ({ key: engine.derivePacketKey(channelKey, primitives) }),
  'interpeer.sealed.seal': (input) => ({ sealed: engine.sealPart(input, primitives) }),
  'interpeer.sealed.open': (input) => engine.openPart(input, primitives),
  'interpeer.keyoffer.encode': ({ keys, intermediates = NO_KEYS }) => ({ offer: engine.encodeKeyOffer({ keys, intermediates }) }),
  'interpeer.keyoffer.decode': ({ offer }) => engine.decodeKeyOffer(offer),
  ...session('interpeer.crypto', {
    open: ({ encryptKey, decryptKey, counter: firstCounter, now }) => {
      const keys = new engine.PacketKeys({ firstCounter }, primitives);
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
      begin: (connection, { handshake, entropy, now }) => told(connection.begin(handshake, entropy, now)),
      receive: (connection, { datagram, entropy, now }) => told(connection.receive(datagram, now, entropy)),
      send: (connection, { payload, channelId, sequenceNumber, paddingLength }) => {
        const messages = engine.decodeMessages(payload, connection.suite);
        return told(connection.wrap({ channelId, sequenceNumber, paddingLength, messages }));
      },
      accept: (connection, { hashname, entropy, now }) => told(connection.accept(hashname, entropy, now)),
      refuse: (connection, { hashname }) => told(connection.refuse(hashname)),
      tick: (connection, { now }) => told(connection.tick(now)),
    },
    poll: (connection) => ({ pollTimeoutAtMs: () => connection.timeout() }),
  }),
});

/** What a call put out; the messages of a packet stand in its event as the payload that they came in. */
function told({ transmits, events }: ConnectionOutput): Output {
  return { transmits, events: events.map((event) => (event.type === 'messages' ? { ...event, messages: undefined } : event)) };
}
