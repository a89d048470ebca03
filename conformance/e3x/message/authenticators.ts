/**
 * Each authenticator alone. A message of 2a has a tag and a signature, one of 3a the tag of its box and AUTH, one of 1a a HMAC,
 * a channel packet a tag or a HMAC: in each case here everything is right but one of them, or nothing is sealed at all.
 */
import { createHash } from 'node:crypto';
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { primitiveBytes } from '../../oracle/primitives.ts';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import { HEADER, pairOf, SETS, type CipherSetEvidence, type Csid, type Pair } from './evidence.ts';

const SEAL = 'e3x.message.seal';
const OPEN = 'e3x.message.open';
const CHANNEL_OPEN = 'e3x.channelpacket.open';
const CHANNEL_HEADER = 18; // no HEAD, and a token
const TAG_LENGTH: { readonly [csid in Csid]: number } = {
  '1a': 4,
  '2a': 16,
  '3a': 16,
};
const SIGNATURE_LENGTH = 256;

const sha256 = (bytes: Uint8Array): Uint8Array => Uint8Array.from(createHash('sha256').update(bytes).digest());
const zeros = (length: number): Uint8Array => new Uint8Array(length);

/** What a message is made of, and its parts. */
interface Made {
  readonly csid: Csid;
  readonly sender: Pair;
  readonly recipient: Pair;
  readonly ephemeral: JsonObject;
  /** The whole, from the oracle. */
  readonly packet: Uint8Array;
  readonly inner: Uint8Array;
  /** KEY or KEYS. */
  readonly front: Uint8Array;
  readonly nonce: Uint8Array;
  /** After the nonce, without the last field. */
  readonly content: Uint8Array;
  /** HMAC, tag or AUTH. */
  readonly last: Uint8Array;
}

function made(oracle: Oracle, csid: Csid, set: CipherSetEvidence, label: string): Made {
  const [m] = set.messages;
  if (m === undefined) throw new Error(`no message of ${csid}`);
  const [sender, recipient] = [pairOf(set, m.from), pairOf(set, m.to)];
  const { fields, entropyLength } = SETS[csid];
  const inner = concatBytes(zeros(2), seededBytes(`alone-${label}`, 40));
  const ephemeral: JsonObject = {
    secret: m.ephemeral.secret,
    ...(m.ephemeral.aes === undefined ? {} : { aes: m.ephemeral.aes, seed: toHex(seededBytes('oaep-seed', 20)) }),
  };
  const entropy = seededBytes(`alone-${csid}-${label}`, entropyLength);
  const answer = oracle.answer(SEAL, {
    csid,
    sender: { ...sender },
    ephemeral,
    recipientKey: recipient.key,
    inner: toHex(inner),
    entropy: toHex(entropy),
  });
  if (answer.kind !== 'ok') throw new Error(`${csid}: ${answer.class}`);
  const packet = fromHex(String(answer.value['packet']));
  const length = fields[0]?.[2] ?? 0;
  const body = packet.slice(HEADER);
  return {
    csid,
    sender,
    recipient,
    ephemeral,
    packet,
    inner,
    front: body.slice(0, length),
    nonce: entropy,
    content: body.slice(length + entropyLength, -TAG_LENGTH[csid]),
    last: body.slice(-TAG_LENGTH[csid]),
  };
}

/** A message of parts, whether they fit or not. */
function together({ csid, front, nonce, packet }: Made, content: Uint8Array, last: Uint8Array): string {
  return toHex(concatBytes(packet.slice(0, 2), fromHex(csid), front, nonce, content, last));
}

/** The cases of one cipher set. */
export function authenticatorCases(oracle: Oracle, batch: Batch, csid: Csid, set: CipherSetEvidence): void {
  const whole = made(oracle, csid, set, 'one');
  const other = made(oracle, csid, set, 'two');
  const right: JsonObject = {
    csid,
    recipient: { ...whole.recipient },
    senderKey: whole.sender.key,
    packet: toHex(whole.packet),
  };
  const refuse: Refuse = (name, title, packet, about) =>
    batch.add({
      name: `${csid}/alone/${name}`,
      title: `${csid}: ${title}`,
      kind: 'range',
      operation: OPEN,
      params: { ...right, packet },
      about,
      rejects: 'unauthenticated',
      base: right,
    });
  const { content, last, inner } = whole;
  const lastClause = csid === '1a' ? 'E3X-CS1-003' : csid === '2a' ? 'E3X-CS2-003' : 'E3X-CS3-003';
  const plain = csid === '3a' ? concatBytes(zeros(16), inner) : csid === '2a' ? concatBytes(inner, zeros(SIGNATURE_LENGTH)) : inner;
  refuse('plaintext', 'the inner packet in the open, and the authenticator of the sealed one', together(whole, plain, last), 'E3X-MSG-003');
  refuse(
    'plaintext-and-zeros',
    'the inner packet in the open, and zeros for an authenticator',
    together(whole, plain, zeros(last.length)),
    'E3X-MSG-003',
  );
  refuse('zeros', 'zeros for the last authenticator', together(whole, content, zeros(last.length)), lastClause);
  refuse('ones', 'ones for the last authenticator', together(whole, content, zeros(last.length).fill(0xff)), lastClause);
  refuse('of-another', 'the last authenticator of another message of the sender', together(whole, content, other.last), lastClause);
  for (const cut of new Set([1, last.length / 2, last.length - 1, last.length]))
    refuse(
      `cut-by-${String(cut)}`,
      `the last authenticator without its last ${String(cut)} bytes`,
      toHex(whole.packet.slice(0, -cut)),
      'E3X-MSG-003',
    );
  for (const at of last.keys())
    refuse(
      `byte-${String(at)}`,
      `byte ${String(at)} of the last authenticator changed`,
      together(
        whole,
        content,
        last.map((byte, i) => (i === at ? byte ^ 0x40 : byte)),
      ),
      lastClause,
    );
  if (csid === '2a') signatureAlone(batch, whole, other, refuse);
  if (csid === '3a') boxAlone(whole, refuse);
  channelCases(oracle, batch, csid);
}

type Refuse = (name: string, title: string, packet: string, about: string) => void;

/** 2a: the tag is right for what the message holds, and the signature is not; then the other way round. */
function signatureAlone(batch: Batch, whole: Made, other: Made, refuse: Refuse): void {
  const key = fromHex(String(whole.ephemeral['aes']));
  const sealed = (nonce: Uint8Array, inner: Uint8Array, signature: Uint8Array): string => {
    const box = primitiveBytes('aes-gcm-seal', {
      key,
      nonce,
      data: concatBytes(inner, signature),
      aad: whole.front,
    });
    return together({ ...whole, nonce }, box.slice(0, -16), box.slice(-16));
  };
  const signed = (by: Pair, nonce: Uint8Array, inner: Uint8Array): Uint8Array =>
    primitiveBytes('rsa-sign', {
      secret: fromHex(by.secret),
      data: concatBytes(whole.front, nonce, inner),
    });
  const { nonce, inner, sender, recipient } = whole;
  const about = 'E3X-CS2-004';
  const own = signed(sender, nonce, inner);
  refuse(
    'signature-of-another',
    'under a right tag the signature of another message',
    sealed(nonce, inner, signed(sender, other.nonce, other.inner)),
    about,
  );
  refuse(
    'signature-of-another-iv',
    'under a right tag the signature of the same packet with another IV',
    sealed(nonce, inner, signed(sender, other.nonce, inner)),
    about,
  );
  refuse(
    'signature-of-another-packet',
    'under a right tag the signature of another packet with the same IV',
    sealed(nonce, inner, signed(sender, nonce, other.inner)),
    about,
  );
  refuse(
    'signature-of-the-recipient',
    'under a right tag a signature of the recipient',
    sealed(nonce, inner, signed(recipient, nonce, inner)),
    about,
  );
  refuse('signature-of-zeros', 'under a right tag zeros for a signature', sealed(nonce, inner, zeros(SIGNATURE_LENGTH)), about);
  for (const at of [0, 128, 255])
    refuse(
      `signature-byte-${String(at)}`,
      `under a right tag byte ${String(at)} of the signature changed`,
      sealed(
        nonce,
        inner,
        own.map((byte, i) => (i === at ? byte ^ 1 : byte)),
      ),
      about,
    );
  const box = primitiveBytes('aes-gcm-seal', {
    key,
    nonce,
    data: concatBytes(inner, own),
    aad: zeros(0),
  });
  refuse(
    'tag-without-keys',
    'a right signature under a tag that leaves KEYS out',
    together(whole, box.slice(0, -16), box.slice(-16)),
    'E3X-CS2-003',
  );
  batch.add({
    name: '2a/alone/signature-of-another-not-asked-for',
    title: "2a: opened without the sender's key, nothing is said of the signature",
    kind: 'example',
    operation: OPEN,
    params: {
      csid: '2a',
      recipient: { ...recipient },
      packet: sealed(nonce, inner, signed(sender, other.nonce, other.inner)),
    },
    about: 'E3X-MSG-008',
    accepts: true,
  });
}

/** 3a: AUTH is right for what the message holds, and the tag of the box is not; then a box under another key. */
function boxAlone(whole: Made, refuse: Refuse): void {
  const { sender, recipient, nonce, front, inner, content, ephemeral } = whole;
  const shared = (secret: string, key: string): Uint8Array => primitiveBytes('box-before', { secret: fromHex(secret), key: fromHex(key) });
  const identities = shared(sender.secret, recipient.key);
  const authKey = sha256(concatBytes(nonce, identities));
  const auth = (box: Uint8Array): Uint8Array => primitiveBytes('poly1305', { key: authKey, data: concatBytes(front, nonce, box) });
  const under = (box: Uint8Array): string => together(whole, box, auth(box));
  const about = 'E3X-CS3-002';
  refuse('box-tag-of-zeros', 'under a right AUTH zeros for the tag of the box', under(concatBytes(zeros(16), content.slice(16))), about);
  for (const at of [0, 15])
    refuse(
      `box-tag-byte-${String(at)}`,
      `under a right AUTH byte ${String(at)} of the tag of the box changed`,
      under(content.map((byte, i) => (i === at ? byte ^ 1 : byte))),
      about,
    );
  refuse('plaintext-under-auth', 'under a right AUTH the inner packet in the open', under(concatBytes(zeros(16), inner)), about);
  const otherKey = primitiveBytes('secretbox-seal', {
    key: identities,
    nonce,
    data: inner,
  });
  refuse('box-of-identities', 'under a right AUTH a box whose key the identities agree on', under(otherKey), about);
  const ephemeralAuth = primitiveBytes('poly1305', {
    key: sha256(concatBytes(nonce, shared(String(ephemeral['secret']), recipient.key))),
    data: concatBytes(front, nonce, content),
  });
  refuse(
    'auth-of-ephemeral',
    'around a right box an AUTH whose key the ephemeral key agrees on',
    together(whole, content, ephemeralAuth),
    'E3X-CS3-003',
  );
}

/** Channel packets have one authenticator. */
function channelCases(oracle: Oracle, batch: Batch, csid: Csid): void {
  const { keyLength, entropyLength } = SETS[csid];
  const key = toHex(seededBytes(`alone-channel-key-${csid}`, keyLength));
  const inner = concatBytes(zeros(2), seededBytes('alone-channel', 40));
  const sealed = (label: string, under: string): Uint8Array => {
    const entropy = toHex(seededBytes(`alone-channel-${csid}-${label}`, entropyLength));
    const answer = oracle.answer('e3x.channelpacket.seal', {
      csid,
      key: under,
      token: '09'.repeat(16),
      inner: toHex(inner),
      entropy,
    });
    if (answer.kind !== 'ok') throw new Error(`${csid}: ${answer.class}`);
    return fromHex(String(answer.value['packet']));
  };
  const packet = sealed('one', key);
  const start = CHANNEL_HEADER + entropyLength;
  const tagLength = TAG_LENGTH[csid];
  // The tag of a secretbox comes first.
  const tagAt = csid === '3a' ? start : packet.length - tagLength;
  const withTag = (tag: Uint8Array): string => toHex(concatBytes(packet.slice(0, tagAt), tag, packet.slice(tagAt + tagLength)));
  const tagOf = (bytes: Uint8Array): Uint8Array => bytes.slice(tagAt, tagAt + tagLength);
  const own = tagOf(packet);
  const refuse = (name: string, title: string, changed: string): void =>
    batch.add({
      name: `${csid}/alone/${name}`,
      title: `${csid}: ${title}`,
      kind: 'range',
      operation: CHANNEL_OPEN,
      params: { csid, key, packet: changed },
      about: 'E3X-CHP-004',
      rejects: 'unauthenticated',
      base: { csid, key, packet: toHex(packet) },
    });
  const front = packet.slice(0, start);
  const around = (tag: Uint8Array): string => toHex(csid === '3a' ? concatBytes(front, tag, inner) : concatBytes(front, inner, tag));
  refuse('plaintext', 'the inner packet in the open, and the tag of the sealed one', around(own));
  refuse('plaintext-and-zeros', 'the inner packet in the open, and zeros for a tag', around(zeros(tagLength)));
  refuse('zeros', 'zeros for a tag', withTag(zeros(tagLength)));
  refuse('of-another', 'the tag of another packet of the channel', withTag(tagOf(sealed('two', key))));
  const otherKey = toHex(seededBytes(`alone-channel-other-${csid}`, keyLength));
  refuse('of-another-key', 'the tag of the same packet under another key', withTag(tagOf(sealed('one', otherKey))));
  for (const cut of new Set([1, tagLength / 2, tagLength]))
    refuse(`cut-by-${String(cut)}`, `a packet without its last ${String(cut)} bytes`, toHex(packet.slice(0, -cut)));
  for (const at of own.keys())
    refuse(`byte-${String(at)}`, `byte ${String(at)} of the tag changed`, withTag(own.map((byte, i) => (i === at ? byte ^ 0x40 : byte))));
}
