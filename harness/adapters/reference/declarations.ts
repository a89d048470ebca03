// Written by 'npm run index' from spec/; do not edit.

/** What each operation takes and answers. */
export const OPERATIONS = {
  'e3x.packet.decode': {
    params: {
      packet: { type: 'bytes', required: true },
    },
    result: {
      headLength: { type: 'integer' },
      head: { type: 'bytes' },
      json: { type: 'object', optional: true },
      jsonError: { type: 'jsonError', optional: true },
      bodyLength: { type: 'integer' },
      body: { type: 'bytes' },
    },
  },
  'e3x.packet.encode': {
    params: {
      json: { type: 'object', excludes: 'head' },
      head: { type: 'bytes' },
      body: { type: 'bytes' },
    },
    result: {
      packet: { type: 'bytes' },
    },
  },
  'e3x.chunks.split': {
    params: {
      packet: { type: 'bytes', required: true },
      size: { type: 'integer', minimum: 0, maximum: 65535, excludes: 'transport' },
      transport: { type: 'text', enum: ['tcp', 'ble', '802.15.4', 'serial'] },
    },
    requiresOneOf: ['size', 'transport'],
    result: {
      frames: { type: 'bytesList' },
    },
  },
  'e3x.chunks.join': {
    params: {
      stream: { type: 'bytes', required: true },
    },
    result: {
      packets: { type: 'bytesList' },
    },
  },
  'e3x.chunks.open': {
    session: 'e3x.chunks',
    params: {
      transport: { type: 'text', enum: ['tcp', 'ble', '802.15.4', 'serial'], excludes: 'size' },
      size: { type: 'integer', minimum: 0, maximum: 65535 },
      blocking: { type: 'boolean' },
      acks: { type: 'text', enum: ['none', 'read', 'chunk'] },
      limits: {
        type: 'object',
        members: {
          packetBytes: { type: 'integer', minimum: 0 },
          chunkCount: { type: 'integer', minimum: 0 },
          ageMs: { type: 'integer', minimum: 0 },
          assemblyCount: { type: 'integer', minimum: 0 },
          blockMs: { type: 'integer', minimum: 0 },
          queueBytes: { type: 'integer', minimum: 0 },
        },
      },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.chunks.receive': {
    session: 'e3x.chunks',
    params: {
      session: { type: 'text', required: true },
      link: { type: 'integer', minimum: 0, maximum: 65535 },
      bytes: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.chunks.send': {
    session: 'e3x.chunks',
    params: {
      session: { type: 'text', required: true },
      link: { type: 'integer', minimum: 0, maximum: 65535 },
      packet: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.chunks.tick': {
    session: 'e3x.chunks',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.chunks.close': {
    session: 'e3x.chunks',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'e3x.cloak.apply': {
    params: {
      packet: { type: 'bytes', required: true },
      nonces: { type: 'bytesList', required: true },
    },
    result: {
      cloaked: { type: 'bytes' },
    },
  },
  'e3x.cloak.remove': {
    params: {
      cloaked: { type: 'bytes', required: true },
    },
    result: {
      packet: { type: 'bytes' },
      rounds: { type: 'integer' },
    },
  },
  'e3x.cloakpath.open': {
    session: 'e3x.cloakpath',
    params: {
      cloaked: { type: 'boolean' },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.cloakpath.receive': {
    session: 'e3x.cloakpath',
    params: {
      session: { type: 'text', required: true },
      bytes: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.cloakpath.send': {
    session: 'e3x.cloakpath',
    params: {
      session: { type: 'text', required: true },
      packet: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
      entropy: { type: 'bytes', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.cloakpath.close': {
    session: 'e3x.cloakpath',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'e3x.hashname.derive': {
    params: {
      keys: { type: 'csidMap', required: true },
      intermediates: { type: 'csidMap' },
    },
    result: {
      hashname: { type: 'text' },
    },
  },
  'e3x.hashname.intermediates': {
    params: {
      keys: { type: 'csidMap', required: true },
    },
    result: {
      intermediates: { type: 'csidMap' },
    },
  },
  'e3x.hashname.parse': {
    params: {
      hashname: { type: 'text', required: true },
    },
    result: {
      digest: { type: 'bytes' },
    },
  },
  'e3x.base32.encode': {
    params: {
      bytes: { type: 'bytes', required: true },
    },
    result: {
      text: { type: 'text' },
    },
  },
  'e3x.base32.decode': {
    params: {
      text: { type: 'text', required: true },
    },
    result: {
      bytes: { type: 'bytes' },
    },
  },
  'e3x.jws.encode': {
    params: {
      jws: { type: 'text', required: true },
    },
    result: {
      packet: { type: 'bytes' },
    },
  },
  'e3x.jws.decode': {
    params: {
      packet: { type: 'bytes', required: true },
    },
    result: {
      jws: { type: 'text' },
    },
  },
  'e3x.jwe.encode': {
    params: {
      jwe: { type: 'text', required: true },
    },
    result: {
      packet: { type: 'bytes' },
    },
  },
  'e3x.jwe.decode': {
    params: {
      packet: { type: 'bytes', required: true },
    },
    result: {
      jwe: { type: 'text' },
    },
  },
  'e3x.token.derive': {
    params: {
      packet: { type: 'bytes', required: true },
    },
    result: {
      token: { type: 'bytes' },
    },
  },
  'e3x.message.seal': {
    params: {
      csid: { type: 'text', required: true },
      sender: {
        type: 'bytesMap',
        required: true,
        members: {
          secret: { type: 'bytes', required: true },
          key: { type: 'bytes', required: true },
        },
      },
      ephemeral: {
        type: 'bytesMap',
        required: true,
        members: {
          secret: { type: 'bytes', required: true },
          aes: { type: 'bytes' },
          seed: { type: 'bytes' },
        },
      },
      recipientKey: { type: 'bytes', required: true },
      inner: { type: 'bytes', required: true },
      entropy: { type: 'bytes', required: true },
    },
    result: {
      packet: { type: 'bytes' },
      token: { type: 'bytes' },
    },
  },
  'e3x.message.open': {
    params: {
      csid: { type: 'text', required: true },
      recipient: {
        type: 'bytesMap',
        required: true,
        members: {
          secret: { type: 'bytes', required: true },
          key: { type: 'bytes', required: true },
        },
      },
      senderKey: { type: 'bytes' },
      packet: { type: 'bytes', required: true },
    },
    result: {
      inner: { type: 'bytes' },
      verified: { type: 'boolean', optional: true },
      ephemeralKey: { type: 'bytes' },
    },
  },
  'e3x.channelkeys.derive': {
    params: {
      csid: { type: 'text', required: true },
      ephemeral: {
        type: 'bytesMap',
        required: true,
        members: {
          secret: { type: 'bytes', required: true },
          aes: { type: 'bytes' },
          seed: { type: 'bytes' },
        },
      },
      recipient: {
        type: 'bytesMap',
        members: {
          secret: { type: 'bytes', required: true },
          key: { type: 'bytes', required: true },
        },
      },
      packet: { type: 'bytes', required: true },
    },
    result: {
      encryptKey: { type: 'bytes' },
      decryptKey: { type: 'bytes' },
    },
  },
  'e3x.channelpacket.seal': {
    params: {
      csid: { type: 'text', required: true },
      key: { type: 'bytes', required: true },
      token: { type: 'bytes', required: true },
      inner: { type: 'bytes', required: true },
      entropy: { type: 'bytes', required: true },
    },
    result: {
      packet: { type: 'bytes' },
    },
  },
  'e3x.channelpacket.open': {
    params: {
      csid: { type: 'text', required: true },
      key: { type: 'bytes', required: true },
      packet: { type: 'bytes', required: true },
    },
    result: {
      token: { type: 'bytes' },
      inner: { type: 'bytes' },
    },
  },
  'e3x.channelcounter.open': {
    session: 'e3x.channelcounter',
    params: {
      key: { type: 'bytes', required: true },
      token: { type: 'bytes', required: true },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.channelcounter.seal': {
    session: 'e3x.channelcounter',
    params: {
      session: { type: 'text', required: true },
      inner: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.channelcounter.close': {
    session: 'e3x.channelcounter',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'e3x.message.identity': {
    params: {
      csid: { type: 'text', required: true },
      packet: { type: 'bytes', required: true },
    },
    result: {
      identity: { type: 'bytes' },
    },
  },
  'e3x.message-memory.open': {
    session: 'e3x.message-memory',
    params: {
      windowMs: { type: 'integer', required: true, minimum: 1, maximum: 9007199254740991 },
      skewMs: { type: 'integer', required: true, minimum: 0, maximum: 9007199254740991 },
      entryCount: { type: 'integer', minimum: 1, maximum: 4294967295 },
      horizon: { type: 'integer', minimum: 0, maximum: 9007199254740991 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.message-memory.check': {
    session: 'e3x.message-memory',
    params: {
      session: { type: 'text', required: true },
      csid: { type: 'text', required: true },
      packet: { type: 'bytes', required: true },
      sentAt: { type: 'json' },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.message-memory.tick': {
    session: 'e3x.message-memory',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.message-memory.close': {
    session: 'e3x.message-memory',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'e3x.csid.select': {
    params: {
      local: { type: 'csidMap', required: true },
      remote: { type: 'csidMap', required: true },
      legacy: { type: 'boolean' },
    },
    result: {
      csid: { type: 'text' },
    },
  },
  'e3x.order.derive': {
    params: {
      key: { type: 'bytes', required: true },
      otherKey: { type: 'bytes', required: true },
    },
    result: {
      order: { type: 'text' },
    },
  },
  'e3x.handshake.link': {
    params: {
      csid: { type: 'text', required: true },
      keys: { type: 'csidMap', required: true },
      at: { type: 'integer', required: true, minimum: 0, maximum: 9007199254740991 },
      z: { type: 'integer', minimum: 0, maximum: 9007199254740991 },
      encrypted: { type: 'boolean' },
    },
    result: {
      inner: { type: 'bytes' },
    },
  },
  'e3x.handshake.read': {
    params: {
      csid: { type: 'text', required: true },
      inner: { type: 'bytes', required: true },
      hashname: { type: 'text' },
      encrypted: { type: 'boolean' },
    },
    result: {
      type: { type: 'text' },
      at: { type: 'integer' },
      json: { type: 'object' },
      body: { type: 'bytes' },
      key: { type: 'bytes', optional: true },
      intermediates: { type: 'csidMap', optional: true },
      hashname: { type: 'text', optional: true },
      z: { type: 'integer', optional: true },
      jwt: { type: 'text', optional: true },
      uri: { type: 'text', optional: true },
    },
  },
  'e3x.handshake.introduce': {
    params: {
      csid: { type: 'text', required: true },
      recipient: {
        type: 'bytesMap',
        required: true,
        members: {
          secret: { type: 'bytes', required: true },
          key: { type: 'bytes', required: true },
        },
      },
      packet: { type: 'bytes', required: true },
      hashname: { type: 'text' },
    },
    result: {
      hashname: { type: 'text' },
      key: { type: 'bytes' },
      at: { type: 'integer' },
      verified: { type: 'boolean' },
    },
  },
  'e3x.exchange.open': {
    session: 'e3x.exchange',
    params: {
      csid: { type: 'text', required: true },
      local: {
        type: 'bytesMap',
        required: true,
        members: {
          secret: { type: 'bytes', required: true },
          key: { type: 'bytes', required: true },
        },
      },
      remoteKey: { type: 'bytes', required: true },
      at: { type: 'integer', minimum: 1, maximum: 9007199254740991 },
      handshakes: {
        type: 'objectMap',
        members: {
          json: { type: 'object' },
          body: { type: 'bytes' },
        },
      },
      keys: { type: 'csidMap' },
      z: { type: 'integer', minimum: 0, maximum: 9007199254740991 },
      legacy: { type: 'boolean' },
      limits: {
        type: 'object',
        members: {
          packetBytes: { type: 'integer', minimum: 1 },
          macFailureCount: { type: 'integer', minimum: 1 },
        },
      },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.exchange.handshake': {
    session: 'e3x.exchange',
    params: {
      session: { type: 'text', required: true },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.exchange.receive': {
    session: 'e3x.exchange',
    params: {
      session: { type: 'text', required: true },
      packet: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.exchange.accept': {
    session: 'e3x.exchange',
    params: {
      session: { type: 'text', required: true },
      at: { type: 'integer', required: true, minimum: 0, maximum: 9007199254740991 },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.exchange.send': {
    session: 'e3x.exchange',
    params: {
      session: { type: 'text', required: true },
      inner: { type: 'bytes', required: true },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.exchange.renew': {
    session: 'e3x.exchange',
    params: {
      session: { type: 'text', required: true },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.exchange.tick': {
    session: 'e3x.exchange',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.exchange.close': {
    session: 'e3x.exchange',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'e3x.tokens.open': {
    session: 'e3x.tokens',
    params: {
      capacity: { type: 'integer', required: true, minimum: 1, maximum: 1048576 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.tokens.add': {
    session: 'e3x.tokens',
    params: {
      session: { type: 'text', required: true },
      token: { type: 'bytes', required: true },
      exchange: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.tokens.find': {
    session: 'e3x.tokens',
    params: {
      session: { type: 'text', required: true },
      token: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.tokens.remove': {
    session: 'e3x.tokens',
    params: {
      session: { type: 'text', required: true },
      token: { type: 'bytes', required: true },
      exchange: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.tokens.close': {
    session: 'e3x.tokens',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'e3x.miss.encode': {
    params: {
      ack: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      missing: { type: 'integerList', required: true },
      highest: { type: 'integer', required: true, minimum: 0, maximum: 9007199254740991 },
    },
    result: {
      miss: { type: 'integerList' },
    },
  },
  'e3x.miss.decode': {
    params: {
      ack: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      miss: { type: 'integerList', required: true },
    },
    result: {
      missing: { type: 'integerList' },
      highest: { type: 'integer' },
    },
  },
  'e3x.quota.derive': {
    params: {
      c: { type: 'integer', required: true, minimum: 1, maximum: 4294967295 },
      type: { type: 'text', enum: ['path', 'stream'] },
      seq: { type: 'integer', minimum: 1, maximum: 4294967295 },
      num: { type: 'integer', minimum: 1, maximum: 4294967295 },
      json: { type: 'object' },
    },
    result: {
      quota: { type: 'integer' },
    },
  },
  'e3x.channel.open': {
    session: 'e3x.channel',
    params: {
      c: { type: 'integer', required: true, minimum: 1, maximum: 4294967295 },
      type: { type: 'text' },
      reliable: { type: 'boolean' },
      incoming: { type: 'boolean' },
      window: { type: 'integer', minimum: 0 },
      bufferBytes: { type: 'integer', minimum: 0 },
      timeoutMs: { type: 'integer', minimum: 1 },
      resendCount: { type: 'integer', minimum: 0 },
      replayWindow: { type: 'integer', minimum: 0 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.channel.send': {
    session: 'e3x.channel',
    params: {
      session: { type: 'text', required: true },
      json: { type: 'object' },
      body: { type: 'bytes', excludes: 'err' },
      end: { type: 'boolean' },
      err: { type: 'text', excludes: 'end' },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.channel.receive': {
    session: 'e3x.channel',
    params: {
      session: { type: 'text', required: true },
      packet: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.channel.done': {
    session: 'e3x.channel',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.channel.tick': {
    session: 'e3x.channel',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.channel.close': {
    session: 'e3x.channel',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'e3x.channelhead.read': {
    params: {
      packet: { type: 'bytes', required: true },
    },
    result: {
      c: { type: 'integer' },
      channelType: { type: 'text', optional: true },
    },
  },
  'e3x.channels.open': {
    session: 'e3x.channels',
    params: {
      order: { type: 'text', required: true, enum: ['odd', 'even'] },
      last: { type: 'integer', minimum: 0, maximum: 4294967295 },
      limits: {
        type: 'object',
        members: {
          channelCount: { type: 'integer', minimum: 1 },
          skippedCount: { type: 'integer', minimum: 1 },
        },
      },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.channels.create': {
    session: 'e3x.channels',
    params: {
      session: { type: 'text', required: true },
      channelType: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.channels.receive': {
    session: 'e3x.channels',
    params: {
      session: { type: 'text', required: true },
      packet: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.channels.remove': {
    session: 'e3x.channels',
    params: {
      session: { type: 'text', required: true },
      c: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.channels.renew': {
    session: 'e3x.channels',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.channels.close': {
    session: 'e3x.channels',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'e3x.channeltype.validate': {
    params: {
      type: { type: 'text', required: true },
      role: { type: 'text', required: true, enum: ['open', 'opener', 'responder'] },
      reliable: { type: 'boolean', required: true },
      packet: { type: 'bytes', required: true },
    },
    result: {
      type: { type: 'text' },
    },
  },
  'e3x.chat.validate': {
    params: {
      message: { type: 'bytes', required: true },
    },
    result: {
      type: { type: 'text' },
    },
  },
  'e3x.stream.open': {
    session: 'e3x.stream',
    params: {
      limits: {
        type: 'object',
        members: {
          valueBytes: { type: 'integer', minimum: 1 },
        },
      },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.stream.receive': {
    session: 'e3x.stream',
    params: {
      session: { type: 'text', required: true },
      packet: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.stream.close': {
    session: 'e3x.stream',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'e3x.block.open': {
    session: 'e3x.block',
    params: {
      limits: {
        type: 'object',
        members: {
          blockBytes: { type: 'integer', minimum: 1 },
        },
      },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.block.receive': {
    session: 'e3x.block',
    params: {
      session: { type: 'text', required: true },
      packet: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.block.close': {
    session: 'e3x.block',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'e3x.box.id': {
    params: {
      sender: { type: 'text', required: true },
      recipient: { type: 'text', required: true },
    },
    result: {
      box: { type: 'bytes' },
    },
  },
  'e3x.box.messageid': {
    params: {
      box: { type: 'bytes', required: true },
      message: { type: 'bytes', required: true },
    },
    result: {
      id: { type: 'bytes' },
    },
  },
  'e3x.chat.ids': {
    params: {
      hashname: { type: 'text', required: true },
      secret: { type: 'bytes', required: true },
      count: { type: 'integer', required: true, minimum: 1, maximum: 1000 },
    },
    result: {
      profile: { type: 'text' },
      ids: { type: 'bytesList' },
    },
  },
  'e3x.chat.verify': {
    params: {
      hashname: { type: 'text', required: true },
      previous: { type: 'text', required: true },
      id: { type: 'text', required: true },
    },
    result: {
      relation: { type: 'text' },
    },
  },
  'e3x.thtp.encode': {
    params: {
      method: { type: 'text' },
      path: { type: 'text' },
      status: { type: 'integer', minimum: 0, maximum: 999 },
      reason: { type: 'text' },
      headers: { type: 'object', required: true },
      body: { type: 'bytes' },
    },
    result: {
      packet: { type: 'bytes' },
    },
  },
  'e3x.thtp.decode': {
    params: {
      packet: { type: 'bytes', required: true },
    },
    result: {
      method: { type: 'text', optional: true },
      path: { type: 'text', optional: true },
      status: { type: 'integer', optional: true },
      reason: { type: 'text', optional: true },
      headers: { type: 'object' },
      body: { type: 'bytes' },
    },
  },
  'e3x.compression.negotiate': {
    params: {
      local: { type: 'integer', minimum: 0, maximum: 255 },
      remote: { type: 'integer', minimum: 0, maximum: 255 },
    },
    result: {
      z: { type: 'integer' },
    },
  },
  'e3x.compression.encode': {
    params: {
      z: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      inner: { type: 'bytes', required: true },
    },
    result: {
      payload: { type: 'bytes' },
    },
  },
  'e3x.compression.decode': {
    params: {
      z: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      payload: { type: 'bytes', required: true },
    },
    result: {
      json: { type: 'object' },
      body: { type: 'bytes' },
      inner: { type: 'bytes', optional: true },
    },
  },
  'e3x.linkjson.read': {
    params: {
      json: { type: 'bytes', required: true },
    },
    result: {
      hashname: { type: 'text' },
      proven: { type: 'boolean' },
      keys: { type: 'csidMap' },
      paths: { type: 'objectList' },
      more: { type: 'object' },
    },
  },
  'e3x.linkjson.write': {
    params: {
      keys: { type: 'csidMap', required: true },
      paths: { type: 'objectList', required: true },
      hashname: { type: 'text' },
      more: { type: 'object' },
    },
    result: {
      json: { type: 'bytes' },
    },
  },
  'e3x.linkjwk.read': {
    params: {
      jwk: { type: 'bytes', required: true },
    },
    result: {
      hashname: { type: 'text' },
      keys: { type: 'csidMap' },
      paths: { type: 'objectList' },
    },
  },
  'e3x.linkjwk.write': {
    params: {
      keys: { type: 'csidMap', required: true },
      paths: { type: 'objectList' },
    },
    result: {
      jwk: { type: 'bytes' },
    },
  },
  'e3x.linkuri.parse': {
    params: {
      uri: { type: 'text', required: true },
    },
    result: {
      scheme: { type: 'text' },
      host: { type: 'text' },
      port: { type: 'integer' },
      path: { type: 'text' },
      query: { type: 'text', optional: true },
      keys: { type: 'csidMap' },
      hashname: { type: 'text', optional: true },
      paths: { type: 'objectList' },
      hostPaths: { type: 'objectList' },
      base: { type: 'text' },
      check: { type: 'bytes', optional: true },
      value: { type: 'bytes', optional: true },
    },
  },
  'e3x.linkuri.format': {
    params: {
      scheme: { type: 'text' },
      host: { type: 'text', required: true },
      port: { type: 'integer', minimum: 0, maximum: 1048576 },
      path: { type: 'text' },
      query: { type: 'text' },
      keys: { type: 'csidMap' },
      paths: { type: 'objectList' },
    },
    result: {
      uri: { type: 'text' },
    },
  },
  'e3x.linkuri.attach': {
    params: {
      base: { type: 'text', required: true },
      hashname: { type: 'text', required: true },
      value: { type: 'bytes', required: true },
    },
    result: {
      uri: { type: 'text' },
    },
  },
  'e3x.linkuri.verify': {
    params: {
      uri: { type: 'text', required: true },
      answer: { type: 'text', required: true },
      hashname: { type: 'text', required: true },
    },
    result: {
      value: { type: 'bytes' },
    },
  },
  'e3x.contact.resolve': {
    params: {
      text: { type: 'text', required: true },
    },
    result: {
      form: { type: 'text' },
      hashname: { type: 'text', optional: true },
    },
  },
  'e3x.linkstate.open': {
    session: 'e3x.linkstate',
    params: {
      limits: {
        type: 'object',
        members: {
          pathCount: { type: 'integer', minimum: 1 },
          udpMs: { type: 'integer', minimum: 1 },
          tcpMs: { type: 'integer', minimum: 1 },
        },
      },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.linkstate.keys': {
    session: 'e3x.linkstate',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.linkstate.path': {
    session: 'e3x.linkstate',
    params: {
      session: { type: 'text', required: true },
      path: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      type: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.linkstate.lost': {
    session: 'e3x.linkstate',
    params: {
      session: { type: 'text', required: true },
      path: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.linkstate.connect': {
    session: 'e3x.linkstate',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.linkstate.sent': {
    session: 'e3x.linkstate',
    params: {
      session: { type: 'text', required: true },
      path: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      handshake: { type: 'boolean', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.linkstate.received': {
    session: 'e3x.linkstate',
    params: {
      session: { type: 'text', required: true },
      path: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      type: { type: 'text', required: true },
      handshake: { type: 'boolean', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.linkstate.failed': {
    session: 'e3x.linkstate',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.linkstate.send': {
    session: 'e3x.linkstate',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.linkstate.answer': {
    session: 'e3x.linkstate',
    params: {
      session: { type: 'text', required: true },
      paths: {
        type: 'objectList',
        required: true,
        members: {
          path: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
          type: { type: 'text', required: true },
        },
      },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.linkstate.tick': {
    session: 'e3x.linkstate',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.linkstate.close': {
    session: 'e3x.linkstate',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'e3x.router.open': {
    session: 'e3x.router',
    params: {
      limits: {
        type: 'object',
        members: {
          routeCount: { type: 'integer', minimum: 1 },
          routeMs: { type: 'integer', minimum: 1 },
        },
      },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.router.link': {
    session: 'e3x.router',
    params: {
      session: { type: 'text', required: true },
      hashname: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.router.unlink': {
    session: 'e3x.router',
    params: {
      session: { type: 'text', required: true },
      hashname: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.router.peer': {
    session: 'e3x.router',
    params: {
      session: { type: 'text', required: true },
      from: { type: 'text', required: true },
      path: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      packet: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.router.route': {
    session: 'e3x.router',
    params: {
      session: { type: 'text', required: true },
      path: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      packet: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.router.tick': {
    session: 'e3x.router',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.router.close': {
    session: 'e3x.router',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'e3x.thtpmessage.cut': {
    params: {
      packet: { type: 'bytes', required: true },
      size: { type: 'integer', required: true, minimum: 1, maximum: 1400 },
    },
    result: {
      parts: { type: 'bytesList' },
    },
  },
  'e3x.thtpmessage.open': {
    session: 'e3x.thtpmessage',
    params: {
      kind: { type: 'text', required: true, enum: ['request', 'response'] },
      limits: {
        type: 'object',
        members: {
          messageBytes: { type: 'integer', minimum: 1 },
        },
      },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.thtpmessage.receive': {
    session: 'e3x.thtpmessage',
    params: {
      session: { type: 'text', required: true },
      packet: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'e3x.thtpmessage.close': {
    session: 'e3x.thtpmessage',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'interpeer.varint.encode': {
    params: {
      value: { type: 'u64', required: true },
    },
    result: {
      bytes: { type: 'bytes' },
    },
  },
  'interpeer.varint.decode': {
    params: {
      bytes: { type: 'bytes', required: true },
    },
    result: {
      value: { type: 'u64' },
      length: { type: 'integer' },
    },
  },
  'interpeer.protocolid.derive': {
    params: {
      suite: { type: 'text', required: true, enum: ['interpeer-0.1', 'interpeer-1'] },
    },
    result: {
      protocolId: { type: 'bytes' },
    },
  },
  'interpeer.packet.decode': {
    params: {
      suite: { type: 'text', required: true, enum: ['interpeer-0.1', 'interpeer-1'] },
      datagram: { type: 'bytes', required: true },
      protocolId: { type: 'bytes' },
    },
    result: {
      sender: { type: 'bytes' },
      recipient: { type: 'bytes' },
      channelId: { type: 'bytes' },
      encrypted: { type: 'boolean' },
      spin: { type: 'boolean' },
      packetSize: { type: 'integer' },
      sequenceNumber: { type: 'integer', optional: true },
      payload: { type: 'bytes', optional: true },
      paddingLength: { type: 'integer', optional: true },
      sealed: { type: 'bytes', optional: true },
    },
  },
  'interpeer.packet.encode': {
    params: {
      suite: { type: 'text', required: true, enum: ['interpeer-0.1', 'interpeer-1'] },
      protocolId: { type: 'bytes' },
      sender: { type: 'bytes', required: true },
      recipient: { type: 'bytes', required: true },
      channelId: { type: 'bytes', required: true },
      spin: { type: 'boolean' },
      sequenceNumber: { type: 'integer', minimum: 0, maximum: 65535, excludes: 'sealed' },
      payload: { type: 'bytes', excludes: 'sealed' },
      paddingLength: { type: 'integer', minimum: 0, maximum: 70000, excludes: 'paddingEntropy' },
      paddingEntropy: { type: 'bytes', excludes: 'paddingLength' },
      sealed: { type: 'bytes', excludes: 'payload' },
    },
    requiresOneOf: ['payload', 'sealed'],
    result: {
      datagram: { type: 'bytes' },
    },
  },
  'interpeer.channelid.join': {
    params: {
      suite: { type: 'text', required: true, enum: ['interpeer-0.1', 'interpeer-1'] },
      halfOrder: { type: 'text', enum: ['initiator-first', 'responder-first'] },
      initiatorHalf: { type: 'bytes' },
      responderHalf: { type: 'bytes' },
    },
    result: {
      channelId: { type: 'bytes' },
    },
  },
  'interpeer.channelid.split': {
    params: {
      suite: { type: 'text', required: true, enum: ['interpeer-0.1', 'interpeer-1'] },
      halfOrder: { type: 'text', enum: ['initiator-first', 'responder-first'] },
      channelId: { type: 'bytes', required: true },
    },
    result: {
      initiatorHalf: { type: 'bytes', optional: true },
      responderHalf: { type: 'bytes', optional: true },
    },
  },
  'interpeer.messages.decode': {
    params: {
      suite: { type: 'text', required: true, enum: ['interpeer-0.1', 'interpeer-1'] },
      payload: { type: 'bytes', required: true },
    },
    result: {
      messages: { type: 'objectList' },
    },
  },
  'interpeer.messages.encode': {
    params: {
      suite: { type: 'text', required: true, enum: ['interpeer-0.1', 'interpeer-1'] },
      messages: { type: 'objectList', required: true },
    },
    result: {
      payload: { type: 'bytes' },
    },
  },
  'interpeer.cookie.make': {
    params: {
      suite: { type: 'text', required: true, enum: ['interpeer-0.1', 'interpeer-1'] },
      secret: { type: 'bytes', required: true },
      role: { type: 'text', required: true, enum: ['initiator', 'responder'] },
      initiator: { type: 'bytes', required: true },
      responder: { type: 'bytes', required: true },
      id: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
      rotationMs: { type: 'integer', minimum: 1 },
    },
    result: {
      cookie: { type: 'bytes' },
    },
  },
  'interpeer.cookie.check': {
    params: {
      suite: { type: 'text', required: true, enum: ['interpeer-0.1', 'interpeer-1'] },
      secret: { type: 'bytes', required: true },
      role: { type: 'text', required: true, enum: ['initiator', 'responder'] },
      initiator: { type: 'bytes', required: true },
      responder: { type: 'bytes', required: true },
      id: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
      rotationMs: { type: 'integer', minimum: 1 },
      cookie: { type: 'bytes', required: true },
    },
    result: {},
  },
  'interpeer.establishment.open': {
    session: 'interpeer.establishment',
    params: {
      suite: { type: 'text', required: true, enum: ['interpeer-0.1', 'interpeer-1'] },
      halfOrder: { type: 'text', enum: ['initiator-first', 'responder-first'] },
      local: { type: 'bytes', required: true },
      secret: { type: 'bytes', required: true },
      rotationMs: { type: 'integer', minimum: 1, maximum: 9007199254740991 },
      limits: {
        type: 'object',
        members: {
          channelCount: { type: 'integer', minimum: 1 },
          totalCount: { type: 'integer', minimum: 1 },
          restCount: { type: 'integer', minimum: 1 },
        },
      },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.establishment.propose': {
    session: 'interpeer.establishment',
    params: {
      session: { type: 'text', required: true },
      peer: { type: 'bytes', required: true },
      half: { type: 'bytes' },
      capabilities: { type: 'integer', required: true, minimum: 0, maximum: 7 },
      airtimeMs: { type: 'integer', minimum: 0, maximum: 15000 },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.establishment.receive': {
    session: 'interpeer.establishment',
    params: {
      session: { type: 'text', required: true },
      peer: { type: 'bytes', required: true },
      channel: { type: 'bytes', required: true },
      message: { type: 'bytes', required: true },
      dataWaiting: { type: 'boolean' },
      airtimeMs: { type: 'integer', minimum: 0, maximum: 15000 },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.establishment.heard': {
    session: 'interpeer.establishment',
    params: {
      session: { type: 'text', required: true },
      peer: { type: 'bytes', required: true },
      channel: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.establishment.front': {
    session: 'interpeer.establishment',
    params: {
      session: { type: 'text', required: true },
      peer: { type: 'bytes', required: true },
      channel: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.establishment.end': {
    session: 'interpeer.establishment',
    params: {
      session: { type: 'text', required: true },
      peer: { type: 'bytes', required: true },
      channel: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.establishment.count': {
    session: 'interpeer.establishment',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.establishment.tick': {
    session: 'interpeer.establishment',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.establishment.close': {
    session: 'interpeer.establishment',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'interpeer.packetkey.derive': {
    params: {
      channelKey: { type: 'bytes', required: true },
      channelId: { type: 'bytes', required: true },
    },
    result: {
      key: { type: 'bytes' },
    },
  },
  'interpeer.sealed.seal': {
    params: {
      key: { type: 'bytes', required: true },
      counter: { type: 'u64', required: true },
      header: { type: 'bytes', required: true },
      plaintext: { type: 'bytes', required: true },
    },
    result: {
      sealed: { type: 'bytes' },
    },
  },
  'interpeer.sealed.open': {
    params: {
      key: { type: 'bytes', required: true },
      header: { type: 'bytes', required: true },
      sealed: { type: 'bytes', required: true },
    },
    result: {
      counter: { type: 'u64' },
      plaintext: { type: 'bytes' },
    },
  },
  'interpeer.keyoffer.encode': {
    params: {
      keys: { type: 'csidMap', required: true },
      intermediates: { type: 'csidMap' },
    },
    result: {
      offer: { type: 'bytes' },
    },
  },
  'interpeer.keyoffer.decode': {
    params: {
      offer: { type: 'bytes', required: true },
    },
    result: {
      keys: { type: 'csidMap' },
      intermediates: { type: 'csidMap' },
      hashname: { type: 'text' },
    },
  },
  'interpeer.crypto.open': {
    session: 'interpeer.crypto',
    params: {
      encryptKey: { type: 'bytes', required: true },
      decryptKey: { type: 'bytes', required: true },
      counter: { type: 'u64' },
      usedChannels: { type: 'integer', minimum: 0, maximum: 4096 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.crypto.seal': {
    session: 'interpeer.crypto',
    params: {
      session: { type: 'text', required: true },
      header: { type: 'bytes', required: true },
      plaintext: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.crypto.receive': {
    session: 'interpeer.crypto',
    params: {
      session: { type: 'text', required: true },
      header: { type: 'bytes', required: true },
      sealed: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.crypto.rekey': {
    session: 'interpeer.crypto',
    params: {
      session: { type: 'text', required: true },
      encryptKey: { type: 'bytes', required: true },
      decryptKey: { type: 'bytes', required: true },
      use: { type: 'text', required: true, enum: ['at-once', 'once-proven'] },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.crypto.close': {
    session: 'interpeer.crypto',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'interpeer.connection.open': {
    session: 'interpeer.connection',
    params: {
      suite: { type: 'text', required: true, enum: ['interpeer-0.1', 'interpeer-1'] },
      local: { type: 'bytes', required: true },
      remote: { type: 'bytes', required: true },
      policy: {
        type: 'object',
        required: true,
        members: {
          handshakes: { type: 'textList', required: true, enum: ['none', 'known-keys', 'key-exchange'] },
        },
      },
      identity: {
        type: 'object',
        members: {
          csid: { type: 'text', required: true },
          secret: { type: 'bytes', required: true },
          key: { type: 'bytes', required: true },
          intermediates: { type: 'csidMap' },
          legacy: { type: 'boolean' },
        },
      },
      remoteKey: { type: 'bytes' },
      at: { type: 'integer', minimum: 1, maximum: 9007199254740991 },
      sequenceNumber: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      resetTimeoutMs: { type: 'integer', minimum: 1 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.connection.begin': {
    session: 'interpeer.connection',
    params: {
      session: { type: 'text', required: true },
      handshake: { type: 'text', required: true, enum: ['known-keys', 'key-exchange'] },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.connection.receive': {
    session: 'interpeer.connection',
    params: {
      session: { type: 'text', required: true },
      datagram: { type: 'bytes', required: true },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.connection.send': {
    session: 'interpeer.connection',
    params: {
      session: { type: 'text', required: true },
      channelId: { type: 'bytes', required: true },
      payload: { type: 'bytes', required: true },
      sequenceNumber: { type: 'integer', minimum: 0, maximum: 65535 },
      paddingLength: { type: 'integer', minimum: 0, maximum: 65535 },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.connection.accept': {
    session: 'interpeer.connection',
    params: {
      session: { type: 'text', required: true },
      hashname: { type: 'text', required: true },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.connection.refuse': {
    session: 'interpeer.connection',
    params: {
      session: { type: 'text', required: true },
      hashname: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.connection.tick': {
    session: 'interpeer.connection',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.connection.close': {
    session: 'interpeer.connection',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'interpeer.bundle.room': {
    params: {
      mtu: { type: 'integer', minimum: 0, maximum: 100000 },
      encrypted: { type: 'boolean', required: true },
    },
    result: {
      room: { type: 'integer' },
    },
  },
  'interpeer.bundle.writes': {
    params: {
      writes: { type: 'bytesList', required: true },
      room: { type: 'integer', required: true, minimum: 3, maximum: 65535 },
      stream: { type: 'boolean', required: true },
    },
    result: {
      payloads: { type: 'bytesList' },
    },
  },
  'interpeer.bundle.messages': {
    params: {
      messages: {
        type: 'objectList',
        required: true,
        members: {
          channelId: { type: 'bytes', required: true },
          payload: { type: 'bytes', required: true },
        },
      },
      room: { type: 'integer', required: true, minimum: 3, maximum: 65535 },
    },
    result: {
      payloads: { type: 'objectList' },
    },
  },
  'interpeer.padding.derive': {
    params: {
      spare: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      entropy: { type: 'bytes', required: true },
    },
    result: {
      paddingLength: { type: 'integer' },
    },
  },
  'interpeer.data.open': {
    session: 'interpeer.data',
    params: {
      capabilities: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      sequenceNumber: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      window: { type: 'integer' },
      sendPackets: { type: 'integer' },
      room: { type: 'integer', minimum: 3 },
      airtimeMs: { type: 'integer', minimum: 0 },
      resendCount: { type: 'integer', minimum: 1 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.data.write': {
    session: 'interpeer.data',
    params: {
      session: { type: 'text', required: true },
      writes: { type: 'bytesList', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.data.read': {
    session: 'interpeer.data',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.data.receive': {
    session: 'interpeer.data',
    params: {
      session: { type: 'text', required: true },
      packet: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.data.finish': {
    session: 'interpeer.data',
    params: {
      session: { type: 'text', required: true },
      reason: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.data.tick': {
    session: 'interpeer.data',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.data.close': {
    session: 'interpeer.data',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'interpeer.engine.open': {
    session: 'interpeer.engine',
    params: {
      suite: { type: 'text', required: true, enum: ['interpeer-0.1', 'interpeer-1'] },
      local: { type: 'bytes', required: true },
      handshake: { type: 'text', required: true, enum: ['none', 'known-keys', 'key-exchange'] },
      identity: {
        type: 'object',
        members: {
          csid: { type: 'text', required: true },
          secret: { type: 'bytes', required: true },
          key: { type: 'bytes', required: true },
        },
      },
      entropy: { type: 'bytes', required: true },
      mtu: { type: 'integer', minimum: 0 },
      window: { type: 'integer', minimum: 1 },
      sendPackets: { type: 'integer', minimum: 1 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.engine.connect': {
    session: 'interpeer.engine',
    params: {
      session: { type: 'text', required: true },
      peer: { type: 'bytes', required: true },
      handshake: { type: 'text', required: true, enum: ['none', 'known-keys', 'key-exchange'] },
      remoteKey: { type: 'bytes' },
      airtimeMs: { type: 'integer', minimum: 0 },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.engine.accept': {
    session: 'interpeer.engine',
    params: {
      session: { type: 'text', required: true },
      peer: { type: 'bytes', required: true },
      hashname: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.engine.refuse': {
    session: 'interpeer.engine',
    params: {
      session: { type: 'text', required: true },
      peer: { type: 'bytes', required: true },
      hashname: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.engine.channel': {
    session: 'interpeer.engine',
    params: {
      session: { type: 'text', required: true },
      peer: { type: 'bytes', required: true },
      capabilities: { type: 'integer', required: true, minimum: 0, maximum: 7 },
      half: { type: 'bytes' },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.engine.write': {
    session: 'interpeer.engine',
    params: {
      session: { type: 'text', required: true },
      channel: { type: 'integer', required: true, minimum: 1 },
      data: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.engine.read': {
    session: 'interpeer.engine',
    params: {
      session: { type: 'text', required: true },
      channel: { type: 'integer', required: true, minimum: 1 },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.engine.finish': {
    session: 'interpeer.engine',
    params: {
      session: { type: 'text', required: true },
      channel: { type: 'integer', required: true, minimum: 1 },
      reason: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.engine.receive': {
    session: 'interpeer.engine',
    params: {
      session: { type: 'text', required: true },
      datagram: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.engine.tick': {
    session: 'interpeer.engine',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.engine.close': {
    session: 'interpeer.engine',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'interpeer.stream.open': {
    session: 'interpeer.stream',
    params: {
      suite: { type: 'text', required: true, enum: ['interpeer-0.1', 'interpeer-1'] },
      protocolId: { type: 'bytes' },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text' },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.stream.receive': {
    session: 'interpeer.stream',
    params: {
      session: { type: 'text', required: true },
      bytes: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'interpeer.stream.close': {
    session: 'interpeer.stream',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'kilt.did.encode': {
    params: {
      authentication: { type: 'object', required: true },
      keyAgreement: { type: 'object' },
      services: {
        type: 'objectList',
        members: {
          id: { type: 'text', required: true },
          type: { type: 'textList', required: true },
          serviceEndpoint: { type: 'textList', required: true },
        },
      },
    },
    result: {
      did: { type: 'text' },
    },
  },
  'kilt.did.parse': {
    params: {
      did: { type: 'text', required: true },
    },
    result: {
      kind: { type: 'text' },
      address: { type: 'text' },
      fragment: { type: 'text', optional: true },
      authentication: { type: 'object', optional: true },
      keyAgreement: { type: 'object', optional: true },
      services: { type: 'objectList', optional: true },
      secretExposed: { type: 'boolean', optional: true },
    },
  },
  'kilt.did.document': {
    params: {
      did: { type: 'text', required: true },
      form: { type: 'text', required: true, enum: ['json', 'jsonld'] },
    },
    result: {
      document: { type: 'object' },
    },
  },
  'kilt.did.migrate': {
    params: {
      light: { type: 'text', required: true },
      full: { type: 'text', required: true },
    },
    result: {},
  },
  'kilt.keyuri.parse': {
    params: {
      keyUri: { type: 'text', required: true },
    },
    result: {
      did: { type: 'text' },
      fragment: { type: 'text' },
    },
  },
  'kilt.keyuri.resolve': {
    params: {
      keyUri: { type: 'text', required: true },
      documents: { type: 'objectList' },
      former: {
        type: 'objectList',
        members: {
          document: { type: 'object', required: true },
          validUntil: { type: 'integer', required: true, minimum: 0, maximum: 9007199254740991 },
        },
      },
    },
    result: {
      publicKey: { type: 'bytes' },
      validUntil: { type: 'integer', optional: true },
    },
  },
  'kilt.message.validate': {
    params: {
      message: { type: 'object', required: true },
      replyTo: { type: 'object' },
    },
    result: {
      type: { type: 'text' },
    },
  },
  'kilt.envelope.seal': {
    params: {
      message: { type: 'object', required: true },
      body: { type: 'bytes' },
      exposed: { type: 'boolean' },
      sender: {
        type: 'object',
        required: true,
        members: {
          secret: { type: 'bytes', required: true },
          keyUri: { type: 'text', required: true },
        },
      },
      receiver: {
        type: 'object',
        required: true,
        members: {
          keyUri: { type: 'text', required: true },
        },
      },
      documents: { type: 'objectList' },
      entropy: { type: 'bytes', required: true },
    },
    result: {
      envelope: { type: 'object' },
    },
  },
  'kilt.envelope.open': {
    params: {
      envelope: { type: 'object', required: true },
      receiver: {
        type: 'object',
        members: {
          secret: { type: 'bytes', required: true },
          keyUri: { type: 'text', required: true },
        },
      },
      sender: {
        type: 'object',
        members: {
          secret: { type: 'bytes', required: true },
          keyUri: { type: 'text', required: true },
        },
      },
      documents: { type: 'objectList' },
      former: {
        type: 'objectList',
        members: {
          document: { type: 'object', required: true },
          validUntil: { type: 'integer', required: true, minimum: 0, maximum: 9007199254740991 },
        },
      },
    },
    result: {
      message: { type: 'object' },
    },
  },
  'kilt.envelope.pack': {
    params: {
      envelope: { type: 'object', required: true },
    },
    result: {
      bytes: { type: 'bytes' },
    },
  },
  'kilt.envelope.unpack': {
    params: {
      bytes: { type: 'bytes', required: true },
    },
    result: {
      envelope: { type: 'object' },
    },
  },
  'kilt.replay.identity': {
    params: {
      sender: { type: 'text', required: true },
      messageId: { type: 'text', required: true },
    },
    result: {
      identity: { type: 'bytes' },
    },
  },
  'kilt.replay.open': {
    session: 'kilt.replay',
    params: {
      windowMs: { type: 'integer', required: true, minimum: 1 },
      skewMs: { type: 'integer', required: true, minimum: 0 },
      entryCount: { type: 'integer', minimum: 1 },
      restored: { type: 'bytes' },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'kilt.replay.check': {
    session: 'kilt.replay',
    params: {
      session: { type: 'text', required: true },
      sender: { type: 'json' },
      createdAt: { type: 'json' },
      messageId: { type: 'json' },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'kilt.replay.tick': {
    session: 'kilt.replay',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'kilt.replay.snapshot': {
    session: 'kilt.replay',
    params: {
      session: { type: 'text', required: true },
    },
    result: {
      snapshot: { type: 'bytes' },
    },
  },
  'kilt.replay.close': {
    session: 'kilt.replay',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'kilt.inbox.take': {
    params: {
      envelope: { type: 'object', required: true },
      receiver: {
        type: 'object',
        required: true,
        members: {
          secret: { type: 'bytes', required: true },
          keyUri: { type: 'text', required: true },
        },
      },
      documents: { type: 'objectList' },
      former: {
        type: 'objectList',
        members: {
          document: { type: 'object', required: true },
          validUntil: { type: 'integer', required: true, minimum: 0, maximum: 9007199254740991 },
        },
      },
      contacts: { type: 'textList' },
      windowMs: { type: 'integer', required: true, minimum: 1 },
      skewMs: { type: 'integer', required: true, minimum: 0 },
      entryCount: { type: 'integer', minimum: 1 },
      memory: { type: 'bytes' },
      now: { type: 'time', required: true },
    },
    result: {
      message: { type: 'object' },
      knownContact: { type: 'boolean' },
      bodySignatures: { type: 'text' },
      memory: { type: 'bytes' },
    },
  },
  'nexus.identity.derive': {
    params: {
      seed: { type: 'bytes', required: true },
    },
    result: {
      publicKey: { type: 'bytes' },
      x25519PublicKey: { type: 'bytes' },
      destinationHash: { type: 'bytes' },
    },
  },
  'nexus.identity.hash': {
    params: {
      publicKey: { type: 'bytes', required: true },
    },
    result: {
      destinationHash: { type: 'bytes' },
    },
  },
  'nexus.identity.convert': {
    params: {
      publicKey: { type: 'bytes', required: true },
    },
    result: {
      x25519PublicKey: { type: 'bytes' },
    },
  },
  'nexus.identity.agree': {
    params: {
      seed: { type: 'bytes', required: true },
      publicKey: { type: 'bytes', required: true },
    },
    result: {
      shared: { type: 'bytes' },
    },
  },
  'nexus.signature.sign': {
    params: {
      seed: { type: 'bytes', required: true },
      purpose: { type: 'text', required: true },
      message: { type: 'bytes', required: true },
    },
    result: {
      signature: { type: 'bytes' },
    },
  },
  'nexus.signature.verify': {
    params: {
      publicKey: { type: 'bytes', required: true },
      purpose: { type: 'text', required: true },
      message: { type: 'bytes', required: true },
      signature: { type: 'bytes', required: true },
    },
    result: {
      verified: { type: 'boolean' },
    },
  },
  'nexus.envelope.seal': {
    params: {
      publicKey: { type: 'bytes', required: true },
      use: { type: 'text', required: true, enum: ['message', 'group-key'] },
      groupId: { type: 'bytes' },
      epoch: { type: 'u64' },
      plaintext: { type: 'bytes', required: true },
      entropy: { type: 'bytes', required: true },
    },
    result: {
      envelope: { type: 'bytes' },
    },
  },
  'nexus.envelope.open': {
    params: {
      seed: { type: 'bytes', required: true },
      use: { type: 'text', required: true, enum: ['message', 'group-key'] },
      groupId: { type: 'bytes' },
      epoch: { type: 'u64' },
      envelope: { type: 'bytes', required: true },
    },
    result: {
      plaintext: { type: 'bytes' },
    },
  },
  'nexus.content.sign': {
    params: {
      seed: { type: 'bytes', required: true },
      recipient: { type: 'bytes', required: true },
      ephemeralKey: { type: 'bytes', required: true },
      created: { type: 'u64', required: true },
      messageId: { type: 'bytes', required: true },
      kind: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      body: { type: 'bytes', required: true },
    },
    result: {
      content: { type: 'bytes' },
    },
  },
  'nexus.content.read': {
    params: {
      content: { type: 'bytes', required: true },
      recipient: { type: 'bytes', required: true },
      ephemeralKey: { type: 'bytes', required: true },
    },
    result: {
      type: { type: 'text' },
      sender: { type: 'bytes', optional: true },
      created: { type: 'u64', optional: true },
      messageId: { type: 'bytes', optional: true },
      kind: { type: 'integer', optional: true },
      body: { type: 'bytes', optional: true },
      envelope: { type: 'bytes', optional: true },
    },
  },
  'nexus.content.check': {
    params: {
      kind: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      body: { type: 'bytes', required: true },
    },
    result: {
      name: { type: 'text' },
    },
  },
  'nexus.message.seal': {
    params: {
      seed: { type: 'bytes', required: true },
      publicKey: { type: 'bytes', required: true },
      created: { type: 'u64', required: true },
      messageId: { type: 'bytes', required: true },
      kind: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      body: { type: 'bytes', required: true },
      lengthMax: { type: 'integer', minimum: 0, maximum: 65535 },
      entropy: { type: 'bytes', required: true },
    },
    result: {
      envelope: { type: 'bytes' },
    },
  },
  'nexus.message.open': {
    params: {
      seed: { type: 'bytes', required: true },
      envelope: { type: 'bytes', required: true },
    },
    result: {
      type: { type: 'text' },
      sender: { type: 'bytes', optional: true },
      created: { type: 'u64', optional: true },
      messageId: { type: 'bytes', optional: true },
      kind: { type: 'integer', optional: true },
      body: { type: 'bytes', optional: true },
      envelope: { type: 'bytes', optional: true },
    },
  },
  'nexus.message.room': {
    params: {
      length: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
    },
    result: {
      bodyLength: { type: 'integer' },
    },
  },
  'nexus.attachment.write': {
    params: {
      objectHash: { type: 'bytes', required: true },
      size: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      key: { type: 'bytes', required: true },
      mediaType: { type: 'text', required: true },
      name: { type: 'text', required: true },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.attachment.read': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      objectHash: { type: 'bytes' },
      size: { type: 'integer' },
      key: { type: 'bytes' },
      mediaType: { type: 'text' },
      name: { type: 'text' },
    },
  },
  'nexus.attachment.seal': {
    params: {
      data: { type: 'bytes', required: true },
      entropy: { type: 'bytes', required: true },
    },
    result: {
      payload: { type: 'bytes' },
      key: { type: 'bytes' },
    },
  },
  'nexus.attachment.open': {
    params: {
      payload: { type: 'bytes', required: true },
      key: { type: 'bytes', required: true },
      size: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
    },
    result: {
      data: { type: 'bytes' },
    },
  },
  'nexus.message-memory.open': {
    session: 'nexus.message-memory',
    params: {
      custodyMs: { type: 'integer', minimum: 1, maximum: 2592000000 },
      skewMs: { type: 'integer', minimum: 0, maximum: 86400000 },
      entryCount: { type: 'integer', minimum: 1, maximum: 65536 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.message-memory.admit': {
    session: 'nexus.message-memory',
    params: {
      session: { type: 'text', required: true },
      payload: { type: 'bytes', required: true },
      publicKey: { type: 'bytes' },
      messageId: { type: 'bytes' },
      created: { type: 'u64', required: true },
      clock: { type: 'u64' },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.message-memory.close': {
    session: 'nexus.message-memory',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.lora.airtime': {
    params: {
      chip: { type: 'text', required: true, enum: ['sx126x', 'sx127x'] },
      spreadingFactor: { type: 'integer', required: true },
      bandwidthHz: { type: 'integer', required: true },
      codingRate: { type: 'integer', required: true },
      preambleSymbols: { type: 'integer', required: true },
      payloadLength: { type: 'integer', required: true },
      implicitHeader: { type: 'boolean', required: true },
      crc: { type: 'boolean', required: true },
      lowDataRateOptimize: { type: 'boolean' },
    },
    result: {
      airtimeUs: { type: 'integer' },
    },
  },
  'nexus.lora.preset': {
    params: {
      preset: { type: 'text', required: true },
    },
    result: {
      spreadingFactor: { type: 'integer' },
      bandwidthHz: { type: 'integer' },
      codingRate: { type: 'integer' },
      bitsPerSecond: { type: 'integer' },
    },
  },
  'nexus.frames.split': {
    params: {
      packet: { type: 'bytes', required: true },
      nibble: { type: 'integer', required: true, minimum: 0, maximum: 15 },
      splits: { type: 'boolean' },
    },
    result: {
      frames: { type: 'bytesList' },
    },
  },
  'nexus.frames.open': {
    session: 'nexus.frames',
    params: {
      frameUs: { type: 'integer', required: true, minimum: 0, maximum: 1000000000 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.frames.receive': {
    session: 'nexus.frames',
    params: {
      session: { type: 'text', required: true },
      frame: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.frames.tick': {
    session: 'nexus.frames',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.frames.close': {
    session: 'nexus.frames',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.duty.open': {
    session: 'nexus.duty',
    params: {
      budgetUs: { type: 'integer', required: true, minimum: 0, maximum: 3600000000 },
      reserveUs: { type: 'integer', required: true, minimum: 0, maximum: 3600000000 },
      windowMs: { type: 'integer', minimum: 1, maximum: 3600000 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.duty.send': {
    session: 'nexus.duty',
    params: {
      session: { type: 'text', required: true },
      airtimeUs: { type: 'integer', required: true, minimum: 1, maximum: 3600000000 },
      acknowledgement: { type: 'boolean' },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.duty.tick': {
    session: 'nexus.duty',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.duty.close': {
    session: 'nexus.duty',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.lora.region': {
    params: {
      region: { type: 'text', required: true },
      frequencyHz: { type: 'integer', required: true },
      bandwidthHz: { type: 'integer', required: true },
    },
    result: {
      lowHz: { type: 'integer' },
      highHz: { type: 'integer' },
      budgetUs: { type: 'integer', optional: true },
      dwellUs: { type: 'integer', optional: true },
    },
  },
  'nexus.lora.limits': {
    params: {
      region: { type: 'text', required: true, enum: ['EU868', 'US915'] },
      payload: { type: 'text', required: true, enum: ['phy', 'lorawan-222', 'lorawan-51'] },
      form: { type: 'integer', required: true, minimum: 1, maximum: 2 },
      spreadingFactor: { type: 'integer', required: true, minimum: 7, maximum: 12 },
      bandwidthHz: { type: 'integer', required: true, minimum: 7800, maximum: 500000 },
      codingRate: { type: 'integer', required: true, minimum: 5, maximum: 8 },
      preambleSymbols: { type: 'integer', required: true, minimum: 1, maximum: 65535 },
    },
    result: {
      frameLength: { type: 'integer' },
      packetLength: { type: 'integer' },
      frameCount: { type: 'integer' },
      assemblyMs: { type: 'integer' },
    },
  },
  'nexus.lora.chunk': {
    params: {
      packet: { type: 'bytes', required: true },
      form: { type: 'integer', required: true, minimum: 1, maximum: 2 },
      frameLength: { type: 'integer', required: true },
    },
    result: {
      frames: { type: 'bytesList' },
    },
  },
  'nexus.packet.encode': {
    params: {
      destinationType: { type: 'text', required: true, enum: ['single', 'group', 'plain', 'link'] },
      packetType: { type: 'text', required: true, enum: ['data', 'announce', 'link-request', 'proof'] },
      hops: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      transport: { type: 'bytes' },
      destination: { type: 'bytes', required: true },
      context: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      data: { type: 'bytes', required: true },
    },
    result: {
      packet: { type: 'bytes' },
    },
  },
  'nexus.packet.decode': {
    params: {
      packet: { type: 'bytes', required: true },
    },
    result: {
      destinationType: { type: 'text' },
      packetType: { type: 'text' },
      hops: { type: 'integer' },
      transport: { type: 'bytes', optional: true },
      destination: { type: 'bytes' },
      context: { type: 'integer' },
      data: { type: 'bytes' },
    },
  },
  'nexus.packet.id': {
    params: {
      packet: { type: 'bytes', required: true },
    },
    result: {
      id: { type: 'bytes' },
    },
  },
  'nexus.packet.hop': {
    params: {
      packet: { type: 'bytes', required: true },
    },
    result: {
      packet: { type: 'bytes' },
    },
  },
  'nexus.duplicates.open': {
    session: 'nexus.duplicates',
    params: {
      entryCount: { type: 'integer', minimum: 1, maximum: 1024 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.duplicates.check': {
    session: 'nexus.duplicates',
    params: {
      session: { type: 'text', required: true },
      packet: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.duplicates.tick': {
    session: 'nexus.duplicates',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.duplicates.close': {
    session: 'nexus.duplicates',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.congestion.encode': {
    params: {
      link: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      severity: { type: 'text', required: true, enum: ['moderate', 'severe', 'saturated'] },
      drainMs: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.congestion.decode': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      link: { type: 'integer' },
      severity: { type: 'text' },
      drainMs: { type: 'integer' },
    },
  },
  'nexus.queue.open': {
    session: 'nexus.queue',
    params: {
      packetCount: { type: 'integer', minimum: 1, maximum: 64 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.queue.enqueue': {
    session: 'nexus.queue',
    params: {
      session: { type: 'text', required: true },
      priority: { type: 'integer', required: true, minimum: 0, maximum: 3 },
      packet: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.queue.link': {
    session: 'nexus.queue',
    params: {
      session: { type: 'text', required: true },
      free: { type: 'boolean', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.queue.take': {
    session: 'nexus.queue',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.queue.abandon': {
    session: 'nexus.queue',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.queue.tick': {
    session: 'nexus.queue',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.queue.close': {
    session: 'nexus.queue',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.access.timing': {
    params: {
      chip: { type: 'text', required: true, enum: ['sx126x', 'sx127x'] },
      spreadingFactor: { type: 'integer', required: true },
      bandwidthHz: { type: 'integer', required: true },
      codingRate: { type: 'integer', required: true },
      preambleSymbols: { type: 'integer', required: true },
      frameLength: { type: 'integer' },
    },
    result: {
      slotMs: { type: 'integer' },
      stepMs: { type: 'integer' },
    },
  },
  'nexus.access.open': {
    session: 'nexus.access',
    params: {
      slotMs: { type: 'integer', required: true, minimum: 1, maximum: 100000 },
      stepMs: { type: 'integer', required: true, minimum: 1, maximum: 100000 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.access.request': {
    session: 'nexus.access',
    params: {
      session: { type: 'text', required: true },
      heard: { type: 'boolean', required: true },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.access.listened': {
    session: 'nexus.access',
    params: {
      session: { type: 'text', required: true },
      busy: { type: 'boolean', required: true },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.access.tick': {
    session: 'nexus.access',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.access.close': {
    session: 'nexus.access',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.announce-share.of': {
    params: {
      budgetUs: { type: 'integer', minimum: 0, maximum: 3600000000 },
    },
    result: {
      shareUs: { type: 'integer' },
    },
  },
  'nexus.announce-share.open': {
    session: 'nexus.announce-share',
    params: {
      budgetUs: { type: 'integer', minimum: 0, maximum: 3600000000 },
      windowMs: { type: 'integer', minimum: 1, maximum: 3600000 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.announce-share.send': {
    session: 'nexus.announce-share',
    params: {
      session: { type: 'text', required: true },
      airtimeUs: { type: 'integer', required: true, minimum: 1, maximum: 3600000000 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.announce-share.close': {
    session: 'nexus.announce-share',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.link.parse': {
    params: {
      request: { type: 'bytes', required: true },
    },
    result: {
      destination: { type: 'bytes' },
      ephemeral: { type: 'bytes' },
      linkId: { type: 'bytes' },
    },
  },
  'nexus.link.request': {
    params: {
      destination: { type: 'bytes', required: true },
      secret: { type: 'bytes', required: true },
    },
    result: {
      packet: { type: 'bytes' },
    },
  },
  'nexus.link.keys': {
    params: {
      role: { type: 'text', required: true, enum: ['initiator', 'responder'] },
      secret: { type: 'bytes', required: true },
      peerKey: { type: 'bytes', required: true },
      previous: { type: 'bytes' },
    },
    result: {
      initiatorKey: { type: 'bytes' },
      responderKey: { type: 'bytes' },
    },
  },
  'nexus.link.prove': {
    params: {
      seed: { type: 'bytes', required: true },
      secret: { type: 'bytes', required: true },
      request: { type: 'bytes', required: true },
      clock: { type: 'u64', required: true },
    },
    result: {
      packet: { type: 'bytes' },
    },
  },
  'nexus.link.verify': {
    params: {
      secret: { type: 'bytes', required: true },
      request: { type: 'bytes', required: true },
      proof: { type: 'bytes', required: true },
    },
    result: {
      publicKey: { type: 'bytes' },
      clock: { type: 'u64' },
      linkId: { type: 'bytes' },
    },
  },
  'nexus.link.identify': {
    params: {
      seed: { type: 'bytes', required: true },
      secret: { type: 'bytes', required: true },
      request: { type: 'bytes', required: true },
      ephemeral: { type: 'bytes', required: true },
      responderKey: { type: 'bytes', required: true },
      responderClock: { type: 'u64', required: true },
      clock: { type: 'u64', required: true },
    },
    result: {
      packet: { type: 'bytes' },
    },
  },
  'nexus.link.recognize': {
    params: {
      seed: { type: 'bytes', required: true },
      secret: { type: 'bytes', required: true },
      request: { type: 'bytes', required: true },
      identification: { type: 'bytes', required: true },
    },
    result: {
      publicKey: { type: 'bytes' },
      clock: { type: 'u64' },
      responderClock: { type: 'u64' },
    },
  },
  'nexus.link.crossed': {
    params: {
      local: { type: 'bytes', required: true },
      remote: { type: 'bytes', required: true },
    },
    result: {
      keep: { type: 'text' },
    },
  },
  'nexus.link.wait': {
    params: {
      leastMs: { type: 'integer', required: true, minimum: 0, maximum: 86400000 },
      airtimeCount: { type: 'integer', required: true, minimum: 0, maximum: 1000 },
      airtimeUs: { type: 'integer', required: true, minimum: 0, maximum: 100000000 },
      exchangeUs: { type: 'integer', required: true, minimum: 0, maximum: 1000000000 },
      dutyPermille: { type: 'integer', minimum: 1, maximum: 1000 },
    },
    result: {
      waitMs: { type: 'integer' },
    },
  },
  'nexus.sealed.seal': {
    params: {
      key: { type: 'bytes', required: true },
      phase: { type: 'integer', required: true, minimum: 0, maximum: 1 },
      count: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      linkId: { type: 'bytes', required: true },
      destination: { type: 'bytes' },
      context: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      hops: { type: 'integer', minimum: 0, maximum: 127 },
      content: { type: 'bytes', required: true },
    },
    result: {
      packet: { type: 'bytes' },
    },
  },
  'nexus.sealed.open': {
    params: {
      key: { type: 'bytes', required: true },
      packet: { type: 'bytes', required: true },
    },
    result: {
      linkId: { type: 'bytes' },
      destination: { type: 'bytes', optional: true },
      context: { type: 'integer' },
      phase: { type: 'integer' },
      count: { type: 'integer' },
      content: { type: 'bytes' },
    },
  },
  'nexus.rekey.decode': {
    params: {
      content: { type: 'bytes', required: true },
    },
    result: {
      kind: { type: 'text' },
      ephemeral: { type: 'bytes' },
    },
  },
  'nexus.fragments.split': {
    params: {
      record: { type: 'bytes', required: true },
      rid: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
    },
    result: {
      contents: { type: 'bytesList' },
    },
  },
  'nexus.fragments.read': {
    params: {
      content: { type: 'bytes', required: true },
    },
    result: {
      rid: { type: 'integer' },
      index: { type: 'integer' },
      last: { type: 'integer' },
      bytes: { type: 'bytes' },
    },
  },
  'nexus.fragments.request': {
    params: {
      rid: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      missing: { type: 'integerList', required: true },
    },
    result: {
      content: { type: 'bytes' },
    },
  },
  'nexus.fragments.requested': {
    params: {
      content: { type: 'bytes', required: true },
    },
    result: {
      rid: { type: 'integer' },
      missing: { type: 'integerList' },
    },
  },
  'nexus.fragments.resend': {
    params: {
      record: { type: 'bytes', required: true },
      rid: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      content: { type: 'bytes', required: true },
    },
    result: {
      contents: { type: 'bytesList' },
    },
  },
  'nexus.link.open': {
    session: 'nexus.link',
    params: {
      role: { type: 'text', required: true, enum: ['initiator', 'responder'] },
      seed: { type: 'bytes', required: true },
      destination: { type: 'bytes' },
      secret: { type: 'bytes' },
      clock: { type: 'u64', required: true },
      airtimeMs: { type: 'integer', minimum: 0, maximum: 100000 },
      extraMs: { type: 'integer', minimum: 0, maximum: 100000000 },
      bitsPerSecond: { type: 'integer', minimum: 0, maximum: 9007199254740991 },
      sealedLength: { type: 'integer', minimum: 0, maximum: 9007199254740991 },
      halfOpenCount: { type: 'integer', minimum: 1, maximum: 8 },
      liveCount: { type: 'integer', minimum: 1, maximum: 65 },
      dutyBudgetUs: { type: 'integer', minimum: 0, maximum: 3600000000 },
      proofUs: { type: 'integer', minimum: 1, maximum: 3600000000 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.link.begin': {
    session: 'nexus.link',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.link.receive': {
    session: 'nexus.link',
    params: {
      session: { type: 'text', required: true },
      packet: { type: 'bytes', required: true },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.link.send': {
    session: 'nexus.link',
    params: {
      session: { type: 'text', required: true },
      linkId: { type: 'bytes', required: true },
      destination: { type: 'bytes' },
      context: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      content: { type: 'bytes', required: true },
      entropy: { type: 'bytes' },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.link.rekey': {
    session: 'nexus.link',
    params: {
      session: { type: 'text', required: true },
      linkId: { type: 'bytes', required: true },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.link.tick': {
    session: 'nexus.link',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.link.close': {
    session: 'nexus.link',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.linkkeys.open': {
    session: 'nexus.linkkeys',
    params: {
      role: { type: 'text', required: true, enum: ['initiator', 'responder'] },
      linkId: { type: 'bytes', required: true },
      keys: { type: 'bytes', required: true },
      local: { type: 'bytes', required: true },
      remote: { type: 'bytes', required: true },
      airtimeMs: { type: 'integer', minimum: 0, maximum: 100000 },
      extraMs: { type: 'integer', minimum: 0, maximum: 100000000 },
      bitsPerSecond: { type: 'integer', minimum: 0, maximum: 9007199254740991 },
      count: { type: 'integer', minimum: 1, maximum: 2147483647 },
      sealedLength: { type: 'integer', minimum: 0, maximum: 9007199254740991 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.linkkeys.seal': {
    session: 'nexus.linkkeys',
    params: {
      session: { type: 'text', required: true },
      destination: { type: 'bytes' },
      context: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      content: { type: 'bytes', required: true },
      entropy: { type: 'bytes' },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.linkkeys.receive': {
    session: 'nexus.linkkeys',
    params: {
      session: { type: 'text', required: true },
      packet: { type: 'bytes', required: true },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.linkkeys.rekey': {
    session: 'nexus.linkkeys',
    params: {
      session: { type: 'text', required: true },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.linkkeys.tick': {
    session: 'nexus.linkkeys',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.linkkeys.close': {
    session: 'nexus.linkkeys',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.idle.open': {
    session: 'nexus.idle',
    params: {
      bitsPerSecond: { type: 'integer', required: true, minimum: 0, maximum: 9007199254740991 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.idle.heard': {
    session: 'nexus.idle',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.idle.lapse': {
    session: 'nexus.idle',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.idle.tick': {
    session: 'nexus.idle',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.idle.close': {
    session: 'nexus.idle',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.assembly.open': {
    session: 'nexus.assembly',
    params: {
      airtimeMs: { type: 'integer', minimum: 0, maximum: 100000 },
      linkCount: { type: 'integer', minimum: 1, maximum: 4 },
      nodeCount: { type: 'integer', minimum: 1, maximum: 16 },
      completedLinkCount: { type: 'integer', minimum: 1, maximum: 64 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.assembly.receive': {
    session: 'nexus.assembly',
    params: {
      session: { type: 'text', required: true },
      link: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      content: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.assembly.forget': {
    session: 'nexus.assembly',
    params: {
      session: { type: 'text', required: true },
      link: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.assembly.tick': {
    session: 'nexus.assembly',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.assembly.close': {
    session: 'nexus.assembly',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.pathcost.encode': {
    params: {
      value: { type: 'u64', required: true },
    },
    result: {
      code: { type: 'integer' },
    },
  },
  'nexus.pathcost.decode': {
    params: {
      code: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
    },
    result: {
      value: { type: 'u64' },
    },
  },
  'nexus.pathcost.add': {
    params: {
      code: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      own: { type: 'u64', required: true },
    },
    result: {
      code: { type: 'integer' },
    },
  },
  'nexus.pathcost.bandwidth': {
    params: {
      bitsPerSecond: { type: 'u64', required: true },
    },
    result: {
      code: { type: 'integer' },
    },
  },
  'nexus.pathcost.relay': {
    params: {
      pathCost: { type: 'bytes', required: true },
      own: { type: 'u64', required: true },
      latencyMs: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      bitsPerSecond: { type: 'u64', required: true },
    },
    result: {
      pathCost: { type: 'bytes' },
    },
  },
  'nexus.pathcost.carries': {
    params: {
      bottleneck: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      bitsPerSecond: { type: 'u64', required: true },
    },
    result: {
      carries: { type: 'boolean' },
    },
  },
  'nexus.announce.write': {
    params: {
      seed: { type: 'bytes', required: true },
      sequence: { type: 'u64', required: true },
      label: { type: 'text' },
      capabilities: { type: 'integer', minimum: 0, maximum: 65535 },
      relays: { type: 'bytesList' },
    },
    result: {
      packet: { type: 'bytes' },
    },
  },
  'nexus.announce.read': {
    params: {
      packet: { type: 'bytes', required: true },
    },
    result: {
      destination: { type: 'bytes' },
      publicKey: { type: 'bytes' },
      sequence: { type: 'u64' },
      cost: { type: 'integer' },
      latency: { type: 'integer' },
      bottleneck: { type: 'integer' },
      hopCount: { type: 'integer' },
      nextHop: { type: 'bytes' },
      label: { type: 'text', optional: true },
      capabilities: { type: 'integer', optional: true },
      relays: { type: 'bytesList', optional: true },
    },
  },
  'nexus.announce.relays': {
    params: {
      data: { type: 'bytes', required: true },
    },
    result: {
      relays: { type: 'bytesList' },
    },
  },
  'nexus.announce.relay': {
    params: {
      packet: { type: 'bytes', required: true },
      id: { type: 'bytes', required: true },
      own: { type: 'u64', required: true },
      latencyMs: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      bitsPerSecond: { type: 'u64', required: true },
    },
    result: {
      packet: { type: 'bytes' },
    },
  },
  'nexus.announce.score': {
    params: {
      pathCost: { type: 'bytes', required: true },
    },
    result: {
      score: { type: 'u64' },
    },
  },
  'nexus.routes.open': {
    session: 'nexus.routes',
    params: {
      bitsPerSecond: { type: 'u64', required: true },
      idCount: { type: 'integer', minimum: 1, maximum: 4096 },
      memoryMs: { type: 'integer', minimum: 1, maximum: 2592000000 },
      heardBefore: { type: 'integer', minimum: 0, maximum: 4096 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.routes.hear': {
    session: 'nexus.routes',
    params: {
      session: { type: 'text', required: true },
      packet: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.routes.find': {
    session: 'nexus.routes',
    params: {
      session: { type: 'text', required: true },
      destination: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.routes.tick': {
    session: 'nexus.routes',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.routes.close': {
    session: 'nexus.routes',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.announcer.open': {
    session: 'nexus.announcer',
    params: {
      bitsPerSecond: { type: 'u64', required: true },
      cost: { type: 'u64', required: true },
      sequence: { type: 'u64', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.announcer.price': {
    session: 'nexus.announcer',
    params: {
      session: { type: 'text', required: true },
      cost: { type: 'u64', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.announcer.tick': {
    session: 'nexus.announcer',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.announcer.close': {
    session: 'nexus.announcer',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.beacon.write': {
    params: {
      id: { type: 'bytes', required: true },
      capabilities: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      costTier: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      load: { type: 'integer', required: true, minimum: 0, maximum: 255 },
    },
    result: {
      packet: { type: 'bytes' },
    },
  },
  'nexus.beacon.read': {
    params: {
      packet: { type: 'bytes', required: true },
    },
    result: {
      id: { type: 'bytes' },
      capabilities: { type: 'integer' },
      costTier: { type: 'integer' },
      load: { type: 'integer' },
    },
  },
  'nexus.beacon.interval': {
    params: {
      airtimeUs: { type: 'integer', required: true, minimum: 0, maximum: 100000000 },
      budgetUs: { type: 'integer', required: true, minimum: 0, maximum: 3600000000 },
    },
    result: {
      intervalMs: { type: 'integer' },
    },
  },
  'nexus.record.encode': {
    params: {
      kind: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      answer: { type: 'boolean', required: true },
      requestId: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      body: { type: 'bytes', required: true },
    },
    result: {
      record: { type: 'bytes' },
    },
  },
  'nexus.record.decode': {
    params: {
      record: { type: 'bytes', required: true },
    },
    result: {
      kind: { type: 'integer' },
      name: { type: 'text' },
      answer: { type: 'boolean' },
      requestId: { type: 'integer' },
      body: { type: 'bytes' },
    },
  },
  'nexus.record.answers': {
    params: {
      kind: { type: 'integer', required: true, minimum: 0, maximum: 255 },
    },
    result: {
      kinds: { type: 'integerList' },
    },
  },
  'nexus.record.prefix': {
    params: {
      record: { type: 'bytes', required: true },
    },
    result: {
      bytes: { type: 'bytes' },
    },
  },
  'nexus.error.write': {
    params: {
      code: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      hash: { type: 'bytes' },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.error.read': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      code: { type: 'integer' },
      name: { type: 'text' },
      hash: { type: 'bytes', optional: true },
    },
  },
  'nexus.records.open': {
    session: 'nexus.records',
    params: {
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.records.receive': {
    session: 'nexus.records',
    params: {
      session: { type: 'text', required: true },
      bytes: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.records.close': {
    session: 'nexus.records',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.requests.open': {
    session: 'nexus.requests',
    params: {
      airtimeMs: { type: 'integer', minimum: 0, maximum: 100000 },
      extraMs: { type: 'integer', minimum: 0, maximum: 100000000 },
      requestCount: { type: 'integer', minimum: 1, maximum: 8 },
      idMax: { type: 'integer', minimum: 9, maximum: 65535 },
      firstId: { type: 'integer', minimum: 1, maximum: 65535 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.requests.request': {
    session: 'nexus.requests',
    params: {
      session: { type: 'text', required: true },
      kind: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      body: { type: 'bytes', required: true },
      parts: { type: 'integer', minimum: 0, maximum: 65535 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.requests.receive': {
    session: 'nexus.requests',
    params: {
      session: { type: 'text', required: true },
      record: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.requests.answer': {
    session: 'nexus.requests',
    params: {
      session: { type: 'text', required: true },
      requestId: { type: 'integer', required: true, minimum: 1, maximum: 65535 },
      kind: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      body: { type: 'bytes', required: true },
      more: { type: 'boolean' },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.requests.heard': {
    session: 'nexus.requests',
    params: {
      session: { type: 'text', required: true },
      requestId: { type: 'integer', required: true, minimum: 1, maximum: 65535 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.requests.tick': {
    session: 'nexus.requests',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.requests.close': {
    session: 'nexus.requests',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.linktable.open': {
    session: 'nexus.linktable',
    params: {
      linkCount: { type: 'integer', minimum: 1, maximum: 64 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.linktable.add': {
    session: 'nexus.linktable',
    params: {
      session: { type: 'text', required: true },
      linkId: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.linktable.remove': {
    session: 'nexus.linktable',
    params: {
      session: { type: 'text', required: true },
      linkId: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.linktable.close': {
    session: 'nexus.linktable',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.object.encode': {
    params: {
      contentType: { type: 'text', required: true, enum: ['immutable', 'mutable', 'ephemeral'] },
      owner: { type: 'bytes' },
      created: { type: 'u64', required: true },
      ttl: { type: 'integer', minimum: 0, maximum: 4294967295 },
      size: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      priority: { type: 'text', required: true, enum: ['critical', 'normal', 'lazy'] },
      minBandwidth: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      merkleRoot: { type: 'bytes', required: true },
      labelHash: { type: 'bytes' },
      sequence: { type: 'u64' },
    },
    result: {
      header: { type: 'bytes' },
    },
  },
  'nexus.object.decode': {
    params: {
      header: { type: 'bytes', required: true },
    },
    result: {
      contentType: { type: 'text' },
      owner: { type: 'bytes', optional: true },
      created: { type: 'u64' },
      ttl: { type: 'integer', optional: true },
      size: { type: 'integer' },
      priority: { type: 'text' },
      minBandwidth: { type: 'integer' },
      merkleRoot: { type: 'bytes' },
      labelHash: { type: 'bytes', optional: true },
      sequence: { type: 'u64', optional: true },
    },
  },
  'nexus.object.front': {
    params: {
      bytes: { type: 'bytes', required: true },
    },
    result: {
      contentType: { type: 'text' },
      owner: { type: 'bytes', optional: true },
      created: { type: 'u64' },
      ttl: { type: 'integer', optional: true },
      size: { type: 'integer' },
      priority: { type: 'text' },
      minBandwidth: { type: 'integer' },
      merkleRoot: { type: 'bytes' },
      labelHash: { type: 'bytes', optional: true },
      sequence: { type: 'u64', optional: true },
      length: { type: 'integer' },
    },
  },
  'nexus.object.hash': {
    params: {
      header: { type: 'bytes', required: true },
    },
    result: {
      hash: { type: 'bytes' },
    },
  },
  'nexus.object.label': {
    params: {
      label: { type: 'text', required: true },
    },
    result: {
      labelHash: { type: 'bytes' },
    },
  },
  'nexus.object.key': {
    params: {
      owner: { type: 'bytes', required: true },
      labelHash: { type: 'bytes', required: true },
    },
    result: {
      key: { type: 'bytes' },
    },
  },
  'nexus.object.sign': {
    params: {
      seed: { type: 'bytes', required: true },
      header: { type: 'bytes', required: true },
    },
    result: {
      signature: { type: 'bytes' },
    },
  },
  'nexus.object.write': {
    params: {
      age: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      header: { type: 'bytes', required: true },
      publicKey: { type: 'bytes' },
      signature: { type: 'bytes' },
      payload: { type: 'text', required: true, enum: ['inline', 'chunked', 'withheld'] },
      content: { type: 'bytes' },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.object.read': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      age: { type: 'integer' },
      header: { type: 'bytes' },
      hash: { type: 'bytes' },
      publicKey: { type: 'bytes', optional: true },
      signature: { type: 'bytes', optional: true },
      payload: { type: 'text' },
      content: { type: 'bytes', optional: true },
    },
  },
  'nexus.merkle.leaf': {
    params: {
      chunk: { type: 'bytes', required: true },
    },
    result: {
      leaf: { type: 'bytes' },
    },
  },
  'nexus.merkle.node': {
    params: {
      left: { type: 'bytes', required: true },
      right: { type: 'bytes', required: true },
    },
    result: {
      node: { type: 'bytes' },
    },
  },
  'nexus.merkle.root': {
    params: {
      content: { type: 'bytes', required: true },
    },
    result: {
      root: { type: 'bytes' },
      leaves: { type: 'bytesList' },
    },
  },
  'nexus.merkle.path': {
    params: {
      content: { type: 'bytes', required: true },
      index: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
    },
    result: {
      path: { type: 'bytesList' },
      chunk: { type: 'bytes' },
    },
  },
  'nexus.merkle.verify': {
    params: {
      merkleRoot: { type: 'bytes', required: true },
      size: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      index: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      path: { type: 'bytesList', required: true },
      chunk: { type: 'bytes', required: true },
    },
    result: {
      verified: { type: 'boolean' },
    },
  },
  'nexus.get.read': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      hash: { type: 'bytes' },
    },
  },
  'nexus.chunks.request': {
    params: {
      hash: { type: 'bytes', required: true },
      indices: { type: 'integerList', required: true },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.chunks.requested': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      hash: { type: 'bytes' },
      indices: { type: 'integerList' },
    },
  },
  'nexus.chunks.write': {
    params: {
      hash: { type: 'bytes', required: true },
      index: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      path: { type: 'bytesList', required: true },
      chunk: { type: 'bytes', required: true },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.chunks.read': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      hash: { type: 'bytes' },
      index: { type: 'integer' },
      path: { type: 'bytesList' },
      chunk: { type: 'bytes' },
    },
  },
  'nexus.object.travels': {
    params: {
      bottleneck: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      minBandwidth: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
    },
    result: {
      content: { type: 'boolean' },
    },
  },
  'nexus.object.hint': {
    params: {
      bitsPerSecond: { type: 'u64', required: true },
    },
    result: {
      delivery: { type: 'text' },
    },
  },
  'nexus.transfer.open': {
    session: 'nexus.transfer',
    params: {
      airtimeMs: { type: 'integer', minimum: 0, maximum: 100000 },
      objectAirtimeMs: { type: 'integer', minimum: 0, maximum: 1000000000 },
      requestedCount: { type: 'integer', minimum: 1, maximum: 64 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.transfer.begin': {
    session: 'nexus.transfer',
    params: {
      session: { type: 'text', required: true },
      header: { type: 'bytes', required: true },
      have: { type: 'integerList' },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.transfer.receive': {
    session: 'nexus.transfer',
    params: {
      session: { type: 'text', required: true },
      body: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.transfer.error': {
    session: 'nexus.transfer',
    params: {
      session: { type: 'text', required: true },
      code: { type: 'integer', required: true, minimum: 1, maximum: 10 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.transfer.tick': {
    session: 'nexus.transfer',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.transfer.close': {
    session: 'nexus.transfer',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.mutables.open': {
    session: 'nexus.mutables',
    params: {
      keyCount: { type: 'integer', minimum: 1, maximum: 4096 },
      ownerCount: { type: 'integer', minimum: 1, maximum: 4096 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.mutables.receive': {
    session: 'nexus.mutables',
    params: {
      session: { type: 'text', required: true },
      body: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.mutables.resolve': {
    session: 'nexus.mutables',
    params: {
      session: { type: 'text', required: true },
      owner: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.mutables.tick': {
    session: 'nexus.mutables',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.mutables.close': {
    session: 'nexus.mutables',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.group.id': {
    params: {
      admin: { type: 'bytes', required: true },
      nonce: { type: 'bytes', required: true },
    },
    result: {
      groupId: { type: 'bytes' },
    },
  },
  'nexus.group.state.sign': {
    params: {
      seed: { type: 'bytes', required: true },
      nonce: { type: 'bytes', required: true },
      epoch: { type: 'u64', required: true },
      members: { type: 'bytesList', required: true },
      entropy: { type: 'bytes', required: true },
    },
    result: {
      state: { type: 'bytes' },
    },
  },
  'nexus.group.state.read': {
    params: {
      state: { type: 'bytes', required: true },
    },
    result: {
      groupId: { type: 'bytes' },
      epoch: { type: 'u64' },
      admin: { type: 'bytes' },
      nonce: { type: 'bytes' },
      members: { type: 'bytesList' },
      keyCheck: { type: 'bytes' },
    },
  },
  'nexus.group.state.open': {
    params: {
      seed: { type: 'bytes', required: true },
      state: { type: 'bytes', required: true },
    },
    result: {
      groupKey: { type: 'bytes' },
    },
  },
  'nexus.group.message.seal': {
    params: {
      seed: { type: 'bytes', required: true },
      groupId: { type: 'bytes', required: true },
      epoch: { type: 'u64', required: true },
      groupKey: { type: 'bytes', required: true },
      kind: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      created: { type: 'u64', required: true },
      messageId: { type: 'bytes', required: true },
      body: { type: 'bytes', required: true },
      entropy: { type: 'bytes', required: true },
    },
    result: {
      message: { type: 'bytes' },
    },
  },
  'nexus.group.message.read': {
    params: {
      message: { type: 'bytes', required: true },
    },
    result: {
      groupId: { type: 'bytes' },
      epoch: { type: 'u64' },
      sender: { type: 'bytes' },
      salt: { type: 'bytes' },
    },
  },
  'nexus.group.message.open': {
    params: {
      message: { type: 'bytes', required: true },
      state: { type: 'bytes', required: true },
      groupKey: { type: 'bytes', required: true },
    },
    result: {
      publicKey: { type: 'bytes' },
      kind: { type: 'integer' },
      created: { type: 'u64' },
      messageId: { type: 'bytes' },
      body: { type: 'bytes' },
    },
  },
  'nexus.group.contract': {
    params: {
      before: { type: 'bytes' },
      state: { type: 'bytes', required: true },
    },
    result: {
      after: { type: 'bytes' },
    },
  },
  'nexus.group.admin.open': {
    session: 'nexus.group.admin',
    params: {
      seed: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.group.admin.create': {
    session: 'nexus.group.admin',
    params: {
      session: { type: 'text', required: true },
      nonce: { type: 'bytes', required: true },
      members: { type: 'bytesList', required: true },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.group.admin.change': {
    session: 'nexus.group.admin',
    params: {
      session: { type: 'text', required: true },
      groupId: { type: 'bytes', required: true },
      add: { type: 'bytesList', required: true },
      remove: { type: 'bytesList', required: true },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.group.admin.kept': {
    session: 'nexus.group.admin',
    params: {
      session: { type: 'text', required: true },
      groupId: { type: 'bytes', required: true },
      epoch: { type: 'u64', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.group.admin.restart': {
    session: 'nexus.group.admin',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.group.admin.close': {
    session: 'nexus.group.admin',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.group.member.open': {
    session: 'nexus.group.member',
    params: {
      seed: { type: 'bytes', required: true },
      heldCount: { type: 'integer', minimum: 1, maximum: 64 },
      invitationCount: { type: 'integer', minimum: 1, maximum: 64 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.group.member.state': {
    session: 'nexus.group.member',
    params: {
      session: { type: 'text', required: true },
      hash: { type: 'bytes', required: true },
      age: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      payload: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.group.member.message': {
    session: 'nexus.group.member',
    params: {
      session: { type: 'text', required: true },
      hash: { type: 'bytes', required: true },
      age: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      payload: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.group.member.accept': {
    session: 'nexus.group.member',
    params: {
      session: { type: 'text', required: true },
      groupId: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.group.member.decline': {
    session: 'nexus.group.member',
    params: {
      session: { type: 'text', required: true },
      groupId: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.group.member.send': {
    session: 'nexus.group.member',
    params: {
      session: { type: 'text', required: true },
      groupId: { type: 'bytes', required: true },
      kind: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      created: { type: 'u64', required: true },
      messageId: { type: 'bytes', required: true },
      body: { type: 'bytes', required: true },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.group.member.restart': {
    session: 'nexus.group.member',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.group.member.close': {
    session: 'nexus.group.member',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.challenge.write': {
    params: {
      hash: { type: 'bytes', required: true },
      index: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      nonce: { type: 'bytes', required: true },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.challenge.read': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      hash: { type: 'bytes' },
      index: { type: 'integer' },
      nonce: { type: 'bytes' },
    },
  },
  'nexus.proof.write': {
    params: {
      challenge: { type: 'bytes', required: true },
      path: { type: 'bytesList', required: true },
      chunk: { type: 'bytes', required: true },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.proof.answer': {
    params: {
      challenge: { type: 'bytes', required: true },
      content: { type: 'bytes', required: true },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.proof.read': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      challenge: { type: 'bytes' },
      path: { type: 'bytesList' },
      chunk: { type: 'bytes' },
    },
  },
  'nexus.proof.verify': {
    params: {
      challenge: { type: 'bytes', required: true },
      body: { type: 'bytes', required: true },
      merkleRoot: { type: 'bytes', required: true },
      size: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
    },
    result: {
      verified: { type: 'boolean' },
    },
  },
  'nexus.ticket.digest': {
    params: {
      hash: { type: 'bytes', required: true },
      nonce: { type: 'bytes', required: true },
      chunk: { type: 'bytes', required: true },
    },
    result: {
      digest: { type: 'bytes' },
    },
  },
  'nexus.ticket.make': {
    params: {
      hash: { type: 'bytes', required: true },
      index: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      nonce: { type: 'bytes', required: true },
      chunk: { type: 'bytes', required: true },
    },
    result: {
      ticket: { type: 'bytes' },
    },
  },
  'nexus.ticket.read': {
    params: {
      ticket: { type: 'bytes', required: true },
    },
    result: {
      index: { type: 'integer' },
      nonce: { type: 'bytes' },
      digest: { type: 'bytes' },
    },
  },
  'nexus.ticket.answer': {
    params: {
      challenge: { type: 'bytes', required: true },
      chunk: { type: 'bytes', required: true },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.ticket.verify': {
    params: {
      hash: { type: 'bytes', required: true },
      ticket: { type: 'bytes', required: true },
      body: { type: 'bytes', required: true },
    },
    result: {
      verified: { type: 'boolean' },
    },
  },
  'nexus.agreement.interval': {
    params: {
      priority: { type: 'text', required: true, enum: ['critical', 'normal', 'lazy'] },
      bitsPerSecond: { type: 'u64', required: true },
    },
    result: {
      interval: { type: 'integer' },
    },
  },
  'nexus.agreement.terms': {
    params: {
      hash: { type: 'bytes', required: true },
      size: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      provider: { type: 'bytes', required: true },
      consumer: { type: 'bytes', required: true },
      channelId: { type: 'bytes', required: true },
      costPerEpoch: { type: 'u64', required: true },
      duration: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      interval: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
    },
    result: {
      terms: { type: 'bytes' },
    },
  },
  'nexus.agreement.sign': {
    params: {
      seed: { type: 'bytes', required: true },
      terms: { type: 'bytes', required: true },
    },
    result: {
      signature: { type: 'bytes' },
    },
  },
  'nexus.agreement.write': {
    params: {
      terms: { type: 'bytes', required: true },
      providerSignature: { type: 'bytes' },
      consumerSignature: { type: 'bytes', required: true },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.agreement.read': {
    params: {
      body: { type: 'bytes', required: true },
      providerKey: { type: 'bytes', required: true },
      consumerKey: { type: 'bytes', required: true },
    },
    result: {
      hash: { type: 'bytes' },
      size: { type: 'integer' },
      provider: { type: 'bytes' },
      consumer: { type: 'bytes' },
      channelId: { type: 'bytes' },
      costPerEpoch: { type: 'u64' },
      duration: { type: 'integer' },
      interval: { type: 'integer' },
      whole: { type: 'boolean' },
    },
  },
  'nexus.agreement.conclude': {
    params: {
      proposal: { type: 'bytes', required: true },
      answer: { type: 'bytes', required: true },
      providerKey: { type: 'bytes', required: true },
      consumerKey: { type: 'bytes', required: true },
    },
    result: {
      concluded: { type: 'boolean' },
    },
  },
  'nexus.audit.open': {
    session: 'nexus.audit',
    params: {
      interval: { type: 'integer', required: true, minimum: 1, maximum: 40320 },
      bitsPerSecond: { type: 'u64', required: true },
      airtimeMs: { type: 'integer', minimum: 0, maximum: 100000 },
      extraMs: { type: 'integer', minimum: 0, maximum: 100000000 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.audit.begin': {
    session: 'nexus.audit',
    params: {
      session: { type: 'text', required: true },
      header: { type: 'bytes', required: true },
      tickets: { type: 'bytesList' },
      entropy: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.audit.challenge': {
    session: 'nexus.audit',
    params: {
      session: { type: 'text', required: true },
      entropy: { type: 'bytes' },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.audit.receive': {
    session: 'nexus.audit',
    params: {
      session: { type: 'text', required: true },
      body: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.audit.error': {
    session: 'nexus.audit',
    params: {
      session: { type: 'text', required: true },
      code: { type: 'integer', required: true, minimum: 1, maximum: 10 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.audit.heard': {
    session: 'nexus.audit',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.audit.tick': {
    session: 'nexus.audit',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.audit.close': {
    session: 'nexus.audit',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.provider.open': {
    session: 'nexus.provider',
    params: {
      publicKey: { type: 'bytes', required: true },
      bitsPerSecond: { type: 'u64', required: true },
      agreementCount: { type: 'integer', minimum: 1, maximum: 4096 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.provider.agree': {
    session: 'nexus.provider',
    params: {
      session: { type: 'text', required: true },
      agreement: { type: 'bytes', required: true },
      consumerKey: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.provider.challenge': {
    session: 'nexus.provider',
    params: {
      session: { type: 'text', required: true },
      consumer: { type: 'bytes', required: true },
      body: { type: 'bytes', required: true },
      ticket: { type: 'boolean', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.provider.tick': {
    session: 'nexus.provider',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.provider.close': {
    session: 'nexus.provider',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.put.list': {
    params: {
      recipients: { type: 'bytesList', required: true },
    },
    result: {
      list: { type: 'bytes' },
    },
  },
  'nexus.put.write': {
    params: {
      recipients: { type: 'bytesList' },
      list: { type: 'bytes' },
      custody: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      object: { type: 'bytes', required: true },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.put.read': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      recipients: { type: 'bytesList', optional: true },
      list: { type: 'bytes', optional: true },
      custody: { type: 'integer' },
      object: { type: 'bytes' },
      hash: { type: 'bytes' },
    },
  },
  'nexus.put.grant': {
    params: {
      seed: { type: 'bytes', required: true },
      hash: { type: 'bytes', required: true },
      granted: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      list: { type: 'bytes', required: true },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.put.granted': {
    params: {
      body: { type: 'bytes', required: true },
      publicKey: { type: 'bytes', required: true },
      list: { type: 'bytes', required: true },
    },
    result: {
      hash: { type: 'bytes' },
      granted: { type: 'integer' },
    },
  },
  'nexus.pending.write': {
    params: {
      cursor: { type: 'u64', required: true },
      max: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.pending.read': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      cursor: { type: 'u64' },
      max: { type: 'integer' },
    },
  },
  'nexus.pending.list': {
    params: {
      cursor: { type: 'u64', required: true },
      total: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      entries: {
        type: 'objectList',
        required: true,
        members: {
          hash: { type: 'bytes', required: true },
          size: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
          age: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
          priority: { type: 'text', required: true, enum: ['critical', 'normal', 'lazy'] },
        },
      },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.pending.listed': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      cursor: { type: 'u64' },
      total: { type: 'integer' },
      entries: { type: 'objectList' },
    },
  },
  'nexus.receipt.sign': {
    params: {
      seed: { type: 'bytes', required: true },
      hash: { type: 'bytes', required: true },
      status: { type: 'text', required: true, enum: ['delivered', 'refused'] },
      device: { type: 'bytes' },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.receipt.read': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      hash: { type: 'bytes' },
      publicKey: { type: 'bytes' },
      recipient: { type: 'bytes' },
      status: { type: 'text' },
      device: { type: 'bytes', optional: true },
    },
  },
  'nexus.receipt.confirmed': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      hash: { type: 'bytes' },
    },
  },
  'nexus.subscribe.write': {
    params: {
      id: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      topic: { type: 'text', required: true, enum: ['key', 'node'] },
      watched: { type: 'bytes', required: true },
      delivery: { type: 'text', required: true, enum: ['push', 'digest', 'hint'] },
      lifetime: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.subscribe.read': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      id: { type: 'integer' },
      topic: { type: 'text' },
      watched: { type: 'bytes' },
      delivery: { type: 'text' },
      lifetime: { type: 'integer' },
    },
  },
  'nexus.subscribe.grant': {
    params: {
      id: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      granted: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.subscribe.granted': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      id: { type: 'integer' },
      granted: { type: 'integer' },
    },
  },
  'nexus.subscribe.end': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      id: { type: 'integer' },
    },
  },
  'nexus.notify.write': {
    params: {
      id: { type: 'integer', required: true, minimum: 0, maximum: 65535 },
      delivery: { type: 'text', required: true, enum: ['push', 'digest', 'hint'] },
      object: { type: 'bytes' },
      entries: {
        type: 'objectList',
        members: {
          hash: { type: 'bytes', required: true },
          size: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
          age: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
        },
      },
      hash: { type: 'bytes' },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.notify.read': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      id: { type: 'integer' },
      delivery: { type: 'text' },
      object: { type: 'bytes', optional: true },
      entries: { type: 'objectList', optional: true },
      hash: { type: 'bytes', optional: true },
    },
  },
  'nexus.mailbox.write': {
    params: {
      relays: {
        type: 'objectList',
        required: true,
        members: {
          id: { type: 'bytes', required: true },
          preference: { type: 'integer', required: true, minimum: 0, maximum: 255 },
          custody: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
        },
      },
      devices: { type: 'bytesList' },
    },
    result: {
      content: { type: 'bytes' },
    },
  },
  'nexus.mailbox.read': {
    params: {
      content: { type: 'bytes', required: true },
    },
    result: {
      relays: { type: 'objectList' },
      devices: { type: 'bytesList', optional: true },
    },
  },
  'nexus.advisory.sign': {
    params: {
      oldSeed: { type: 'bytes', required: true },
      newSeed: { type: 'bytes' },
      newKey: { type: 'bytes' },
      sequence: { type: 'u64', required: true },
      timestamp: { type: 'u64', required: true },
      evidence: { type: 'text', required: true, enum: ['both', 'old'] },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.advisory.read': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      oldKey: { type: 'bytes' },
      newKey: { type: 'bytes', optional: true },
      sequence: { type: 'u64' },
      timestamp: { type: 'u64' },
      evidence: { type: 'text' },
    },
  },
  'nexus.fork.write': {
    params: {
      first: { type: 'bytes', required: true },
      second: { type: 'bytes', required: true },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.fork.read': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      first: { type: 'bytes' },
      second: { type: 'bytes' },
      owner: { type: 'bytes' },
    },
  },
  'nexus.relay.open': {
    session: 'nexus.relay',
    params: {
      seed: { type: 'bytes', required: true },
      quotaBytes: { type: 'integer', minimum: 1, maximum: 1048576 },
      quotaCount: { type: 'integer', minimum: 1, maximum: 256 },
      neighbourBytes: { type: 'integer', minimum: 1, maximum: 16777216 },
      custodyMax: { type: 'integer', minimum: 1, maximum: 2592000 },
      receiptCount: { type: 'integer', minimum: 1, maximum: 4096 },
      listCount: { type: 'integer', minimum: 1, maximum: 16 },
      listTime: { type: 'integer', minimum: 1, maximum: 2592000 },
      capacityBytes: { type: 'integer', minimum: 1, maximum: 1073741824 },
      waitingCount: { type: 'integer', minimum: 1, maximum: 8 },
      unfinishedTime: { type: 'integer', minimum: 1, maximum: 3600 },
      subscriptionCount: { type: 'integer', minimum: 1, maximum: 64 },
      subscriptionMax: { type: 'integer', minimum: 1, maximum: 86400 },
      digestCount: { type: 'integer', minimum: 1, maximum: 256 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.relay.up': {
    session: 'nexus.relay',
    params: {
      session: { type: 'text', required: true },
      id: { type: 'bytes', required: true },
      trusted: { type: 'boolean', required: true },
      bitsPerSecond: { type: 'u64', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.relay.down': {
    session: 'nexus.relay',
    params: {
      session: { type: 'text', required: true },
      id: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.relay.request': {
    session: 'nexus.relay',
    params: {
      session: { type: 'text', required: true },
      from: { type: 'bytes', required: true },
      kind: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      requestId: { type: 'integer', required: true, minimum: 1, maximum: 65535 },
      body: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.relay.confirmed': {
    session: 'nexus.relay',
    params: {
      session: { type: 'text', required: true },
      from: { type: 'bytes', required: true },
      body: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.relay.chunk': {
    session: 'nexus.relay',
    params: {
      session: { type: 'text', required: true },
      from: { type: 'bytes', required: true },
      body: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.relay.failure': {
    session: 'nexus.relay',
    params: {
      session: { type: 'text', required: true },
      from: { type: 'bytes', required: true },
      hash: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.relay.restart': {
    session: 'nexus.relay',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.relay.tick': {
    session: 'nexus.relay',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.relay.close': {
    session: 'nexus.relay',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.recipient.open': {
    session: 'nexus.recipient',
    params: {
      seed: { type: 'bytes', required: true },
      device: { type: 'bytes' },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.recipient.list': {
    session: 'nexus.recipient',
    params: {
      session: { type: 'text', required: true },
      from: { type: 'bytes', required: true },
      body: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.recipient.notify': {
    session: 'nexus.recipient',
    params: {
      session: { type: 'text', required: true },
      from: { type: 'bytes', required: true },
      body: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.recipient.object': {
    session: 'nexus.recipient',
    params: {
      session: { type: 'text', required: true },
      from: { type: 'bytes', required: true },
      body: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.recipient.restart': {
    session: 'nexus.recipient',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.recipient.close': {
    session: 'nexus.recipient',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.depositor.open': {
    session: 'nexus.depositor',
    params: {
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.depositor.deposit': {
    session: 'nexus.depositor',
    params: {
      session: { type: 'text', required: true },
      object: { type: 'bytes', required: true },
      recipients: { type: 'bytesList', required: true },
      custody: { type: 'integer', required: true, minimum: 1, maximum: 2592000 },
      relays: {
        type: 'objectList',
        required: true,
        members: {
          id: { type: 'bytes', required: true },
          publicKey: { type: 'bytes', required: true },
        },
      },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.depositor.granted': {
    session: 'nexus.depositor',
    params: {
      session: { type: 'text', required: true },
      from: { type: 'bytes', required: true },
      body: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.depositor.failure': {
    session: 'nexus.depositor',
    params: {
      session: { type: 'text', required: true },
      from: { type: 'bytes', required: true },
      hash: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.depositor.receipt': {
    session: 'nexus.depositor',
    params: {
      session: { type: 'text', required: true },
      from: { type: 'bytes', required: true },
      requestId: { type: 'integer', required: true, minimum: 1, maximum: 65535 },
      body: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.depositor.restart': {
    session: 'nexus.depositor',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.depositor.close': {
    session: 'nexus.depositor',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
  'nexus.vrf.prove': {
    params: {
      seed: { type: 'bytes', required: true },
      alpha: { type: 'bytes', required: true },
    },
    result: {
      proof: { type: 'bytes' },
      beta: { type: 'bytes' },
    },
  },
  'nexus.vrf.verify': {
    params: {
      publicKey: { type: 'bytes', required: true },
      alpha: { type: 'bytes', required: true },
      proof: { type: 'bytes', required: true },
    },
    result: {
      beta: { type: 'bytes' },
    },
  },
  'nexus.lottery.threshold': {
    params: {
      difficulty: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
    },
    result: {
      threshold: { type: 'u64' },
    },
  },
  'nexus.lottery.wins': {
    params: {
      beta: { type: 'bytes', required: true },
      difficulty: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
    },
    result: {
      wins: { type: 'boolean' },
    },
  },
  'nexus.lottery.reward': {
    params: {
      price: { type: 'u64', required: true },
      difficulty: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
    },
    result: {
      reward: { type: 'u64' },
    },
  },
  'nexus.lottery.difficulty': {
    params: {
      packets: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
    },
    result: {
      difficulty: { type: 'integer' },
    },
  },
  'nexus.lottery.bound': {
    params: {
      expected: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
    },
    result: {
      claims: { type: 'u64' },
    },
  },
  'nexus.channel.id': {
    params: {
      partyA: { type: 'bytes', required: true },
      partyB: { type: 'bytes', required: true },
      nonce: { type: 'bytes', required: true },
    },
    result: {
      channelId: { type: 'bytes' },
    },
  },
  'nexus.channel.sign': {
    params: {
      seed: { type: 'bytes', required: true },
      state: { type: 'bytes', required: true },
    },
    result: {
      signature: { type: 'bytes' },
    },
  },
  'nexus.channel.write': {
    params: {
      channelId: { type: 'bytes', required: true },
      partyA: { type: 'bytes', required: true },
      partyB: { type: 'bytes', required: true },
      balanceA: { type: 'u64', required: true },
      balanceB: { type: 'u64', required: true },
      sequence: { type: 'u64', required: true },
      signatureA: { type: 'bytes' },
      signatureB: { type: 'bytes' },
    },
    result: {
      state: { type: 'bytes' },
    },
  },
  'nexus.channel.read': {
    params: {
      state: { type: 'bytes', required: true },
      keyA: { type: 'bytes', required: true },
      keyB: { type: 'bytes', required: true },
    },
    result: {
      channelId: { type: 'bytes' },
      partyA: { type: 'bytes' },
      partyB: { type: 'bytes' },
      balanceA: { type: 'u64' },
      balanceB: { type: 'u64' },
      sequence: { type: 'u64' },
      byA: { type: 'boolean' },
      byB: { type: 'boolean' },
    },
  },
  'nexus.channel.opening': {
    params: {
      nonce: { type: 'bytes', required: true },
      keyA: { type: 'bytes', required: true },
      keyB: { type: 'bytes', required: true },
      state: { type: 'bytes', required: true },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.channel.opened': {
    params: {
      body: { type: 'bytes', required: true },
    },
    result: {
      channelId: { type: 'bytes' },
      partyA: { type: 'bytes' },
      partyB: { type: 'bytes' },
      balanceA: { type: 'u64' },
      balanceB: { type: 'u64' },
      sequence: { type: 'u64' },
      byA: { type: 'boolean' },
      byB: { type: 'boolean' },
      keyA: { type: 'bytes' },
      keyB: { type: 'bytes' },
    },
  },
  'nexus.channel.follows': {
    params: {
      before: { type: 'bytes', required: true },
      after: { type: 'bytes', required: true },
      proposer: { type: 'text', required: true, enum: ['a', 'b'] },
    },
    result: {
      follows: { type: 'boolean' },
    },
  },
  'nexus.channel.proposed': {
    params: {
      state: { type: 'bytes', required: true },
      keyA: { type: 'bytes', required: true },
      keyB: { type: 'bytes', required: true },
    },
    result: {
      channelId: { type: 'bytes' },
      partyA: { type: 'bytes' },
      partyB: { type: 'bytes' },
      balanceA: { type: 'u64' },
      balanceB: { type: 'u64' },
      sequence: { type: 'u64' },
      byA: { type: 'boolean' },
      byB: { type: 'boolean' },
      proposer: { type: 'text' },
    },
  },
  'nexus.channel.agreed': {
    params: {
      state: { type: 'bytes', required: true },
      keyA: { type: 'bytes', required: true },
      keyB: { type: 'bytes', required: true },
    },
    result: {
      channelId: { type: 'bytes' },
      partyA: { type: 'bytes' },
      partyB: { type: 'bytes' },
      balanceA: { type: 'u64' },
      balanceB: { type: 'u64' },
      sequence: { type: 'u64' },
      byA: { type: 'boolean' },
      byB: { type: 'boolean' },
    },
  },
  'nexus.update.write': {
    params: {
      cause: { type: 'text', required: true, enum: ['claim', 'storage', 'close'] },
      reference: { type: 'bytes', required: true },
      state: { type: 'bytes', required: true },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.update.read': {
    params: {
      body: { type: 'bytes', required: true },
      keyA: { type: 'bytes', required: true },
      keyB: { type: 'bytes', required: true },
    },
    result: {
      cause: { type: 'text' },
      reference: { type: 'bytes' },
      state: { type: 'bytes' },
      proposer: { type: 'text' },
    },
  },
  'nexus.update.follows': {
    params: {
      before: { type: 'bytes', required: true },
      after: { type: 'bytes', required: true },
      cause: { type: 'text', required: true, enum: ['claim', 'storage', 'close'] },
    },
    result: {
      paid: { type: 'u64' },
    },
  },
  'nexus.terms.write': {
    params: {
      channelId: { type: 'bytes', required: true },
      from: { type: 'u64', required: true },
      price: { type: 'u64', required: true },
      difficulty: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      custodyPrice: { type: 'u64', required: true },
      signatureA: { type: 'bytes' },
      signatureB: { type: 'bytes' },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.terms.sign': {
    params: {
      seed: { type: 'bytes', required: true },
      body: { type: 'bytes', required: true },
    },
    result: {
      signature: { type: 'bytes' },
    },
  },
  'nexus.terms.read': {
    params: {
      body: { type: 'bytes', required: true },
      keyA: { type: 'bytes', required: true },
      keyB: { type: 'bytes', required: true },
    },
    result: {
      channelId: { type: 'bytes' },
      from: { type: 'u64' },
      price: { type: 'u64' },
      difficulty: { type: 'integer' },
      custodyPrice: { type: 'u64' },
      byA: { type: 'boolean' },
      byB: { type: 'boolean' },
    },
  },
  'nexus.terms.rule': {
    params: {
      bodies: { type: 'bytesList', required: true },
      sequence: { type: 'u64', required: true },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.custody.price': {
    params: {
      price: { type: 'u64', required: true },
      size: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      custody: { type: 'integer', required: true, minimum: 1, maximum: 2592000 },
    },
    result: {
      cost: { type: 'u64' },
    },
  },
  'nexus.custody.granted': {
    params: {
      price: { type: 'u64', required: true },
      size: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      paid: { type: 'u64', required: true },
    },
    result: {
      custody: { type: 'integer' },
    },
  },
  'nexus.claim.write': {
    params: {
      packetId: { type: 'bytes', required: true },
      proof: { type: 'bytes', required: true },
      state: { type: 'bytes', required: true },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.claim.read': {
    params: {
      body: { type: 'bytes', required: true },
      keyA: { type: 'bytes', required: true },
      keyB: { type: 'bytes', required: true },
      difficulty: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
    },
    result: {
      packetId: { type: 'bytes' },
      state: { type: 'bytes' },
      claimant: { type: 'text' },
    },
  },
  'nexus.settle.amount': {
    params: {
      first: { type: 'bytes', required: true },
      last: { type: 'bytes', required: true },
    },
    result: {
      payer: { type: 'text' },
      amount: { type: 'u64' },
    },
  },
  'nexus.settle.write': {
    params: {
      channelId: { type: 'bytes', required: true },
      partyA: { type: 'bytes', required: true },
      partyB: { type: 'bytes', required: true },
      payer: { type: 'text', required: true, enum: ['a', 'b'] },
      amount: { type: 'u64', required: true },
      sequence: { type: 'u64', required: true },
      signatureA: { type: 'bytes' },
      signatureB: { type: 'bytes' },
    },
    result: {
      body: { type: 'bytes' },
    },
  },
  'nexus.settle.sign': {
    params: {
      seed: { type: 'bytes', required: true },
      body: { type: 'bytes', required: true },
    },
    result: {
      signature: { type: 'bytes' },
    },
  },
  'nexus.settle.read': {
    params: {
      body: { type: 'bytes', required: true },
      keyA: { type: 'bytes', required: true },
      keyB: { type: 'bytes', required: true },
    },
    result: {
      channelId: { type: 'bytes' },
      partyA: { type: 'bytes' },
      partyB: { type: 'bytes' },
      payer: { type: 'text' },
      amount: { type: 'u64' },
      sequence: { type: 'u64' },
      byA: { type: 'boolean' },
      byB: { type: 'boolean' },
    },
  },
  'nexus.payment.open': {
    session: 'nexus.payment',
    params: {
      seed: { type: 'bytes', required: true },
      peerKey: { type: 'bytes', required: true },
      deposit: { type: 'u64' },
      packetCount: { type: 'integer', minimum: 1, maximum: 4096 },
      termsCount: { type: 'integer', minimum: 1, maximum: 16 },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.payment.begin': {
    session: 'nexus.payment',
    params: {
      session: { type: 'text', required: true },
      nonce: { type: 'bytes', required: true },
      own: { type: 'u64', required: true },
      other: { type: 'u64', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.payment.pay': {
    session: 'nexus.payment',
    params: {
      session: { type: 'text', required: true },
      object: { type: 'bytes', required: true },
      amount: { type: 'u64', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.payment.end': {
    session: 'nexus.payment',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.payment.terms': {
    session: 'nexus.payment',
    params: {
      session: { type: 'text', required: true },
      body: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.payment.offer': {
    session: 'nexus.payment',
    params: {
      session: { type: 'text', required: true },
      from: { type: 'u64', required: true },
      price: { type: 'u64', required: true },
      difficulty: { type: 'integer', required: true, minimum: 0, maximum: 4294967295 },
      custodyPrice: { type: 'u64', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.payment.consent': {
    session: 'nexus.payment',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.payment.decline': {
    session: 'nexus.payment',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.payment.hand': {
    session: 'nexus.payment',
    params: {
      session: { type: 'text', required: true },
      packet: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.payment.claim': {
    session: 'nexus.payment',
    params: {
      session: { type: 'text', required: true },
      packetId: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.payment.settle': {
    session: 'nexus.payment',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.payment.dispute': {
    session: 'nexus.payment',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.payment.request': {
    session: 'nexus.payment',
    params: {
      session: { type: 'text', required: true },
      kind: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      requestId: { type: 'integer', required: true, minimum: 1, maximum: 65535 },
      body: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.payment.answer': {
    session: 'nexus.payment',
    params: {
      session: { type: 'text', required: true },
      to: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      kind: { type: 'integer', required: true, minimum: 0, maximum: 255 },
      body: { type: 'bytes', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.payment.restart': {
    session: 'nexus.payment',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.payment.tick': {
    session: 'nexus.payment',
    params: {
      session: { type: 'text', required: true },
      now: { type: 'time', required: true },
    },
    result: {
      session: { type: 'text', optional: true },
      transmit: { type: 'bytesList' },
      events: { type: 'eventList' },
      timeoutAt: { type: 'timeout' },
    },
  },
  'nexus.payment.close': {
    session: 'nexus.payment',
    params: {
      session: { type: 'text', required: true },
    },
    result: {},
  },
} as const;

/** The operations that each profile needs, besides those of the profiles that it includes. */
export const PROFILES = [
  { profile: 'e3x-packets', includes: [], operations: ['e3x.packet.encode', 'e3x.packet.decode'] },
  { profile: 'e3x-ijson', includes: [], operations: ['e3x.packet.encode', 'e3x.packet.decode'] },
  { profile: 'e3x-chunks', includes: [], operations: ['e3x.chunks.split', 'e3x.chunks.join'] },
  {
    profile: 'e3x-chunk-endpoint',
    includes: [],
    operations: ['e3x.chunks.open', 'e3x.chunks.receive', 'e3x.chunks.send', 'e3x.chunks.tick', 'e3x.chunks.close'],
  },
  { profile: 'e3x-cloaking', includes: [], operations: ['e3x.cloak.apply', 'e3x.cloak.remove'] },
  {
    profile: 'e3x-cloakpath',
    includes: [],
    operations: ['e3x.cloakpath.open', 'e3x.cloakpath.receive', 'e3x.cloakpath.send', 'e3x.cloakpath.close'],
  },
  {
    profile: 'e3x-hashnames',
    includes: [],
    operations: ['e3x.hashname.derive', 'e3x.hashname.intermediates', 'e3x.hashname.parse', 'e3x.base32.encode', 'e3x.base32.decode'],
  },
  { profile: 'e3x-jose', includes: [], operations: ['e3x.jws.encode', 'e3x.jws.decode', 'e3x.jwe.encode', 'e3x.jwe.decode'] },
  { profile: 'e3x-tokens', includes: [], operations: ['e3x.token.derive'] },
  {
    profile: 'e3x-messages',
    includes: [],
    operations: ['e3x.message.seal', 'e3x.message.open', 'e3x.channelkeys.derive', 'e3x.channelpacket.seal', 'e3x.channelpacket.open'],
  },
  {
    profile: 'e3x-messages-1a',
    includes: [],
    operations: ['e3x.message.seal', 'e3x.message.open', 'e3x.channelkeys.derive', 'e3x.channelpacket.seal', 'e3x.channelpacket.open'],
  },
  {
    profile: 'e3x-messages-2a',
    includes: [],
    operations: ['e3x.message.seal', 'e3x.message.open', 'e3x.channelkeys.derive', 'e3x.channelpacket.seal', 'e3x.channelpacket.open'],
  },
  {
    profile: 'e3x-messages-3a',
    includes: [],
    operations: ['e3x.message.seal', 'e3x.message.open', 'e3x.channelkeys.derive', 'e3x.channelpacket.seal', 'e3x.channelpacket.open'],
  },
  {
    profile: 'e3x-channel-counter',
    includes: [],
    operations: ['e3x.channelcounter.open', 'e3x.channelcounter.seal', 'e3x.channelcounter.close'],
  },
  {
    profile: 'e3x-messages-in-use',
    includes: [],
    operations: [
      'e3x.message.seal',
      'e3x.message.open',
      'e3x.token.derive',
      'e3x.chunks.split',
      'e3x.chunks.join',
      'e3x.channelkeys.derive',
      'e3x.channelpacket.open',
    ],
  },
  { profile: 'e3x-secrets-1a', includes: [], operations: ['e3x.message.seal', 'e3x.message.open', 'e3x.channelkeys.derive'] },
  {
    profile: 'e3x-message-memory',
    includes: [],
    operations: [
      'e3x.message.identity',
      'e3x.message-memory.open',
      'e3x.message-memory.check',
      'e3x.message-memory.tick',
      'e3x.message-memory.close',
    ],
  },
  { profile: 'e3x-selection', includes: [], operations: ['e3x.csid.select'] },
  {
    profile: 'e3x-exchanges',
    includes: [],
    operations: [
      'e3x.order.derive',
      'e3x.handshake.link',
      'e3x.handshake.read',
      'e3x.exchange.open',
      'e3x.exchange.handshake',
      'e3x.exchange.receive',
      'e3x.exchange.accept',
      'e3x.exchange.send',
      'e3x.exchange.renew',
      'e3x.exchange.tick',
      'e3x.exchange.close',
      'e3x.tokens.open',
      'e3x.tokens.add',
      'e3x.tokens.find',
      'e3x.tokens.remove',
      'e3x.tokens.close',
    ],
  },
  {
    profile: 'e3x-exchanges-3a',
    includes: [],
    operations: [
      'e3x.order.derive',
      'e3x.handshake.link',
      'e3x.handshake.read',
      'e3x.exchange.open',
      'e3x.exchange.handshake',
      'e3x.exchange.receive',
      'e3x.exchange.accept',
      'e3x.exchange.send',
      'e3x.exchange.renew',
      'e3x.exchange.tick',
      'e3x.exchange.close',
      'e3x.tokens.open',
      'e3x.tokens.add',
      'e3x.tokens.find',
      'e3x.tokens.remove',
      'e3x.tokens.close',
    ],
  },
  {
    profile: 'e3x-application-messages',
    includes: [],
    operations: ['e3x.exchange.open', 'e3x.exchange.receive', 'e3x.exchange.accept', 'e3x.exchange.close'],
  },
  {
    profile: 'e3x-exchange-at',
    includes: [],
    operations: ['e3x.exchange.open', 'e3x.exchange.handshake', 'e3x.exchange.receive', 'e3x.exchange.accept', 'e3x.exchange.close'],
  },
  { profile: 'e3x-introductions', includes: [], operations: ['e3x.handshake.introduce'] },
  {
    profile: 'e3x-channels',
    includes: [],
    operations: [
      'e3x.miss.encode',
      'e3x.miss.decode',
      'e3x.quota.derive',
      'e3x.channel.open',
      'e3x.channel.send',
      'e3x.channel.receive',
      'e3x.channel.done',
      'e3x.channel.tick',
      'e3x.channel.close',
    ],
  },
  {
    profile: 'e3x-channel-table',
    includes: [],
    operations: [
      'e3x.channelhead.read',
      'e3x.channels.open',
      'e3x.channels.create',
      'e3x.channels.receive',
      'e3x.channels.remove',
      'e3x.channels.renew',
      'e3x.channels.close',
    ],
  },
  {
    profile: 'e3x-channel-types',
    includes: [],
    operations: [
      'e3x.channeltype.validate',
      'e3x.chat.validate',
      'e3x.stream.open',
      'e3x.stream.receive',
      'e3x.stream.close',
      'e3x.block.open',
      'e3x.block.receive',
      'e3x.block.close',
      'e3x.box.id',
      'e3x.box.messageid',
      'e3x.chat.ids',
      'e3x.chat.verify',
      'e3x.thtp.encode',
      'e3x.thtp.decode',
    ],
  },
  { profile: 'e3x-path-without-paths', includes: [], operations: ['e3x.channeltype.validate'] },
  {
    profile: 'e3x-compression',
    includes: [],
    operations: ['e3x.compression.negotiate', 'e3x.compression.encode', 'e3x.compression.decode'],
  },
  { profile: 'e3x-link-json', includes: [], operations: ['e3x.linkjson.read', 'e3x.linkjson.write'] },
  { profile: 'e3x-link-jwk', includes: [], operations: ['e3x.linkjwk.read', 'e3x.linkjwk.write'] },
  {
    profile: 'e3x-link-uri',
    includes: [],
    operations: ['e3x.linkuri.parse', 'e3x.linkuri.format', 'e3x.linkuri.attach', 'e3x.linkuri.verify', 'e3x.contact.resolve'],
  },
  {
    profile: 'e3x-link-state',
    includes: [],
    operations: [
      'e3x.linkstate.open',
      'e3x.linkstate.keys',
      'e3x.linkstate.path',
      'e3x.linkstate.lost',
      'e3x.linkstate.connect',
      'e3x.linkstate.sent',
      'e3x.linkstate.received',
      'e3x.linkstate.failed',
      'e3x.linkstate.send',
      'e3x.linkstate.answer',
      'e3x.linkstate.tick',
      'e3x.linkstate.close',
    ],
  },
  {
    profile: 'e3x-router',
    includes: [],
    operations: [
      'e3x.router.open',
      'e3x.router.link',
      'e3x.router.unlink',
      'e3x.router.peer',
      'e3x.router.route',
      'e3x.router.tick',
      'e3x.router.close',
    ],
  },
  {
    profile: 'e3x-thtp-messages',
    includes: [],
    operations: ['e3x.thtpmessage.cut', 'e3x.thtpmessage.open', 'e3x.thtpmessage.receive', 'e3x.thtpmessage.close'],
  },
  {
    profile: 'e3x-wire',
    includes: [
      'e3x-packets',
      'e3x-chunks',
      'e3x-chunk-endpoint',
      'e3x-cloaking',
      'e3x-cloakpath',
      'e3x-hashnames',
      'e3x-tokens',
      'e3x-jose',
    ],
    operations: [],
  },
  {
    profile: 'e3x',
    includes: [
      'e3x-wire',
      'e3x-messages',
      'e3x-channel-counter',
      'e3x-selection',
      'e3x-exchanges',
      'e3x-channels',
      'e3x-channel-table',
      'e3x-compression',
      'e3x-channel-types',
      'e3x-router',
    ],
    operations: [],
  },
  {
    profile: 'e3x-contacts',
    includes: ['e3x-link-json', 'e3x-link-jwk', 'e3x-link-uri', 'e3x-link-state', 'e3x-thtp-messages'],
    operations: [],
  },
  { profile: 'interpeer-varints', includes: [], operations: ['interpeer.varint.encode', 'interpeer.varint.decode'] },
  {
    profile: 'interpeer-packets-1',
    includes: [],
    operations: [
      'interpeer.varint.encode',
      'interpeer.varint.decode',
      'interpeer.protocolid.derive',
      'interpeer.packet.encode',
      'interpeer.packet.decode',
      'interpeer.channelid.join',
      'interpeer.channelid.split',
    ],
  },
  {
    profile: 'interpeer-packets-0.1',
    includes: [],
    operations: [
      'interpeer.varint.encode',
      'interpeer.varint.decode',
      'interpeer.protocolid.derive',
      'interpeer.packet.encode',
      'interpeer.packet.decode',
      'interpeer.channelid.join',
      'interpeer.channelid.split',
    ],
  },
  { profile: 'interpeer-messages-1', includes: [], operations: ['interpeer.messages.encode', 'interpeer.messages.decode'] },
  { profile: 'interpeer-messages-0.1', includes: [], operations: ['interpeer.messages.encode', 'interpeer.messages.decode'] },
  { profile: 'interpeer-cookies-1', includes: [], operations: ['interpeer.cookie.make', 'interpeer.cookie.check'] },
  { profile: 'interpeer-cookies-0.1', includes: [], operations: ['interpeer.cookie.make', 'interpeer.cookie.check'] },
  {
    profile: 'interpeer-establishment',
    includes: [],
    operations: [
      'interpeer.establishment.open',
      'interpeer.establishment.propose',
      'interpeer.establishment.receive',
      'interpeer.establishment.heard',
      'interpeer.establishment.front',
      'interpeer.establishment.end',
      'interpeer.establishment.count',
      'interpeer.establishment.tick',
      'interpeer.establishment.close',
    ],
  },
  {
    profile: 'interpeer-encryption',
    includes: [],
    operations: [
      'interpeer.packetkey.derive',
      'interpeer.sealed.seal',
      'interpeer.sealed.open',
      'interpeer.crypto.open',
      'interpeer.crypto.seal',
      'interpeer.crypto.receive',
      'interpeer.crypto.rekey',
      'interpeer.crypto.close',
    ],
  },
  {
    profile: 'interpeer-plain',
    includes: [],
    operations: [
      'interpeer.connection.open',
      'interpeer.connection.receive',
      'interpeer.connection.send',
      'interpeer.connection.tick',
      'interpeer.connection.close',
    ],
  },
  {
    profile: 'interpeer-connection-2',
    includes: [],
    operations: [
      'interpeer.packetkey.derive',
      'interpeer.sealed.seal',
      'interpeer.sealed.open',
      'interpeer.crypto.open',
      'interpeer.crypto.seal',
      'interpeer.crypto.receive',
      'interpeer.crypto.rekey',
      'interpeer.crypto.close',
      'interpeer.keyoffer.encode',
      'interpeer.keyoffer.decode',
      'interpeer.connection.open',
      'interpeer.connection.begin',
      'interpeer.connection.receive',
      'interpeer.connection.send',
      'interpeer.connection.accept',
      'interpeer.connection.refuse',
      'interpeer.connection.tick',
      'interpeer.connection.close',
    ],
  },
  {
    profile: 'interpeer-connection',
    includes: [],
    operations: [
      'interpeer.keyoffer.encode',
      'interpeer.keyoffer.decode',
      'interpeer.connection.open',
      'interpeer.connection.begin',
      'interpeer.connection.receive',
      'interpeer.connection.send',
      'interpeer.connection.accept',
      'interpeer.connection.refuse',
      'interpeer.connection.tick',
      'interpeer.connection.close',
    ],
  },
  {
    profile: 'interpeer-data-packets',
    includes: [],
    operations: ['interpeer.data.open', 'interpeer.data.write', 'interpeer.data.read', 'interpeer.data.receive', 'interpeer.data.close'],
  },
  { profile: 'interpeer-bundles', includes: [], operations: ['interpeer.bundle.messages'] },
  {
    profile: 'interpeer-data',
    includes: [],
    operations: [
      'interpeer.bundle.room',
      'interpeer.bundle.writes',
      'interpeer.bundle.messages',
      'interpeer.padding.derive',
      'interpeer.data.open',
      'interpeer.data.write',
      'interpeer.data.read',
      'interpeer.data.receive',
      'interpeer.data.finish',
      'interpeer.data.tick',
      'interpeer.data.close',
    ],
  },
  {
    profile: 'interpeer-engine-2',
    includes: [],
    operations: [
      'interpeer.engine.open',
      'interpeer.engine.connect',
      'interpeer.engine.accept',
      'interpeer.engine.refuse',
      'interpeer.engine.channel',
      'interpeer.engine.write',
      'interpeer.engine.read',
      'interpeer.engine.finish',
      'interpeer.engine.receive',
      'interpeer.engine.tick',
      'interpeer.engine.close',
    ],
  },
  {
    profile: 'interpeer-engine',
    includes: [],
    operations: [
      'interpeer.engine.open',
      'interpeer.engine.connect',
      'interpeer.engine.accept',
      'interpeer.engine.refuse',
      'interpeer.engine.channel',
      'interpeer.engine.write',
      'interpeer.engine.read',
      'interpeer.engine.finish',
      'interpeer.engine.receive',
      'interpeer.engine.tick',
      'interpeer.engine.close',
    ],
  },
  {
    profile: 'interpeer-streams',
    includes: [],
    operations: ['interpeer.stream.open', 'interpeer.stream.receive', 'interpeer.stream.close'],
  },
  {
    profile: 'interpeer-wire',
    includes: [],
    operations: [
      'interpeer.varint.encode',
      'interpeer.varint.decode',
      'interpeer.protocolid.derive',
      'interpeer.packet.encode',
      'interpeer.packet.decode',
      'interpeer.channelid.join',
      'interpeer.channelid.split',
      'interpeer.messages.encode',
      'interpeer.messages.decode',
      'interpeer.cookie.make',
      'interpeer.cookie.check',
    ],
  },
  { profile: 'interpeer-wire-1', includes: ['interpeer-packets-1', 'interpeer-messages-1', 'interpeer-cookies-1'], operations: [] },
  { profile: 'interpeer-wire-0.1', includes: ['interpeer-packets-0.1', 'interpeer-messages-0.1', 'interpeer-cookies-0.1'], operations: [] },
  {
    profile: 'interpeer-1',
    includes: [
      'interpeer-wire-1',
      'interpeer-establishment',
      'interpeer-encryption',
      'interpeer-connection',
      'interpeer-data',
      'interpeer-engine',
    ],
    operations: [],
  },
  { profile: 'interpeer-0.1', includes: ['interpeer-wire-0.1', 'interpeer-establishment', 'interpeer-engine'], operations: [] },
  {
    profile: 'kilt-dids',
    includes: [],
    operations: ['kilt.did.encode', 'kilt.did.parse', 'kilt.did.document', 'kilt.did.migrate', 'kilt.keyuri.parse', 'kilt.keyuri.resolve'],
  },
  { profile: 'kilt-messages', includes: [], operations: ['kilt.message.validate'] },
  { profile: 'kilt-replies', includes: ['kilt-messages'], operations: ['kilt.message.validate'] },
  {
    profile: 'kilt-replay',
    includes: [],
    operations: [
      'kilt.replay.identity',
      'kilt.replay.open',
      'kilt.replay.check',
      'kilt.replay.tick',
      'kilt.replay.snapshot',
      'kilt.replay.close',
    ],
  },
  { profile: 'kilt-replay-2', includes: ['kilt-replay'], operations: ['kilt.replay.check'] },
  { profile: 'kilt-inbox', includes: [], operations: ['kilt.inbox.take'] },
  {
    profile: 'kilt-envelopes',
    includes: [],
    operations: ['kilt.envelope.seal', 'kilt.envelope.open', 'kilt.envelope.pack', 'kilt.envelope.unpack'],
  },
  { profile: 'kilt-sealing', includes: [], operations: ['kilt.envelope.seal', 'kilt.envelope.open'] },
  { profile: 'kilt', includes: ['kilt-dids', 'kilt-messages', 'kilt-envelopes', 'kilt-replay'], operations: [] },
  { profile: 'kilt-sealing-2', includes: ['kilt-sealing'], operations: ['kilt.envelope.seal', 'kilt.envelope.open'] },
  { profile: 'kilt-2', includes: ['kilt', 'kilt-replay-2', 'kilt-replies', 'kilt-sealing-2', 'kilt-inbox'], operations: [] },
  {
    profile: 'nexus-identity',
    includes: [],
    operations: [
      'nexus.identity.derive',
      'nexus.identity.hash',
      'nexus.identity.convert',
      'nexus.identity.agree',
      'nexus.signature.sign',
      'nexus.signature.verify',
    ],
  },
  { profile: 'nexus-envelopes', includes: ['nexus-identity'], operations: ['nexus.envelope.seal', 'nexus.envelope.open'] },
  {
    profile: 'nexus-messages',
    includes: ['nexus-envelopes'],
    operations: [
      'nexus.content.sign',
      'nexus.content.read',
      'nexus.content.check',
      'nexus.message.seal',
      'nexus.message.open',
      'nexus.message.room',
      'nexus.attachment.write',
      'nexus.attachment.read',
      'nexus.attachment.seal',
      'nexus.attachment.open',
    ],
  },
  {
    profile: 'nexus-message-memory',
    includes: [],
    operations: ['nexus.message-memory.open', 'nexus.message-memory.admit', 'nexus.message-memory.close'],
  },
  { profile: 'nexus-airtime', includes: [], operations: ['nexus.lora.airtime', 'nexus.lora.preset'] },
  {
    profile: 'nexus-lora',
    includes: ['nexus-airtime'],
    operations: [
      'nexus.frames.split',
      'nexus.frames.open',
      'nexus.frames.receive',
      'nexus.frames.tick',
      'nexus.frames.close',
      'nexus.duty.open',
      'nexus.duty.send',
      'nexus.duty.tick',
      'nexus.duty.close',
      'nexus.lora.region',
      'nexus.lora.limits',
      'nexus.lora.chunk',
    ],
  },
  {
    profile: 'nexus-packets',
    includes: [],
    operations: [
      'nexus.packet.encode',
      'nexus.packet.decode',
      'nexus.packet.id',
      'nexus.packet.hop',
      'nexus.duplicates.open',
      'nexus.duplicates.check',
      'nexus.duplicates.tick',
      'nexus.duplicates.close',
    ],
  },
  {
    profile: 'nexus-congestion',
    includes: [],
    operations: [
      'nexus.congestion.encode',
      'nexus.congestion.decode',
      'nexus.queue.open',
      'nexus.queue.enqueue',
      'nexus.queue.link',
      'nexus.queue.take',
      'nexus.queue.abandon',
      'nexus.queue.tick',
      'nexus.queue.close',
      'nexus.access.timing',
      'nexus.access.open',
      'nexus.access.request',
      'nexus.access.listened',
      'nexus.access.tick',
      'nexus.access.close',
      'nexus.announce-share.of',
      'nexus.announce-share.open',
      'nexus.announce-share.send',
      'nexus.announce-share.close',
    ],
  },
  {
    profile: 'nexus-sealed',
    includes: [],
    operations: [
      'nexus.sealed.seal',
      'nexus.sealed.open',
      'nexus.fragments.split',
      'nexus.fragments.read',
      'nexus.fragments.request',
      'nexus.fragments.requested',
      'nexus.fragments.resend',
      'nexus.assembly.open',
      'nexus.assembly.receive',
      'nexus.assembly.forget',
      'nexus.assembly.tick',
      'nexus.assembly.close',
    ],
  },
  {
    profile: 'nexus-link',
    includes: ['nexus-sealed'],
    operations: [
      'nexus.link.parse',
      'nexus.link.request',
      'nexus.link.keys',
      'nexus.link.prove',
      'nexus.link.verify',
      'nexus.link.identify',
      'nexus.link.recognize',
      'nexus.link.crossed',
      'nexus.link.wait',
      'nexus.link.open',
      'nexus.link.begin',
      'nexus.link.receive',
      'nexus.link.send',
      'nexus.link.rekey',
      'nexus.link.tick',
      'nexus.link.close',
      'nexus.rekey.decode',
      'nexus.linkkeys.open',
      'nexus.linkkeys.seal',
      'nexus.linkkeys.receive',
      'nexus.linkkeys.rekey',
      'nexus.linkkeys.tick',
      'nexus.linkkeys.close',
      'nexus.idle.open',
      'nexus.idle.heard',
      'nexus.idle.lapse',
      'nexus.idle.tick',
      'nexus.idle.close',
    ],
  },
  {
    profile: 'nexus-path-cost',
    includes: [],
    operations: [
      'nexus.pathcost.encode',
      'nexus.pathcost.decode',
      'nexus.pathcost.add',
      'nexus.pathcost.relay',
      'nexus.pathcost.bandwidth',
      'nexus.pathcost.carries',
    ],
  },
  {
    profile: 'nexus-announces',
    includes: ['nexus-identity', 'nexus-packets', 'nexus-path-cost'],
    operations: [
      'nexus.announce.write',
      'nexus.announce.read',
      'nexus.announce.relay',
      'nexus.announce.relays',
      'nexus.announce.score',
      'nexus.beacon.write',
      'nexus.beacon.read',
      'nexus.beacon.interval',
    ],
  },
  {
    profile: 'nexus-routes',
    includes: ['nexus-announces'],
    operations: [
      'nexus.routes.open',
      'nexus.routes.hear',
      'nexus.routes.find',
      'nexus.routes.tick',
      'nexus.routes.close',
      'nexus.announcer.open',
      'nexus.announcer.price',
      'nexus.announcer.tick',
      'nexus.announcer.close',
    ],
  },
  {
    profile: 'nexus-records',
    includes: [],
    operations: [
      'nexus.record.encode',
      'nexus.record.decode',
      'nexus.record.answers',
      'nexus.record.prefix',
      'nexus.error.write',
      'nexus.error.read',
      'nexus.records.open',
      'nexus.records.receive',
      'nexus.records.close',
      'nexus.requests.open',
      'nexus.requests.request',
      'nexus.requests.receive',
      'nexus.requests.answer',
      'nexus.requests.heard',
      'nexus.requests.tick',
      'nexus.requests.close',
      'nexus.linktable.open',
      'nexus.linktable.add',
      'nexus.linktable.remove',
      'nexus.linktable.close',
    ],
  },
  {
    profile: 'nexus-objects',
    includes: ['nexus-identity', 'nexus-path-cost'],
    operations: [
      'nexus.object.encode',
      'nexus.object.decode',
      'nexus.object.front',
      'nexus.object.hash',
      'nexus.object.label',
      'nexus.object.key',
      'nexus.object.sign',
      'nexus.object.write',
      'nexus.object.read',
      'nexus.object.travels',
      'nexus.object.hint',
      'nexus.merkle.leaf',
      'nexus.merkle.node',
      'nexus.merkle.root',
      'nexus.merkle.path',
      'nexus.merkle.verify',
      'nexus.get.read',
      'nexus.chunks.request',
      'nexus.chunks.requested',
      'nexus.chunks.write',
      'nexus.chunks.read',
      'nexus.transfer.open',
      'nexus.transfer.begin',
      'nexus.transfer.receive',
      'nexus.transfer.error',
      'nexus.transfer.tick',
      'nexus.transfer.close',
      'nexus.mutables.open',
      'nexus.mutables.receive',
      'nexus.mutables.resolve',
      'nexus.mutables.tick',
      'nexus.mutables.close',
    ],
  },
  {
    profile: 'nexus-group-records',
    includes: ['nexus-messages'],
    operations: [
      'nexus.group.id',
      'nexus.group.state.sign',
      'nexus.group.state.read',
      'nexus.group.state.open',
      'nexus.group.message.seal',
      'nexus.group.message.read',
      'nexus.group.message.open',
      'nexus.group.contract',
    ],
  },
  {
    profile: 'nexus-group-admin',
    includes: ['nexus-group-records'],
    operations: [
      'nexus.group.admin.open',
      'nexus.group.admin.create',
      'nexus.group.admin.change',
      'nexus.group.admin.kept',
      'nexus.group.admin.restart',
      'nexus.group.admin.close',
    ],
  },
  {
    profile: 'nexus-group-member',
    includes: ['nexus-group-records'],
    operations: [
      'nexus.group.member.open',
      'nexus.group.member.state',
      'nexus.group.member.message',
      'nexus.group.member.accept',
      'nexus.group.member.decline',
      'nexus.group.member.send',
      'nexus.group.member.restart',
      'nexus.group.member.close',
    ],
  },
  { profile: 'nexus-groups', includes: ['nexus-group-admin', 'nexus-group-member'], operations: [] },
  {
    profile: 'nexus-proofs',
    includes: ['nexus-identity', 'nexus-objects'],
    operations: [
      'nexus.challenge.write',
      'nexus.challenge.read',
      'nexus.proof.write',
      'nexus.proof.answer',
      'nexus.proof.read',
      'nexus.proof.verify',
      'nexus.ticket.digest',
      'nexus.ticket.make',
      'nexus.ticket.read',
      'nexus.ticket.answer',
      'nexus.ticket.verify',
      'nexus.agreement.interval',
      'nexus.agreement.terms',
      'nexus.agreement.sign',
      'nexus.agreement.write',
      'nexus.agreement.read',
      'nexus.agreement.conclude',
      'nexus.audit.open',
      'nexus.audit.begin',
      'nexus.audit.challenge',
      'nexus.audit.receive',
      'nexus.audit.error',
      'nexus.audit.heard',
      'nexus.audit.tick',
      'nexus.audit.close',
      'nexus.provider.open',
      'nexus.provider.agree',
      'nexus.provider.challenge',
      'nexus.provider.tick',
      'nexus.provider.close',
    ],
  },
  {
    profile: 'nexus-relay-records',
    includes: ['nexus-identity', 'nexus-objects'],
    operations: [
      'nexus.put.list',
      'nexus.put.write',
      'nexus.put.read',
      'nexus.put.grant',
      'nexus.put.granted',
      'nexus.pending.write',
      'nexus.pending.read',
      'nexus.pending.list',
      'nexus.pending.listed',
      'nexus.receipt.sign',
      'nexus.receipt.read',
      'nexus.receipt.confirmed',
      'nexus.subscribe.write',
      'nexus.subscribe.read',
      'nexus.subscribe.grant',
      'nexus.subscribe.granted',
      'nexus.subscribe.end',
      'nexus.notify.write',
      'nexus.notify.read',
      'nexus.mailbox.write',
      'nexus.mailbox.read',
      'nexus.advisory.sign',
      'nexus.advisory.read',
      'nexus.fork.write',
      'nexus.fork.read',
    ],
  },
  {
    profile: 'nexus-relay',
    includes: ['nexus-relay-records'],
    operations: [
      'nexus.relay.open',
      'nexus.relay.up',
      'nexus.relay.down',
      'nexus.relay.request',
      'nexus.relay.confirmed',
      'nexus.relay.chunk',
      'nexus.relay.failure',
      'nexus.relay.restart',
      'nexus.relay.tick',
      'nexus.relay.close',
    ],
  },
  {
    profile: 'nexus-recipient',
    includes: ['nexus-relay-records', 'nexus-messages'],
    operations: [
      'nexus.recipient.open',
      'nexus.recipient.list',
      'nexus.recipient.notify',
      'nexus.recipient.object',
      'nexus.recipient.restart',
      'nexus.recipient.close',
    ],
  },
  {
    profile: 'nexus-depositor',
    includes: ['nexus-relay-records'],
    operations: [
      'nexus.depositor.open',
      'nexus.depositor.deposit',
      'nexus.depositor.granted',
      'nexus.depositor.failure',
      'nexus.depositor.receipt',
      'nexus.depositor.restart',
      'nexus.depositor.close',
    ],
  },
  {
    profile: 'nexus-payment-states',
    includes: ['nexus-identity'],
    operations: [
      'nexus.vrf.prove',
      'nexus.vrf.verify',
      'nexus.lottery.threshold',
      'nexus.lottery.wins',
      'nexus.lottery.reward',
      'nexus.lottery.difficulty',
      'nexus.lottery.bound',
      'nexus.channel.id',
      'nexus.channel.sign',
      'nexus.channel.write',
      'nexus.channel.read',
      'nexus.channel.opening',
      'nexus.channel.opened',
      'nexus.channel.follows',
    ],
  },
  {
    profile: 'nexus-payment-records',
    includes: ['nexus-payment-states'],
    operations: [
      'nexus.channel.proposed',
      'nexus.channel.agreed',
      'nexus.update.write',
      'nexus.update.read',
      'nexus.update.follows',
      'nexus.terms.write',
      'nexus.terms.sign',
      'nexus.terms.read',
      'nexus.terms.rule',
      'nexus.custody.price',
      'nexus.custody.granted',
      'nexus.claim.write',
      'nexus.claim.read',
      'nexus.settle.amount',
      'nexus.settle.write',
      'nexus.settle.sign',
      'nexus.settle.read',
    ],
  },
  {
    profile: 'nexus-payment',
    includes: ['nexus-payment-records'],
    operations: [
      'nexus.payment.open',
      'nexus.payment.begin',
      'nexus.payment.pay',
      'nexus.payment.end',
      'nexus.payment.terms',
      'nexus.payment.offer',
      'nexus.payment.consent',
      'nexus.payment.decline',
      'nexus.payment.hand',
      'nexus.payment.claim',
      'nexus.payment.settle',
      'nexus.payment.dispute',
      'nexus.payment.request',
      'nexus.payment.answer',
      'nexus.payment.restart',
      'nexus.payment.tick',
      'nexus.payment.close',
    ],
  },
  {
    profile: 'nexus-radio',
    includes: ['nexus-messages', 'nexus-message-memory', 'nexus-routes', 'nexus-link', 'nexus-lora', 'nexus-congestion'],
    operations: [],
  },
  {
    profile: 'nexus',
    includes: [
      'nexus-radio',
      'nexus-records',
      'nexus-objects',
      'nexus-proofs',
      'nexus-relay',
      'nexus-recipient',
      'nexus-depositor',
      'nexus-payment',
      'nexus-groups',
    ],
    operations: [],
  },
] as const;
