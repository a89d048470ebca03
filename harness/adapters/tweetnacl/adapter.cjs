/**
 * Bottlepost adapter over the npm package tweetnacl: cipher set 3a, written by this project, from its primitives. Run it with
 * `node adapter.cjs`; see README.md for the mapping and its limits.
 */
'use strict';
const { createHash } = require('node:crypto');
const nacl = require('../library.cjs')('tweetnacl');
const { version } = require('tweetnacl/package.json');
const { operationsOver, ownOver, serve } = require('../nacl/cs3a.cjs');

serve(ownOver('tweetnacl', version), operationsOver({
  publicOf: (secret) => nacl.scalarMult.base(secret),
  // The library hashes an all-zero agreement like any other, so its user has to look.
  agree: (secret, key) => (nacl.scalarMult(secret, key).every((byte) => byte === 0) ? undefined : nacl.box.before(key, secret)),
  seal: (data, nonce, key) => nacl.secretbox(data, nonce, key),
  open: (data, nonce, key) => nacl.secretbox.open(data, nonce, key) ?? undefined,
  authenticate(data, key) {
    const tag = new Uint8Array(16);
    nacl.lowlevel.crypto_onetimeauth(tag, 0, data, 0, data.length, key);
    return tag;
  },
  // nacl.hash is SHA-512; E3X wants SHA-256, which the library does not have.
  sha256: (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest(),
}));
