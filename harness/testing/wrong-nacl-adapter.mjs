/**
 * Cipher set 3a over tweetnacl, right or wrong in one way on purpose: `node wrong-nacl-adapter.mjs MODE [PIDFILE]`. What
 * the tests of `cross` must be able to blame.
 */
import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import nacl from 'tweetnacl';
import cs3a from '../adapters/nacl/cs3a.cjs';

const { operationsOver, serve } = cs3a;

const [mode, pidFile] = process.argv.slice(2);
if (pidFile !== undefined) appendFileSync(pidFile, `${process.pid}\n`);

const primitives = {
  publicOf: (secret) => nacl.scalarMult.base(secret),
  agree: (secret, key) => (nacl.scalarMult(secret, key).every((byte) => byte === 0) ? undefined : nacl.box.before(key, secret)),
  seal: (data, nonce, key) => nacl.secretbox(data, nonce, key),
  open: (data, nonce, key) => nacl.secretbox.open(data, nonce, key) ?? undefined,
  authenticate(data, key) {
    const tag = new Uint8Array(16);
    nacl.lowlevel.crypto_onetimeauth(tag, 0, data, 0, data.length, key);
    return tag;
  },
  sha256: (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest(),
};
const right = operationsOver(primitives);
const fresh = (length) => Buffer.from(nacl.randomBytes(length)).toString('hex');
const drawn = (params) => ({ ...params, ephemeral: { secret: fresh(32) }, entropy: fresh(24) });
const silent = () => {
  for (;;); // takes the process with it, as an endless loop in an implementation does
};

/** A token over the first half of the recipient's key, and nothing of the packet. */
const tokenOf = ({ recipientKey }) => primitives.sha256(Buffer.from(recipientKey.slice(0, 32), 'hex')).toString('hex').slice(0, 32);
const swapped = ({ encryptKey, decryptKey }) => ({ encryptKey: decryptKey, decryptKey: encryptKey });

/** What each mode changes. */
const MODES = {
  right: {},
  'raw-x25519': operationsOver({ ...primitives, agree: (secret, key) => nacl.scalarMult(secret, key) }),
  'own-token': { 'e3x.message.seal': (params) => ({ ...right['e3x.message.seal'](params), token: tokenOf(params) }) },
  'swapped-keys': { 'e3x.channelkeys.derive': (params) => swapped(right['e3x.channelkeys.derive'](params)) },
  'always-verified': { 'e3x.message.open': (params) => ({ ...right['e3x.message.open'](params), verified: true }) },
  random: { 'e3x.message.seal': (params) => right['e3x.message.seal'](drawn(params)) },
  'random-wrong': { 'e3x.message.seal': (params) => right['e3x.message.seal']({ ...drawn(params), sender: { secret: fresh(32) } }) },
  crash: { 'e3x.message.open': () => process.exit(7) },
  hang: { 'e3x.message.open': silent },
  fault: { 'e3x.message.open': () => { throw new Error('on purpose'); } },
};
if (!Object.hasOwn(MODES, mode)) throw new Error(`modes: ${Object.keys(MODES).join(', ')}`);
serve({ name: `nacl-${mode}`, version: '1', deterministic: !mode.startsWith('random') }, { ...right, ...MODES[mode] });
