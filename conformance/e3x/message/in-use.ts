/** Messages on transports with short frames, what channel keys depend on, and which secrets cipher set 1a has. */
import { createHash } from 'node:crypto';
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { memberOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { primitiveBytes } from '../../oracle/primitives.ts';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import type { VectorStep } from '../../vectors.ts';
import { HEADER, pairOf, SETS, type CipherSetEvidence, type Csid, type Pair } from './evidence.ts';

/** Bytes of a frame: Bluetooth, serial, IEEE 802.15.4, LoRa, and the longest that a chunk's length byte can say. */
const FRAME_SIZES = [20, 64, 120, 222, 255];
const SEAL = 'e3x.message.seal';
const OPEN = 'e3x.message.open';
const DERIVE = 'e3x.channelkeys.derive';
const CHANNEL_OPEN = 'e3x.channelpacket.open';

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(
    createHash('sha256')
      .update(concatBytes(...parts))
      .digest(),
  );
const folded = (bytes: Uint8Array): Uint8Array => bytes.slice(0, 16).map((byte, at) => byte ^ (bytes[at + 16] ?? 0));

/** A step whose answer the oracle knows. */
function step(oracle: Oracle, operation: string, params: JsonObject, requirement: string): VectorStep {
  const answer = oracle.answer(operation, params);
  return {
    operation,
    params,
    expect: answer.kind === 'ok' ? { ok: answer.value } : { reject: answer.class },
    requirement,
  };
}

/** The cases of one cipher set. */
export function inUse(oracle: Oracle, batch: Batch, csid: Csid, set: CipherSetEvidence): void {
  chunkedMessages(oracle, batch, csid, set);
  longTermSecrets(oracle, batch, csid, set);
  otherIdentities(oracle, batch, csid, set);
  if (csid === '1a') secretsOf1a(oracle, batch, set);
}

function ephemeralOf(csid: Csid, label: string): JsonObject {
  const drawn = seededBytes(`in-use-${csid}-${label}`, 84);
  return csid === '2a'
    ? {
        secret: toHex(drawn.slice(0, 32)),
        aes: toHex(drawn.slice(32, 64)),
        seed: toHex(drawn.slice(64)),
      }
    : { secret: toHex(drawn.slice(0, csid === '1a' ? 20 : 32)) };
}

/** Sealed, cut into frames, joined again, and opened. */
function chunkedMessages(oracle: Oracle, batch: Batch, csid: Csid, set: CipherSetEvidence): void {
  const [m] = set.messages;
  if (m === undefined) throw new Error(`no message of ${csid}`);
  const about = 'E3X-MSG-011';
  for (const size of FRAME_SIZES) {
    const inner = toHex(concatBytes(Uint8Array.of(0, 0), seededBytes(`in-use-${csid}-inner`, 300)));
    const [sender, recipient] = [pairOf(set, m.from), pairOf(set, m.to)];
    const sealed = step(
      oracle,
      SEAL,
      {
        csid,
        sender: { ...sender },
        ephemeral: ephemeralOf(csid, 'chunked'),
        recipientKey: recipient.key,
        inner,
        entropy: toHex(seededBytes(`in-use-${csid}-nonce`, SETS[csid].entropyLength)),
      },
      about,
    );
    const packet = 'ok' in sealed.expect ? String(sealed.expect.ok['packet']) : '';
    const split = step(oracle, 'e3x.chunks.split', { packet, size }, about);
    const frames = 'ok' in split.expect ? (split.expect.ok['frames'] as readonly string[]) : [];
    batch.put({
      id: `${SEAL}/${csid}/in-frames-of-${String(size)}`,
      title: `${csid}: a message in frames of ${String(size)} bytes, joined and opened`,
      kind: 'example',
      requirement: about,
      oracles: ['interpreter'],
      steps: [
        sealed,
        split,
        step(oracle, 'e3x.chunks.join', { stream: frames.join('') }, about),
        step(oracle, 'e3x.token.derive', { packet }, about),
        step(oracle, OPEN, { csid, recipient: { ...recipient }, senderKey: sender.key, packet }, about),
      ],
    });
  }
}

/** Everything that somebody has who recorded all packets and has learned all long-term secrets since: no key of a channel. */
function longTermSecrets(oracle: Oracle, batch: Batch, csid: Csid, set: CipherSetEvidence): void {
  const about = 'E3X-CHP-005';
  const tried = new Map<string, Uint8Array>();
  for (const handshake of set.handshakes) {
    const [from, to] = [pairOf(set, handshake.from), pairOf(set, handshake.to)];
    const front = fromHex(handshake.packet).slice(HEADER, HEADER + (SETS[csid].fields[0]?.[2] ?? 0));
    const of = `of-${handshake.from}`;
    if (csid === '2a') {
      const opened = primitiveBytes('rsa-oaep-decrypt', {
        secret: fromHex(to.secret),
        data: front,
      });
      tried.set(`aes-${of}`, opened.slice(65));
      tried.set(`point-${of}`, sha256(opened.slice(0, 65)));
      continue;
    }
    const agree = csid === '1a' ? 'secp160r1-agree' : 'box-before';
    const key = (shared: Uint8Array): Uint8Array => (csid === '1a' ? folded(sha256(shared)) : shared);
    const withKey = primitiveBytes(agree, { secret: fromHex(to.secret), key: front });
    const identities = primitiveBytes(agree, {
      secret: fromHex(to.secret),
      key: fromHex(from.key),
    });
    tried.set(`message-key-${of}`, key(withKey));
    tried.set(`identities-${of}`, key(identities));
    const digest = (...parts: readonly Uint8Array[]): Uint8Array => (csid === '1a' ? folded(sha256(...parts)) : sha256(...parts));
    tried.set(`identities-as-ephemerals-${of}`, digest(identities, fromHex(from.key), fromHex(to.key)));
    tried.set(`own-secret-as-ephemeral-${of}`, digest(withKey, front, fromHex(to.key)));
    tried.set(`own-secret-as-ephemeral-reversed-${of}`, digest(withKey, fromHex(to.key), front));
  }
  set.channel.packets.slice(0, 2).forEach(({ from, packet }, at) => {
    const right = set.channel.keys[from];
    if (right === undefined) throw new Error(`no channel keys of ${from}`);
    const steps = [...tried.values()].map((key) => step(oracle, CHANNEL_OPEN, { csid, key: toHex(key), packet }, about));
    if (steps.some(({ expect }) => 'ok' in expect)) throw new Error(`${csid}: a long-term secret opens a channel packet`);
    batch.put({
      id: `${CHANNEL_OPEN}/${csid}/long-term-secrets-${String(at)}`,
      title: `${csid}: no key made of long-term secrets and of everything sent opens a channel packet`,
      kind: 'example',
      requirement: about,
      oracles: ['interpreter'],
      steps: [...steps, step(oracle, CHANNEL_OPEN, { csid, key: right.enc, packet }, about)],
    });
  });
}

/** The same ephemeral secrets between other identities: the same keys. */
function otherIdentities(oracle: Oracle, batch: Batch, csid: Csid, set: CipherSetEvidence): void {
  const [m] = set.messages;
  if (m === undefined) throw new Error(`no message of ${csid}`);
  const [one, two] = [pairOf(set, m.from), pairOf(set, m.to)];
  const [ours, theirs] = [ephemeralOf(csid, 'ours'), ephemeralOf(csid, 'theirs')];
  const derived = (sender: Pair, recipient: Pair): VectorStep => {
    const packet = memberOf(
      oracle,
      SEAL,
      {
        csid,
        sender: { ...sender },
        ephemeral: theirs,
        recipientKey: recipient.key,
        inner: '0000',
        entropy: toHex(seededBytes(`in-use-${csid}-nonce`, SETS[csid].entropyLength)),
      },
      'packet',
    );
    const { seed: _, ...ephemeral } = ours;
    return step(
      oracle,
      DERIVE,
      {
        csid,
        ephemeral,
        ...(csid === '2a' ? { recipient: { ...recipient } } : {}),
        packet,
      },
      'E3X-CHP-005',
    );
  };
  const steps = [derived(one, two), derived(two, one)];
  if (JSON.stringify(steps[0]?.expect) !== JSON.stringify(steps[1]?.expect)) throw new Error(`${csid}: keys depend on identities`);
  batch.put({
    id: `${DERIVE}/${csid}/other-identities`,
    title: `${csid}: other identities with the same ephemeral secrets have the same keys`,
    kind: 'example',
    requirement: 'E3X-CHP-005',
    oracles: ['interpreter'],
    steps,
  });
}

/** The key of a secret of 1a; what is not a secret has none. */
const keyOf1a = (secret: string): string | undefined =>
  isSecretOf1a(secret) ? toHex(primitiveBytes('secp160r1-public', { secret: fromHex(secret) })) : undefined;
const isSecretOf1a = (secret: string): boolean => secret.length === 2 * SETS['1a'].secretLength && /[^0]/.test(secret);

/** Secrets of 1a: both ends of their range, and what is not a secret. */
function secretsOf1a(oracle: Oracle, batch: Batch, set: CipherSetEvidence): void {
  const [m] = set.messages;
  const handshake = set.handshakes[1];
  if (m === undefined || handshake === undefined) throw new Error('no message of 1a');
  const [sender, recipient] = [pairOf(set, m.from), pairOf(set, m.to)];
  const seal: JsonObject = {
    csid: '1a',
    sender: { ...sender },
    ephemeral: { secret: m.ephemeral.secret },
    recipientKey: recipient.key,
    inner: '0000',
    entropy: '01020304',
  };
  const packet = memberOf(oracle, SEAL, seal, 'packet');
  const places: readonly (readonly [string, string, (secret: string) => JsonObject])[] = [
    ['ephemeral', SEAL, (secret) => ({ ...seal, ephemeral: { secret } })],
    ['sender', SEAL, (secret) => ({ ...seal, sender: { secret, key: keyOf1a(secret) ?? sender.key } })],
    ['recipient', OPEN, (secret) => ({ csid: '1a', recipient: { secret, key: keyOf1a(secret) ?? recipient.key }, packet })],
    [
      'channel',
      DERIVE,
      (secret) => ({
        csid: '1a',
        ephemeral: { secret },
        packet: handshake.packet,
      }),
    ],
  ];
  for (const [place, operation, params] of places) {
    const add = (name: string, title: string, secret: string, rejects?: string): void =>
      batch.add({
        name: `1a/${place}-secret-${name}`,
        title: `1a: a secret (${place}): ${title}`,
        kind: 'range',
        operation,
        params: params(secret),
        about: 'E3X-CS1-010',
        ...(rejects === undefined
          ? { accepts: true }
          : { rejects, base: params(place === 'recipient' ? recipient.secret : sender.secret) }),
      });
    if (place !== 'recipient') {
      add('one', '1', `${'00'.repeat(19)}01`);
      add('most', '2^160 - 1', 'ff'.repeat(20));
      add('zero-first', 'a zero byte first', `00${sender.secret.slice(2)}`);
      add('zero-last', 'a zero byte last', `${sender.secret.slice(0, -2)}00`);
    }
    add('zero', '0', '00'.repeat(20), 'malformed');
    add('of-19-bytes', '19 bytes', sender.secret.slice(2), 'malformed');
    add('of-21-bytes', '20 bytes after a zero byte', `00${sender.secret}`, 'malformed');
    add('order-minus-1', 'the order of the curve minus 1, 21 bytes', '0100000000000000000001f4c8f927aed3ca752256', 'malformed');
    add('empty', 'nothing', '', 'malformed');
  }
}
