/** Answers of the specification that were worked out before it was written, by hand or by other programs. */
import { createCipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { oracleOf } from '../areas.ts';
import type { Json, JsonObject } from '../contract/contract.ts';
import { packageRoot } from '../contract/paths.ts';
import { libsodium } from './identity/sodium.ts';

const oracle = oracleOf('nexus');
const counted = (first: number): string => Buffer.from(Array.from({ length: 32 }, (_, i) => first + i)).toString('hex');
function answer(operation: string, params: JsonObject, member: string): Json | undefined {
  const told = oracle.answer(operation, params);
  return told.kind === 'ok' ? told.value[member] : told.class;
}
const [ALICE, BOB, SECRET] = [counted(0), counted(0x20), counted(0x40)];

describe('NXS-IDN identities', () => {
  it.each([
    [ALICE, '9d24e2eeaf27c2a088a564a32fc03a88'],
    [BOB, '25843b3a196efcefbf5b1390d78db52b'],
  ])('have their destination hashes', (seed, hash) => {
    expect(answer('nexus.identity.derive', { seed }, 'destinationHash')).toBe(hash);
  });
  it('have X25519 keys', () => {
    const key = '5730800ab340fcb18ce5111eda9d705f91388b41e4544cbd103ba5942db2233e';
    expect(answer('nexus.identity.derive', { seed: BOB }, 'x25519PublicKey')).toBe(key);
  });
});
/** RFC 8032 section 7.1: secret and public key of its five tests. */
const RFC_8032 = [
  ['9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'],
  ['4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'],
  ['c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7', 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025'],
  ['f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5', '278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e'],
  ['833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42', 'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf'],
] as const;

describe('NXS-IDN-001 the keys of RFC 8032', () => {
  it.each(RFC_8032)('%s', (seed, publicKey) => {
    expect(answer('nexus.identity.derive', { seed }, 'publicKey')).toBe(publicKey);
  });
});

describe('NXS-MRK-002 a chunk is hashed as the authors of BLAKE3 hash it', () => {
  const { cases } = JSON.parse(readFileSync(join(packageRoot(), 'harness/primitives/published/blake3.json'), 'utf8')) as {
    readonly cases: readonly (readonly [number, string])[];
  };
  it.each(cases.filter(([length]) => length <= 4096))('%i bytes', (length, hash) => {
    const chunk = Buffer.from(Array.from({ length }, (_, i) => i % 251)).toString('hex');
    expect(answer('nexus.merkle.leaf', { chunk }, 'leaf')).toBe(hash);
    expect(answer('nexus.merkle.root', { content: chunk }, 'root')).toBe(hash);
  });
});

describe('NXS-OBJ objects', () => {
  const header = '010000000000000000000000050000000100000000ea8f163db38682925e4491c5e58d4bb3506ef8c14eb78a86e908c5624a67200f';
  it('have their header and hash', () => {
    const content = Buffer.from('hello').toString('hex');
    const merkleRoot = String(answer('nexus.merkle.root', { content }, 'root'));
    const members = { contentType: 'immutable', created: '0', size: 5, priority: 'normal', minBandwidth: 0, merkleRoot };
    expect(answer('nexus.object.encode', members, 'header')).toBe(header);
    expect(answer('nexus.object.hash', { header }, 'hash')).toBe('daafdebdb39a9905fde790e70bfd52d09cdd32ea6d23de91a201062ad4d55fd5');
  });
  it('have the root of 10,000 bytes', () => {
    const content = Buffer.from(Array.from({ length: 10_000 }, (_, i) => i % 251)).toString('hex');
    expect(answer('nexus.merkle.root', { content }, 'root')).toBe('ed769faa2a47a9969d7321e70c62e91da6efaff4b71b783079c217c2f798295b');
  });
});

/** X25519 and Ed25519 secrets as node:crypto takes them (RFC 8410). */
const secretOf = (prefix: string, secret: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([Buffer.from(prefix, 'hex'), secret]), format: 'der', type: 'pkcs8' });
const x25519Secret = (secret: Uint8Array) => secretOf('302e020100300506032b656e04220420', secret);
const x25519Public = (key: Uint8Array) =>
  createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), key]), format: 'der', type: 'spki' });

describe('NXS-ENV-002 an envelope, step by step with node:crypto and libsodium', () => {
  const KEY = 'ba603c715243bab20c1e39cf0568d399cb1638d90ba3067457c4b98510d7f6c7';
  const blake2b = async (...parts: Uint8Array[]): Promise<Buffer> =>
    Buffer.from((await libsodium()).crypto_generichash(32, Buffer.concat(parts), null));
  const address = async (publicKey: Uint8Array): Promise<Buffer> => (await blake2b(publicKey)).subarray(0, 16);
  /** Bob's X25519 pair is the lower half of SHA-512 of the seed; X25519 clamps. */
  const bobSecret = createHash('sha512').update(Buffer.from(BOB, 'hex')).digest().subarray(0, 32);
  const bobKey = createPublicKey(x25519Secret(bobSecret)).export({ format: 'der', type: 'spki' }).subarray(-32);
  const front = createPublicKey(x25519Secret(Buffer.from(SECRET, 'hex')))
    .export({ format: 'der', type: 'spki' })
    .subarray(-32);

  it('has the recipient key that the identity has', () => {
    expect(bobKey.toString('hex')).toBe(answer('nexus.identity.derive', { seed: BOB }, 'x25519PublicKey'));
  });
  it('has one key for both sides', async () => {
    const sealed = diffieHellman({ privateKey: x25519Secret(Buffer.from(SECRET, 'hex')), publicKey: x25519Public(bobKey) });
    const opened = diffieHellman({ privateKey: x25519Secret(bobSecret), publicKey: x25519Public(front) });
    expect(opened.toString('hex')).toBe(sealed.toString('hex'));
    expect((await blake2b(sealed, front)).toString('hex')).toBe(KEY);
  });
  it('is what the operation seals', async () => {
    const publicKey = Buffer.from(String(answer('nexus.identity.derive', { seed: BOB }, 'publicKey')), 'hex');
    const cipher = createCipheriv('chacha20-poly1305', Buffer.from(KEY, 'hex'), Buffer.alloc(12), { authTagLength: 16 });
    cipher.setAAD(Buffer.concat([Buffer.of(1), await address(publicKey)]), { plaintextLength: 5 });
    const sealed = Buffer.concat([cipher.update('hello'), cipher.final()]);
    const envelope = Buffer.concat([front, sealed, cipher.getAuthTag()]).toString('hex');
    const params = {
      publicKey: publicKey.toString('hex'),
      use: 'message',
      plaintext: Buffer.from('hello').toString('hex'),
      entropy: SECRET,
    };
    expect(answer('nexus.envelope.seal', params, 'envelope')).toBe(envelope);
  });
});

describe('NXS-SIG-001 a signature, with node:crypto', () => {
  it('is over the purpose, a zero byte and the message', () => {
    const secret = secretOf('302e020100300506032b657004220420', Buffer.from(ALICE, 'hex'));
    const signature = sign(null, Buffer.from('nexus-1 receipt\0hello'), secret).toString('hex');
    const params = { seed: ALICE, purpose: 'nexus-1 receipt', message: Buffer.from('hello').toString('hex') };
    expect(answer('nexus.signature.sign', params, 'signature')).toBe(signature);
  });
});

describe('NXS-ENV envelopes', () => {
  const envelope = `${'79a631eede1bf9c98f12032cdeadd0e7a079398fc786b88cc846ec89af85a51a'}a9ef1820a1b14600669af671cb7d3358952b056435`;
  it('hold "hello"', () => {
    const publicKey = String(answer('nexus.identity.derive', { seed: BOB }, 'publicKey'));
    const plaintext = Buffer.from('hello').toString('hex');
    expect(answer('nexus.envelope.seal', { publicKey, use: 'message', plaintext, entropy: SECRET }, 'envelope')).toBe(envelope);
    expect(answer('nexus.envelope.open', { seed: BOB, use: 'message', envelope }, 'plaintext')).toBe(plaintext);
  });
});
describe('NXS-PCT codes', () => {
  it.each([
    ['0', 0],
    ['1', 16],
    ['2', 25],
    ['5', 41],
    ['10', 55],
    ['99', 106],
    ['100', 107],
    ['500', 143],
    ['1000000', 319],
    ['18446744073709551615', 1024],
  ])('of the cost %s', (value, code) => {
    expect(answer('nexus.pathcost.encode', { value }, 'code')).toBe(code);
  });
  it.each([
    [106, '98'],
    [107, '102'],
    [143, '489'],
    [319, '1004119'],
  ])('%i is worth', (code, value) => {
    expect(answer('nexus.pathcost.decode', { code }, 'value')).toBe(value);
  });
  it.each([
    ['1', 0],
    ['300', 66],
    ['1000', 80],
    ['1074', 81],
    ['10000', 106],
    ['1000000', 159],
    ['100000000', 213],
    ['3780000000', 255],
    ['18446744073709551615', 255],
  ])('of the bandwidth %s', (bitsPerSecond, code) => {
    expect(answer('nexus.pathcost.bandwidth', { bitsPerSecond }, 'code')).toBe(code);
  });
});
describe('NXS-AIR airtime', () => {
  const frame = { chip: 'sx127x', bandwidthHz: 125_000, codingRate: 7, preambleSymbols: 8, implicitHeader: false, crc: true };
  it.each([
    [7, 127, undefined, 285_952],
    [12, 24, true, 1_810_432],
    [12, 24, false, 1_581_056],
  ])('of SF%i, %i bytes', (spreadingFactor, payloadLength, optimized, airtimeUs) => {
    const settings = { ...frame, spreadingFactor, payloadLength };
    const params = optimized === undefined ? settings : { ...settings, lowDataRateOptimize: optimized };
    expect(answer('nexus.lora.airtime', params, 'airtimeUs')).toBe(airtimeUs);
  });
});
