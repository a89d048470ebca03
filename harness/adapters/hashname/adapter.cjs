/**
 * Bottlepost adapter over the npm package hashname: it translates calls and repairs nothing, so that what the bench
 * reports is what the library does. Run it with `node adapter.cjs`; see README.md for the mapping and its limits.
 */
'use strict';
process.noDeprecation = true; // the library uses new Buffer()
console.log = console.error; // the library logs 'ERRR' on stdout, which belongs to the replies
const hashname = require('../library.cjs')('hashname');

const fromHex = (text) => Buffer.from(text, 'hex');
const buffersOf = (map) => Object.fromEntries(Object.entries(map).map(([csid, hex]) => [csid, fromHex(hex)]));
const malformed = (detail) => ({ reject: { class: 'malformed', detail } });

const operations = {
  'e3x.hashname.derive'({ keys, intermediates }) {
    const name = hashname.fromKeys(buffersOf(keys), intermediates && buffersOf(intermediates));
    return name === false ? malformed('fromKeys returned false') : { ok: { hashname: name } };
  },

  'e3x.hashname.intermediates'({ keys }) {
    const digests = Object.entries(hashname.intermediates(buffersOf(keys)));
    // The library writes digests as base 32, the contract as hex.
    const toHex = ([csid, text]) => [csid, hashname.base32.decode(text).toString('hex')];
    return { ok: { intermediates: Object.fromEntries(digests.map(toHex)) } };
  },

  'e3x.hashname.parse'({ hashname: text }) {
    if (!hashname.isHashname(text)) return malformed('isHashname returned false');
    const digest = hashname.buffer(text);
    return digest === false ? malformed('buffer returned false') : { ok: { digest: digest.toString('hex') } };
  },

  'e3x.base32.encode'({ bytes }) {
    return { ok: { text: hashname.base32.encode(fromHex(bytes)) } };
  },

  // On an error the library logs it and returns an empty buffer; so does this.
  'e3x.base32.decode'({ text }) {
    return { ok: { bytes: hashname.base32.decode(text).toString('hex') } };
  },
};

const hello = {
  name: 'hashname',
  version: '0.3.1',
  language: 'JavaScript',
  protocol: 1,
  operations: Object.keys(operations),
  profiles: ['e3x-hashnames'],
  deterministic: true,
  limits: { lineBytes: 4194304 },
};

function answer(line) {
  let id = null; // what is not a request is answered by a fault without an id
  try {
    const request = JSON.parse(line);
    if (!Number.isInteger(request?.id)) throw new TypeError('not a request');
    const { op, params } = request;
    id = request.id;
    if (op === 'hello') return { id, ok: hello };
    if (!Object.hasOwn(operations, op)) return { id, unsupported: true };
    return { id, ...operations[op](params) };
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
    process.stdout.write(`${JSON.stringify(answer(line))}\n`);
  }
  pending.push(data.subarray(start));
});
