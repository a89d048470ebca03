/**
 * The intermediate values of telehash cipher sets, held against both implementations. Every literal was made by another
 * implementation (npm e3x 0.2.3 with fixed keys) or follows from one: the two intermediates it does not show, ECDH and
 * box keys, are proven by the channel keys and tags that it does.
 */
import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../reference/kernel/bytes.ts';
import { refusalOf } from '../../reference/kernel/refusal.ts';
import { IMPLEMENTATIONS } from './implementations.ts';

const INNER = '001f7b2274797065223a226c696e6b222c226174223a313432303037303430307d';
const zeros = (length: number): Uint8Array => new Uint8Array(length);

/** XOR of the halves (CS1a, Folding). */
function fold(bytes: Uint8Array): Uint8Array {
  const half = bytes.length / 2;
  return bytes.slice(0, half).map((byte, index) => byte ^ (bytes[half + index] ?? 0));
}

const CS1A = {
  a: { secret: '3b602349d7d3b31834cd847df612788ed7bc773d', public: '02dbc2bfcf26b17426620895bdbf7d80becb114c3a' },
  b: { secret: '5f3f555f6b5235fdb99d29a21dd26c5602d97243', public: '020d28e56dcd772d342e2f202a6e5b1f228298272d' },
  ephemeralA: { secret: 'e054cddd3dd5785db18ed0d769e83a08b1f5bc4f', public: '02de885f8e0db99f7dc48f972ec4c2f3c4a97cdd1b' },
  ephemeralB: { secret: '06d1aa6db4a4860004c878f0c4499ac22423f630', public: '031f0f3424665969b574c3ae3472cb23ec5b501a1c' },
  iv: '4e765183',
  ciphertext: '26d37d6441e0f7c66cf0328f92b7ef47b5f961b8489885e1e699e0e2dfcf77f101',
  code: '8750748d',
  channelKey: 'a20199e40d423ed9d39361872ed35e55',
};

describe.each(IMPLEMENTATIONS)('CS1a intermediates, %s', (_name, primitives) => {
  const shared = (secret: string, publicKey: string): Uint8Array =>
    primitives.deriveSecp160r1Shared({ secret: fromHex(secret), publicKey: fromHex(publicKey) });

  it('derives the public keys', () => {
    for (const pair of [CS1A.a, CS1A.b, CS1A.ephemeralA, CS1A.ephemeralB]) {
      expect(toHex(primitives.deriveSecp160r1Public({ secret: fromHex(pair.secret) }))).toBe(pair.public);
    }
  });

  it('opens a message body', () => {
    const key = fold(primitives.sha256({ message: shared(CS1A.b.secret, CS1A.ephemeralA.public) }));
    const counterBlock = concat([fromHex(CS1A.iv), zeros(12)]);
    expect(toHex(primitives.applyAesCtr({ key, counterBlock, data: fromHex(CS1A.ciphertext) }))).toBe(INNER);
  });

  it('authenticates a message body', () => {
    const key = concat([shared(CS1A.b.secret, CS1A.a.public), fromHex(CS1A.iv)]);
    const message = fromHex(CS1A.ephemeralA.public + CS1A.iv + CS1A.ciphertext);
    expect(toHex(fold(fold(fold(primitives.hmacSha256({ key, message })))))).toBe(CS1A.code);
  });

  it('derives a channel key', () => {
    const secret = shared(CS1A.ephemeralA.secret, CS1A.ephemeralB.public);
    expect(toHex(secret)).toBe('1c5a2f8baa1f769fb992c58d59657b641baed0e9');
    const message = concat([secret, fromHex(CS1A.ephemeralA.public), fromHex(CS1A.ephemeralB.public)]);
    expect(toHex(fold(primitives.sha256({ message })))).toBe(CS1A.channelKey);
  });
});

const CS3A = {
  a: {
    secret: 'a5c1b2b459783cffbf5d46cae0f7e95f08cf3cb30886c4e9625eccce54a6e4cd',
    public: '2c1775108365dca6b7e90f8765489f8eda62ec7101391af62419a51c540ed937',
  },
  b: {
    secret: '1e48a1398268c82dfa699614e768dacf8d37537fd41f4721c620c765c7b5138b',
    public: '198862ad040c4c09228c45d1665df06fb8fdc658d758a086cc873238e112e030',
  },
  ephemeralA: {
    secret: '7c3dba7109b69451168b8ddf3afd49677174d000554caaa8c1b950281ab4d209',
    public: '79a79b2b2e52368daf64e29309bfc4217e072b529c06b66ad045c3f751d82715',
  },
  ephemeralB: {
    secret: '512ebbbd1e323f9d4f581e12c5fcb6c9a322bab14a2b466903f39bc5f222c5d0',
    public: '9dc2a585a35b9a95b792406115e2a8e0ee775d365eef5eecee11678c29de7727',
  },
  nonce: '4065cfd4ee7c0e26affe8a66bb5acf0409bea4fd33466275',
  sealed: '4993ed14ea9d0616ef1a98580c48aec81b63846690d44b55ccf9515d13b5b219f7f1d93854455ab176e48645bad73ec1a9',
  auth: 'c75cbb4347ceb24a2f30bccba7dc4ba5',
  channelKey: '0f6c4e12c5868a5ad5208ef36b106c4a9944f835249e456361f58b570c21d276',
};

describe.each(IMPLEMENTATIONS)('CS3a intermediates, %s', (_name, primitives) => {
  const boxKey = (secret: string, publicKey: string): Uint8Array =>
    primitives.deriveBoxKey({ secret: fromHex(secret), publicKey: fromHex(publicKey) });

  it('derives the public keys', () => {
    for (const pair of [CS3A.a, CS3A.b, CS3A.ephemeralA, CS3A.ephemeralB]) {
      expect(toHex(primitives.deriveX25519Public({ secret: fromHex(pair.secret) }))).toBe(pair.public);
    }
  });

  it('opens and seals a message body', () => {
    const key = boxKey(CS3A.b.secret, CS3A.ephemeralA.public);
    const nonce = fromHex(CS3A.nonce);
    expect(toHex(key)).toBe('6a32616727ea0e4f7278063f9fe2245857bd4aeb5eab38ac3732e3e12491a347');
    expect(toHex(primitives.openSecretbox({ key, nonce, sealed: fromHex(CS3A.sealed) }))).toBe(INNER);
    expect(toHex(primitives.sealSecretbox({ key, nonce, plaintext: fromHex(INNER) }))).toBe(CS3A.sealed);
  });

  it('authenticates a message body', () => {
    const key = primitives.sha256({ message: concat([fromHex(CS3A.nonce), boxKey(CS3A.b.secret, CS3A.a.public)]) });
    const message = fromHex(CS3A.ephemeralA.public + CS3A.nonce + CS3A.sealed);
    expect(toHex(primitives.poly1305({ key, message }))).toBe(CS3A.auth);
  });

  it('derives a channel key', () => {
    const secret = boxKey(CS3A.ephemeralA.secret, CS3A.ephemeralB.public);
    expect(toHex(secret)).toBe('08d91c8d9f6076e1d80ede41acb012ee1bcf9fe3acde41cdaf81e47894611436');
    const message = concat([secret, fromHex(CS3A.ephemeralA.public), fromHex(CS3A.ephemeralB.public)]);
    expect(toHex(primitives.sha256({ message }))).toBe(CS3A.channelKey);
  });
});

const CS2A = {
  ephemeralA: {
    secret: '5ed819a833815f96ae4609273b63644e1d124554a332cb203362ab564169d895',
    public:
      '042c3a85284e93013b2b1fbcf370b6deb61e277dfb8292d6413936ceceb50e8fd6ec2852c57a6dea3e7b366e6adaea72cb1570a58f43b23ad3e295c4cfffa0dcbb',
  },
  ephemeralB:
    '044ade9380167ca15692531e5bbc723e41cd22571734483cee6ed02301102dad2954e86e533c3224d442514a693999a7d5fd9d36fc6971ac873809fd0050b0eb90',
  shared: '31a95b1a855629fb787f146fd8d512140774210b99413af952e358e3f7f78915',
  channelKey: '96b819b10b3806306cccc0729444914e15c827a0aafb1aa551885f909b5af7ed',
  channelIv: '577863c663fab4ab4be29038',
  channelSealed: '1395a5a9d7c0a75ede8309bec3466e48661c2f2665e836532f803f28a6f2c534dc9e51b3c4cc2ef942ede99181f2f5',
};

/** A message from A, which A signed, and the KEYS of an exchange with A, which were encrypted to A. */
const RSA = {
  secretKey: [
    '308204bd020100300d06092a864886f70d0101010500048204a7308204a30201000282010100abfdefe23d8317c78ba4911c134a32636dfff71563d9932a22b0',
    '0637504df592b523398bf38eac1b1a989c794686182f4bdefb6209f0a361ed3966ac992b9457143ac87d08063cf109ac25eaa92807c71dbf74ca39d7524abda4',
    '969fc65811292f3529cbb11276bf8c28110b17948c741827541546aa894a41cc08d3a20b7df66ff0adeb1950cc72f4af44ee2c659d9c77337b30e580b2c1e8c4',
    '5f169d3b6426de64a444e1852316567d5249570217ba999b76ca7e559216da82cad52a6fff9d75278d4edadae301a80bac5ea930ef2b8c2ca8fd1a7759c4dfd4',
    'b94acd632486d79da0e5a4bb4b9a0e2cd7cc4249f719722073c81141c3b80692a7158677e199020301000102820100117dc4cca466d59f44935af298ff9dba40',
    'f09c273fbd5bdb182600abd56de840a04d51c7eae0229eab08c4390d340bf79b66b4f8167cb390fcf82e79f525da7334aa79c34572a4f5fa7ed8685205b12ccd',
    'd8afbef53cf1b08a32d7e2ade03cf68c4782d5a54f74662c91d291e7370345b74320a8fd43d0ac8d9e7b7352728abfbf92d46814311a57214d9e618fdd3bd357',
    'a694d18cd318bc2fdb1c5cb0bc1f73698b91701c8ddfbef0393e090b865ef711ee0cc452cbeb5117b2e84719fe6b0dcf41187a0f5a8e972bd3b6d56781909753',
    '61859057d1e2dbb81844ca30226cd968df5d5858ebb7cbab50db3167d8d688bc6437a88d2420b7ce6165f26721e8d502818100d9dfa3bd0ee7e9138c4235d802',
    '4ae9ba471184271627bb24ffa87a29f2841005fbd50051db72a88505837960c578322ad96a2a644b4bbfd00d5b0701806cd40b47a1934bbef3148cbec9f524f6',
    'c1bbb3e49ca462f0e548dee82a6c4d4fd91d8c3bbe7bee886f1d6056205dff0476adaea9b7d7eb174ce99421e1576a174638e702818100ca16e0f8485b804e2c',
    'fa43c711d65872522aa0a66b6b580c6deafd8d7bf0be6cf97e0caa8b8bcd9dccf4896d8f37d5c21c1a262ad5bb6c4c726e8e03be14a50d44cd9eefdf4f528ec8',
    '7f6a21fc386cdb057106074ec7da1086eefb46828c1a1cff03f889535fdb701a47c2bb43a77c3602cb0327ce55e1534978b8a69779417f0281804464c504cb52',
    '17c3b02af4b61b7a22c6fc1a4e8eea908c59fffb8665f6a0685b4883c3f6ee599ef72b14eb9c6a40e216bb6b6d655091b5e3fcdd4f64b448f58398f7eac2436e',
    '114c61740a8591049e04c9c636806cb8bd58642f35124bf78f23ff793b7454d5f4b5d23394ee421b73483a34e10e06a1794dac190e14dabb8b8f0281800f5028',
    '7fe7cbb72f354d49717e3285c533e0b307a9401b0de60e5664302e0fdfe60fdd19d73522c180544f4d93faa121f24b30f531f8dfbdf335d961033841417e232e',
    '95f28fea2b9399c40b0b37a357fd539127609ad83544643b7a1e4e4b744306a40093e6c193ff09cd01afa0b352cc6761b7d474c17c342707a6e7f77235028181',
    '00b3f66015332c3643a12f920c35d96b6174d6b648a774e1cb9c70d843627739d2d7e83d029ea01a8f57583744ef7d91ab9d0175abda2f7a3ad61efae2dc3a02',
    'ec251e45ab99d9b190530850e589f5d454dbfb6bbd7996790002dff87288f67419ce116c9e4455ae9e7baf78ca9c40929eae00c5f9acfe782ff078aeea0482b6',
    'de',
  ].join(''),
  publicKey: [
    '30820122300d06092a864886f70d01010105000382010f003082010a0282010100abfdefe23d8317c78ba4911c134a32636dfff71563d9932a22b00637504df5',
    '92b523398bf38eac1b1a989c794686182f4bdefb6209f0a361ed3966ac992b9457143ac87d08063cf109ac25eaa92807c71dbf74ca39d7524abda4969fc65811',
    '292f3529cbb11276bf8c28110b17948c741827541546aa894a41cc08d3a20b7df66ff0adeb1950cc72f4af44ee2c659d9c77337b30e580b2c1e8c45f169d3b64',
    '26de64a444e1852316567d5249570217ba999b76ca7e559216da82cad52a6fff9d75278d4edadae301a80bac5ea930ef2b8c2ca8fd1a7759c4dfd4b94acd6324',
    '86d79da0e5a4bb4b9a0e2cd7cc4249f719722073c81141c3b80692a7158677e1990203010001',
  ].join(''),
  seed: 'f4dc540661031f2cd872a212ac4c0cf95bd5a58f',
  plaintext: [
    '044ade9380167ca15692531e5bbc723e41cd22571734483cee6ed02301102dad2954e86e533c3224d442514a693999a7d5fd9d36fc6971ac873809fd0050b0eb',
    '90e2a9265a434284bc36dd8b294bda6ee8812a0389cf1eaa80d67d6d9b9cdcfef0',
  ].join(''),
  sealed: [
    '2c4eca363ecd1f136d119da3896307924a860d7b817c6842e0d78aa3ea121b0b5155366e080d65ec4a823ec309cb2432bc30017d8058280f7be36456daa6be19',
    '7a197026ad5da4190e9d15fb1f7496c1e31f48220d7c09e885c206f3f85714e323b97f57225d7c1f5b3a5e8d937a676371e803de7255bf1ae1b97f2bde0b79ba',
    'ff0af9ffd8833c30b13a66deb0eaa9013c30f1136df7fe594a9603aece71c111647b6ce79e0b1c203d41fd2fbce02e0b6ce5d9a6424e4f39840cffa61891b2f2',
    '8249111120ae4bff4fd41dd03153711e6b7ae25254f1977078e8be6ad0763b0d7e92ddc8970923ae74a92d6fab0a28b2d58b7501332b427db44e0607789fafc1',
  ].join(''),
  body: [
    'b6bf51ade51c917205bac07e615133b9e612f74edf017e09f725d4add294921ddfebf1e816ada6f4cd30b39e5c15f5e7ff0993efc6235f07f2429781f71709ff',
    'a3c34e967a6732ed7d1c87e070b6262e3a27ca28c848f0667378d73bd9ca0395ddb08c5358cbda09240fbfa3f60b64eab2aa0114ae5dc0b4ce1ebbb6b112eb05',
    '58dc10a60fa1b472749d948fba666477a631712fe3a6dc3230e2a2bfea9da19d112ce13f95948524891238bfaea85525dca68cc60bcb34833e66c718a66e4026',
    'd12979d4d624e7df8ddd6c3617f20b8e1f207127f662dcdc1ee106e0b9aab9bac0f6c885ba21299e2e0627a3e33b0b90004f49da69f1c53f9940717f7922ac48',
    'ee7a338911e6e7c2c776794133608480c584deef6024a58d3f9981413fe10edd0695ba58f2e8e8f50ca0771cf2503088fc68d6c8b83d3d39ec1421db299ffc41',
    '4a66350119cd86c73a29183942684722283033a7cf2c240971524c2d33a463cc6082eb870ed5b34f1a63583b87baf796c0cbbc878ededa3f4fa663565d10f88e',
    '168e793454098060cc38af0acca761637142e379b699441c9e7b65effe9ea4fa9f37dca785859a56e7747e7db9cb7e098fce400fb70fe29d32054491838dfdd1',
    '97268883b35fc98ca2447a1c767617f17fb955e0dacdf6599519dc0fa2074487c8175dba58c12edeef5d8b1f8132aa20e22c246514ea65e04b835e74dca7f9ad',
    'f153cf3acc9390504355ddfdfbd5a63a130788ac3ce9d80e9cca979659da',
  ].join(''),
  aes: 'd71ce5fb2b3fe14956eb5d07fe593185a2cff73dd2e5ebf1c1e1cd9ee05fd1d9',
};

const MESSAGE_INNER = '0000';
const secretKey = fromHex(RSA.secretKey);
const publicKey = fromHex(RSA.publicKey);

describe.each(IMPLEMENTATIONS)('CS2a intermediates, %s', (_name, primitives) => {
  const body = fromHex(RSA.body);
  const inner = (): Uint8Array =>
    primitives.openAesGcm({
      key: fromHex(RSA.aes),
      nonce: body.subarray(256, 268),
      aad: body.subarray(0, 256),
      sealed: body.subarray(268),
    });
  const signed = concat([body.subarray(0, 268), fromHex(MESSAGE_INNER)]);

  it('derives the public keys', () => {
    expect(toHex(primitives.deriveP256Public({ secret: fromHex(CS2A.ephemeralA.secret) }))).toBe(CS2A.ephemeralA.public);
    expect(toHex(primitives.deriveRsaPublic({ secretKey }))).toBe(RSA.publicKey);
  });

  it('opens KEYS, and seals them again with the seed that is in them', () => {
    expect(toHex(primitives.openRsaOaep({ secretKey, sealed: fromHex(RSA.sealed) }))).toBe(RSA.plaintext);
    expect(toHex(primitives.sealRsaOaep({ publicKey, seed: fromHex(RSA.seed), plaintext: fromHex(RSA.plaintext) }))).toBe(RSA.sealed);
  });

  it('opens a message body and makes and verifies the signature in it', () => {
    expect(toHex(inner().subarray(0, 2))).toBe(MESSAGE_INNER);
    const signature = inner().subarray(2);
    expect(toHex(primitives.signRsa({ secretKey, message: signed }))).toBe(toHex(signature));
    expect(
      refusalOf(() => {
        primitives.verifyRsa({ publicKey, message: signed, signature });
      }),
    ).toBe('accepted');
  });

  it('refuses a changed signature, message, ciphertext or number beyond the modulus', () => {
    const signature = inner().slice(2);
    const tampered = signature.slice();
    const beyond = new Uint8Array(256).fill(0xff);
    tampered[200] = (tampered[200] ?? 0) ^ 1;
    for (const attempt of [
      () => {
        primitives.verifyRsa({ publicKey, message: signed, signature: tampered });
      },
      () => {
        primitives.verifyRsa({ publicKey, message: concat([signed, zeros(1)]), signature });
      },
      () => {
        primitives.verifyRsa({ publicKey, message: signed, signature: beyond });
      },
      () => {
        primitives.verifyRsa({ publicKey, message: signed, signature: zeros(256) });
      },
      () => primitives.openRsaOaep({ secretKey, sealed: signature }),
      () => primitives.openRsaOaep({ secretKey, sealed: beyond }),
      () => primitives.openRsaOaep({ secretKey, sealed: zeros(256) }),
    ])
      expect(refusalOf(attempt)).toBe('unauthenticated authentication');
  });

  it('derives a channel key and opens a channel packet', () => {
    const shared = primitives.deriveP256Shared({ secret: fromHex(CS2A.ephemeralA.secret), publicKey: fromHex(CS2A.ephemeralB) });
    expect(toHex(shared)).toBe(CS2A.shared);
    const received = fromHex(RSA.plaintext).subarray(65);
    const key = primitives.sha256({ message: concat([shared, fromHex(RSA.aes), received]) });
    expect(toHex(key)).toBe(CS2A.channelKey);
    const opened = primitives.openAesGcm({ key, nonce: fromHex(CS2A.channelIv), aad: zeros(0), sealed: fromHex(CS2A.channelSealed) });
    expect(toHex(opened)).toBe('001d7b2263223a312c2274797065223a2274657374222c22736571223a317d');
  });
});
