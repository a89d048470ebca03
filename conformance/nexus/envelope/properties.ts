/** What holds for all envelopes: what is sealed opens to what it was, for its recipient and for nobody else, and damage shows. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { JsonObject } from '../../contract/contract.ts';
import { concatBytes, equalJson, fromHex, toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo, type Hints } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { mutatedBytes } from '../../suites/mutations.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { BOB, nodeOf } from '../identity/people.ts';
import { signatureOf } from '../identity/signatures.ts';
import { messageOf, sealedAttachment, sealedByHand, unsignedOf, utf8Hex } from './made.ts';

const seed = bytesExactly(32).map(toHex);
const secret = bytesExactly(32).map(toHex);
const publicKey = seed.map((given) => nodeOf(fromHex(given)).publicKey);
const plaintext = bytesUpTo(200).map(toHex);
const body = fc.string({ unit: 'grapheme', maxLength: 60 }).map(utf8Hex);
const message = fc.record({
  seed,
  created: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  messageId: bytesExactly(16).map(toHex),
  body,
  entropy: secret,
});
const content = fc.record({
  seed,
  recipient: bytesExactly(16).map(toHex),
  ephemeralKey: bytesExactly(32).map(toHex),
  created: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  messageId: bytesExactly(16).map(toHex),
  kind: fc.constant(2),
  body: plaintext,
});
const string = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll('\0', ' '));
const attachment = fc.record({
  objectHash: bytesExactly(32).map(toHex),
  size: fc.nat(0xffff_ffff),
  key: bytesExactly(32).map(toHex),
  mediaType: string,
  name: string,
});

function bytesOfAttachment(given: {
  readonly objectHash: string;
  readonly size: number;
  readonly key: string;
  readonly mediaType: string;
  readonly name: string;
}): Uint8Array {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(given.size);
  const written = [given.mediaType, given.name].map((text) => {
    const bytes = Buffer.from(text, 'utf8');
    return Buffer.concat([Buffer.from([bytes.length & 0xff, bytes.length >> 8]), bytes]);
  });
  return concatBytes(fromHex(given.objectHash), size, fromHex(given.key), ...written);
}

const hints: Hints = {
  params: {
    'nexus.envelope.seal.entropy': () => secret,
    'nexus.message.seal.entropy': () => secret,
    'nexus.attachment.seal.entropy': () => secret,
    'nexus.envelope.seal.publicKey': () => publicKey,
    'nexus.message.seal.publicKey': () => publicKey,
    'nexus.attachment.write.mediaType': () => string,
    'nexus.attachment.write.name': () => string,
  },
  layouts: {
    'nexus.envelope': () => fc.record({ plaintext, secret }).map((one) => fromHex(sealedByHand(one.plaintext, { secret: one.secret }))),
    'nexus.content': () =>
      fc.record({ body, signature: bytesExactly(64).map(toHex) }).map((one) => fromHex(unsignedOf(0, one.body) + one.signature)),
    'nexus.attachment': () => attachment.map(bytesOfAttachment),
  },
  requests: {
    'nexus.envelope.seal': () =>
      fc.oneof(
        fc.record({ publicKey, use: fc.constant('message'), plaintext, entropy: secret }),
        fc.record({
          publicKey,
          use: fc.constant('group-key'),
          groupId: bytesExactly(32).map(toHex),
          epoch: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
          plaintext: bytesExactly(32).map(toHex),
          entropy: secret,
        }),
      ),
    'nexus.envelope.open': () =>
      fc.record({ given: seed, plaintext, secret }).map(({ given, ...made }) => ({
        seed: given,
        use: 'message',
        envelope: sealedByHand(made.plaintext, { to: nodeOf(fromHex(given)), secret: made.secret }),
      })),
    'nexus.content.sign': () => content,
    'nexus.content.read': () =>
      content.map(({ recipient, ephemeralKey, ...one }) => {
        const unsigned = unsignedOf(one.kind, one.body, nodeOf(fromHex(one.seed)));
        const signature = signatureOf(one.seed, 'nexus-1 content', `${recipient}${ephemeralKey}${unsigned}`);
        return { content: `${unsigned}${signature}`, recipient, ephemeralKey };
      }),
    'nexus.attachment.write': () => attachment,
    'nexus.attachment.open': () =>
      fc
        .record({ data: plaintext, key: secret })
        .map(({ data, key }) => ({ payload: sealedAttachment(data, key), key, size: data.length / 2 })),
    'nexus.message.seal': () =>
      fc.record({ publicKey, message }).map(({ publicKey: to, message: one }) => ({ ...one, publicKey: to, kind: 0 })),
  },
};

export const properties: TopicProperties = {
  checks: (input) => propertyChecks(input, (property) => envelopeProperties(property)),
  hints,
};

function envelopeProperties(property: Bind): Check[] {
  const [seal, open] = ['nexus.envelope.seal', 'nexus.envelope.open'];
  const [sealMessage, openMessage] = ['nexus.message.seal', 'nexus.message.open'];
  const [write, read] = ['nexus.attachment.write', 'nexus.attachment.read'];
  return [
    property({
      name: 'nexus.envelope.open/round-trip',
      requirement: 'NXS-ENV-001',
      title: 'What is sealed to a recipient opens with its seed, and with no other',
      operations: [seal, open],
      arbitrary: fc.record({ own: seed, other: seed, plaintext, entropy: secret }),
      trial: async ({ own, other, plaintext: given, entropy }, talk) => {
        const { envelope = '' } = await talk.want(seal, {
          publicKey: nodeOf(fromHex(own)).publicKey,
          use: 'message',
          plaintext: given,
          entropy,
        });
        const opened = await talk.want(open, { seed: own, use: 'message', envelope });
        demand(talk, opened, 'plaintext', given, 'NXS-ENV-001', 'The envelope does not open to what was sealed.');
        if (other !== own) await talk.agree(open, { seed: other, use: 'message', envelope });
      },
    }),
    property({
      name: 'nexus.envelope.open/damaged',
      requirement: 'NXS-ENV-006',
      title: 'A damaged envelope never opens',
      operations: [open],
      arbitrary: mutatedBytes(fc.constant(fromHex(sealedByHand(utf8Hex('Meet me at the lighthouse.'))))).map(toHex),
      trial: async (envelope, talk) => {
        await talk.agree(open, { seed: BOB.seed, use: 'message', envelope });
      },
    }),
    property({
      name: 'nexus.message.open/round-trip',
      requirement: 'NXS-CNT-003',
      title: 'A message opens to what its sender wrote',
      operations: [sealMessage, openMessage],
      arbitrary: fc.record({ own: seed, message }),
      trial: async ({ own, message: given }, talk) => {
        const params: JsonObject = { ...messageOf(given), publicKey: nodeOf(fromHex(own)).publicKey, kind: 0 };
        const { envelope = '' } = await talk.want(sealMessage, params);
        const opened = await talk.want(openMessage, { seed: own, envelope });
        const sender = nodeOf(fromHex(given.seed)).publicKey;
        for (const [member, right, clause] of [
          ['body', given.body, 'NXS-CNT-002'],
          ['sender', sender, 'NXS-CNT-002'],
          ['created', given.created, 'NXS-CNT-010'],
          ['messageId', given.messageId, 'NXS-CNT-002'],
        ] as const)
          demand(talk, opened, member, right, clause, `The message opens to another ${member}.`);
      },
    }),
    property({
      name: 'nexus.attachment.read/round-trip',
      requirement: 'NXS-CNT-007',
      title: 'What is written of an attachment is read as it was',
      operations: [write, read],
      arbitrary: attachment,
      trial: async (given, talk) => {
        const back = await talk.want(read, { body: textIn(await talk.want(write, given), 'body') });
        if (!equalJson(back, given))
          talk.violated({ requirement: 'NXS-CNT-007', expect: { ok: given }, explanation: 'The attachment is read as another.' });
      },
    }),
    property({
      name: 'nexus.attachment.open/round-trip',
      requirement: 'NXS-CNT-012',
      title: 'A sealed attachment opens to what it was',
      operations: ['nexus.attachment.seal', 'nexus.attachment.open'],
      arbitrary: fc.record({ data: plaintext, entropy: secret }),
      trial: async ({ data, entropy }, talk) => {
        const sealed = await talk.want('nexus.attachment.seal', { data, entropy });
        const payload = textIn(sealed, 'payload');
        const opened = await talk.want('nexus.attachment.open', { payload, key: textIn(sealed, 'key'), size: data.length / 2 });
        demand(talk, opened, 'data', data, 'NXS-CNT-012', 'The attachment opens to another.');
      },
    }),
  ];
}
