/** The described errors of the evidence that are about messages and their bodies. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import { withValue } from '../../generate/schema-cases.ts';
import { envelopeOf, isAccepted, unaskable, type DescribedCase } from '../described.ts';
import type { KiltEvidence } from '../people.ts';

type Path = readonly (string | number)[];
/** The place below the body, and what is there instead; undefined takes it away. */
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

/** Every described case of messages. */
export function describedMessages(evidence: KiltEvidence): DescribedCase[] {
  return [...bodyCases(evidence), ...messageCases(evidence), unaskable(evidence, 'fromBody shape')];
}

const validate = (message: JsonObject): DescribedCase['request'] => ({ operation: 'kilt.message.validate', params: { message } });

function bodyCases(evidence: KiltEvidence): DescribedCase[] {
  return evidence.errors.map(({ type, what, accepted }): DescribedCase => {
    const name = `body/${type ?? 'none'}/${what}`;
    const base = evidence.envelopes.find((e) => e.type === type) ?? envelopeOf(evidence, 'request-terms');
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

function messageCases(evidence: KiltEvidence): DescribedCase[] {
  const { message } = envelopeOf(evidence, 'request-terms');
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
    accepted: isAccepted(evidence, what),
    ...optional(validate(withValue(message, [member], value) as JsonObject)),
  }));
  const owners = (['request-attestation', 'submit-attestation', 'submit-credential'] as const).map((type): DescribedCase => {
    const what = `ensureOwnerIsSender ${type} wrong sender`;
    const right = envelopeOf(evidence, type).message;
    return {
      name: what,
      accepted: isAccepted(evidence, what),
      ...optional(validate({ ...right, sender: right['sender'] === alice.uri ? bob.uri : alice.uri })),
    };
  });
  const same = 'ensureOwnerIsSender full DID of same subject accepted';
  return [
    ...frame,
    ...owners,
    {
      name: same,
      accepted: isAccepted(evidence, same),
      ...optional(validate({ ...envelopeOf(evidence, 'request-attestation').message, sender: alice.fullDidUri })),
    },
  ];
}
const optional = (request: DescribedCase['request']): { request?: NonNullable<DescribedCase['request']> } =>
  request === undefined ? {} : { request };
