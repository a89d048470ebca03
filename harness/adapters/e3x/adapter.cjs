/**
 * Bottlepost adapter over the npm package e3x (telehash/e3x-js): it translates calls and repairs nothing, so that what
 * the bench reports is what the library does. See README.md for the mapping and its limits.
 */
'use strict';
process.noDeprecation = true; // the library uses new Buffer()
process.env.PURE = 'true'; // its own switch: no compiled optional dependency in place of the JavaScript that is judged
console.log = console.error; // the library logs, and only replies may go to stdout
const { createRequire } = require('node:module');
const { dirname } = require('node:path');
const { Clock, Reject, UNSAID } = require('./host.cjs');
const { fromThere, MISSING } = require('./library.cjs');

const from = fromThere();
if (from === undefined) {
  process.stderr.write(`e3x is not installed: ${MISSING}; E3X_JS_DIR names another copy (docs/guides/e3x-js.md)\n`);
  process.exit(1);
}
const fromE3x = createRequire(from.resolve('e3x'));
const { version } = fromE3x('./package.json');
const library = {
  e3x: from('e3x'),
  lob: fromE3x('lob-enc'),
  hashname: fromE3x('hashname'),
  subtle: fromE3x('subtle'),
  forge: fromE3x('node-forge'),
};
Clock.install();
const calls = require('./calls.cjs')(library);
const operations = {
  ...require('./messages.cjs')(library, calls),
  ...require('./exchange.cjs')(library, calls),
  ...require('./channel.cjs')(library, calls),
};

const SESSION_OPENS = ['e3x.exchange.open', 'e3x.channel.open'];

// Nothing is claimed, so that all of it is tested that is declared.
const hello = {
  name: 'e3x',
  version,
  language: 'JavaScript',
  protocol: 1,
  operations: Object.keys(operations),
  profiles: [],
  entropy: 'call',
  // What it refuses comes back as false, undefined or a rejected promise that says little.
  reasons: Object.keys(operations).filter((name) => /\.(seal|open|derive|receive|send)$/.test(name) && !SESSION_OPENS.includes(name)),
  // Its timers are its own, and it has no word for these events.
  omits: ['timeoutAt', 'event:proven', 'event:renewed', 'event:writable'],
  limits: { lineBytes: 4194304 },
};

/** The folder of the library and of what it needs. */
const modules = dirname(dirname(from.resolve('e3x')));
/** True for what the library threw: strings are thrown by nobody else, and of errors the first frame tells that is not Node's. */
function isOfLibrary(error) {
  if (!(error instanceof Error)) return true;
  const frame = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at ') && !line.includes('node:'));
  return frame !== undefined && frame.includes(modules);
}

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
    if (error instanceof Reject) return error.message === UNSAID ? { id, refused: true } : { id, reject: { class: error.message } };
    return isOfLibrary(error) ? { id, crashed: String(error?.name ?? error) } : { id, fault: String(error) };
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
