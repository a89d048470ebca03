/**
 * Channels. A channel of the library belongs to an exchange and sends through it, so each session has an exchange whose sealing
 * leaves packets as they are: inner packets go in and out, and everything between is the library's. It has no replay window, no
 * bound of bytes and no count of resends; those parameters have no effect.
 */
'use strict';
const { Clock, drawing, fromHex, need, Sessions, toHex, UNSAID } = require('./host.cjs');

/** An exchange of two fixed keys, for which this endpoint is the one whose ids are odd, or even. */
const KEYS = {
  low: { secret: '01'.repeat(32), key: '07'.repeat(32) },
  high: { secret: '02'.repeat(32), key: 'f7'.repeat(32) },
};

/** @param library e3x-js and the packages that it uses */
module.exports = ({ e3x, lob, forge }, { selfOf }) => {
  const sessions = new Sessions('channel');
  const DEFAULT_WINDOW = e3x.defaults.chan_inbuf;

  async function exchangeFor(isOdd) {
    const [own, other] = isOdd ? [KEYS.high, KEYS.low] : [KEYS.low, KEYS.high];
    const x = await drawing(forge, [Buffer.alloc(32, 1)], () => selfOf('3a', own).exchange({ csid: '3a', key: fromHex(other.key) }));
    x.session = { token: Buffer.alloc(0), encrypt: (inner) => Promise.resolve(inner) };
    x.sessioner = Promise.resolve(true);
    return x;
  }

  /** Gives the packets that the application gets to the session; `cb` is how it says that it is done with one. */
  function listen(session, chan) {
    session.chan = chan;
    chan.retimeout(session.timeoutMs ?? chan.timeout);
    chan.receiving = (err, packet, cb) => {
      if (err) session.events.push({ type: 'error', err });
      else session.events.push({ type: 'packet', packet: toHex(packet) });
      if (err) return;
      if (chan.reliable) session.processed = cb;
      else cb();
    };
  }
  /** A call of a session, at its time, and what it brought about. */
  async function told(session, now, call) {
    session.transmit = [];
    session.events = [];
    e3x.defaults.chan_inbuf = session.window ?? DEFAULT_WINDOW;
    await session.clock.at(now, call);
    const { chan } = session;
    // Its state is all by which a channel says that it is gone; one that had an error has said so.
    if (chan?.state === 'gone' && !session.isGone && chan.err === undefined) session.events.push({ type: 'closed' });
    session.isGone = chan?.state === 'gone';
    return { transmit: session.transmit.map(toHex), events: session.events };
  }
  const call = (name, run) => [
    `e3x.channel.${name}`,
    ({ session: handle, now, ...params }) => {
      const session = sessions.get(handle);
      return told(session, now, () => run(session, params));
    },
  ];
  /** A channel of the library, or the reason for which it makes none: a promise that is rejected. */
  async function channelOf(x, open) {
    const chan = x.channel(open);
    if (typeof chan.then !== 'function') return chan;
    await chan.catch(() => undefined);
    return need(false, UNSAID); // 'invalid open' is all it says
  }

  return Object.fromEntries([
    [
      'e3x.channel.open',
      async ({ c, type, reliable, incoming, window, timeoutMs, now }) => {
        const session = { clock: new Clock(), window, timeoutMs };
        const reply = await told(session, now, async () => {
          const isOdd = (c % 2 === 1) !== (incoming === true);
          session.x = await exchangeFor(isOdd);
          // Without its first two bytes, the length of its own head.
          session.x.sending = (packet) => session.transmit.push(packet.subarray(2));
          if (incoming === true) return;
          session.opening = { json: { c, type, ...(reliable === true ? { seq: 1 } : {}) } };
          listen(session, await channelOf(session.x, session.opening));
        });
        return { session: sessions.add(session), ...reply };
      },
    ],
    call('send', async (session, { json, body, end, err }) => {
      const { chan, opening } = session;
      need(chan !== undefined, 'wrong-state'); // the adapter's own answer: no packet opened it, so there is nothing to call
      const packet = opening ?? { json: {} };
      session.opening = undefined;
      Object.assign(packet.json, end === true ? { end } : {}, err === undefined ? {} : { err }, json);
      if (body !== undefined) packet.body = fromHex(body);
      // The library says of each packet that it is acknowledged; the last one is what the acknowledgement covers.
      packet.callback = () => {
        if (session.events.at(-1)?.type === 'acked') session.events.pop();
        session.events.push({ type: 'acked', ack: packet.json.seq });
      };
      chan.send(packet);
    }),
    call('receive', async (session, { packet }) => {
      const inner = lob.decode(fromHex(packet));
      need(inner !== undefined, UNSAID);
      if (session.chan === undefined) listen(session, await channelOf(session.x, inner));
      session.chan.receive(inner);
    }),
    call('done', (session) => {
      const { processed } = session;
      need(processed !== undefined, 'wrong-state'); // the adapter's own answer: the library has not handed up a packet
      session.processed = undefined;
      processed();
    }),
    call('tick', ({ clock }) => clock.fire()),
    ['e3x.channel.close', ({ session }) => (sessions.close(session), {})],
  ]);
};
