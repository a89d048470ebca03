/**
 * Cipher set 3a of E3X over the primitives of a NaCl library: what an application would write around tweetnacl or
 * libsodium. The adapters of both bring their primitives; nothing else here is cryptography.
 *
 * Primitives, all over bytes: `publicOf(secret)`, `agree(secret, key)` (beforenm; undefined if there is no shared
 * key), `seal(data, nonce, key)`, `open(data, nonce, key)` (undefined if the tag does not hold),
 * `authenticate(data, key)` (Poly1305) and `sha256(...parts)`.
 */
'use strict';
const { timingSafeEqual } = require('node:crypto');
const { version: ownVersion } = require('../../../package.json');

const KEY_LENGTH = 32;
const NONCE_LENGTH = 24;
const TAG_LENGTH = 16;
const TOKEN_LENGTH = 16;

/** What the specification refuses; the message is the reject class. */
class Reject extends Error {}
const need = (condition, rejectClass) => {
  if (!condition) throw new Reject(rejectClass);
};
/** What the caller of the adapter must get right: anything else is a fault and no reject. */
const bytesOf = (name, hex, length) => {
  if (typeof hex !== 'string' || !/^([0-9a-f]{2})*$/.test(hex)) throw new TypeError(`${name} is no hex`);
  if (length !== undefined && hex.length !== 2 * length) throw new TypeError(`${name} has ${hex.length / 2} bytes, not ${length}`);
  return Buffer.from(hex, 'hex');
};
const secretOf = (name, pair) => bytesOf(`${name}.secret`, pair?.secret, KEY_LENGTH);
const hex = (bytes) => Buffer.from(bytes).toString('hex');

function readPacket(packet) {
  need(packet.length >= 2 && packet.readUInt16BE(0) <= packet.length - 2, 'truncated');
  const end = 2 + packet.readUInt16BE(0);
  return { head: packet.subarray(2, end), body: packet.subarray(end) };
}
function packetOf(head, ...body) {
  return Buffer.concat([Buffer.from([head.length >> 8, head.length & 255]), head, ...body]);
}
function checkCsid(csid) {
  need(typeof csid === 'string' && /^(?!00)[0-9a-f]{2}$/.test(csid), 'malformed');
  need(csid === '3a', 'unsupported'); // the one cipher set that NaCl is enough for
}
/** KEY and NONCE of a message, and what follows them. */
function readMessage(bytes) {
  const { head, body } = readPacket(bytes);
  need(head.length === 1 && head[0] === 0x3a, 'malformed');
  need(body.length >= KEY_LENGTH + NONCE_LENGTH, 'truncated');
  return {
    key: body.subarray(0, KEY_LENGTH),
    nonce: body.subarray(KEY_LENGTH, KEY_LENGTH + NONCE_LENGTH),
    sealed: body.subarray(KEY_LENGTH + NONCE_LENGTH),
  };
}

/** The operations of the cipher set over given primitives. */
function operationsOver({ publicOf, agree, seal, open, authenticate, sha256 }) {
  const shared = (secret, key) => {
    const bytes = key.length === KEY_LENGTH ? agree(secret, key) : undefined;
    need(bytes !== undefined, 'malformed');
    return bytes;
  };
  const authOf = (key, nonce, box, identities) => Buffer.from(authenticate(Buffer.concat([key, nonce, box]), sha256(nonce, identities)));
  const tokenOf = (body) => sha256(body.subarray(0, TOKEN_LENGTH)).subarray(0, TOKEN_LENGTH);

  return {
    'e3x.message.seal'({ csid, sender, ephemeral, recipientKey, inner, entropy }) {
      checkCsid(csid);
      const content = bytesOf('inner', inner);
      readPacket(content);
      const [own, once] = [secretOf('sender', sender), secretOf('ephemeral', ephemeral)];
      const to = bytesOf('recipientKey', recipientKey);
      const nonce = bytesOf('entropy', entropy, NONCE_LENGTH);
      const key = Buffer.from(publicOf(once));
      const box = Buffer.from(seal(content, nonce, shared(once, to)));
      const packet = packetOf(Buffer.of(0x3a), key, nonce, box, authOf(key, nonce, box, shared(own, to)));
      return { packet: hex(packet), token: hex(tokenOf(key)) };
    },

    'e3x.message.open'({ csid, recipient, senderKey, packet }) {
      checkCsid(csid);
      const own = secretOf('recipient', recipient);
      const { key, nonce, sealed } = readMessage(bytesOf('packet', packet));
      need(sealed.length >= 2 * TAG_LENGTH, 'truncated');
      const box = sealed.subarray(0, -TAG_LENGTH);
      const secret = shared(own, key);
      if (senderKey !== undefined) {
        const auth = authOf(key, nonce, box, shared(own, bytesOf('senderKey', senderKey)));
        need(timingSafeEqual(auth, sealed.subarray(-TAG_LENGTH)), 'unauthenticated');
      }
      const inner = open(box, nonce, secret);
      need(inner !== undefined, 'unauthenticated');
      readPacket(Buffer.from(inner));
      return { inner: hex(inner), ...(senderKey === undefined ? {} : { verified: true }), ephemeralKey: hex(key) };
    },

    'e3x.channelkeys.derive'({ csid, ephemeral, packet }) {
      checkCsid(csid);
      const once = secretOf('ephemeral', ephemeral);
      const { key } = readMessage(bytesOf('packet', packet));
      const sent = publicOf(once);
      const secret = shared(once, key);
      return { encryptKey: hex(sha256(secret, sent, key)), decryptKey: hex(sha256(secret, key, sent)) };
    },

    'e3x.channelpacket.seal'({ csid, key, token, inner, entropy }) {
      checkCsid(csid);
      const content = bytesOf('inner', inner);
      readPacket(content);
      const nonce = bytesOf('entropy', entropy, NONCE_LENGTH);
      const box = seal(content, nonce, bytesOf('key', key, KEY_LENGTH));
      return { packet: hex(packetOf(Buffer.alloc(0), bytesOf('token', token, TOKEN_LENGTH), nonce, Buffer.from(box))) };
    },

    'e3x.channelpacket.open'({ csid, key, packet }) {
      checkCsid(csid);
      const { head, body } = readPacket(bytesOf('packet', packet));
      need(head.length === 0, 'malformed');
      need(body.length >= TOKEN_LENGTH + NONCE_LENGTH + TAG_LENGTH, 'truncated');
      const [nonce, box] = [body.subarray(TOKEN_LENGTH, TOKEN_LENGTH + NONCE_LENGTH), body.subarray(TOKEN_LENGTH + NONCE_LENGTH)];
      const inner = open(box, nonce, bytesOf('key', key, KEY_LENGTH));
      need(inner !== undefined, 'unauthenticated');
      readPacket(Buffer.from(inner));
      return { token: hex(body.subarray(0, TOKEN_LENGTH)), inner: hex(inner) };
    },

    'e3x.token.derive'({ packet }) {
      const { head, body } = readPacket(bytesOf('packet', packet));
      need(head.length === 1 && head[0] !== 0, 'malformed');
      need(body.length >= TOKEN_LENGTH, 'truncated');
      return { token: hex(tokenOf(body)) };
    },
  };
}

/**
 * What hello says of whose code is tested: that of this file, as `bottlepost-` and the version of this package say, over
 * the primitives of a library.
 */
const ownOver = (library, version) => ({ name: `bottlepost-cs3a-${library}`, version: `${ownVersion} over ${library} ${version}` });

/**
 * Speaks the adapter contract on stdin and stdout.
 * @param identity name and version, and what else hello is to say
 * @param operations what it answers
 */
function serve(identity, operations) {
  const hello = {
    language: 'JavaScript', protocol: 1, operations: Object.keys(operations), profiles: ['e3x-messages-3a', 'e3x-tokens'],
    deterministic: true, limits: { lineBytes: 4194304 }, ...identity,
  };
  const answer = (line) => {
    let id = null; // what is not a request is answered by a fault without an id
    try {
      const request = JSON.parse(line);
      if (!Number.isInteger(request?.id)) throw new TypeError('not a request');
      const { op, params } = request;
      id = request.id;
      if (op === 'hello') return { id, ok: hello };
      if (!Object.hasOwn(operations, op)) return { id, unsupported: true };
      return { id, ok: operations[op](params) };
    } catch (error) {
      if (error instanceof Reject) return { id, reject: { class: error.message } };
      return { id, fault: String(error) };
    }
  };
  // Lines end at the byte 0a alone: readline would also split at U+2028, which JSON strings may hold.
  let pending = [];
  process.stdin.on('data', (data) => {
    let start = 0;
    for (let end = data.indexOf(10); end >= 0; start = end + 1, end = data.indexOf(10, start)) {
      const line = Buffer.concat([...pending, data.subarray(start, end)]).toString('utf8');
      pending = [];
      process.stdout.write(`${JSON.stringify(answer(line))}\n`);
    }
    pending.push(data.subarray(start));
  });
}

module.exports = { operationsOver, ownOver, serve };
