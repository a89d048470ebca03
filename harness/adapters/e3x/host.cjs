/**
 * The world of the library, handed over by the bench: its clock, its timers and its randomness. The library reads
 * Date.now, setTimeout and crypto.randomBytes; what it does with them is its own.
 */
'use strict';
const crypto = require('node:crypto');

class Reject extends Error {}
/** The class of a refusal without a reason: `false`, `undefined`, or a promise that is rejected with no more than that. */
const UNSAID = '';
/** The library drew what it was not given: the adapter's fault, and never a refusal. */
class Shortage extends Error {}
const need = (condition, rejectClass) => {
  if (!condition) throw new Reject(rejectClass);
};
const fromHex = (text) => Buffer.from(text, 'hex');
const toHex = (bytes) => Buffer.from(bytes).toString('hex');

/** One less than a number of bytes, big-endian, in front of which zeros fill up `length`. */
function lessOne(bytes, length) {
  if (bytes.every((byte) => byte === 0)) return Buffer.alloc(length); // nothing is less; what is not a secret becomes another one
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

/**
 * Runs `call` with the randomness of the library drawing from `draws`, each once; a shortage or leftover is a fault.
 * @param forge the node-forge of the library, which draws by itself
 * @param spare what it may draw and need not
 */
async function drawing(forge, draws, call, spare = []) {
  const { randomBytes } = crypto;
  const { getBytes, getBytesSync } = forge.random;
  const left = [...draws];
  const kept = [...spare];
  const draw = (length) => {
    for (const list of [left, kept]) {
      const at = list.findIndex((bytes) => bytes.length === length);
      if (at >= 0) return list.splice(at, 1)[0];
    }
    throw new Shortage(`entropy shortage: the library drew ${length} bytes that were not given`);
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

/**
 * The clock that the library reads while a session of the bench runs, and the timers that it sets then. What is due fires when
 * the bench lets time pass, all of it at the time of the call, as in a process that wakes up late.
 */
class Clock {
  static #current;
  #now = 0;
  #last = 0;
  #timers = new Map();

  /** Puts the clocks of sessions in place of the process's own, for good. */
  static install() {
    const current = () => {
      if (Clock.#current === undefined) throw new Error('the library reads a clock outside of a session');
      return Clock.#current;
    };
    Date.now = () => Clock.#current?.#now ?? 0;
    globalThis.setTimeout = (call, ms, ...args) => current().#set(call, ms, args);
    globalThis.clearTimeout = (timer) => timer?.clock.#timers.delete(timer);
  }
  #set(call, ms, args) {
    const timer = { clock: this, order: this.#last++, at: this.#now + Math.max(1, Number(ms) || 0), call: () => call(...args) };
    this.#timers.set(timer, timer);
    return timer;
  }
  #next() {
    return [...this.#timers.keys()].sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }
  /** Makes a call of a session at its time, and waits until the promises that it leaves behind are settled. */
  async at(now, call) {
    this.#now = now;
    Clock.#current = this;
    try {
      const result = await call();
      await new Promise(setImmediate);
      return result;
    } finally {
      Clock.#current = undefined;
    }
  }
  /** Fires what is due, within a call of `at`. */
  fire() {
    for (let timer = this.#next(); timer !== undefined && timer.at <= this.#now; timer = this.#next()) {
      this.#timers.delete(timer);
      timer.call();
    }
  }
  /** When the library wants to be called next, in milliseconds. */
  get timeoutAt() {
    return this.#next()?.at;
  }
}

/** The sessions of one kind, by their handles. */
class Sessions {
  #open = new Map();
  #last = 0;
  #prefix;
  constructor(prefix) {
    this.#prefix = prefix;
  }
  add(session) {
    const handle = `${this.#prefix}-${++this.#last}`;
    this.#open.set(handle, session);
    return handle;
  }
  get(handle) {
    const session = this.#open.get(handle);
    need(session !== undefined, 'wrong-state'); // the adapter's own answer: the library knows no handles
    return session;
  }
  close(handle) {
    this.get(handle);
    this.#open.delete(handle);
  }
}

module.exports = {
  Reject,
  UNSAID,
  Shortage,
  need,
  fromHex,
  toHex,
  uncounted,
  drawing,
  Clock,
  Sessions,
  EPHEMERAL_DRAWS,
  ENTROPY_LENGTH,
  OAEP_SEED_LENGTH,
};
