import type { TopicOperations } from '../adapter-topic.ts';

const NO_BYTES = new Uint8Array(0);

export const operations: TopicOperations = ({ engine }) => ({
  'interpeer.varint.encode': ({ value }) => ({ bytes: engine.encodeVarint(value) }),
  'interpeer.varint.decode': ({ bytes }) => engine.decodeVarint(bytes),
  'interpeer.protocolid.derive': ({ suite }) => ({ protocolId: engine.PROTOCOL_IDS[suite] }),
  'interpeer.packet.decode': ({ datagram, suite, protocolId }) => {
    const packet = engine.decodeInterpeerPacket(datagram, { suite, protocolId });
    return { ...packet, packetSize: packet.packetLength, ...(packet.encrypted ? {} : { paddingLength: packet.padding.length }) };
  },
  'interpeer.packet.encode': ({ sealed, payload = NO_BYTES, sequenceNumber = 0, paddingLength, paddingEntropy, ...address }) => ({
    datagram:
      sealed === undefined
        ? engine.encodeInterpeerPacket({ ...address, sequenceNumber, payload, paddingLength, paddingEntropy })
        : engine.encodeSealedPacket({ ...address, sealedLength: sealed.length, seal: () => sealed }),
  }),
  'interpeer.channelid.join': (halves) => ({ channelId: engine.joinChannelId(halves) }),
  'interpeer.channelid.split': (id) => engine.splitChannelId(id),
});
