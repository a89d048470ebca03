/**
 * The evidence's errors are described and not recorded: these are the requests that the descriptions stand for, each a
 * small change of a message, envelope or DID of the evidence.
 */
import { KILT_PRIMITIVES } from '../primitives.ts';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { BASE_PRIMITIVES, callPrimitive } from '../../oracle/primitives.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import type { EvidenceEnvelope, KiltEvidence } from '../people.ts';
import { withValue } from '../../generate/schema-cases.ts';

export interface DescribedCase {
  readonly name: string;
  readonly accepted: boolean;
  /** Absent where no request can carry the case. */
  readonly request?: { readonly operation: string; readonly params: JsonObject };
}
type Path = readonly (string | number)[];
/** The place below the body, and what stands there instead; undefined takes it away. */
type Change = readonly [Path, Json | undefined];

const BAD_ADDRESS = 'did:kilt:4qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq';
const LEGITIMATION = ['content', 'legitimations', 0] as const;
const CREDENTIAL = ['content', 'credential'] as const;
const ATTESTATION = ['content', 'attestation'] as const;
const PRESENTATION = ['content', 0] as const;
const DELEGATION = ['content', 'delegationData'] as const;
const SIGNED_WITHOUT_FRAGMENT = { signature: '0x00', keyUri: 'did:kilt:4sbi8CW5RtqLFMc8TGVZfZp1GzBGi4499cMbfZZuc8fTqTds' };

/** What each description changes, by type and description. */
const CHANGES: { readonly [description: string]: Change } = {
  'request-terms/cTypeHash missing': [['content', 'cTypeHash'], undefined],
  'request-terms/cTypeHash not hex': [['content', 'cTypeHash'], 'zz'],
  'request-terms/cTypeHash wrong length': [['content', 'cTypeHash'], '0x1234'],
  'request-terms/owner not a DID': [['content', 'owner'], 'did:web:x'],
  'request-terms/owner has fragment': [['content', 'owner'], 'did:kilt:4sbi8CW5RtqLFMc8TGVZfZp1GzBGi4499cMbfZZuc8fTqTds#x'],
  'request-terms/owner is a number': [['content', 'owner'], 5],
  'request-terms/owner address bad checksum': [['content', 'owner'], BAD_ADDRESS],
  'request-terms/contents key empty': [['content', 'contents'], { '': 1 }],
  'submit-terms/legitimation without claim': [[...LEGITIMATION, 'claim'], undefined],
  'submit-terms/legitimations missing': [['content', 'legitimations'], undefined],
  'submit-terms/delegationId not hex': [['content', 'delegationId'], 'zz'],
  'submit-terms/quote malformed (result ignored)': [['content', 'quote'], { bogus: true }],
  'submit-terms/cType id mismatch': [['content', 'cTypes', 0, '$id'], `kilt:ctype:0x${'11'.repeat(32)}`],
  'submit-terms/cType malformed': [['content', 'cTypes', 0, 'type'], 'array'],
  'reject-terms/delegationId not hex': [['content', 'delegationId'], 'zz'],
  'reject-terms/claim missing': [['content', 'claim'], undefined],
  'request-attestation/claim missing': [[...CREDENTIAL, 'claim'], undefined],
  'request-attestation/claim owner missing': [[...CREDENTIAL, 'claim', 'owner'], undefined],
  'request-attestation/legitimations not array': [[...CREDENTIAL, 'legitimations'], 'x'],
  'request-attestation/claimNonceMap missing': [[...CREDENTIAL, 'claimNonceMap'], undefined],
  'request-attestation/claimNonceMap string': [[...CREDENTIAL, 'claimNonceMap'], 'x'],
  'request-attestation/claimNonceMap key not 256-bit hex': [[...CREDENTIAL, 'claimNonceMap'], { abc: 'x' }],
  'request-attestation/claimNonceMap empty nonce': [[...CREDENTIAL, 'claimNonceMap'], { [`0x${'11'.repeat(32)}`]: '' }],
  'request-attestation/claimHashes missing': [[...CREDENTIAL, 'claimHashes'], undefined],
  'request-attestation/delegationId number': [[...CREDENTIAL, 'delegationId'], 5],
  'request-attestation/rootHash wrong (not checked here)': [[...CREDENTIAL, 'rootHash'], `0x${'11'.repeat(32)}`],
  'request-attestation/quote malformed (result ignored)': [['content', 'quote'], { bogus: true }],
  'submit-attestation/cTypeHash missing': [[...ATTESTATION, 'cTypeHash'], undefined],
  'submit-attestation/cTypeHash malformed': [[...ATTESTATION, 'cTypeHash'], '0x1'],
  'submit-attestation/claimHash missing': [[...ATTESTATION, 'claimHash'], undefined],
  'submit-attestation/claimHash malformed': [[...ATTESTATION, 'claimHash'], 'x'],
  'submit-attestation/delegationId undefined': [[...ATTESTATION, 'delegationId'], undefined],
  'submit-attestation/owner missing': [[...ATTESTATION, 'owner'], undefined],
  'submit-attestation/owner invalid': [[...ATTESTATION, 'owner'], 'x'],
  'submit-attestation/revoked string': [[...ATTESTATION, 'revoked'], 'false'],
  'reject-attestation/not hex': [['content'], 'zz'],
  'reject-attestation/empty hex 0x': [['content'], '0x'],
  'reject-attestation/odd hex': [['content'], '0x123'],
  'request-credential/cTypeHash not hex': [['content', 'cTypes', 0, 'cTypeHash'], 'x'],
  'request-credential/trustedAttester invalid': [['content', 'cTypes', 0, 'trustedAttesters', 0], 'x'],
  'request-credential/requiredProperties number': [['content', 'cTypes', 0, 'requiredProperties', 0], 5],
  'request-credential/challenge number (not checked)': [['content', 'challenge'], 5],
  'submit-credential/signature missing': [[...PRESENTATION, 'claimerSignature'], undefined],
  'submit-credential/signature not hex': [[...PRESENTATION, 'claimerSignature', 'signature'], 'zz'],
  'submit-credential/signature keyUri without fragment': [[...PRESENTATION, 'claimerSignature'], SIGNED_WITHOUT_FRAGMENT],
  'submit-credential/legacy keyId accepted': [
    [...PRESENTATION, 'claimerSignature'],
    { signature: '0x00', keyId: 'did:kilt:4sbi8CW5RtqLFMc8TGVZfZp1GzBGi4499cMbfZZuc8fTqTds#x' },
  ],
  'accept-credential/not hex': [['content', 0], 'zz'],
  'accept-credential/empty array accepted': [['content'], []],
  'reject-credential/not hex': [['content', 0], 'zz'],
  'request-accept-delegation/inviter signature bad': [['content', 'signatures', 'inviter'], SIGNED_WITHOUT_FRAGMENT],
  'request-accept-delegation/metaData missing': [['content', 'metaData'], undefined],
  'request-accept-delegation/metaData string': [['content', 'metaData'], 'x'],
  'request-accept-delegation/id missing': [[...DELEGATION, 'id'], undefined],
  'request-accept-delegation/id not hex': [[...DELEGATION, 'id'], 'x'],
  'request-accept-delegation/account missing': [[...DELEGATION, 'account'], undefined],
  'request-accept-delegation/account invalid': [[...DELEGATION, 'account'], 'x'],
  'request-accept-delegation/isPCR string': [[...DELEGATION, 'isPCR'], 'x'],
  'request-accept-delegation/permissions empty': [[...DELEGATION, 'permissions'], []],
  'request-accept-delegation/permissions 4': [
    [...DELEGATION, 'permissions'],
    [1, 2, 1, 2],
  ],
  'request-accept-delegation/permissions 3 accepted': [
    [...DELEGATION, 'permissions'],
    [1, 2, 1],
  ],
  'request-accept-delegation/parentId not hex': [[...DELEGATION, 'parentId'], 'x'],
  'request-accept-delegation/parentId absent accepted': [[...DELEGATION, 'parentId'], undefined],
  'submit-accept-delegation/invitee signature bad': [['content', 'signatures', 'invitee'], SIGNED_WITHOUT_FRAGMENT],
  'inform-create-delegation/delegationId not hex': [['content', 'delegationId'], 'x'],
  'inform-create-delegation/isPCR string (not checked)': [['content', 'isPCR'], 'x'],
};
/** Descriptions that every type has. */
const CONTENTS: { readonly [description: string]: Json | undefined } = {
  'content undefined': undefined,
  'content null': null,
  'content {}': {},
  'content []': [],
  'content string': 'x',
  'content 0x12': '0x12',
};

/** Every described case of the evidence. */
export function describedCases(evidence: KiltEvidence): DescribedCase[] {
  return [...bodyCases(evidence), ...messageCases(evidence), ...envelopeCases(evidence), ...didCases(evidence), ...others(evidence)];
}

const of = (evidence: KiltEvidence, type: string): EvidenceEnvelope => {
  const found = evidence.envelopes.find((e) => e.type === type);
  if (found === undefined) throw new Error(`no evidence of ${type}`);
  return found;
};
const validate = (message: JsonObject): DescribedCase['request'] => ({ operation: 'kilt.message.validate', params: { message } });

function bodyCases(evidence: KiltEvidence): DescribedCase[] {
  return evidence.errors.map(({ type, what, accepted }): DescribedCase => {
    const name = `body/${type ?? 'none'}/${what}`;
    const base = evidence.envelopes.find((e) => e.type === type) ?? of(evidence, 'request-terms');
    const message = (body: Json): DescribedCase['request'] => validate({ ...base.message, body });
    const put = (request: DescribedCase['request']): DescribedCase => ({
      name,
      accepted: accepted === true,
      ...(request === undefined ? {} : { request }),
    });
    if (what === 'type itself') return put(message(type === undefined ? { content: {} } : { type, content: {} }));
    const body = base.message['body'] ?? null;
    if (what in CONTENTS) return put(message(withValue(body, ['content'], CONTENTS[what])));
    const change = CHANGES[`${type ?? ''}/${what}`];
    return put(change === undefined ? undefined : message(withValue(body, change[0], change[1])));
  });
}

function accepted(evidence: KiltEvidence, what: string): boolean {
  const found = evidence.didErrors.find((e) => e.what === what);
  if (found === undefined) throw new Error(`no evidence of '${what}'`);
  return found.accepted === true;
}

function messageCases(evidence: KiltEvidence): DescribedCase[] {
  const { message } = of(evidence, 'request-terms');
  const [alice, bob] = ['alice', 'bob'].map((name) => evidence.lightDids.find((d) => d.name === name)) as [
    KiltEvidence['lightDids'][number],
    KiltEvidence['lightDids'][number],
  ];
  const changes: { readonly [what: string]: readonly [string, Json | undefined] } = {
    'envelope: messageId number': ['messageId', 5],
    'envelope: createdAt string': ['createdAt', 'x'],
    'envelope: createdAt undefined': ['createdAt', undefined],
    'envelope: receivedAt string': ['receivedAt', 'x'],
    'envelope: inReplyTo number': ['inReplyTo', 5],
    'envelope: references junk (not checked)': ['references', 5],
    'envelope: sender with fragment': ['sender', `${alice.uri}#encryption`],
    'envelope: sender not a DID': ['sender', 'x'],
    'envelope: receiver undefined': ['receiver', undefined],
    'envelope: sender full DID good': ['sender', alice.fullDidUri],
    'envelope: address bad checksum': ['sender', alice.fullDidUri.replace('4sbi8', '4rbi8')],
  };
  const frame = Object.entries(changes).map(([what, [member, value]]): DescribedCase => ({
    name: what,
    accepted: accepted(evidence, what),
    ...optional(validate(withValue(message, [member], value) as JsonObject)),
  }));
  const owners = (['request-attestation', 'submit-attestation', 'submit-credential'] as const).map((type): DescribedCase => {
    const what = `ensureOwnerIsSender ${type} wrong sender`;
    const right = of(evidence, type).message;
    return {
      name: what,
      accepted: accepted(evidence, what),
      ...optional(validate({ ...right, sender: right['sender'] === alice.uri ? bob.uri : alice.uri })),
    };
  });
  const same = 'ensureOwnerIsSender full DID of same subject accepted';
  return [
    ...frame,
    ...owners,
    {
      name: same,
      accepted: accepted(evidence, same),
      ...optional(validate({ ...of(evidence, 'request-attestation').message, sender: alice.fullDidUri })),
    },
  ];
}
const optional = (request: DescribedCase['request']): { request?: NonNullable<DescribedCase['request']> } =>
  request === undefined ? {} : { request };

function envelopeCases(evidence: KiltEvidence): DescribedCase[] {
  const base = of(evidence, 'request-terms');
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
    accepted: accepted(evidence, what),
    request: { operation: 'kilt.envelope.open', params: { envelope, receiver: by } },
  }));
  const seal = (what: string, keyUri: string, message: JsonObject): DescribedCase => ({
    name: what,
    accepted: accepted(evidence, what),
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
  ];
}

function didCases(evidence: KiltEvidence): DescribedCase[] {
  const alice = evidence.lightDids.find((d) => d.name === 'alice');
  if (alice === undefined) throw new Error('no alice');
  const bare = `did:kilt:light:01${alice.address}`;
  const authentication = { type: alice.authType, publicKey: alice.authPublicKey };
  const service = { id: '#x', type: ['T'], serviceEndpoint: ['https://a.example'] };
  const requests: { readonly [what: string]: NonNullable<DescribedCase['request']> } = {
    'light DID: auth key type ecdsa': { operation: 'kilt.did.encode', params: { authentication: { ...authentication, type: 'ecdsa' } } },
    'light DID: encryption key type rsa': {
      operation: 'kilt.did.encode',
      params: { authentication, keyAgreement: { type: 'rsa', publicKey: alice.encPublicKey } },
    },
    'light DID: service id #encryption': {
      operation: 'kilt.did.encode',
      params: { authentication, services: [{ ...service, id: '#encryption' }] },
    },
    'light DID: service id without #': { operation: 'kilt.did.encode', params: { authentication, services: [{ ...service, id: 'x' }] } },
    'light DID: service endpoint not a URI': {
      operation: 'kilt.did.encode',
      params: { authentication, services: [{ ...service, serviceEndpoint: ['not a uri'] }] },
    },
    'parse: full DID as light': { operation: 'kilt.did.document', params: { did: alice.fullDidUri, form: 'json' } },
    'parse: fragment present': { operation: 'kilt.did.document', params: { did: `${alice.uri}#encryption`, form: 'json' } },
    'parse: auth type 99': { operation: 'kilt.did.parse', params: { did: `did:kilt:light:99${alice.address}` } },
    'parse: details junk': { operation: 'kilt.did.parse', params: { did: `${bare}:zjunk` } },
    'parse: details not multibase': { operation: 'kilt.did.parse', params: { did: `${bare}:junk` } },
    'parse: details version 1': {
      operation: 'kilt.did.parse',
      params: { did: `${bare}:z${String(callPrimitive(KILT_PRIMITIVES, 'base58-encode', new Map([['bytes', fromHex('01a0')]])))}` },
    },
    'parse: not a DID': { operation: 'kilt.did.parse', params: { did: 'hello' } },
    'parse: empty details map': {
      operation: 'kilt.did.parse',
      params: { did: `${bare}:z${String(callPrimitive(KILT_PRIMITIVES, 'base58-encode', new Map([['bytes', fromHex('00a0')]])))}` },
    },
  };
  return Object.entries(requests).map(([what, request]) => ({ name: what, accepted: accepted(evidence, what), request }));
}

/** What no request can carry. */
function others(evidence: KiltEvidence): DescribedCase[] {
  return ['decrypt: default resolveKey without a chain connection', 'fromBody shape'].map((what) => ({
    name: what,
    accepted: accepted(evidence, what),
  }));
}
