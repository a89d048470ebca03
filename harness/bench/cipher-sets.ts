/**
 * The rows of the cipher sets: the reference over both implementations of its primitives next to tweetnacl,
 * libsodium and e3x-js doing the same work. What is compared is first held against each other, byte for byte.
 */
import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  createChannelOpener,
  createChannelSealer,
  createMessageOpener,
  createMessageSealer,
  deriveChannelKeys,
  encodePacket,
  noblePrimitives,
  openMessage,
  sealMessage,
  toHex,
} from '../../reference/index.ts';
import type { EphemeralSecrets, Primitives } from '../../reference/index.ts';
import { fastPrimitives } from '../primitives/fast.ts';
import { createNodePrimitives } from '../primitives/node.ts';
import {
  findE3xJs,
  naclChannelKey,
  naclChannelOpen,
  naclChannelSeal,
  naclKeyOf,
  naclLibraries,
  naclOpen,
  naclSeal,
  naclSealer,
} from './cipher-set-rivals.ts';
import type { E3xJs, NaclLibrary } from './cipher-set-rivals.ts';
import { printRows } from './measure.ts';
import type { Contender, Measurement, Row } from './measure.ts';

/** Bytes that look random and are the same in every run. */
function bytesOf(name: string, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash('sha256')
      .update(`${name} ${String(index)}`)
      .digest(),
  );
  return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
}

/** One side: its identity, and its secrets of the exchange. */
interface Side {
  readonly secret: Uint8Array;
  readonly key: Uint8Array;
  readonly ephemeral: EphemeralSecrets;
}

/** An exchange of one cipher set, and the packet that goes through it: 1,000 bytes. */
interface Scene {
  readonly csid: '1a' | '2a' | '3a';
  readonly a: Side;
  readonly b: Side;
  readonly inner: Uint8Array;
  readonly entropy: Uint8Array;
}

function sideOf(csid: Scene['csid'], name: string): Side {
  if (csid === '2a') {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { format: 'der', type: 'spki' },
      privateKeyEncoding: { format: 'der', type: 'pkcs8' },
    });
    return {
      secret: new Uint8Array(privateKey),
      key: new Uint8Array(publicKey),
      ephemeral: { secret: bytesOf(`${name} secret`, 32), aes: bytesOf(`${name} aes`, 32), seed: bytesOf(`${name} seed`, 20) },
    };
  }
  const secret = bytesOf(name, csid === '1a' ? 20 : 32);
  const key = csid === '1a' ? noblePrimitives.deriveSecp160r1Public({ secret }) : noblePrimitives.deriveX25519Public({ secret });
  return { secret, key, ephemeral: { secret: bytesOf(`${name} ephemeral`, secret.length) } };
}

function sceneOf(csid: Scene['csid']): Scene {
  const entropyLength = { '1a': 4, '2a': 12, '3a': 24 }[csid];
  return {
    csid,
    a: sideOf(csid, 'a'),
    b: sideOf(csid, 'b'),
    inner: encodePacket({ body: bytesOf('inner', 998) }),
    entropy: bytesOf('entropy', entropyLength),
  };
}

/** Secrets in arrays of their own: nothing is remembered of them from one exchange to the next. */
function freshSecrets({ secret, ...rest }: EphemeralSecrets): EphemeralSecrets {
  return { secret: secret.slice(), ...rest };
}

/** What the reference does in each row, over some primitives. */
function referenceWork({ csid, a, b, inner, entropy }: Scene, primitives: Primitives): { readonly [row: string]: () => unknown } {
  const parties = { csid, sender: { secret: a.secret }, recipientKey: b.key };
  const recipient = { secret: b.secret };
  const sealer = createMessageSealer({ ...parties, ephemeral: a.ephemeral }, primitives);
  const packet = sealer.seal({ inner, entropy });
  const opener = createMessageOpener({ csid, recipient, senderKey: a.key }, primitives);
  const answer = sealMessage({ csid, sender: recipient, recipientKey: a.key, ephemeral: b.ephemeral, inner, entropy }, primitives);
  const { encryptKey, decryptKey } = deriveChannelKeys(
    { csid, ephemeral: a.ephemeral, recipient: { secret: a.secret }, packet: answer.packet },
    primitives,
  );
  const channelSealer = createChannelSealer({ csid, key: encryptKey, token: answer.token }, primitives);
  const channelOpener = createChannelOpener({ csid, key: encryptKey }, primitives);
  const channelPacket = channelSealer.seal({ inner, entropy });
  return {
    'seal, fresh': () => sealMessage({ ...parties, ephemeral: freshSecrets(a.ephemeral), inner, entropy }, primitives).packet,
    'seal, standing': () => sealer.seal({ inner, entropy }),
    'open, fresh': () => openMessage({ csid, recipient, senderKey: a.key, packet }, primitives).inner,
    'open, standing': () => opener.open(packet).inner,
    'channel seal': () => channelSealer.seal({ inner, entropy }),
    'channel open': () => channelOpener.open(channelPacket).inner,
    'handshake': () => {
      const secretsA = freshSecrets(a.ephemeral);
      const secretsB = freshSecrets(b.ephemeral);
      const first = sealMessage({ ...parties, ephemeral: secretsA, inner, entropy }, primitives);
      openMessage({ csid, recipient, senderKey: a.key, packet: first.packet }, primitives);
      const second = sealMessage({ csid, sender: recipient, recipientKey: a.key, ephemeral: secretsB, inner, entropy }, primitives);
      openMessage({ csid, recipient: { secret: a.secret }, senderKey: b.key, packet: second.packet }, primitives);
      const keysA = deriveChannelKeys({ csid, ephemeral: secretsA, recipient: { secret: a.secret }, packet: second.packet }, primitives);
      const keysB = deriveChannelKeys({ csid, ephemeral: secretsB, recipient, packet: first.packet }, primitives);
      if (toHex(keysA.encryptKey) !== toHex(keysB.decryptKey) || toHex(keysA.decryptKey) !== toHex(decryptKey))
        throw new Error('the two sides disagree');
      return keysA.encryptKey;
    },
  };
}

/** The same over a library of NaCl, with as few agreements as there can be. */
function naclWork({ a, b, inner, entropy }: Scene, library: NaclLibrary): { readonly [row: string]: () => unknown } {
  const sealer = naclSealer(library, a.secret, a.ephemeral.secret, b.key);
  const packet = naclSeal(library, sealer, inner, entropy);
  const shared = library.beforenm(naclKeyOf(packet), b.secret);
  const identityShared = library.beforenm(a.key, b.secret);
  const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
  const handshake = (): Uint8Array[] => {
    const sealerA = naclSealer(library, a.secret, a.ephemeral.secret, b.key);
    const first = naclSeal(library, sealerA, inner, entropy);
    const sealerB = naclSealer(library, b.secret, b.ephemeral.secret, a.key);
    naclOpen(library, library.beforenm(naclKeyOf(first), b.secret), sealerB.identityShared, first);
    const second = naclSeal(library, sealerB, inner, entropy);
    naclOpen(library, library.beforenm(naclKeyOf(second), a.secret), sealerA.identityShared, second);
    const sharedA = library.beforenm(sealerB.key, a.ephemeral.secret);
    const sharedB = library.beforenm(sealerA.key, b.ephemeral.secret);
    return [
      naclChannelKey(sharedA, sealerA.key, sealerB.key),
      naclChannelKey(sharedA, sealerB.key, sealerA.key),
      naclChannelKey(sharedB, sealerB.key, sealerA.key),
      naclChannelKey(sharedB, sealerA.key, sealerB.key),
    ];
  };
  const [channelKey = inner] = handshake();
  const token = sha256(library.publicOf(b.ephemeral.secret).subarray(0, 16)).subarray(0, 16);
  const channelPacket = naclChannelSeal(library, channelKey, token, inner, entropy);
  return {
    'seal, fresh': () => naclSeal(library, naclSealer(library, a.secret, a.ephemeral.secret, b.key), inner, entropy),
    'seal, standing': () => naclSeal(library, sealer, inner, entropy),
    'open, fresh': () => naclOpen(library, library.beforenm(naclKeyOf(packet), b.secret), library.beforenm(a.key, b.secret), packet),
    'open, standing': () => naclOpen(library, shared, identityShared, packet),
    'channel seal': () => naclChannelSeal(library, channelKey, token, inner, entropy),
    'channel open': () => naclChannelOpen(library, channelKey, channelPacket),
    'handshake': () => handshake()[0],
  };
}

/**
 * The same through e3x-js, which agrees again for every message; its packets hold random bytes of its own. Not 2a, whose
 * KEYS it gets wrong on today's Node.
 */
async function e3xWork({ csid, a, b, inner, entropy }: Scene, { self, decode }: E3xJs): Promise<{ readonly [row: string]: () => unknown }> {
  const pairOf = ({ key, secret }: Side): { readonly key: Buffer; readonly secret: Buffer } => ({
    key: Buffer.from(key),
    secret: Buffer.from(secret),
  });
  const [selfA, selfB] = [self({ pairs: { [csid]: pairOf(a) } }), self({ pairs: { [csid]: pairOf(b) } })];
  const exchange = selfA.exchange({ csid, key: Buffer.from(b.key) });
  const back = selfB.exchange({ csid, key: Buffer.from(a.key) });
  await Promise.all([exchange.load, back.load]);
  const packet = sealMessage(
    { csid, sender: { secret: a.secret }, recipientKey: b.key, ephemeral: a.ephemeral, inner, entropy },
    noblePrimitives,
  ).packet;
  const message = Buffer.from(packet);
  const open = async (): Promise<Uint8Array> => {
    const decoded = decode(message);
    if ((await back.verify(decoded)) !== true) throw new Error('forged');
    return selfB.decrypt(decoded);
  };
  const theirs = new Uint8Array(await exchange.encrypt(Buffer.from(inner)));
  if (
    toHex(openMessage({ csid, recipient: { secret: b.secret }, senderKey: a.key, packet: theirs }, createNodePrimitives()).inner) !==
    toHex(inner)
  )
    throw new Error(`${csid}: e3x-js seals differently`);
  return {
    'seal, fresh': async () => {
      const made = selfA.exchange({ csid, key: Buffer.from(b.key) });
      await made.load;
      return made.encrypt(Buffer.from(inner));
    },
    'seal, standing': () => exchange.encrypt(Buffer.from(inner)),
    'open, fresh': open,
    'open, standing': open,
  };
}

const ROWS = ['seal, fresh', 'seal, standing', 'open, fresh', 'open, standing', 'channel seal', 'channel open', 'handshake'];
/** Over libsodium what is left is what surrounds the cipher; OpenSSL has no Salsa20. */
const CHECKED = 'ours checks and copies what it is given; without sodium-native it is JavaScript';
/** Both are JavaScript; what differs is how much is checked and copied around a microsecond of Salsa20. */
const MORE_CHECKS = '@noble checks and copies more around the same JavaScript, and packets are checked';
const STANDING = { libsodium: CHECKED, tweetnacl: MORE_CHECKS };
/** An agreement of OpenSSL takes half the time of libsodium's; where the machine is busy the rest weighs more. */
const READS_KEYS = 'about even: the agreements are faster, but OpenSSL reads each key from text first';
const WHY: { readonly [row: string]: { readonly [other: string]: string } } = {
  'seal, fresh': { libsodium: READS_KEYS },
  'open, fresh': { libsodium: READS_KEYS },
  'handshake': { libsodium: `${READS_KEYS}; each side agrees with the identity key twice, to seal and to open` },
  'seal, standing': STANDING,
  'open, standing': STANDING,
  'channel seal': STANDING,
  'channel open': STANDING,
};

/** The limit of a standing exchange of 3a: its cipher alone, over the fastest implementation there is. */
function boxAlone({ inner, entropy }: Scene): { readonly [row: string]: () => unknown } {
  const { primitives } = fastPrimitives();
  const box = { key: new Uint8Array(32), nonce: entropy };
  const sealing = (): Uint8Array => primitives.sealSecretbox({ ...box, plaintext: inner });
  if (entropy.length !== 24) return {};
  const sealed = sealing();
  const opening = (): unknown => primitives.openSecretbox({ ...box, sealed });
  return { 'seal, standing': sealing, 'open, standing': opening, 'channel seal': sealing, 'channel open': opening };
}

/** Holds every contender's result against the first one's; e3x-js draws its own bytes where it seals. */
async function requireSame(row: string, csid: string, contenders: readonly Contender[]): Promise<void> {
  const [first, ...others] = contenders;
  const expected = toHex(first?.run() as Uint8Array);
  for (const { name, run } of others) {
    if (name === 'e3x-js' && row.startsWith('seal')) continue;
    if (toHex(new Uint8Array((await run()) as Uint8Array)) !== expected)
      throw new Error(`${csid} ${row}: ${name} produces different bytes`);
  }
}

async function rowsOf(scene: Scene, libraries: readonly NaclLibrary[], e3xJs: E3xJs | undefined): Promise<Row[]> {
  const ours = [
    ['fast', referenceWork(scene, fastPrimitives().primitives)],
    ['node', referenceWork(scene, createNodePrimitives())],
    ['noble', referenceWork(scene, noblePrimitives)],
  ] as const;
  const others: (readonly [string, { readonly [row: string]: () => unknown }])[] =
    scene.csid === '3a' ? libraries.map((library) => [library.name, naclWork(scene, library)] as const) : [];
  if (e3xJs !== undefined && scene.csid !== '2a') others.push(['e3x-js', await e3xWork(scene, e3xJs)]);
  const pick = (row: string, from: readonly (readonly [string, { readonly [row: string]: () => unknown }])[]): Contender[] =>
    from.flatMap(([name, work]) => (work[row] === undefined ? [] : [{ name, run: work[row] }]));
  const limits = boxAlone(scene);
  const rows: Row[] = [];
  for (const title of ROWS) {
    const limit = scene.csid === '3a' ? limits[title] : undefined;
    const row: Row = {
      title: `${scene.csid} ${title}`,
      ours: pick(title, ours),
      others: pick(title, others),
      why: WHY[title] ?? {},
      ...(limit === undefined ? {} : { limit }),
    };
    await requireSame(title, scene.csid, [...row.ours, ...row.others]);
    rows.push(row);
  }
  return rows;
}

/** Measures messages, channel packets and handshakes of every cipher set. */
export async function benchCipherSets(out: (text: string) => void): Promise<readonly Measurement[]> {
  const libraries = await naclLibraries();
  const e3xJs = findE3xJs();
  const rows: Row[] = [];
  for (const csid of ['3a', '1a', '2a'] as const) rows.push(...(await rowsOf(sceneOf(csid), libraries, e3xJs)));
  const measured = await printRows(
    'cipher sets, an inner packet of 1,000 bytes; fast, node and noble: the primitives of the reference',
    rows,
    out,
  );
  if (e3xJs === undefined)
    out("e3x-js is not installed ('bottlepost setup e3x-js'): no comparison; where there is no other library, noble is compared with node");
  return measured;
}
