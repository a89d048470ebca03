/** What two implementations of a cipher set can do together: messages, their tokens, and channel packets. */
import fc from 'fast-check';
import type { JsonObject } from '../../contract/contract.ts';
import { flow, type Flow } from '../../cross/flow.ts';
import type { ReadBack } from '../../cross/pair-talk.ts';
import { BASE_PRIMITIVES, callPrimitive } from '../../oracle/primitives.ts';
import { isBytes, toHex } from '../../oracle/values.ts';
import { bytesUpTo } from '../../suites/arbitraries.ts';
import type { Vector } from '../../vectors.ts';
import { lob } from '../packet/build.ts';

export interface KeyPair {
  readonly [member: string]: string;
  readonly secret: string;
  readonly key: string;
}
/** What a cipher set needs: who talks to whom, and how many bytes of chance. */
export interface CipherSet {
  readonly csid: string;
  readonly identities: fc.Arbitrary<readonly [KeyPair, KeyPair]>;
  readonly ephemeral: fc.Arbitrary<JsonObject>;
  readonly entropyLength: number;
  /** Cases at effort 1; RSA is a thousand times slower than the rest. */
  readonly runs: number;
}

/** The shortest packet, which says nothing. */
const EMPTY = '0000';

/** Bytes of chance. They are not made smaller on failure: no key is simpler than another, and each costs a key agreement. */
export const exactly = (length: number): fc.Arbitrary<Uint8Array> => fc.noShrink(fc.uint8Array({ minLength: length, maxLength: length }));
/** A scalar of a curve: neither zero nor beyond the order. */
const scalar = (length: number): fc.Arbitrary<Uint8Array> =>
  exactly(length).map((bytes) => Uint8Array.from(bytes, (byte, at) => (at === 0 ? byte & 0x7f : at === length - 1 ? byte | 1 : byte)));
const innerPacket: fc.Arbitrary<string> = fc
  .tuple(fc.oneof(fc.constant(new Uint8Array(0)), bytesUpTo(6)), bytesUpTo())
  .map(([head, body]) => lob(head, body));

function pairsBy(primitive: string, secrets: fc.Arbitrary<Uint8Array>): fc.Arbitrary<readonly [KeyPair, KeyPair]> {
  const pair = secrets.map((secret): KeyPair => {
    const key = callPrimitive(BASE_PRIMITIVES, primitive, new Map([['secret', secret]]));
    return { secret: toHex(secret), key: isBytes(key) ? toHex(key) : '' };
  });
  return fc.tuple(pair, pair);
}

/** The cipher sets; RSA keys cannot be drawn from a seed, so those of the committed vectors stand for 2a. */
export function cipherSets(vectors: readonly Vector[]): CipherSet[] {
  const paramsOf = (id: string): JsonObject | undefined => vectors.find((v) => v.id === id)?.steps[0]?.params;
  const sender = paramsOf('e3x.message.seal/2a/inner-64')?.['sender'] as KeyPair | undefined;
  const recipient = paramsOf('e3x.message.open/2a/inner-64')?.['recipient'] as KeyPair | undefined;
  const secretOnly = (secrets: fc.Arbitrary<Uint8Array>): fc.Arbitrary<JsonObject> => secrets.map((secret) => ({ secret: toHex(secret) }));
  return [
    { csid: '1a', identities: pairsBy('secp160r1-public', scalar(20)), ephemeral: secretOnly(scalar(20)), entropyLength: 4, runs: 12 },
    ...(sender === undefined || recipient === undefined
      ? []
      : [
          {
            csid: '2a',
            identities: fc.constantFrom([sender, recipient] as const, [recipient, sender] as const),
            entropyLength: 12,
            runs: 4,
            ephemeral: fc
              .tuple(scalar(32), exactly(32), exactly(20))
              .map(([secret, aes, seed]) => ({ secret: toHex(secret), aes: toHex(aes), seed: toHex(seed) })),
          },
        ]),
    { csid: '3a', identities: pairsBy('x25519-public', exactly(32)), ephemeral: secretOnly(exactly(32)), entropyLength: 24, runs: 12 },
  ];
}

/** The flows over keys, three for each cipher set. */
export function messageFlows(vectors: readonly Vector[]): Flow[] {
  return cipherSets(vectors).flatMap((set) => [messageFlow(set), tokenFlow(set), channelFlow(set)]);
}

function messageInput({
  identities,
  ephemeral,
  entropyLength,
}: CipherSet): fc.Arbitrary<{ from: KeyPair; to: KeyPair; ephemeral: JsonObject; inner: string; entropy: string }> {
  return fc
    .tuple(identities, ephemeral, innerPacket, exactly(entropyLength))
    .map(([[from, to], once, inner, entropy]) => ({ from, to, ephemeral: once, inner, entropy: toHex(entropy) }));
}

/** Opening a message with the keys of both, as a request. */
function opening(csid: string, to: KeyPair, from?: KeyPair): (answer: JsonObject) => JsonObject {
  return (answer) => ({ csid, recipient: to, packet: answer['packet'] ?? '', ...(from === undefined ? {} : { senderKey: from.key }) });
}
/** How the interpreter reads a message that one side made. */
function readByOpening(csid: string, from: KeyPair, to: KeyPair, inner: string): ReadBack {
  return { operation: 'e3x.message.open', params: opening(csid, to, from), gives: () => ({ inner }) };
}

function messageFlow(set: CipherSet): Flow {
  const { csid } = set;
  const [seal, open] = ['e3x.message.seal', 'e3x.message.open'];
  return flow({
    id: `e3x.message/${csid}`,
    title: `a message of cipher set ${csid}, with and without the sender's key`,
    requirement: 'E3X-MSG-002',
    producer: [seal],
    consumer: [open],
    asksWith: { csid: [csid] },
    runs: set.runs,
    arbitrary: messageInput(set),
    trial: async ({ from, to, ephemeral, inner, entropy }, talk) => {
      const sealed = await talk.produce(
        seal,
        { csid, sender: from, ephemeral, recipientKey: to.key, inner, entropy },
        readByOpening(csid, from, to, inner),
      );
      const opened = await talk.consume(open, opening(csid, to, from)(sealed));
      await talk.demand(opened, 'inner', inner);
      await talk.demand(opened, 'verified', true, 'E3X-MSG-008');
      const unnamed = await talk.consume(open, opening(csid, to)(sealed));
      await talk.demand(unnamed, 'inner', inner);
      await talk.demand(unnamed, 'verified', undefined, 'E3X-MSG-008');
    },
  });
}

function tokenFlow(set: CipherSet): Flow {
  const { csid } = set;
  const derive = 'e3x.token.derive';
  return flow({
    id: `e3x.token/${csid}`,
    title: `the token of a message of cipher set ${csid}`,
    requirement: 'E3X-TOK-001',
    producer: ['e3x.message.seal'],
    consumer: [derive],
    asksWith: { csid: [csid] },
    runs: set.runs,
    arbitrary: messageInput(set),
    trial: async ({ from, to, ephemeral, inner, entropy }, talk) => {
      const sealed = await talk.produce(
        'e3x.message.seal',
        { csid, sender: from, ephemeral, recipientKey: to.key, inner, entropy },
        {
          operation: derive,
          params: (answer) => ({ packet: answer['packet'] ?? '' }),
          gives: (answer) => ({ token: answer['token'] ?? '' }),
        },
      );
      await talk.demand(await talk.consume(derive, { packet: sealed['packet'] ?? '' }), 'token', sealed['token']);
    },
  });
}

/** Both sides send a handshake, derive their keys from the other's, and one seals what the other opens. */
function channelFlow(set: CipherSet): Flow {
  const { csid } = set;
  const operations = ['e3x.message.seal', 'e3x.channelkeys.derive'];
  return flow({
    id: `e3x.channel/${csid}`,
    title: `a channel packet of cipher set ${csid}, its keys derived from handshakes`,
    requirement: 'E3X-CHP-002',
    producer: [...operations, 'e3x.channelpacket.seal'],
    consumer: [...operations, 'e3x.channelpacket.open'],
    asksWith: { csid: [csid] },
    entropy: true,
    runs: Math.ceil(set.runs / 2),
    arbitrary: fc.record({
      ours: messageInput(set),
      theirs: fc.tuple(set.ephemeral, exactly(set.entropyLength)),
      entropy: exactly(set.entropyLength).map(toHex),
    }),
    trial: async ({ ours: { from, to, ephemeral, inner, entropy: first }, theirs: [answering, second], entropy }, talk) => {
      const greeting = await talk.produce(
        'e3x.message.seal',
        { csid, sender: from, ephemeral, recipientKey: to.key, inner: EMPTY, entropy: first },
        readByOpening(csid, from, to, EMPTY),
      );
      const answer = await talk.consume(
        'e3x.message.seal',
        { csid, sender: to, ephemeral: answering, recipientKey: from.key, inner: EMPTY, entropy: toHex(second) },
        readByOpening(csid, to, from, EMPTY),
      );
      // Only cipher set 2a needs the recipient's secret to read the other's ephemeral key.
      const own = (pair: KeyPair): JsonObject => (csid === '2a' ? { recipient: pair } : {});
      const sending = await talk.produce('e3x.channelkeys.derive', { csid, ephemeral, ...own(from), packet: answer['packet'] ?? '' });
      const receiving = await talk.consume('e3x.channelkeys.derive', {
        csid,
        ephemeral: answering,
        ...own(to),
        packet: greeting['packet'] ?? '',
      });
      await talk.demand(receiving, 'decryptKey', sending['encryptKey'], 'E3X-CHP-001');
      await talk.demand(receiving, 'encryptKey', sending['decryptKey'], 'E3X-CHP-001');
      const token = answer['token'] ?? '';
      const { packet = '' } = await talk.produce('e3x.channelpacket.seal', {
        csid,
        key: sending['encryptKey'] ?? '',
        token,
        inner,
        entropy,
      });
      const opened = await talk.consume('e3x.channelpacket.open', { csid, key: receiving['decryptKey'] ?? '', packet });
      await talk.demand(opened, 'inner', inner, 'E3X-MSG-002');
      await talk.demand(opened, 'token', token);
    },
  });
}
