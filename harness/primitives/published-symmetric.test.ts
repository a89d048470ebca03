/** Published values of hashes and ciphers, held against both implementations. */
import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../reference/kernel/bytes.ts';
import { IMPLEMENTATIONS } from './implementations.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const zeros = (length: number): Uint8Array => new Uint8Array(length);
const repeated = (byte: number, length: number): Uint8Array => zeros(length).fill(byte);
const counting = (first: number, length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (first + index) & 0xff);
const EMPTY = zeros(0);

/** NaCl's tests (tests/secretbox.c, box.c, onetimeauth.c, core1.c, core2.c; also 'Cryptography in NaCl', 6 to 10). */
const NACL = {
  shared: '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742',
  firstKey: '1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389',
  secondKey: 'dc908dda0b9344a953629b733820778880f3ceb421bb61b91cbd4c3e66256ce4',
  nonce: '69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37',
  message:
    'be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc' +
    '3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb' +
    '48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705',
  authKey: 'eea6a7251c1e72916d11c2cb214d3c252539121d8e234e652d651fa4c8cff880',
  tag: 'f3ffc7703f9400e52a7dfb4b3d3305d9',
  ciphertext:
    '8e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c97271d2' +
    'c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61' +
    'ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74e355a5',
};

const SUNSCREEN = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";

/** McGrew and Viega, 'The Galois/Counter Mode of Operation', appendix B, the cases whose IV has 96 bits. */
const GCM_KEY = 'feffe9928665731c6d6a8f9467308308';
const GCM_PLAINTEXT =
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255';
const GCM_CASES: readonly (readonly [number, string, string, string, string, string])[] = [
  [1, '00'.repeat(16), '00'.repeat(12), '', '', '58e2fccefa7e3061367f1d57a4e7455a'],
  [2, '00'.repeat(16), '00'.repeat(12), '00'.repeat(16), '', '0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf'],
  [
    3,
    GCM_KEY,
    'cafebabefacedbaddecaf888',
    GCM_PLAINTEXT,
    '',
    '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba3' +
      '0b396a0aac973d58e091473f59854d5c2af327cd64a62cf35abd2ba6fab4',
  ],
  [
    4,
    GCM_KEY,
    'cafebabefacedbaddecaf888',
    GCM_PLAINTEXT.slice(0, 120),
    'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba3' +
      '0b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47',
  ],
  [13, '00'.repeat(32), '00'.repeat(12), '', '', '530f8afbc74536b9a963b4f1c4cb738b'],
  [14, '00'.repeat(32), '00'.repeat(12), '00'.repeat(16), '', 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919'],
  [
    16,
    GCM_KEY + GCM_KEY,
    'cafebabefacedbaddecaf888',
    GCM_PLAINTEXT.slice(0, 120),
    'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f6' +
      '1e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b',
  ],
];

/** RFC 7693 appendix E: the pseudorandom input of the self-test. */
function selfTestSequence(length: number, seed: number): Uint8Array {
  let a = Math.imul(0xdead4bad, seed);
  let b = 1;
  return Uint8Array.from({ length }, () => {
    const sum = (a + b) | 0;
    a = b;
    b = sum;
    return sum >>> 24;
  });
}

describe.each(IMPLEMENTATIONS)('published hashes, %s', (_name, primitives) => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
  ])('FIPS 180: SHA-256 of %j', (message, digest) => {
    expect(toHex(primitives.sha256({ message: text(message) }))).toBe(digest);
  });

  it.each([
    [
      '',
      'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
    ],
    [
      'abc',
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    ],
    [
      'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu',
      '8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909',
    ],
  ])('FIPS 180: SHA-512 of %j', (message, digest) => {
    expect(toHex(primitives.sha512({ message: text(message) }))).toBe(digest);
  });

  it.each([
    [1, repeated(0x0b, 20), text('Hi There'), 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [2, text('Jefe'), text('what do ya want for nothing?'), '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
    [3, repeated(0xaa, 20), repeated(0xdd, 50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
    [4, counting(1, 25), repeated(0xcd, 50), '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b'],
    [
      6,
      repeated(0xaa, 131),
      text('Test Using Larger Than Block-Size Key - Hash Key First'),
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
    [
      7,
      repeated(0xaa, 131),
      text(
        'This is a test using a larger than block-size key and a larger than block-size data. ' +
          'The key needs to be hashed before being used by the HMAC algorithm.',
      ),
      '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
    ],
  ])('RFC 4231: HMAC test case %i', (_case, key, message, code) => {
    expect(toHex(primitives.hmacSha256({ key, message }))).toBe(code);
  });

  it.each([
    [
      1,
      repeated(0x0b, 22),
      counting(0, 13),
      counting(0xf0, 10),
      42,
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    ],
    [
      2,
      counting(0, 80),
      counting(0x60, 80),
      counting(0xb0, 80),
      82,
      'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da32' +
        '75600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
    ],
    [3, repeated(0x0b, 22), EMPTY, EMPTY, 42, '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8'],
  ])('RFC 5869: HKDF test case %i', (_case, inputKey, salt, info, outputLength, output) => {
    expect(toHex(primitives.hkdfSha256({ inputKey, salt, info, outputLength }))).toBe(output);
  });

  it('RFC 7693 appendix A: BLAKE2b of abc', () => {
    expect(toHex(primitives.blake2b({ message: text('abc'), outputLength: 64 }))).toBe(
      'ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923',
    );
  });

  it('RFC 7693 appendix E: the self-test over lengths and keys', () => {
    const digests: Uint8Array[] = [];
    for (const outputLength of [20, 32, 48, 64]) {
      for (const inputLength of [0, 3, 128, 129, 255, 1024]) {
        const message = selfTestSequence(inputLength, inputLength);
        const key = selfTestSequence(outputLength, outputLength);
        digests.push(primitives.blake2b({ message, outputLength }), primitives.blake2b({ message, outputLength, key }));
      }
    }
    expect(toHex(primitives.blake2b({ message: concat(digests), outputLength: 32 }))).toBe(
      'c23a7800d98123bd10f506c61e29da5603d763b8bbad2e737f5e765a7bccd475',
    );
  });

  it('BLAKE3 extends a digest without changing its front', () => {
    const long = primitives.blake3({ message: EMPTY, outputLength: 64 });
    expect(toHex(long)).toBe(
      'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262e00f03e7b69af26b7faaf09fcd333050338ddfe085b8cc869ca98b206c08243a',
    );
  });
});

describe.each(IMPLEMENTATIONS)('published ciphers, %s', (_name, primitives) => {
  it('RFC 8439 2.3.2: a block of ChaCha20', () => {
    const block = primitives.applyChacha20({
      key: counting(0, 32),
      nonce: fromHex('000000090000004a00000000'),
      counter: 1,
      data: zeros(64),
    });
    expect(toHex(block)).toBe(
      '10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4ed2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e',
    );
  });

  it('RFC 8439 2.4.2: a text under ChaCha20', () => {
    const sealed = primitives.applyChacha20({
      key: counting(0, 32),
      nonce: fromHex('000000000000004a00000000'),
      counter: 1,
      data: text(SUNSCREEN),
    });
    expect(toHex(sealed)).toBe(
      '6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0bf91b65c5524733ab8f593dabcd62b3571639' +
        'd624e65152ab8f530c359f0861d807ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab77937365af90bbf' +
        '74a35be6b40b8eedf2785e42874d',
    );
  });

  it.each([
    [
      '00'.repeat(32),
      '0000000000000000',
      '76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586',
    ],
    [
      '00'.repeat(32),
      '0000000000000001',
      'de9cba7bf3d69ef5e786dc63973f653a0b49e015adbff7134fcb7df137821031e85a050278a7084527214f73efc7fa5b5277062eb7a0433e445f41e31afab757',
    ],
    [
      toHex(counting(0, 32)),
      '0001020304050607',
      'f798a189f195e66982105ffb640bb7757f579da31602fc93ec01ac56f85ac3c134a4547b733b46413042c9440049176905d3be59ea1c53f15916155c2be8241a',
    ],
  ])('draft-agl-tls-chacha20poly1305 7: the original ChaCha20 under key %s, nonce %s', (key, nonce, stream) => {
    expect(toHex(primitives.applyChacha20Original({ key: fromHex(key), nonce: fromHex(nonce), counter: 0, data: zeros(64) }))).toBe(stream);
  });

  it('RFC 8439 2.5.2: Poly1305', () => {
    const key = fromHex('85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b');
    expect(toHex(primitives.poly1305({ key, message: text('Cryptographic Forum Research Group') }))).toBe(
      'a8061dc1305136c6c22b8baf0c0127a9',
    );
  });

  it('RFC 8439 2.8.2: ChaCha20-Poly1305', () => {
    const input = { key: counting(0x80, 32), nonce: fromHex('070000004041424344454647'), aad: fromHex('50515253c0c1c2c3c4c5c6c7') };
    const sealed = primitives.sealChacha20Poly1305({ ...input, plaintext: text(SUNSCREEN) });
    expect(toHex(sealed)).toBe(
      'd31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71' +
        'de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def0' +
        '8e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691',
    );
    expect(primitives.openChacha20Poly1305({ ...input, sealed })).toEqual(text(SUNSCREEN));
  });

  it('RFC 8439 A.5: ChaCha20-Poly1305, a text that is opened', () => {
    const input = {
      key: fromHex('1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0'),
      nonce: fromHex('000000000102030405060708'),
      aad: fromHex('f33388860000000000004e91'),
    };
    const sealed = fromHex(
      '64a0861575861af460f062c79be643bd5e805cfd345cf389f108670ac76c8cb24c6cfc18755d43eea09ee94e382d26b0bdb7b73c321b0100d4f03b7f355894cf' +
        '332f830e710b97ce98c8a84abd0b948114ad176e008d33bd60f982b1ff37c8559797a06ef4f0ef61c186324e2b3506383606907b6a7c02b0f9f6157b53c867e4' +
        'b9166c767b804d46a59b5216cde7a4e99040c5a40433225ee282a1b0a06c523eaf4534d7f83fa1155b0047718cbc546a0d072b04b3564eea1b422273f548271a' +
        '0bb2316053fa76991955ebd63159434ecebb4e466dae5a1073a6727627097a1049e617d91d361094fa68f0ff77987130305beaba2eda04df997b714d6c6f2c29' +
        'a6ad5cb4022b02709beead9d67890cbb22392336fea1851f38',
    );
    const opened = primitives.openChacha20Poly1305({ ...input, sealed });
    expect(new TextDecoder().decode(opened.slice(0, 44))).toBe('Internet-Drafts are draft documents valid fo');
    expect(opened).toHaveLength(265);
    expect(primitives.sealChacha20Poly1305({ ...input, plaintext: opened })).toEqual(sealed);
  });

  it.each([
    [
      'F.5.1, AES-128',
      '2b7e151628aed2a6abf7158809cf4f3c',
      '874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee',
    ],
    [
      'F.5.5, AES-256',
      '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4',
      '601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c52b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6',
    ],
  ])('SP 800-38A %s in counter mode', (_case, key, ciphertext) => {
    const data = fromHex(
      '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710',
    );
    expect(toHex(primitives.applyAesCtr({ key: fromHex(key), counterBlock: counting(0xf0, 16), data }))).toBe(ciphertext);
  });

  it.each(GCM_CASES)('McGrew and Viega: AES-GCM test case %i', (_case, key, nonce, plaintext, aad, sealed) => {
    const input = { key: fromHex(key), nonce: fromHex(nonce), aad: fromHex(aad) };
    expect(toHex(primitives.sealAesGcm({ ...input, plaintext: fromHex(plaintext) }))).toBe(sealed);
    expect(toHex(primitives.openAesGcm({ ...input, sealed: fromHex(sealed) }))).toBe(plaintext);
  });

  it('NaCl: HSalsa20, twice', () => {
    expect(toHex(primitives.hsalsa20({ key: fromHex(NACL.shared), nonce: zeros(16) }))).toBe(NACL.firstKey);
    expect(toHex(primitives.hsalsa20({ key: fromHex(NACL.firstKey), nonce: fromHex(NACL.nonce.slice(0, 32)) }))).toBe(NACL.secondKey);
  });

  it('NaCl: secretbox', () => {
    const input = { key: fromHex(NACL.firstKey), nonce: fromHex(NACL.nonce) };
    const sealed = primitives.sealSecretbox({ ...input, plaintext: fromHex(NACL.message) });
    expect(toHex(sealed)).toBe(NACL.tag + NACL.ciphertext);
    expect(toHex(primitives.openSecretbox({ ...input, sealed }))).toBe(NACL.message);
  });

  it('NaCl: onetimeauth', () => {
    expect(toHex(primitives.poly1305({ key: fromHex(NACL.authKey), message: fromHex(NACL.ciphertext) }))).toBe(NACL.tag);
  });
});
