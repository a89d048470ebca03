import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../kernel/bytes.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { deriveChannelKeys } from './channel-packets.ts';
import { openMessage, sealMessage } from './messages.ts';
import type { SealMessageInput } from './messages.ts';
import { encodePacket } from '../packet/packet.ts';

/** The identity of B, PKCS #8. */
const SECRET = fromHex(
  [
    '308204bc020100300d06092a864886f70d0101010500048204a6308204a20201000282010100be5b41c021943e39c9a554bc106f76730929abf7ebc9102420a7',
    '9396e3fa33ab0b3da499f9d576e609b7f0836f5ef2a8399ca97fa17ed4971fa2199b2092b8a106c031984fe81b9c2e177e2c23d32f7fd49f3938a6f78d0d8557',
    '5661e58f036a48bec279984a92f7078d95ddfd3f0cf6c69e37f674154ddabb4cdb841fc219c86faee0c1604379583dde2cdd52c943dde2690dec2a99ec2a0f7c',
    '0536725d5a1895aa9f8b203e40a12159e191dc8b46e77f04a24146ac933e56f8be983d88ea2f31311141f4e948b200d80c2fdf10929a2c1a5fc1fa0092373e52',
    '0659860e8f092f9ca20b975cbb16b07bd65c6096e35462b191999ae37194fda5cab6255389bf0203010001028201004832e2a055dc1d31dbda7a660e31c8925f',
    '2250186b74ca4b799b35ae606fb0932a634a0020b327329ef3062543e39653d9ee2297c7100cdff8de89a9bdd4087502d378bc156aaab635013218d9c9aad568',
    '36b0045dc7bcd72900f441934907f992f7cf59413adfbd143f4e5d71452dcc978ec11917f450a02ab43efa40f564c36a816ac0aa146717be0c862835636a64a6',
    '6d2bfc9b05e1c526e1bfa61b3bd7a32630db43127bd5baecf24f742c54269ee6524b2a060dc4ee54db84625d14a5600651d76b64cfbb964d3101b9d95f5b667c',
    'da060360566bda1e91b42600b28b6ff9e6b32a7ea94a4cd3b30ed6a3baff0a29072c4e309789fdbc5570f827296e6902818100e6cad740beeb4987d1b20b5340',
    '3d1d87bbbf39897676e111ff00dbd2c68e721b03fcc2c6c04a56e39b7a5e7c96e03b5a48397a926bc693379ca43f73c24e337526210ce2922ae78d0540ae0d74',
    '5295c8f58247c6fab14c7c7900f053fa18b992e8013e8b441d6ccdf9be8d2e4af47018dffc6f75181263fb0dd5cb31577f3cd502818100d325cb0201c31e5b23',
    '1950129431aa70a1a25bd18a59648f6ead0b4c23aadf24d1e9d408cb0810d9063c7c89ce79bc05ddc9d4ed92bc71b46144435927cede83caacd75d2b48617942',
    'd35eb91425938b1b21c7fc15db2674de23915805a03f9e29f5b2f9d80343780ed3c0a6863f213b1e575bbd9d9b5be1686930f7cf8326430281801540aa8fc0c5',
    '03f168e2ff5dfc356489c2453ab428df8b9c4fa2319bf842d7c91b15e48dced949a50e0537bc3b5c8cbaa499fe6a8b582ee859195aea7b031e83f42de8f4d846',
    'f129b049237e03af3331dd41d10046c79ae67f7211af7a015add6755edff7f174294b921cdf86c589416065245a53fc139c9bd9d6967b2c9f9bd0281805b5697',
    'f0f04e358d7b2b7205f7715ca78864318ffd671a2729db556dc468204b4f3af56c3057f6e1caded388d176bbad55f9ff501e0fc2a823036296e8af8676407070',
    '616f5dca3ca879c31a10eb085e3e88687856040d28b50771d23fecc8586512522fde0fdb59ce202fd0597669aba73e6703297091587ad0364c9cc9c0fd028180',
    '4d878119074953fc5aae1636c79647dcde4fbecc32e81ea327591073923a8592988228b4be25521c1e9bd1c8d7aa8ab8ebc8942df91f17040d0e2836ce014f62',
    '7ad47a9a5a619df61f714b62fc7b6ed264ecf899d1e7b5af3f1b08d53751c49dc88fa569d1cb6da0bca821a4cb48f22fc865b805fb58fbc5c67577e5c2dc1097',
  ].join(''),
);
/** The identity key of A. */
const SENDER_KEY = fromHex(
  [
    '30820122300d06092a864886f70d01010105000382010f003082010a0282010100abfdefe23d8317c78ba4911c134a32636dfff71563d9932a22b00637504df5',
    '92b523398bf38eac1b1a989c794686182f4bdefb6209f0a361ed3966ac992b9457143ac87d08063cf109ac25eaa92807c71dbf74ca39d7524abda4969fc65811',
    '292f3529cbb11276bf8c28110b17948c741827541546aa894a41cc08d3a20b7df66ff0adeb1950cc72f4af44ee2c659d9c77337b30e580b2c1e8c45f169d3b64',
    '26de64a444e1852316567d5249570217ba999b76ca7e559216da82cad52a6fff9d75278d4edadae301a80bac5ea930ef2b8c2ca8fd1a7759c4dfd4b94acd6324',
    '86d79da0e5a4bb4b9a0e2cd7cc4249f719722073c81141c3b80692a7158677e1990203010001',
  ].join(''),
);
/** A message of A to B with an empty packet, made by e3x-js 0.2.3; the seed of its OAEP was got back with B's secret. */
const PACKET = fromHex(
  [
    '00012ab6bf51ade51c917205bac07e615133b9e612f74edf017e09f725d4add294921ddfebf1e816ada6f4cd30b39e5c15f5e7ff0993efc6235f07f2429781f7',
    '1709ffa3c34e967a6732ed7d1c87e070b6262e3a27ca28c848f0667378d73bd9ca0395ddb08c5358cbda09240fbfa3f60b64eab2aa0114ae5dc0b4ce1ebbb6b1',
    '12eb0558dc10a60fa1b472749d948fba666477a631712fe3a6dc3230e2a2bfea9da19d112ce13f95948524891238bfaea85525dca68cc60bcb34833e66c718a6',
    '6e4026d12979d4d624e7df8ddd6c3617f20b8e1f207127f662dcdc1ee106e0b9aab9bac0f6c885ba21299e2e0627a3e33b0b90004f49da69f1c53f9940717f79',
    '22ac48ee7a338911e6e7c2c776794133608480c584deef6024a58d3f9981413fe10edd0695ba58f2e8e8f50ca0771cf2503088fc68d6c8b83d3d39ec1421db29',
    '9ffc414a66350119cd86c73a29183942684722283033a7cf2c240971524c2d33a463cc6082eb870ed5b34f1a63583b87baf796c0cbbc878ededa3f4fa663565d',
    '10f88e168e793454098060cc38af0acca761637142e379b699441c9e7b65effe9ea4fa9f37dca785859a56e7747e7db9cb7e098fce400fb70fe29d3205449183',
    '8dfdd197268883b35fc98ca2447a1c767617f17fb955e0dacdf6599519dc0fa2074487c8175dba58c12edeef5d8b1f8132aa20e22c246514ea65e04b835e74dc',
    'a7f9adf153cf3acc9390504355ddfdfbd5a63a130788ac3ce9d80e9cca979659da',
  ].join(''),
);
const TOKEN = 'a308c97e70334dcb1d399b2646765fc0';
const EPHEMERAL = {
  secret: fromHex('5ed819a833815f96ae4609273b63644e1d124554a332cb203362ab564169d895'),
  aes: fromHex('d71ce5fb2b3fe14956eb5d07fe593185a2cff73dd2e5ebf1c1e1cd9ee05fd1d9'),
  seed: fromHex('317eeee6debf29b6c9292bd8eb547b0523087b5f'),
};
const EPHEMERAL_KEY =
  '042c3a85284e93013b2b1fbcf370b6deb61e277dfb8292d6413936ceceb50e8fd6ec2852c57a6dea3e7b366e6adaea72cb1570a58f43b23ad3e295c4cfffa0dcbb';
/** B's own secrets of the exchange, and the keys they made. */
const OTHER = {
  secret: fromHex('aaeb206f0ab9f13f13d58976514a083c34ca593d3389f3b19cf206f4c3cf1e34'),
  aes: fromHex('e2a9265a434284bc36dd8b294bda6ee8812a0389cf1eaa80d67d6d9b9cdcfef0'),
};
const ENCRYPT_KEY = 'ecd3e91460f8a19cb4ab760ed504f8e8bda0585894466ea56d2f0f89ef7fe198';
const DECRYPT_KEY = '96b819b10b3806306cccc0729444914e15c827a0aafb1aa551885f909b5af7ed';

const recipient = { secret: SECRET };
const KEY = noblePrimitives.deriveRsaPublic({ secretKey: SECRET });
const IV = PACKET.slice(3 + 256, 3 + 268);
const INNER = fromHex('0000');

const open = (packet: Uint8Array, senderKey?: Uint8Array): ReturnType<typeof openMessage> =>
  openMessage({ csid: '2a', recipient, senderKey, packet }, noblePrimitives);
/** Seals from B to himself. */
function seal(change: Partial<SealMessageInput> = {}): ReturnType<typeof sealMessage> {
  return sealMessage(
    { csid: '2a', sender: recipient, ephemeral: EPHEMERAL, recipientKey: KEY, inner: INNER, entropy: IV, ...change },
    noblePrimitives,
  );
}
function flipped(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.map((byte, at) => (at === index ? byte ^ 1 : byte));
}
/** A message to B and from B, right but for what KEYS holds. */
function withKeys(contents: Uint8Array): Uint8Array {
  const { aes, seed } = EPHEMERAL;
  const keys = noblePrimitives.sealRsaOaep({ publicKey: KEY, seed, plaintext: contents });
  const signature = noblePrimitives.signRsa({ secretKey: SECRET, message: concat([keys, IV, INNER]) });
  const sealed = noblePrimitives.sealAesGcm({ key: aes, nonce: IV, plaintext: concat([INNER, signature]), aad: keys });
  return encodePacket({ head: Uint8Array.of(0x2a), body: concat([keys, IV, sealed]) });
}

describe('E3X-CS2 cipher set 2a', () => {
  it('E3X-CS2-003, E3X-CS2-004 opens what a real endpoint sealed', () => {
    const ephemeralKey = fromHex(EPHEMERAL_KEY);
    expect(open(PACKET, SENDER_KEY)).toEqual({ inner: INNER, verified: true, ephemeralKey });
    expect(open(PACKET)).toEqual({ inner: INNER, ephemeralKey });
  });

  it('E3X-CS2-002, E3X-CS2-003 seals the same KEYS and content except for the signature, which is by another sender', () => {
    const { packet, token } = seal();
    expect(packet).toHaveLength(PACKET.length);
    expect(toHex(packet.slice(0, 3 + 268 + INNER.length))).toBe(toHex(PACKET.slice(0, 3 + 268 + INNER.length)));
    expect(toHex(token)).toBe(TOKEN);
    expect(open(packet, KEY)).toMatchObject({ inner: INNER, verified: true });
  });

  it('E3X-MSG-004 has one token for an exchange', () => {
    expect(toHex(seal({ inner: fromHex('0000ff'), entropy: new Uint8Array(12) }).token)).toBe(TOKEN);
  });

  it('E3X-MSG-003 refuses a changed message, with and without a sender key', () => {
    for (const index of [3, 258, 259, 270, 271, 273, PACKET.length - 17, PACKET.length - 16, PACKET.length - 1]) {
      expect(refusalOf(() => open(flipped(PACKET, index)))).toBe('unauthenticated E3X-MSG-003');
      expect(refusalOf(() => open(flipped(PACKET, index), SENDER_KEY))).toBe('unauthenticated E3X-MSG-003');
    }
    expect(refusalOf(() => open(concat([PACKET, Uint8Array.of(0)])))).toBe('unauthenticated E3X-MSG-003');
  });

  it('E3X-CS2-004, E3X-CS2-005 refuses a message of another sender, or without one', () => {
    expect(refusalOf(() => open(PACKET, KEY))).toBe('unauthenticated E3X-MSG-003');
    for (const key of [new Uint8Array(294), SENDER_KEY.slice(0, -1), new Uint8Array(0)]) {
      expect(refusalOf(() => open(PACKET, key))).toBe('malformed E3X-CS2-005');
    }
  });

  it('E3X-CS2-001 refuses a BODY that is too short as truncated', () => {
    for (const length of [0, 1, 255, 256, 267, 268, 523, 539]) {
      expect(refusalOf(() => open(PACKET.slice(0, 3 + length)))).toBe('truncated E3X-CS2-001');
    }
    expect(refusalOf(() => open(PACKET.slice(0, 3 + 540)))).toBe('unauthenticated E3X-MSG-003');
  });

  it('E3X-CS2-002 refuses KEYS that hold something else', () => {
    const right = concat([fromHex(EPHEMERAL_KEY), EPHEMERAL.aes]);
    expect(open(withKeys(right), KEY)).toMatchObject({ inner: INNER, verified: true });
    for (const contents of [right.slice(1), concat([right, Uint8Array.of(0)]), new Uint8Array(0)]) {
      const packet = withKeys(contents);
      expect(refusalOf(() => open(packet))).toBe('malformed E3X-CS2-002');
      expect(refusalOf(() => deriveChannelKeys({ csid: '2a', ephemeral: OTHER, recipient, packet }, noblePrimitives))).toBe(
        'malformed E3X-CS2-002',
      );
    }
  });

  it('E3X-CS2-005 refuses an ephemeral key that is not a point, or not in the required form', () => {
    const point = fromHex(EPHEMERAL_KEY);
    const hybrid = point.slice();
    hybrid[0] = 6 + ((point[64] ?? 0) & 1);
    for (const key of [flipped(point, 64), new Uint8Array(65), hybrid]) {
      const packet = withKeys(concat([key, EPHEMERAL.aes]));
      expect(refusalOf(() => open(packet, KEY))).toBe('malformed E3X-CS2-005');
      expect(refusalOf(() => deriveChannelKeys({ csid: '2a', ephemeral: OTHER, recipient, packet }, noblePrimitives))).toBe(
        'malformed E3X-CS2-005',
      );
    }
  });

  it('E3X-CS2-005 refuses to seal to what is not an RSA key of 2,048 bits', () => {
    for (const recipientKey of [new Uint8Array(294), KEY.slice(0, -1), concat([KEY, Uint8Array.of(0)]), SECRET, new Uint8Array(0)]) {
      expect(refusalOf(() => seal({ recipientKey }))).toBe('malformed E3X-CS2-005');
    }
  });

  it('E3X-MSG-002 refuses what is not a packet before sealing', () => {
    expect(refusalOf(() => seal({ inner: fromHex('0005aa') }))).toBe('truncated E3X-MSG-002');
  });

  it('E3X-CS2-006, E3X-CHP-001 derives the keys of both sides', () => {
    const keys = deriveChannelKeys({ csid: '2a', ephemeral: OTHER, recipient, packet: PACKET }, noblePrimitives);
    expect([toHex(keys.encryptKey), toHex(keys.decryptKey)]).toEqual([ENCRYPT_KEY, DECRYPT_KEY]);
    const { packet } = seal({ ephemeral: { ...OTHER, seed: EPHEMERAL.seed } });
    const others = deriveChannelKeys({ csid: '2a', ephemeral: EPHEMERAL, recipient, packet }, noblePrimitives);
    expect([toHex(others.encryptKey), toHex(others.decryptKey)]).toEqual([DECRYPT_KEY, ENCRYPT_KEY]);
    expect(
      refusalOf(() => deriveChannelKeys({ csid: '2a', ephemeral: OTHER, recipient, packet: flipped(PACKET, 3) }, noblePrimitives)),
    ).toBe('unauthenticated E3X-MSG-003');
    expect(
      refusalOf(() => deriveChannelKeys({ csid: '2a', ephemeral: OTHER, recipient, packet: PACKET.slice(0, 270) }, noblePrimitives)),
    ).toBe('truncated E3X-CS2-001');
  });

  it('blames the caller for invalid secrets and entropy', () => {
    const none = new Uint8Array(0);
    const bad: Partial<SealMessageInput>[] = [
      { entropy: none },
      { entropy: new Uint8Array(13) },
      { sender: { secret: none } },
      { sender: { secret: KEY } },
      { ephemeral: { secret: EPHEMERAL.secret } },
      { ephemeral: { ...EPHEMERAL, seed: none } },
      { ephemeral: { ...EPHEMERAL, aes: new Uint8Array(16) } },
      { ephemeral: { ...EPHEMERAL, secret: new Uint8Array(32) } },
    ];
    for (const change of bad) expect(refusalOf(() => seal(change))).toMatch(/^usage/);
    for (const secret of [none, KEY, SECRET.slice(0, -1)]) {
      expect(refusalOf(() => openMessage({ csid: '2a', recipient: { secret }, packet: PACKET }, noblePrimitives))).toMatch(/^usage/);
    }
    expect(refusalOf(() => deriveChannelKeys({ csid: '2a', ephemeral: OTHER, packet: PACKET }, noblePrimitives))).toBe('usage E3X-CS2-006');
    expect(
      refusalOf(() => deriveChannelKeys({ csid: '2a', ephemeral: { secret: OTHER.secret }, recipient, packet: PACKET }, noblePrimitives)),
    ).toBe('usage E3X-CS2-006');
  });
});
