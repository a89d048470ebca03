/**
 * Bottlepost adapter over the npm package e3x (telehash/e3x-js): it translates calls and repairs nothing, so that what
 * the bench reports is what the library does. The package is not among this project's dependencies: it is looked for
 * from the folder in E3X_JS_DIR, else from the current one. See README.md for the mapping and its limits.
 */
'use strict';
process.noDeprecation = true; // the library uses new Buffer()
process.env.PURE = 'true'; // its own switch: no compiled optional dependency in place of the JavaScript that is judged
console.log = console.error; // the library logs, and only replies may go to stdout
const crypto = require('node:crypto');
const { createRequire } = require('node:module');
const { join } = require('node:path');

const folder = process.env.E3X_JS_DIR ?? process.cwd();
let fromHere, e3x;
try {
  fromHere = createRequire(join(folder, 'package.json'));
  e3x = fromHere('e3x');
} catch (error) {
  const [reason] = error.message.split('\n');
  process.stderr.write(`e3x is not installed in ${folder}: set E3X_JS_DIR; docs/guides/e3x-js.md says how to get it\n${reason}\n`);
  process.exit(1);
}
const fromE3x = createRequire(fromHere.resolve('e3x'));
const { version } = fromE3x('./package.json');
const lob = fromE3x('lob-enc');
const subtle = fromE3x('subtle');
const forge = fromE3x('node-forge');

class Reject extends Error {}
/** The library drew what it was not given: the adapter's fault, and never a refusal. */
class Shortage extends Error {}
const need = (condition, rejectClass) => {
  if (!condition) throw new Reject(rejectClass);
};
const fromHex = (text) => Buffer.from(text, 'hex');
const pairOf = ({ secret, key }) => ({ secret: fromHex(secret), key: fromHex(key) });

/** One less than a number of bytes, big-endian, in front of which zeros fill up `length`. */
function lessOne(bytes, length) {
  const text = (BigInt(`0x${bytes.toString('hex')}`) - 1n).toString(16);
  return fromHex(text.padStart(2 * length, '0'));
}
/** A counter at the start of bytes, little-endian, before the library counts it up. */
function uncounted(bytes) {
  const before = Buffer.from(bytes);
  before.writeUInt32LE((before.readUInt32LE(0) + 0xffffffff) % 0x100000000, 0);
  return before;
}

/** What the library draws with the secrets of an exchange: by the length that it asks for, since order varies. */
const EPHEMERAL_DRAWS = {
  '1a': ({ secret }) => [lessOne(fromHex(secret), 161)], // it adds 1 to a remainder of 161 bytes
  '2a': ({ secret, aes, seed }) => [fromHex(aes), lessOne(fromHex(secret), 256), ...(seed === undefined ? [] : [fromHex(seed)])],
  '3a': ({ secret }) => [fromHex(secret)],
};
const OAEP_SEED_LENGTH = 20;
const ENTROPY_LENGTH = { '1a': 4, '2a': 12, '3a': 24 };

/** Runs `call` with the library's randomness drawing from `draws`, each once; a shortage or leftover is a fault. */
async function drawing(draws, call) {
  const { randomBytes } = crypto;
  const { getBytes, getBytesSync } = forge.random;
  const left = [...draws];
  const draw = (length) => {
    const at = left.findIndex((bytes) => bytes.length === length);
    if (at < 0) throw new Shortage(`entropy shortage: the library drew ${length} bytes that were not given`);
    return left.splice(at, 1)[0];
  };
  crypto.randomBytes = draw;
  // RSA also draws to blind its arithmetic, which shows in no output; only the seed of OAEP is given.
  const toBlind = (length) => {
    crypto.randomBytes = randomBytes;
    try {
      return getBytes(length);
    } finally {
      crypto.randomBytes = draw;
    }
  };
  forge.random.getBytes = forge.random.getBytesSync = (length) =>
    length === OAEP_SEED_LENGTH ? draw(length).toString('binary') : toBlind(length);
  try {
    const result = await call();
    if (left.length > 0) throw new Error(`entropy left over: ${left.map((bytes) => bytes.length).join(', ')} bytes`);
    return result;
  } finally {
    crypto.randomBytes = randomBytes;
    Object.assign(forge.random, { getBytes, getBytesSync });
  }
}

/** The reject class for what the library refuses with: it has messages and no classes. */
function classOf(error, csid) {
  const message = String(error?.message ?? error);
  if (error instanceof Reject) return message;
  if (message.includes('unsupported Cipher Set')) return csid in e3x.cs ? 'malformed' : 'unsupported';
  if (message.includes('no support for cs')) return 'unsupported';
  if (message.includes('invalid message') || message.includes('invalid packet')) return 'malformed';
  if (/public key|ASN\.1|DER/.test(message)) return 'malformed';
  return DECLARED.test(message) ? 'truncated' : 'unauthenticated'; // 'handshake invalid' is all it says of a forgery
}
/** Errors that the library throws on purpose, besides the promises that it rejects. */
const DECLARED = /invalid body length|below minimum length/;
/** Makes a call; a promise that is rejected is a refusal, and so is an error thrown on purpose. Other throws are faults. */
async function unlessRefused(call, csid) {
  let promise;
  try {
    promise = call();
  } catch (error) {
    if (!DECLARED.test(String(error?.message))) throw error;
    throw new Reject(classOf(error, csid));
  }
  try {
    return await promise;
  } catch (error) {
    if (error instanceof Shortage) throw error;
    throw new Reject(classOf(error, csid));
  }
}

function selfOf(csid, pair) {
  const self = e3x.self({ pairs: { [csid]: pairOf(pair) } });
  need(self, 'malformed'); // a key pair that is not one of this cipher set
  return self;
}
function exchangeOf(self, csid, key) {
  const exchange = self.exchange({ csid, key: fromHex(key) });
  if (!exchange) throw new Reject(String(self.err?.message ?? self.err).includes('no support') ? 'unsupported' : 'malformed');
  return exchange;
}
function outerOf(packet) {
  const message = lob.decode(fromHex(packet));
  need(message !== undefined, 'truncated');
  return message;
}
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
    return drawing([...draws, ...(csid in e3x.cs ? [csid === '2a' ? uncounted(random) : random] : [])], async () => {
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
      need(await unlessRefused(() => exchange.verify(message), csid), 'unauthenticated');
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
    const remote = await drawing([...EPHEMERAL_DRAWS[csid](ephemeral), ...seq], () => {
      const made = new set._Remote(key);
      if (made.err) throw new Reject('malformed');
      return made;
    });
    const session = new set._Ephemeral(remote, handshake.body);
    if (session.err) throw new Reject('malformed');
    return { encryptKey: session.encKey.toString('hex'), decryptKey: session.decKey.toString('hex') };
  },

  async 'e3x.channelpacket.seal'({ csid, key, token, inner, entropy }) {
    need(csid in e3x.cs, 'unsupported');
    const random = fromHex(entropy);
    if (random.length !== ENTROPY_LENGTH[csid]) throw new Error(`entropy has ${random.length} bytes`);
    const seeds = { '1a': [], '2a': [uncounted(random)], '3a': [random] }[csid];
    if (csid !== '1a') return drawing(seeds, async () => sealed(await sessionWith(csid, fromHex(key)), token, inner));
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
    need(content !== false, 'unauthenticated'); // the answer of 1a; 3a answers with no bytes, as if the packet held none
    const inner = lob.decode(Buffer.from(content));
    need(inner !== undefined, 'truncated');
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
    const remote = await drawing([...secrets, Buffer.alloc(12)], async () => {
      const made = new set.Remote(pair.key);
      await made.load;
      return made;
    });
    await drawing([Buffer.alloc(12)], () => new set.Ephemeral(remote, body, inner).load);
    return { encryptKey: keys[0], decryptKey: keys[1] };
  } finally {
    subtle.digest = digest;
  }
}

const hello = {
  name: 'e3x',
  version,
  language: 'JavaScript',
  protocol: 1,
  operations: Object.keys(operations),
  profiles: ['e3x-messages'],
  deterministic: true,
  limits: { lineBytes: 4194304 },
};

async function answer(line) {
  let id = null; // what is not a request is answered by a fault without an id
  try {
    const request = JSON.parse(line);
    if (!Number.isInteger(request?.id)) throw new TypeError('not a request');
    const { op, params } = request;
    id = request.id;
    if (op === 'hello') return { id, ok: hello };
    if (!Object.hasOwn(operations, op)) return { id, unsupported: true };
    return { id, ok: await operations[op](params) };
  } catch (error) {
    if (error instanceof Reject) return { id, reject: { class: error.message } };
    return { id, fault: String(error) }; // a throw is not a refusal
  }
}

// One after the other: while a request runs, the process's randomness is its own. Lines end at the byte 0a alone.
let last = Promise.resolve();
let pending = [];
process.stdin.on('data', (data) => {
  let start = 0;
  for (let end = data.indexOf(10); end >= 0; start = end + 1, end = data.indexOf(10, start)) {
    const line = Buffer.concat([...pending, data.subarray(start, end)]).toString('utf8');
    pending = [];
    last = last.then(() => answer(line)).then((reply) => process.stdout.write(`${JSON.stringify(reply)}\n`));
  }
  pending.push(data.subarray(start));
});
