/** How calls of the library are made and what its refusals are called: it has messages, and few of them give a reason. */
'use strict';
const { fromHex, need, Reject, Shortage, UNSAID } = require('./host.cjs');

const pairOf = ({ secret, key }) => ({ secret: fromHex(secret), key: fromHex(key) });

/** @param library e3x-js and the packages that it uses */
module.exports = ({ e3x, lob }) => {
  function classOf(error, csid) {
    const message = String(error?.message ?? error);
    if (error instanceof Reject) return error.message;
    if (/handshake sync required|send with no session/.test(message)) return 'wrong-state';
    if (message.includes('unsupported Cipher Set')) return csid in e3x.cs ? 'malformed' : 'unsupported';
    if (message.includes('no support for cs')) return 'unsupported';
    if (message.includes('invalid message') || message.includes('invalid packet')) return 'malformed';
    if (/public key|ASN\.1|DER/.test(message)) return 'malformed';
    return DECLARED.test(message) ? 'truncated' : UNSAID; // 'handshake invalid' is all it says of most
  }
  /** Errors that the library throws on purpose, besides the promises that it rejects. */
  const DECLARED = /invalid body length|below minimum length/;
  /**
   * Makes a call; a promise that is rejected is a refusal, and so is an error thrown on purpose. Other throws are crashes, also
   * where a promise caught them.
   * @param x an exchange, which rejects with `false` and keeps the reason
   */
  async function unlessRefused(call, csid, x) {
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
      if (error instanceof Shortage || error instanceof TypeError || error instanceof RangeError) throw error;
      throw new Reject(classOf(error === false && x !== undefined ? x.err : error, csid));
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
    need(message !== undefined, UNSAID);
    return message;
  }

  return { pairOf, selfOf, exchangeOf, outerOf, unlessRefused };
};
