/** The described errors of the evidence that are about sealing and opening. */
import type { JsonObject } from '../../contract/contract.ts';
import { BASE_PRIMITIVES, callPrimitive } from '../../oracle/primitives.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { envelopeOf, isAccepted, unaskable, type DescribedCase } from '../described.ts';
import type { KiltEvidence } from '../people.ts';

/** Every described case of envelopes. */
export function describedEnvelopes(evidence: KiltEvidence): DescribedCase[] {
  const base = envelopeOf(evidence, 'request-terms');
  const did = (name: string): string => evidence.lightDids.find((d) => d.name === name)?.uri ?? '';
  const receiver = { secret: base.receiverEncSecret, keyUri: base.envelope['receiverKeyUri'] ?? null };
  const hex = (member: string): string => String(base.envelope[member]).slice(2);
  const flip = (text: string): string => `0x${toHex(fromHex(text).map((byte, i) => (i === 20 ? byte ^ 1 : byte)))}`;
  const around = (plaintext: string): JsonObject => {
    const peer = evidence.lightDids.find((d) => d.name === 'bob')?.encPublicKey ?? '';
    const key = callPrimitive(
      BASE_PRIMITIVES,
      'box-before',
      new Map([
        ['secret', fromHex(base.senderEncSecret)],
        ['key', fromHex(peer)],
      ]),
    ) as Uint8Array;
    const sealed = callPrimitive(
      BASE_PRIMITIVES,
      'secretbox-seal',
      new Map([
        ['key', key],
        ['nonce', fromHex(base.nonce)],
        ['data', Uint8Array.from(Buffer.from(plaintext, 'utf8'))],
      ]),
    ) as Uint8Array;
    return { ...base.envelope, ciphertext: `0x${toHex(sealed)}` };
  };
  const opened: { readonly [what: string]: readonly [JsonObject, JsonObject?] } = {
    'decrypt: ok': [base.envelope],
    'decrypt: ciphertext flipped': [{ ...base.envelope, ciphertext: flip(hex('ciphertext')) }],
    'decrypt: nonce flipped': [{ ...base.envelope, nonce: flip(hex('nonce')) }],
    'decrypt: nonce too short': [{ ...base.envelope, nonce: `0x${hex('nonce').slice(2)}` }],
    'decrypt: ciphertext not hex': [{ ...base.envelope, ciphertext: 'zz' }],
    'decrypt: wrong receiver': [base.envelope, { ...receiver, secret: base.senderEncSecret }],
    'decrypt: receiverKeyUri without fragment': [{ ...base.envelope, receiverKeyUri: did('bob') }],
    'decrypt: senderKeyUri without fragment': [{ ...base.envelope, senderKeyUri: did('alice') }],
    'decrypt: senderKeyUri is the authentication key': [{ ...base.envelope, senderKeyUri: `${did('alice')}#authentication` }],
    'decrypt: senderKeyUri of somebody else': [{ ...base.envelope, senderKeyUri: `${did('dave')}#encryption` }],
    'decrypt: sender has no encryption key': [{ ...base.envelope, senderKeyUri: `${did('carol')}#encryption` }],
    'decrypt: receiverKeyUri of somebody else (not checked, callback ignores it)': [
      { ...base.envelope, receiverKeyUri: `${did('dave')}#encryption` },
    ],
    'decrypt: senderKeyUri junk': [{ ...base.envelope, senderKeyUri: 'x#y' }],
    'decrypt: plaintext is not JSON': [around('not json')],
    'decrypt: plaintext sender differs from key controller': [around(JSON.stringify({ ...base.message, sender: did('dave') }))],
    'decrypt: plaintext receiver differs (not checked by decrypt nor verify)': [
      around(JSON.stringify({ ...base.message, receiver: did('dave') })),
    ],
  };
  const opens = Object.entries(opened).map(([what, [envelope, by = receiver]]): DescribedCase => ({
    name: what,
    accepted: isAccepted(evidence, what),
    request: { operation: 'kilt.envelope.open', params: { envelope, receiver: by } },
  }));
  const seal = (what: string, keyUri: string, message: JsonObject): DescribedCase => ({
    name: what,
    accepted: isAccepted(evidence, what),
    request: {
      operation: 'kilt.envelope.seal',
      params: {
        message,
        sender: { secret: base.senderEncSecret, keyUri: base.envelope['senderKeyUri'] ?? null },
        receiver: { keyUri },
        entropy: base.nonce,
      },
    },
  });
  return [
    ...opens,
    seal('encrypt: receiverKeyUri of somebody else', `${did('dave')}#encryption`, base.message),
    seal('encrypt: receiver without encryption key', `${did('carol')}#encryption`, { ...base.message, receiver: did('carol') }),
    unaskable(evidence, 'decrypt: default resolveKey without a chain connection'),
  ];
}
