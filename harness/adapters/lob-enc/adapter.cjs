/**
 * Bottlepost adapter over the npm package lob-enc: it translates calls and repairs nothing, so that what the bench
 * reports is what the library does. Run it with `node adapter.cjs`; see README.md for the mapping and its limits.
 */
'use strict';
process.noDeprecation = true; // the library uses new Buffer()
const crypto = require('node:crypto');
const lob = require('../library.cjs')('lob-enc');

const fromHex = (text) => Buffer.from(text, 'hex');
/** The library returns undefined for whatever it does not read, and never says why. */
const refused = { refused: true };
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Runs `call` with crypto.randomBytes drawing from the nonces given: a shortage or a leftover is a fault. */
function withEntropy(nonces, call) {
  const randomBytes = crypto.randomBytes;
  let entropy = Buffer.concat(nonces.map(fromHex));
  crypto.randomBytes = (length) => {
    if (entropy.length < length) throw new Error('entropy shortage: the library drew more nonces than were given');
    const drawn = entropy.subarray(0, length);
    entropy = entropy.subarray(length);
    return drawn;
  };
  try {
    const result = call();
    if (entropy.length > 0) throw new Error(`entropy left over: ${entropy.length} bytes`);
    return result;
  } finally {
    crypto.randomBytes = randomBytes;
  }
}

const operations = {
  'e3x.packet.encode'({ json, head, body }) {
    const jsonOrHead = json ?? (head === undefined ? null : fromHex(head));
    return { ok: { packet: lob.encode(jsonOrHead, body === undefined ? undefined : fromHex(body)).toString('hex') } };
  },

  'e3x.packet.decode'({ packet }) {
    const decoded = lob.decode(fromHex(packet));
    if (decoded === undefined) return refused;
    const { head, body, json } = decoded;
    const ok = { headLength: head.length, head: head.toString('hex'), bodyLength: body.length, body: body.toString('hex') };
    // Below 7 bytes the library always has {}, which is not a reading of the head. What is not an object cannot be told.
    if (head.length >= 7 && isObject(json)) ok.json = json;
    return { ok };
  },

  'e3x.chunks.split'({ packet, size, transport }) {
    if (transport !== undefined) throw new Error('lob-enc knows no transports, only sizes');
    const stream = lob.chunking({ size });
    const frames = [];
    // One push is one frame; false, as from a full stream, makes the library wait for the next read instead of recursing.
    stream.push = (frame) => {
      frames.push(frame.toString('hex'));
      return false;
    };
    stream.send(fromHex(packet));
    for (let count = 0; count < frames.length; ) {
      count = frames.length;
      stream.send(); // what the library does on every read
    }
    return { ok: { frames } };
  },

  async 'e3x.chunks.join'({ stream }) {
    const packets = [];
    const chunking = lob.chunking({}, (error, packet) => {
      if (error) process.stderr.write(`lob-enc: ${error}\n`); // 'HTTP detected': the contract has no place for it
      else packets.push(packet.toString('hex'));
    });
    await new Promise((resolve) => chunking.write(fromHex(stream), resolve));
    return { ok: { packets } };
  },

  'e3x.cloak.apply'({ packet, nonces }) {
    const cloaked = withEntropy(nonces, () => lob.cloak(fromHex(packet), undefined, nonces.length));
    return { ok: { cloaked: cloaked.toString('hex') } };
  },

  'e3x.cloak.remove'({ cloaked }) {
    const packet = lob.decloak(fromHex(cloaked));
    if (packet === undefined) return refused;
    return { ok: { packet: packet.toString('hex'), rounds: packet.cloaked } };
  },
};

const hello = {
  name: 'lob-enc',
  version: '0.0.17',
  language: 'JavaScript',
  protocol: 1,
  operations: Object.keys(operations),
  profiles: ['e3x-packets', 'e3x-chunks', 'e3x-cloaking'],
  deterministic: true,
  reasons: ['e3x.packet.decode', 'e3x.cloak.remove'],
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
    return { id, ...(await operations[op](params)) };
  } catch (error) {
    return { id, fault: String(error) }; // a throw is not a refusal: the library has no error for this input
  }
}

// Lines end at the byte 0a alone: readline would also split at U+2028, which JSON strings may hold.
let pending = [];
process.stdin.on('data', (data) => {
  let start = 0;
  for (let end = data.indexOf(10); end >= 0; start = end + 1, end = data.indexOf(10, start)) {
    const line = Buffer.concat([...pending, data.subarray(start, end)]).toString('utf8');
    pending = [];
    void answer(line).then((reply) => process.stdout.write(`${JSON.stringify(reply)}\n`));
  }
  pending.push(data.subarray(start));
});
