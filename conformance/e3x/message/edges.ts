/**
 * Values with a zero byte at an edge, keys with a bit that does not count, and authentic packets around what is not a packet: an
 * implementation that handles numbers as numbers, or trusts whatever its key opens, shows it only here.
 */
import { createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { Oracle } from '../../oracle/oracle.ts';
import { BASE_PRIMITIVES, primitiveBytes } from '../../oracle/primitives.ts';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import { HEADER, pairOf, SETS, type CipherSetEvidence, type Csid } from './evidence.ts';

/** Tries before a search gives up: what is looked for is one in 256. */
const TRIES_MAX = 5000;
const SEAL = 'e3x.message.seal';
const OPEN = 'e3x.message.open';
const DERIVE = 'e3x.channelkeys.derive';
const P256_KEY_LENGTH = 65;
const isFirstZero = (bytes: Uint8Array): boolean => bytes[0] === 0;
const isLastZero = (bytes: Uint8Array): boolean => bytes.at(-1) === 0;

/** The plain result of X25519, which no primitive of the specification gives. */
function x25519(secret: Uint8Array, key: Uint8Array): Uint8Array {
  const der = (prefix: string, bytes: Uint8Array): Buffer => Buffer.concat([Buffer.from(prefix, 'hex'), bytes]);
  return new Uint8Array(
    diffieHellman({
      privateKey: createPrivateKey({ key: der('302e020100300506032b656e04220420', secret), format: 'der', type: 'pkcs8' }),
      publicKey: createPublicKey({ key: der('302a300506032b656e032100', key), format: 'der', type: 'spki' }),
    }),
  );
}

const AGREE: { readonly [csid in Csid]: (secret: Uint8Array, key: Uint8Array) => Uint8Array } = {
  '1a': (secret, key) => primitiveBytes('secp160r1-agree', { secret, key }),
  '2a': (secret, key) => primitiveBytes('p256-agree', { secret, key }),
  '3a': x25519,
};

/** The first of a seeded series that is wanted. @throws Error when none is */
function first(label: string, length: number, isWanted: (bytes: Uint8Array) => boolean): Uint8Array {
  for (let turn = 0; turn < TRIES_MAX; turn++) {
    const bytes = seededBytes(`${label}-${String(turn)}`, length);
    // A scalar below the order of its group, whatever follows.
    bytes[0] = 1;
    if (isWanted(bytes)) return bytes;
  }
  throw new Error(`${label}: none of ${String(TRIES_MAX)} is wanted`);
}

/** The cases of one cipher set. */
export function edges(oracle: Oracle, batch: Batch, csid: Csid, set: CipherSetEvidence): void {
  const [m] = set.messages;
  if (m === undefined) throw new Error(`no message of ${csid}`);
  const sender = pairOf(set, m.from);
  const recipient = pairOf(set, m.to);
  const seal: JsonObject = {
    csid,
    sender: { ...sender },
    ephemeral: {
      secret: m.ephemeral.secret,
      ...(m.ephemeral.aes === undefined ? {} : { aes: m.ephemeral.aes, seed: toHex(seededBytes('oaep-seed', 20)) }),
    },
    recipientKey: recipient.key,
    inner: `0000${toHex(seededBytes('edge-inner', 20))}`,
    entropy: toHex(seededBytes(`edge-entropy-${csid}`, SETS[csid].entropyLength)),
  };
  const add = (operation: string, name: string, title: string, params: JsonObject, about: string): void =>
    batch.add({ name: `${csid}/${name}`, title: `${csid}: ${title}`, kind: 'example', operation, params, about, accepts: true });
  /** Sealing with some changes, and opening what comes of it. */
  const both = (name: string, title: string, change: JsonObject, about: string, senderKey = sender.key): void => {
    const params = { ...seal, ...change };
    const answer = oracle.answer(SEAL, params);
    if (answer.kind !== 'ok') throw new Error(`${csid}/${name}: ${answer.class}`);
    add(SEAL, name, title, params, about);
    add(OPEN, name, title, { csid, recipient: { ...recipient }, senderKey, packet: answer.value['packet'] ?? '' }, about);
  };
  const agree = AGREE[csid];
  if (csid === '2a') {
    const ephemeral = seal['ephemeral'] as JsonObject;
    const front = concatBytes(primitiveBytes('p256-public', { secret: fromHex(m.ephemeral.secret) }), fromHex(m.ephemeral.aes ?? ''));
    const keysUnder = (seed: Uint8Array): Uint8Array =>
      primitiveBytes('rsa-oaep-encrypt', { key: fromHex(recipient.key), data: front, seed });
    const seed = first('oaep', 20, (bytes) => isFirstZero(keysUnder(bytes)));
    both('zero-first-keys', 'KEYS begins with a zero byte', { ephemeral: { ...ephemeral, seed: toHex(seed) } }, 'E3X-CS2-002');
    const keys = keysUnder(fromHex(String(ephemeral['seed'])));
    const signature = (entropy: Uint8Array): Uint8Array =>
      primitiveBytes('rsa-sign', { secret: fromHex(sender.secret), data: concatBytes(keys, entropy, fromHex(String(seal['inner']))) });
    const entropy = first('signed', 12, (bytes) => isFirstZero(signature(bytes)));
    both('zero-first-signature', 'the signature begins with a zero byte', { entropy: toHex(entropy) }, 'E3X-CS2-004');
  } else {
    const aes = csid === '1a' ? 'E3X-CS1-002' : 'E3X-CS3-002';
    const mac = csid === '1a' ? 'E3X-CS1-003' : 'E3X-CS3-003';
    const edgesOf =
      csid === '1a'
        ? ([['first', isFirstZero]] as const)
        : ([
            ['first', isFirstZero],
            ['last', isLastZero],
          ] as const);
    for (const [edge, isZero] of edgesOf) {
      const found = (label: string): string =>
        toHex(first(`${label}-${csid}-${edge}`, SETS[csid].secretLength, (secret) => isZero(agree(secret, fromHex(recipient.key)))));
      both(
        `zero-${edge}-shared`,
        `what the ephemeral keys agree on has a zero byte ${edge}`,
        { ephemeral: { secret: found('ephemeral') } },
        aes,
      );
      const secret = found('identity');
      const key = toHex(primitiveBytes(csid === '1a' ? 'secp160r1-public' : 'x25519-public', { secret: fromHex(secret) }));
      both(`zero-${edge}-identity`, `what the identities agree on has a zero byte ${edge}`, { sender: { secret, key } }, mac, key);
    }
  }
  channelKeys(batch, csid, set, add);
  if (csid === '3a') topBit(both, sender.key, recipient.key);
  authenticNonsense(oracle, batch, csid, seal, { recipient: { ...recipient }, senderKey: sender.key });
}

/** Keys of a channel from an agreement with a zero byte first. */
function channelKeys(
  batch: Batch,
  csid: Csid,
  set: CipherSetEvidence,
  add: (operation: string, name: string, title: string, params: JsonObject, about: string) => void,
): void {
  const handshake = set.handshakes[1];
  if (handshake === undefined) throw new Error(`${batch.topic}: no handshake of ${csid}`);
  const own = pairOf(set, handshake.to);
  const [, , length] = SETS[csid].fields[0] ?? ['', 0, 0];
  const front = fromHex(handshake.packet).slice(HEADER, HEADER + length);
  const received =
    csid === '2a' ? primitiveBytes('rsa-oaep-decrypt', { secret: fromHex(own.secret), data: front }).slice(0, P256_KEY_LENGTH) : front;
  const secret = first(`channel-${csid}`, SETS[csid].secretLength, (bytes) => isFirstZero(AGREE[csid](bytes, received)));
  add(
    DERIVE,
    'zero-first-shared',
    'what the ephemeral keys agree on has a zero byte first',
    {
      csid,
      ephemeral: { secret: toHex(secret), ...(csid === '2a' ? { aes: toHex(seededBytes('edge-aes', 32)) } : {}) },
      ...(csid === '2a' ? { recipient: { ...own } } : {}),
      packet: handshake.packet,
    },
    csid === '1a' ? 'E3X-CS1-005' : csid === '2a' ? 'E3X-CS2-006' : 'E3X-CS3-005',
  );
}

/** NaCl, like RFC 7748, ignores the highest bit of a key. */
function topBit(
  both: (name: string, title: string, change: JsonObject, about: string, senderKey?: string) => void,
  senderKey: string,
  recipientKey: string,
): void {
  const set = (key: string): string => {
    const bytes = fromHex(key);
    bytes[31] = (bytes[31] ?? 0) | 0x80;
    return toHex(bytes);
  };
  both('top-bit', 'the highest bit of keys is ignored', { recipientKey: set(recipientKey) }, 'E3X-CS3-002', set(senderKey));
}

/** Under valid keys and tags, content that is not a packet: refused all the same. */
function authenticNonsense(oracle: Oracle, batch: Batch, csid: Csid, seal: JsonObject, opener: JsonObject): void {
  const heedless = withoutRule(oracle, [SEAL, 'e3x.channelpacket.seal'], 'E3X-MSG-002');
  const { keyLength, entropyLength } = SETS[csid];
  const key = toHex(seededBytes(`edge-channel-${csid}`, keyLength));
  for (const [name, inner] of [
    ['empty', ''],
    ['one-byte', '00'],
    ['head-beyond', '0005'],
  ] as const) {
    const add = (operation: string, params: JsonObject): void =>
      batch.add({
        name: `${csid}/authentic-${name}`,
        title: `${csid}: authentic, and what it carries is no packet: ${name}`,
        kind: 'truncation',
        operation,
        params,
        about: 'E3X-MSG-002',
        rejects: 'truncated',
      });
    add(OPEN, { csid, ...opener, packet: packetOf(heedless, SEAL, { ...seal, inner }) });
    const entropy = toHex(seededBytes('edge-channel-entropy', entropyLength));
    const sealed = { csid, key, token: '09'.repeat(16), inner, entropy };
    add('e3x.channelpacket.open', { csid, key, packet: packetOf(heedless, 'e3x.channelpacket.seal', sealed) });
  }
}

function packetOf(oracle: Oracle, operation: string, params: JsonObject): string {
  const answer = oracle.answer(operation, params);
  if (answer.kind !== 'ok') throw new Error(`${operation}: ${answer.class}`);
  return String(answer.value['packet']);
}

/** The specification without the step of some operations that states a rule. */
function withoutRule({ spec }: Oracle, operations: readonly string[], rule: string): Oracle {
  return new Oracle(
    {
      ...spec,
      operations: spec.operations.map((operation) =>
        !operations.includes(operation.operation) || operation.model === undefined
          ? operation
          : { ...operation, model: operation.model.filter((step) => !('require' in step) || step.require.req !== rule) },
      ),
    },
    BASE_PRIMITIVES,
  );
}
