/** Published values of the curves, and keys that must be refused, held against both implementations. */
import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE, numberToBytesBE, numberToBytesLE } from '@noble/curves/utils.js';
import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../reference/kernel/bytes.ts';
import { refusalOf } from '../../reference/kernel/refusal.ts';
import { P256_ORDER, SECP160R1_ORDER } from '../../reference/primitives/checks.ts';
import { noblePrimitives } from '../../reference/primitives/noble.ts';
import { Secp160r1Point } from '../../reference/primitives/secp160r1.ts';
import { IMPLEMENTATIONS } from './implementations.ts';

beforeAll(() => sodium.ready);

/** RFC 7748 6.1, and NaCl's tests/scalarmult.c. */
const ALICE = {
  secret: '77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a',
  public: '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a',
};
const BOB = {
  secret: '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb',
  public: 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f',
};

/** Every u, below 2^255, of a point whose order divides 8 on the curve or its twist: 0, 1, two of order 8, p-1, p, p+1. */
const LOW_ORDER_U = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];

function withTopBit(hex: string): string {
  const bytes = fromHex(hex);
  bytes[31] = (bytes[31] ?? 0) | 0x80;
  return toHex(bytes);
}

describe.each(IMPLEMENTATIONS)('X25519, %s', (_name, primitives) => {
  it.each([
    [
      'a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4',
      'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c',
      'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552',
    ],
    [
      '4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d',
      'e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493',
      '95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957',
    ],
  ])('RFC 7748 5.2: the product of %s', (secret, publicKey, shared) => {
    expect(toHex(primitives.deriveX25519Shared({ secret: fromHex(secret), publicKey: fromHex(publicKey) }))).toBe(shared);
  });

  it('RFC 7748 5.2: the loop, once and a thousand times', () => {
    let k = fromHex('09'.padEnd(64, '0'));
    let u = k;
    const after: string[] = [];
    for (let round = 1; round <= 1000; round++) {
      const product = primitives.deriveX25519Shared({ secret: k, publicKey: u });
      u = k;
      k = product;
      if (round === 1 || round === 1000) after.push(toHex(k));
    }
    expect(after).toEqual([
      '422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079',
      '684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51',
    ]);
  });

  it('RFC 7748 6.1: Alice and Bob', () => {
    const alice = fromHex(ALICE.secret);
    const bob = fromHex(BOB.secret);
    expect(toHex(primitives.deriveX25519Public({ secret: alice }))).toBe(ALICE.public);
    expect(toHex(primitives.deriveX25519Public({ secret: bob }))).toBe(BOB.public);
    const shared = '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742';
    expect(toHex(primitives.deriveX25519Shared({ secret: alice, publicKey: fromHex(BOB.public) }))).toBe(shared);
    expect(toHex(primitives.deriveX25519Shared({ secret: bob, publicKey: fromHex(ALICE.public) }))).toBe(shared);
  });

  it('NaCl: crypto_box_beforenm', () => {
    const key = '1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389';
    expect(toHex(primitives.deriveBoxKey({ secret: fromHex(ALICE.secret), publicKey: fromHex(BOB.public) }))).toBe(key);
    expect(toHex(primitives.deriveBoxKey({ secret: fromHex(BOB.secret), publicKey: fromHex(ALICE.public) }))).toBe(key);
  });

  it.each([...LOW_ORDER_U, ...LOW_ORDER_U.map(withTopBit)])('refuses the low-order public key %s', (publicKey) => {
    const input = { secret: fromHex(ALICE.secret), publicKey: fromHex(publicKey) };
    expect(refusalOf(() => primitives.deriveX25519Shared(input))).toBe('unauthenticated authentication');
    expect(refusalOf(() => primitives.deriveBoxKey(input))).toBe('unauthenticated authentication');
  });

  it('ignores the top bit of a public key and the clamped bits of a secret', () => {
    const publicKey = fromHex(BOB.public);
    const plain = primitives.deriveX25519Shared({ secret: fromHex(ALICE.secret), publicKey });
    expect(primitives.deriveX25519Shared({ secret: fromHex(ALICE.secret), publicKey: fromHex(withTopBit(BOB.public)) })).toEqual(plain);
    const secret = fromHex(ALICE.secret);
    secret[0] = (secret[0] ?? 0) ^ 0x07;
    secret[31] = (secret[31] ?? 0) ^ 0xc0;
    expect(primitives.deriveX25519Shared({ secret, publicKey })).toEqual(plain);
  });
});

/** NIST CAVS 14.1, ECC CDH primitive, P-256, count 0. */
const CAVS = {
  secret: '7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534',
  public:
    '04ead218590119e8876b29146ff89ca61770c4edbbf97d38ce385ed281d8a6b23028af61281fd35e2fa7002523acc85a429cb06ee6648325389f59edfce1405141',
  peer:
    '04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287db71e509e3fd9b060ddb20ba5c51dcc594' +
    '8d46fbf640dfe0441782cab85fa4ac',
  shared: '46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b',
};

describe.each(IMPLEMENTATIONS)('P-256, %s', (_name, primitives) => {
  it('NIST CAVS: public key and shared secret', () => {
    expect(toHex(primitives.deriveP256Public({ secret: fromHex(CAVS.secret) }))).toBe(CAVS.public);
    expect(toHex(primitives.deriveP256Shared({ secret: fromHex(CAVS.secret), publicKey: fromHex(CAVS.peer) }))).toBe(CAVS.shared);
    expect(primitives.isP256Public({ publicKey: fromHex(CAVS.peer) })).toBe(true);
  });

  it.each([
    ['off the curve', CAVS.peer.replace(/c$/, 'd')],
    ['the twin of another prefix', CAVS.peer.replace(/^04/, '06')],
    ['of no prefix', CAVS.peer.replace(/^04/, '00')],
    ['a compressed prefix', CAVS.peer.replace(/^04/, '02')],
    ['all zero behind the prefix', `04${'00'.repeat(64)}`],
    ['x of p or more', `04${'ff'.repeat(32)}${CAVS.peer.slice(66)}`],
    ['all zero', '00'.repeat(65)],
  ])('refuses a point %s', (_what, publicKey) => {
    expect(refusalOf(() => primitives.deriveP256Shared({ secret: fromHex(CAVS.secret), publicKey: fromHex(publicKey) }))).toBe(
      'malformed SEC 1 3.2.2',
    );
    expect(primitives.isP256Public({ publicKey: fromHex(publicKey) })).toBe(false);
  });

  it('accepts the scalars from 1 to n - 1', () => {
    const scalar = (value: bigint): Uint8Array => numberToBytesBE(value, 32);
    for (const secret of [scalar(0n), scalar(P256_ORDER), scalar(P256_ORDER + 1n), new Uint8Array(32).fill(0xff)]) {
      expect(refusalOf(() => primitives.deriveP256Public({ secret }))).toBe('usage deriveP256Public.secret');
      expect(refusalOf(() => primitives.deriveP256Shared({ secret, publicKey: fromHex(CAVS.peer) }))).toBe('usage deriveP256Shared.secret');
    }
    const first = toHex(primitives.deriveP256Public({ secret: scalar(1n) }));
    expect(first).toBe(
      '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
    );
    expect(toHex(primitives.deriveP256Public({ secret: scalar(P256_ORDER - 1n) })).slice(0, 66)).toBe(first.slice(0, 66));
  });
});

/** The generator of secp160r1 as SEC 2 version 1.0 prints it (2.4.2), compressed. */
const SECP160R1_G = '024a96b5688ef573284664698968c38bb913cbfc82';
const scalar160 = (value: bigint): Uint8Array => numberToBytesBE(value, 20);

describe('SEC 2 secp160r1 parameters', () => {
  it('n times the generator is infinity and the order has 161 bits', () => {
    expect(
      Secp160r1Point.BASE.multiplyUnsafe(SECP160R1_ORDER - 1n)
        .add(Secp160r1Point.BASE)
        .is0(),
    ).toBe(true);
    expect(SECP160R1_ORDER - 2n ** 160n).toBe(0x1f4c8f927aed3ca752257n);
    expect(Secp160r1Point.Fn.BITS).toBe(161);
  });
});

describe.each(IMPLEMENTATIONS)('secp160r1, %s', (_name, primitives) => {
  it('SEC 2: one times the generator', () => {
    expect(toHex(primitives.deriveSecp160r1Public({ secret: scalar160(1n) }))).toBe(SECP160R1_G);
  });

  it('accepts every secret of 20 bytes except zero', () => {
    expect(refusalOf(() => primitives.deriveSecp160r1Public({ secret: scalar160(0n) }))).toBe('usage deriveSecp160r1Public.secret');
    expect(primitives.deriveSecp160r1Public({ secret: new Uint8Array(20).fill(0xff) })).toHaveLength(21);
    const generator = fromHex(SECP160R1_G);
    const secret = new Uint8Array(20).fill(0xff);
    expect(primitives.deriveSecp160r1Shared({ secret, publicKey: generator })).toEqual(
      primitives.deriveSecp160r1Public({ secret }).slice(1),
    );
  });

  it.each([
    ['whose x is on no point', `02${'00'.repeat(19)}01`],
    ['whose x is p', '02ffffffffffffffffffffffffffffffff7fffffff'],
    ['whose x is above p', `03${'ff'.repeat(20)}`],
    ['of no prefix', SECP160R1_G.replace(/^02/, '00')],
    ['of the uncompressed prefix', SECP160R1_G.replace(/^02/, '04')],
    ['all zero', '00'.repeat(21)],
  ])('refuses a point %s', (_what, publicKey) => {
    expect(refusalOf(() => primitives.deriveSecp160r1Shared({ secret: scalar160(7n), publicKey: fromHex(publicKey) }))).toBe(
      'malformed SEC 1 3.2.2',
    );
    expect(primitives.isSecp160r1Public({ publicKey: fromHex(publicKey) })).toBe(false);
  });

  it('recognizes its points', () => {
    expect(primitives.isSecp160r1Public({ publicKey: fromHex(SECP160R1_G) })).toBe(true);
    expect(primitives.isSecp160r1Public({ publicKey: fromHex(SECP160R1_G.replace(/^02/, '03')) })).toBe(true);
  });
});

/** The message of RFC 8032's test 1024, which has 1,023 bytes. */
const LONG_MESSAGE =
  '08b8b2b733424243760fe426a4b54908632110a66c2f6591eabd3345e3e4eb98fa6e264bf09efe12ee50f8f54e9f77b1e355f6c50544e23fb1433ddf73be84d8' +
  '79de7c0046dc4996d9e773f4bc9efe5738829adb26c81b37c93a1b270b20329d658675fc6ea534e0810a4432826bf58c941efb65d57a338bbd2e26640f89ffbc' +
  '1a858efcb8550ee3a5e1998bd177e93a7363c344fe6b199ee5d02e82d522c4feba15452f80288a821a579116ec6dad2b3b310da903401aa62100ab5d1a36553e' +
  '06203b33890cc9b832f79ef80560ccb9a39ce767967ed628c6ad573cb116dbefefd75499da96bd68a8a97b928a8bbc103b6621fcde2beca1231d206be6cd9ec7' +
  'aff6f6c94fcd7204ed3455c68c83f4a41da4af2b74ef5c53f1d8ac70bdcb7ed185ce81bd84359d44254d95629e9855a94a7c1958d1f8ada5d0532ed8a5aa3fb2' +
  'd17ba70eb6248e594e1a2297acbbb39d502f1a8c6eb6f1ce22b3de1a1f40cc24554119a831a9aad6079cad88425de6bde1a9187ebb6092cf67bf2b13fd65f270' +
  '88d78b7e883c8759d2c4f5c65adb7553878ad575f9fad878e80a0c9ba63bcbcc2732e69485bbc9c90bfbd62481d9089beccf80cfe2df16a2cf65bd92dd597b07' +
  '07e0917af48bbb75fed413d238f5555a7a569d80c3414a8d0859dc65a46128bab27af87a71314f318c782b23ebfe808b82b0ce26401d2e22f04d83d1255dc51a' +
  'ddd3b75a2b1ae0784504df543af8969be3ea7082ff7fc9888c144da2af58429ec96031dbcad3dad9af0dcbaaaf268cb8fcffead94f3c7ca495e056a9b47acdb7' +
  '51fb73e666c6c655ade8297297d07ad1ba5e43f1bca32301651339e22904cc8c42f58c30c04aafdb038dda0847dd988dcda6f3bfd15c4b4c4525004aa06eeff8' +
  'ca61783aacec57fb3d1f92b0fe2fd1a85f6724517b65e614ad6808d6f6ee34dff7310fdc82aebfd904b01e1dc54b2927094b2db68d6f903b68401adebf5a7e08' +
  'd78ff4ef5d63653a65040cf9bfd4aca7984a74d37145986780fc0b16ac451649de6188a7dbdf191f64b5fc5e2ab47b57f7f7276cd419c17a3ca8e1b939ae49e4' +
  '88acba6b965610b5480109c8b17b80e1b7b750dfc7598d5d5011fd2dcc5600a32ef5b52a1ecc820e308aa342721aac0943bf6686b64b2579376504ccc493d97e' +
  '6aed3fb0f9cd71a43dd497f01f17c0e2cb3797aa2a2f256656168e6c496afc5fb93246f6b1116398a346f1a641f3b041e989f7914f90cc2c7fff357876e506b5' +
  '0d334ba77c225bc307ba537152f3f1610e4eafe595f6d9d90d11faa933a15ef1369546868a7f3a45a96768d40fd9d03412c091c6315cf4fde7cb68606937380d' +
  'b2eaaa707b4c4185c32eddcdd306705e4dc1ffc872eeee475a64dfac86aba41c0618983f8741c5ef68d3a101e8a3b8cac60c905c15fc910840b94c00a0b9d0';

const ED25519_CASES: readonly (readonly [number | string, string, string, string, string])[] = [
  [
    1,
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    2,
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    3,
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
  [
    1024,
    'f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5',
    '278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e',
    LONG_MESSAGE,
    '0aab4c900501b3e24d7cdf4663326a3a87df5e4843b2cbdb67cbf6e460fec350aa5371b1508f9f4528ecea23c436d94b5e8fcd4f681e30a6ac00a9704a188a03',
  ],
  [
    'SHA(abc)',
    '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
    'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
  ],
];

/** A signature by a public key with a torsion component, right only where the equation is multiplied by the cofactor. */
function cofactoredSignature(): { publicKey: Uint8Array; message: Uint8Array; signature: Uint8Array } {
  const { Point } = ed25519;
  const order = Point.Fn.ORDER;
  const torsion = ED25519_TORSION_SUBGROUP.map((hex) => Point.fromHex(hex)).find((point) => !point.double().double().is0()) ?? Point.ZERO;
  const publicKey = Point.BASE.multiply(5n).add(torsion).toBytes();
  const r = Point.BASE.multiply(7n).toBytes();
  for (let index = 0; ; index++) {
    const message = Uint8Array.of(index);
    const k = bytesToNumberLE(noblePrimitives.sha512({ message: concat([r, publicKey, message]) })) % order;
    if (k % 8n !== 0n) return { publicKey, message, signature: concat([r, numberToBytesLE((7n + k * 5n) % order, 32)]) };
  }
}

describe.each(IMPLEMENTATIONS)('Ed25519, %s', (_name, primitives) => {
  it.each(ED25519_CASES)('RFC 8032 7.1: test %s', (_case, secretHex, publicHex, messageHex, signatureHex) => {
    const secret = fromHex(secretHex);
    const message = fromHex(messageHex);
    expect(toHex(primitives.deriveEd25519Public({ secret }))).toBe(publicHex);
    expect(toHex(primitives.signEd25519({ secret, message }))).toBe(signatureHex);
    expect(
      refusalOf(() => {
        primitives.verifyEd25519({ publicKey: fromHex(publicHex), message, signature: fromHex(signatureHex) });
      }),
    ).toBe('accepted');
  });

  const [, , [, secretHex, publicHex, messageHex, signatureHex] = [3, '', '', '', '']] = ED25519_CASES;
  const verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): string =>
    refusalOf(() => {
      primitives.verifyEd25519({ publicKey, message, signature });
    });

  it('refuses every changed byte of a signature, of the message and of the key', () => {
    expect(secretHex).toHaveLength(64);
    const parts = [fromHex(publicHex), fromHex(messageHex), fromHex(signatureHex)] as const;
    parts.forEach((part, which) => {
      for (let index = 0; index < part.length; index++) {
        const changed = part.slice();
        changed[index] = (changed[index] ?? 0) ^ 0x10;
        const [publicKey, message, signature] = parts.map((original, place) => (place === which ? changed : original)) as [
          Uint8Array,
          Uint8Array,
          Uint8Array,
        ];
        expect(verify(publicKey, message, signature)).toBe('unauthenticated authentication');
      }
    });
  });

  it('refuses S of the order or more', () => {
    const signature = fromHex(signatureHex);
    const s = bytesToNumberLE(signature.subarray(32)) + ed25519.Point.Fn.ORDER;
    signature.set(numberToBytesLE(s, 32), 32);
    expect(verify(fromHex(publicHex), fromHex(messageHex), signature)).toBe('unauthenticated authentication');
  });

  it('refuses public keys of small order, in every encoding', () => {
    const zeroS = new Uint8Array(32);
    const encodings = [
      ...ED25519_TORSION_SUBGROUP,
      'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      `01${'00'.repeat(30)}80`,
    ];
    for (const hex of encodings) {
      // With S = 0 and R = A = the neutral element the equation would hold for every message.
      const identity = fromHex(`01${'00'.repeat(31)}`);
      expect(verify(fromHex(hex), Uint8Array.of(1), concat([identity, zeroS]))).toBe('unauthenticated authentication');
    }
  });

  it('libsodium: the first test key of RFC 8032 as X25519 keys', () => {
    const [, secretHex, publicHex] = ED25519_CASES[0] ?? [0, '', ''];
    const seed = fromHex(secretHex);
    const theirs = sodium.crypto_sign_seed_keypair(seed);
    expect(toHex(theirs.publicKey)).toBe(publicHex);
    expect(toHex(primitives.convertEd25519Secret({ secret: seed }))).toBe(
      toHex(sodium.crypto_sign_ed25519_sk_to_curve25519(theirs.privateKey)),
    );
    expect(toHex(primitives.convertEd25519Public({ publicKey: theirs.publicKey }))).toBe(
      toHex(sodium.crypto_sign_ed25519_pk_to_curve25519(theirs.publicKey)),
    );
  });

  it('libsodium: multiples and sums of points', () => {
    const base = fromHex(`58${'66'.repeat(31)}`);
    const points = [1, 2, 255].map((n) => sodium.crypto_scalarmult_ed25519_base_noclamp(Uint8Array.of(n, ...new Uint8Array(31))));
    for (const [i, n] of [1, 2, 255].entries())
      expect(toHex(primitives.multiplyEd25519({ scalar: Uint8Array.of(n, ...new Uint8Array(31)), point: base }))).toBe(
        toHex(points[i] ?? base),
      );
    const scalar = fromHex(`${'a5'.repeat(31)}0f`);
    for (const left of points) {
      expect(toHex(primitives.multiplyEd25519({ scalar, point: left }))).toBe(
        toHex(sodium.crypto_scalarmult_ed25519_noclamp(scalar, left)),
      );
      for (const right of points)
        expect(toHex(primitives.addEd25519({ left, right }))).toBe(toHex(sodium.crypto_core_ed25519_add(left, right)));
    }
  });

  it('multiplies and adds points of every order, and nothing that is none', () => {
    const identity = `01${'00'.repeat(31)}`;
    const minusOne = `ec${'ff'.repeat(30)}7f`; // of order 2
    const scalarOf = (n: number): Uint8Array => Uint8Array.of(n, ...new Uint8Array(31));
    for (const [n, point, multiple] of [
      [0, minusOne, identity],
      [1, minusOne, minusOne],
      [2, minusOne, identity],
      [3, minusOne, minusOne],
      [7, identity, identity],
      [0, `58${'66'.repeat(31)}`, identity],
    ] as const)
      expect(toHex(primitives.multiplyEd25519({ scalar: scalarOf(n), point: fromHex(point) }))).toBe(multiple);
    expect(toHex(primitives.addEd25519({ left: fromHex(minusOne), right: fromHex(minusOne) }))).toBe(identity);
    const order = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');
    const multiply = (scalar: Uint8Array, point: string): string =>
      refusalOf(() => primitives.multiplyEd25519({ scalar, point: fromHex(point) }));
    expect(multiply(order, minusOne)).toBe('usage multiplyEd25519.scalar');
    expect(multiply(order.with(0, 0xec), minusOne)).toBe('accepted');
    // Not on the curve, y not reduced, x = 0 with the sign of an odd x.
    for (const point of [`02${'00'.repeat(31)}`, `ee${'ff'.repeat(30)}7f`, `01${'00'.repeat(30)}80`]) {
      expect(multiply(scalarOf(1), point)).toBe('malformed SEC 1 3.2.2');
      expect(refusalOf(() => primitives.addEd25519({ left: fromHex(identity), right: fromHex(point) }))).toBe('malformed SEC 1 3.2.2');
    }
  });

  it('converts no public key of small order, beyond the prime or off the curve', () => {
    const offCurve = Array.from({ length: 20 }, (_, y) => Uint8Array.of(y + 2, ...new Uint8Array(31))).find(
      (publicKey) => refusalOf(() => primitives.convertEd25519Public({ publicKey })) !== 'accepted',
    );
    for (const publicKey of [
      fromHex('01' + '00'.repeat(31)),
      fromHex('00'.repeat(32)),
      fromHex('ec' + 'ff'.repeat(30) + '7f'),
      fromHex('ee' + 'ff'.repeat(30) + '7f'),
      offCurve ?? new Uint8Array(0),
    ]) {
      expect(refusalOf(() => primitives.convertEd25519Public({ publicKey }))).toBe('malformed SEC 1 3.2.2');
    }
  });

  it('uses the equation without the cofactor', () => {
    const { publicKey, message, signature } = cofactoredSignature();
    expect(ed25519.verify(signature, message, publicKey, { zip215: false })).toBe(true);
    expect(verify(publicKey, message, signature)).toBe('unauthenticated authentication');
  });
});
