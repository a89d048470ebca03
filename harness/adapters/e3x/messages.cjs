/** Messages, channel keys and channel packets. */
'use strict';
const { drawing, EPHEMERAL_DRAWS, ENTROPY_LENGTH, fromHex, need, OAEP_SEED_LENGTH, Reject, uncounted, UNSAID } = require('./host.cjs');

/** @param library e3x-js and the packages that it uses */
module.exports = ({ e3x, lob, subtle, forge }, { pairOf, selfOf, exchangeOf, outerOf, unlessRefused }) => {
  /** A session of the library with a key put in; it has no way to be made from keys. */
  async function sessionWith(csid, key) {
    if (csid !== '2a') {
      const session = new e3x.cs[csid]._Ephemeral({}, Buffer.alloc(0)); // fails to derive keys, and says so in .err
      session.encKey = session.decKey = key;
      return session;
    }
    const session = new e3x.cs[csid].Ephemeral({ cached: Buffer.alloc(97) }, Buffer.alloc(16));
    await Promise.resolve(session.load).catch(() => undefined);
    const imported = await subtle.importKey('raw', key, { name: 'AES-GCM' }, false, ['encrypt', 'decrypt']);
    session.load = Promise.resolve({ encKey: imported, decKey: imported });
    return session;
  }

  const operations = {
    async 'e3x.message.seal'({ csid, sender, ephemeral, recipientKey, inner, entropy }) {
      const draws = EPHEMERAL_DRAWS[csid]?.(ephemeral) ?? [];
      const random = fromHex(entropy);
      if (csid in e3x.cs && random.length !== ENTROPY_LENGTH[csid]) throw new Error(`entropy has ${random.length} bytes`);
      const self = selfOf(csid, sender);
      return drawing(forge, [...draws, ...(csid in e3x.cs ? [csid === '2a' ? uncounted(random) : random] : [])], async () => {
        const exchange = exchangeOf(self, csid, recipientKey);
        await unlessRefused(() => exchange.load, csid);
        const packet = await unlessRefused(() => exchange.encrypt(fromHex(inner)), csid);
        return { packet: Buffer.from(packet).toString('hex'), token: exchange.token.toString('hex') };
      });
    },

    async 'e3x.message.open'({ csid, recipient, senderKey, packet }) {
      const self = selfOf(csid, recipient);
      const message = outerOf(packet);
      const inner = await unlessRefused(() => self.decrypt(message), csid);
      if (senderKey !== undefined) {
        const exchange = exchangeOf(self, csid, senderKey);
        await unlessRefused(() => exchange.load, csid);
        need(await unlessRefused(() => exchange.verify(message), csid), UNSAID);
      }
      const content = csid === '2a' ? await self.locals[csid].decrypt(message.body) : undefined;
      const ephemeralKey = content?._keys.slice(0, 65) ?? message.body.slice(0, csid === '1a' ? 21 : 32);
      return {
        inner: Buffer.from(inner).toString('hex'),
        ...(senderKey === undefined ? {} : { verified: true }),
        ephemeralKey: ephemeralKey.toString('hex'),
      };
    },

    async 'e3x.channelkeys.derive'({ csid, ephemeral, recipient, packet }) {
      const handshake = outerOf(packet);
      // As sync does, by decrypting.
      need(handshake.head.length === 1 && handshake.head.toString('hex') === csid, csid in e3x.cs ? 'malformed' : 'unsupported');
      const set = e3x.cs[csid];
      const { aes, secret } = ephemeral;
      if (csid === '2a') return deriveOverRsa(set, { aes, secret }, pairOf(recipient), handshake.body);
      const key = handshake.body.slice(0, csid === '1a' ? 21 : 32);
      const seq = csid === '1a' ? [Buffer.alloc(4)] : []; // where it starts to count IVs
      const remote = await drawing(forge, [...EPHEMERAL_DRAWS[csid](ephemeral), ...seq], () => {
        const made = new set._Remote(key);
        if (made.err) throw new Reject('malformed');
        return made;
      });
      const session = new set._Ephemeral(remote, handshake.body);
      if (session.err) throw new Reject(UNSAID);
      return { encryptKey: session.encKey.toString('hex'), decryptKey: session.decKey.toString('hex') };
    },

    async 'e3x.channelpacket.seal'({ csid, key, token, inner, entropy }) {
      need(csid in e3x.cs, 'unsupported');
      const random = fromHex(entropy);
      if (random.length !== ENTROPY_LENGTH[csid]) throw new Error(`entropy has ${random.length} bytes`);
      const seeds = { '1a': [], '2a': [uncounted(random)], '3a': [random] }[csid];
      if (csid !== '1a') return drawing(forge, seeds, async () => sealed(await sessionWith(csid, fromHex(key)), token, inner));
      const session = await sessionWith(csid, fromHex(key));
      session.seq = random.readUInt32LE(0);
      return sealed(session, token, inner);
    },

    async 'e3x.channelpacket.open'({ csid, key, packet }) {
      need(csid in e3x.cs, 'unsupported');
      const outer = outerOf(packet);
      need(outer.head.length === 0, 'malformed'); // as receive does
      const session = await sessionWith(csid, fromHex(key));
      const content = await unlessRefused(() => session.decrypt(outer.body.slice(16)), csid);
      need(content !== false, UNSAID); // the answer of 1a; 3a answers with no bytes, as if the packet held none
      const inner = lob.decode(Buffer.from(content));
      need(inner !== undefined, UNSAID);
      return { token: outer.body.slice(0, 16).toString('hex'), inner: Buffer.from(inner).toString('hex') };
    },
  };

  async function sealed(session, token, inner) {
    const content = await session.encrypt(fromHex(inner));
    return { packet: Buffer.from(lob.packet(null, Buffer.concat([fromHex(token), content]))).toString('hex') };
  }

  /** Cipher set 2a hides its channel keys in objects that do not give them; they are read as they are made. */
  async function deriveOverRsa(set, ephemeral, pair, body) {
    const seed = Buffer.alloc(OAEP_SEED_LENGTH, 1); // of an encryption that is made and not used
    const inner = await unlessRefused(() => new set.Local(pair).decrypt(body), '2a');
    const { digest } = subtle;
    const keys = [];
    subtle.digest = (...args) => digest(...args).then((bytes) => {
      keys.push(Buffer.from(bytes).toString('hex'));
      return bytes;
    });
    try {
      const secrets = EPHEMERAL_DRAWS['2a']({ ...ephemeral, seed: seed.toString('hex') });
      const remote = await drawing(forge, [...secrets, Buffer.alloc(12)], async () => {
        const made = new set.Remote(pair.key);
        await made.load;
        return made;
      });
      await drawing(forge, [Buffer.alloc(12)], () => new set.Ephemeral(remote, body, inner).load);
      return { encryptKey: keys[0], decryptKey: keys[1] };
    } finally {
      subtle.digest = digest;
    }
  }

  return operations;
};
