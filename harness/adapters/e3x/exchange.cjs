/**
 * Exchanges. The library expects the application to manage all state tracking (its README), so the adapter is that application
 * in the plainest way: it keeps what arrived until it is accepted, answers where `sync` says that an answer is needed, and
 * examines nothing. What the library does not examine either is accepted, and what it has no call for is not declared: `renew`,
 * and `tick`, since an exchange has no timers.
 */
'use strict';
const { Clock, drawing, EPHEMERAL_DRAWS, ENTROPY_LENGTH, fromHex, need, Sessions, toHex, uncounted, UNSAID } = require('./host.cjs');

/** The entropy of `open` as the ephemeral secrets of a cipher set; under 2a also the AES key and the seed of OAEP. */
function ephemeralOf(csid, entropy) {
  if (csid !== '2a') return { secret: entropy };
  return { secret: entropy.slice(0, 64), aes: entropy.slice(64, 128), seed: entropy.slice(128) };
}

/** @param library e3x-js and the packages that it uses */
module.exports = ({ e3x, lob, hashname, forge }, { selfOf, exchangeOf, unlessRefused }) => {
  const sessions = new Sessions('exchange');

  /**
   * Makes the entropy of the next message what the library seals it with. Cipher set 3a draws for each message, the others count
   * on from where they began: 1a in a member, 2a in the bytes that it drew, which are the adapter's own and are written to.
   */
  function drawsOf(csid, counter, entropy) {
    if (csid === '3a') return [entropy];
    if (csid === '1a') counter.seq = entropy.readUInt32LE(0);
    else uncounted(entropy).copy(counter);
    return [];
  }
  /** Makes a call in which the library makes an object of cipher set 1a, and returns both. */
  async function capturing(csid, kind, call) {
    const set = e3x.cs[csid];
    const make = set[kind];
    let made;
    if (csid === '1a')
      set[kind] = function (...args) {
        make.apply(this, args);
        made = this;
      };
    try {
      return { result: await call(), made };
    } finally {
      set[kind] = make;
    }
  }

  /** Handshakes of all types under the exchange's `at`, each as a message. */
  async function handshakes(session, entropy) {
    const { x, csid, contents } = session;
    const each = ENTROPY_LENGTH[csid];
    // An answer for which the bench gives nothing is one that must not be sent: it is sealed, so that it is seen.
    if (entropy.length === 0) entropy = Buffer.alloc(each * contents.length, 1);
    if (entropy.length !== each * contents.length) throw new Error(`entropy has ${entropy.length} bytes`);
    session.usedAt = x.at();
    const made = [];
    for (const [i, content] of contents.entries()) {
      const draws = drawsOf(csid, session.messages, entropy.subarray(i * each, (i + 1) * each));
      made.push(await drawing(forge, draws, () => unlessRefused(() => x.handshake(content()), csid)));
    }
    return made;
  }
  const told = (transmit = [], events = []) => ({ transmit: transmit.map(toHex), events });
  /** A call of a session, at its time. */
  const call = (name, run) => [
    `e3x.exchange.${name}`,
    ({ session: handle, now, ...params }) => {
      const session = sessions.get(handle);
      return session.clock.at(now, () => run(session, params));
    },
  ];

  /** What is sent in each handshake: a link with the keys of this endpoint, and what the application adds. */
  function contentsOf({ csid, local, keys = {}, z, handshakes: further = {} }) {
    const all = Object.fromEntries(Object.entries({ ...keys, [csid]: local.key }).map(([id, key]) => [id, fromHex(key)]));
    const { [csid]: key, ...others } = all;
    const intermediates = Object.keys(others).length > 0 ? hashname.intermediates(others) : undefined;
    const link = () => ({ json: { type: 'link', at: 0, ...(z === undefined ? {} : { z }) }, body: lob.encode(intermediates ?? null, key) });
    const others_ = Object.entries(further).map(([type, { json = {}, body = '' }]) => () => ({
      json: { type, at: 0, ...json },
      body: fromHex(body),
    }));
    return [link, ...others_];
  }

  return Object.fromEntries([
    [
      'e3x.exchange.open',
      async ({ csid, local, remoteKey, at, entropy, now, ...options }) => {
        if (!(csid in e3x.cs)) return exchangeOf(e3x.self({ pairs: {} }), csid, remoteKey);
        const self = selfOf(csid, local);
        const clock = new Clock();
        const start = csid === '3a' ? [] : [Buffer.alloc(ENTROPY_LENGTH[csid])]; // where it counts from; set before each use
        const session = { self, csid, clock, at, contents: contentsOf({ csid, local, ...options }), offered: new Map() };
        const draws = [...EPHEMERAL_DRAWS[csid](ephemeralOf(csid, entropy)), ...start];
        await clock.at(now, () =>
          drawing(forge, draws, async () => {
            const { result: x, made } = await capturing(csid, '_Remote', () => exchangeOf(self, csid, remoteKey));
            session.x = x;
            session.messages = csid === '1a' ? made : start[0];
            await unlessRefused(() => x.load, csid);
            x.at(1); // else it begins with the seconds of the clock; it cannot be without
          }),
        );
        return { session: sessions.add(session), ...told() };
      },
    ],
    call('handshake', async (session, { entropy }) => {
      const { x, usedAt } = session;
      x.at(Math.max(session.at ?? 1, x.at() + (usedAt === x.at() ? 1 : 0)));
      return told(await handshakes(session, fromHex(entropy)));
    }),
    call('receive', async (session, { packet }) => {
      const { self, x, csid, offered } = session;
      const outer = lob.decode(fromHex(packet));
      need(outer !== undefined, UNSAID);
      if (outer.head.length !== 1) {
        const inner = await unlessRefused(() => x.receive(outer), csid, x);
        need(inner !== undefined, UNSAID);
        return told([], [{ type: 'packet', inner: toHex(inner) }]);
      }
      const inner = await unlessRefused(() => self.decrypt(outer), csid);
      need(await unlessRefused(() => x.verify(outer), csid), UNSAID);
      const { at, type } = inner.json;
      // The library has no word for the two kinds of messages; what has no `at` cannot be given to its sync.
      if (at === undefined) return told([], [{ type: 'message', inner: toHex(inner), verified: true, ephemeral: true }]);
      offered.set(at, { outer, inner });
      return told([], [{ type: 'handshake', at, kind: type, json: inner.json, body: toHex(inner.body) }]);
    }),
    call('accept', async (session, { at, entropy }) => {
      const { x, csid, offered } = session;
      const candidate = offered.get(at);
      need(candidate !== undefined, 'wrong-state'); // the adapter's own answer: there is nothing to pass on
      offered.clear();
      const before = x.session;
      const start = Buffer.alloc(ENTROPY_LENGTH[csid]);
      const { result: isInSync, made } = await capturing(csid, '_Ephemeral', () =>
        drawing(forge, [], () => unlessRefused(() => x.sync(candidate.outer, candidate.inner), csid), csid === '3a' ? [] : [start]),
      );
      if (x.session !== before) Object.assign(session, { packets: csid === '1a' ? made : start, isCounting: false });
      return told(isInSync ? [] : await handshakes(session, fromHex(entropy)));
    }),
    call('send', async (session, { inner, entropy }) => {
      const { x, csid, packets, isCounting } = session;
      const packet = lob.decode(fromHex(inner));
      need(packet !== undefined, UNSAID);
      const random = fromHex(entropy);
      if (packets !== undefined && random.length !== (isCounting ? 0 : ENTROPY_LENGTH[csid]))
        throw new Error(`entropy has ${random.length} bytes`);
      const draws = packets === undefined || isCounting ? [] : drawsOf(csid, packets, random);
      session.isCounting = packets !== undefined && csid === '1a';
      const transmit = [];
      x.sending = (sealed) => transmit.push(sealed);
      await unlessRefused(() => drawing(forge, draws, () => x.send(packet)), csid, x);
      return told(transmit);
    }),
    ['e3x.exchange.close', ({ session }) => (sessions.close(session), {})],
  ]);
};
