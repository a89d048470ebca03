/** Vectors of messages: every constraint of every schema broken alone, owners, threads, and what I-JSON cannot hold. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { Batch } from '../../generate/batch.ts';
import { SchemaCases, withValue, type SchemaCase } from '../../generate/schema-cases.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { nested } from './nested.ts';
import { OWNERS } from './owners.ts';
import { replyCases } from './replies.ts';
import { madePerson, readKiltEvidence } from '../people.ts';

const OPERATION = 'kilt.message.validate';

/** The frame and every body, from their schemas. */
function messageSchemaCases(root: string, oracle: Oracle, batch: Batch): void {
  const alice = readKiltEvidence(root).lightDids.find((d) => d.name === 'alice')?.uri ?? '';
  const parses = (operation: string, text: string): boolean =>
    oracle.answer(operation, { [operation === 'kilt.keyuri.parse' ? 'keyUri' : 'did']: text }).kind === 'ok';
  const cases = new SchemaCases(oracle.spec.schemas, parses);
  const frame: JsonObject = {
    body: { type: 'error', content: {} },
    createdAt: 1_700_000_000_000,
    sender: alice,
    receiver: alice,
    messageId: 'm-1',
  };
  for (const { name, title, instance, breaks, about } of cases.of('kilt.message')) {
    // A frame is asked with a body that is right, and a thread that is.
    const message = isBody(instance) ? { ...(instance as JsonObject), body: frame['body'] ?? null } : instance;
    // A parameter that is not an object is up to the contract.
    if (!isObject(message) || (breaks === undefined && !threaded(message))) continue;
    put(`frame/${name}`, title, message, breaks, about);
  }
  for (const schema of oracle.spec.schemas) {
    const id = String(schema['$id']);
    if (!id.startsWith('kilt.body.')) continue;
    const type = id.slice('kilt.body.'.length);
    for (const { name, title, instance, breaks, about } of cases.of(id)) {
      // Another type, or none, is the affair of the frame.
      if (
        /^-?-?type/.test(name) ||
        name === 'type-missing' ||
        (breaks !== undefined && !isTyped(instance, (schema['properties'] as { type: { const: string } }).type.const))
      )
        continue;
      put(`${type}/${name}`, `${type}: ${title}`, { ...frame, body: instance }, breaks, about);
    }
  }
  // CTypes once more, deep enough for the schemas of their properties; what is asked elsewhere is about the CType itself.
  const deep = new SchemaCases(oracle.spec.schemas, parses);
  const terms = deep.sample('kilt.body.submit-terms', false);
  const ctype = deep.sample('kilt.ctype', true);
  for (const { name, title, instance, breaks, about } of deep.ofAlternatives('kilt.ctype')) {
    const body = withValue(terms, ['content', 'cTypes'], [ctype, instance]);
    if (name.startsWith('properties-')) put(`ctype/${name}`, `the second CType: ${title}`, { ...frame, body }, breaks, about);
  }
  const list: Json = { type: 'array', items: { type: 'array', items: { type: 'string' } } };
  put(
    'ctype/list-of-lists',
    'the second CType: a property that is a list of lists',
    { ...frame, body: withValue(terms, ['content', 'cTypes'], [ctype, withValue(ctype, ['properties', 'name'], list)]) },
    { keyword: 'anyOf', requirement: 'KLT-MSG-037' },
    undefined,
  );
  function put(name: string, title: string, message: JsonObject, breaks: SchemaCase['breaks'], about: string | undefined): void {
    batch.add({
      name,
      title: title.length > 100 ? `${title.slice(0, 97)}...` : title,
      kind: breaks === undefined ? 'boundary' : 'json',
      operation: OPERATION,
      params: { message },
      ...(breaks === undefined
        ? { accepts: true, ...(about === undefined ? {} : { about }) }
        : { rejects: 'malformed', ...(breaks.requirement === undefined ? {} : { about: breaks.requirement }) }),
    });
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isBody(instance: Json): boolean {
  const body = isObject(instance) ? instance['body'] : undefined;
  return isObject(body) && typeof body['type'] === 'string';
}
function isTyped(instance: Json, type: string): boolean {
  return isObject(instance) && instance['type'] === type;
}
function threaded(message: JsonObject): boolean {
  const references = message['references'];
  return references === undefined || (Array.isArray(references) && references.length > 0 && references.at(-1) === message['inReplyTo']);
}

/** Types, owners, threads and the bounds of I-JSON. */
function messageRuleCases(root: string, oracle: Oracle, batch: Batch): void {
  const evidence = readKiltEvidence(root);
  const alice = evidence.lightDids.find((d) => d.name === 'alice')?.uri ?? '';
  const base: JsonObject = {
    body: { type: 'bottlepost:text', content: { text: 'ahoy' } },
    createdAt: 1,
    sender: alice,
    receiver: alice,
    messageId: 'm-1',
  };
  const put = (name: string, title: string, message: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: OPERATION,
      params: { message },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  for (const type of ['bogus', 'text', 'Request-Terms', '', 'bottlepost:photo', '__proto__', 'toString'])
    put(
      `type-${type === '' ? 'empty' : type}`,
      `a body of the type '${type}'`,
      { ...base, body: { type, content: {} } },
      'KLT-MSG-006',
      'unsupported',
    );
  put('created-at-0', 'created at 0', { ...base, createdAt: 0 }, 'KLT-MSG-002');
  put('created-at-last', 'created at 2^53 - 1', { ...base, createdAt: 9007199254740991 }, 'KLT-MSG-002');
  put('created-at-beyond', 'created at 2^53', { ...base, createdAt: 9007199254740992 }, 'KLT-MSG-008', 'malformed');
  put('full-did-sender', 'a full DID as sender', { ...base, sender: `did:kilt:${alice.slice(17, 65)}` }, 'KLT-MSG-004');
  // Threads.
  put('reply', 'a reply', { ...base, inReplyTo: 'm-0' }, 'KLT-MSG-007');
  put('reply-to-nothing', 'a reply to an empty messageId', { ...base, inReplyTo: '' }, 'KLT-MSG-005', 'malformed');
  put('reply-to-a-number', 'a reply to a number', { ...base, inReplyTo: 5 }, 'KLT-MSG-005', 'malformed');
  put('reply-with-references', 'a reply with references', { ...base, inReplyTo: 'm-0', references: ['m-x', 'm-0'] }, 'KLT-MSG-007');
  put('references-alone', 'references without a reply', { ...base, references: ['m-0'] }, 'KLT-MSG-007', 'malformed');
  put(
    'references-of-another',
    'references that end with another message',
    { ...base, inReplyTo: 'm-0', references: ['m-0', 'm-x'] },
    'KLT-MSG-007',
    'malformed',
  );
  put('references-empty', 'an empty list of references', { ...base, inReplyTo: 'm-0', references: [] }, 'KLT-MSG-007', 'malformed');
  // I-JSON.
  const error = (content: Json): JsonObject => ({ ...base, body: { type: 'request-accept-delegation', content } });
  const delegation = evidence.envelopes.find((e) => e.type === 'request-accept-delegation')?.message['body'] as JsonObject;
  const meta = (value: Json): JsonObject => ({
    ...error(delegation['content'] ?? null),
    body: withValue(delegation, ['content', 'metaData'], { a: value }),
  });
  put('levels-64', '64 levels', meta(nested(60)), 'KLT-MSG-008');
  put('levels-65', '65 levels', meta(nested(61)), 'KLT-MSG-008', 'malformed');
  put('integer-2-53', 'an integer of 2^53', meta(9007199254740992), 'KLT-MSG-008', 'malformed');
  put('number-1e300', 'the number 1e300', meta(1e300), 'KLT-MSG-008', 'malformed');
  put('fraction', 'a fraction', meta(0.1), 'KLT-MSG-008');
  put('surrogate', 'half a surrogate pair', meta('\ud800'), 'KLT-MSG-008', 'malformed');
  put('surrogate-in-name', 'half a surrogate pair in a name', meta({ '\udc00': 1 }), 'KLT-MSG-008', 'malformed');
  put('noncharacter', 'a noncharacter', meta('\ufdd0'), 'KLT-MSG-008', 'malformed');
  put(
    'dates',
    'a quote with a date that does not exist',
    {
      ...base,
      body: withValue(
        evidence.envelopes.find((e) => e.type === 'submit-terms')?.message['body'] ?? null,
        ['content', 'quote', 'timeframe'],
        '2026-04-31T00:00:00Z',
      ),
      sender: evidence.lightDids.find((d) => d.name === 'bob')?.uri ?? '',
    },
    'KLT-MSG-036',
    'malformed',
  );
  const quoted = (timeframe: string): JsonObject => ({
    ...base,
    body: withValue(
      evidence.envelopes.find((e) => e.type === 'submit-terms')?.message['body'] ?? null,
      ['content', 'quote', 'timeframe'],
      timeframe,
    ),
    sender: evidence.lightDids.find((d) => d.name === 'bob')?.uri ?? '',
  });
  for (const date of DATES) put(`date-${date}`, `the date ${date}`, quoted(`${date}T12:34:56Z`), 'KLT-MSG-036');
  for (const date of NO_DATES) put(`date-${date}`, `no date: ${date}`, quoted(`${date}T12:34:56Z`), 'KLT-MSG-036', 'malformed');
  for (const time of TIMES) put(`time-${named(time)}`, `the time ${time}`, quoted(`2026-05-06${time}`), 'KLT-MSG-036');
  for (const time of NO_TIMES) put(`time-${named(time)}`, `no time: ${time}`, quoted(`2026-05-06${time}`), 'KLT-MSG-036', 'malformed');
  ownerCases(oracle, batch, evidence);
}

/** Ends of each range of a date, and what is next to them. */
const DATES = [
  ...['01', '03', '05', '07', '08', '10', '12'].map((month) => `2026-${month}-31`),
  ...['04', '06', '09', '11'].map((month) => `2026-${month}-30`),
  ...['01', '09', '10', '19', '20', '29'].flatMap((day) => [`2024-02-${day}`, `2024-05-${day}`, `2024-06-${day}`]),
  '0000-01-01',
  '9999-12-30',
];
const NO_DATES = [
  ...['00', '13', '20', '1'].map((month) => `2026-${month}-15`),
  ...['01', '02', '04'].flatMap((month) => [`2026-${month}-00`, `2026-${month}-32`, `2026-${month}-1`]),
  ...['02-30', '02-31', '06-31', '09-31', '11-31'].map((day) => `2026-${day}`),
  '202-05-15',
  '20260-05-15',
  '-026-05-15',
];
/** The same of times of day and their distance from UTC. */
const TIMES = ['T00:00:00Z', 't19:59:59z', 'T20:00:00Z', 'T23:59:59Z', 'T09:09:09.5Z', 'T12:34:56.000000001Z'].concat(
  ['+00:00', '-00:00', '+19:59', '-20:00', '+23:59', '-09:30'].map((offset) => `T12:34:56${offset}`),
);
const NO_TIMES = ['T24:00:00Z', 'T30:00:00Z', 'T12:60:00Z', 'T12:00:60Z', 'T1:02:03Z', 'T12:34Z', 'T12:34:56', 'T12:34:56.Z'].concat(
  ['+24:00', '+30:00', '+12:60', '+1:00', '+12', '+12:00Z'].map((offset) => `T12:34:56${offset}`),
  ['', 'T', ' 12:34:56Z', 'T12:34:56ZT', 'T12:34:56ZT12:34:56Z', 'T12:34:56Z '],
);
/** A time as part of an id: no sign is lost. */
function named(time: string): string {
  return time === '' ? 'none' : time.replaceAll('+', 'plus-').replaceAll(' ', 'blank-').replaceAll(/[:.]/g, '-');
}

/** Bodies that only the owner of what is in them may send. */
function ownerCases(oracle: Oracle, batch: Batch, evidence: ReturnType<typeof readKiltEvidence>): void {
  const eve = madePerson(oracle, 'eve');
  for (const [type, path, about] of OWNERS) {
    const { message } = evidence.envelopes.find((e) => e.type === type) ?? { message: {} as JsonObject };
    const light = evidence.lightDids.find((d) => d.uri === message['sender']);
    const put = (name: string, title: string, changed: JsonObject, rejects?: string): void =>
      batch.add({
        name: `owner/${type}/${name}`,
        title: `${type}: ${title}`,
        kind: 'example',
        operation: OPERATION,
        params: { message: changed },
        about,
        ...(rejects === undefined ? { accepts: true } : { rejects }),
      });
    put('sender', 'the owner is the sender', message);
    put('another-owner', 'the owner is another', { ...message, body: withValue(message['body'] ?? null, path, eve.did) }, 'mismatch');
    put('another-sender', 'the sender is another', { ...message, sender: eve.did }, 'mismatch');
    put('full-did-of-owner', 'the owner is the full DID of the sender', {
      ...message,
      body: withValue(message['body'] ?? null, path, light?.fullDidUri ?? ''),
    });
    put('full-did-of-sender', 'the sender is the full DID of the owner', { ...message, sender: light?.fullDidUri ?? '' });
  }
  for (const [type, path, about] of OWNERS.slice(2)) {
    const { message } = evidence.envelopes.find((e) => e.type === type) ?? { message: {} as JsonObject };
    const list = path.slice(0, path.indexOf(0));
    const items = list.reduce<Json>((value, step) => (value as JsonObject)[step] ?? null, message['body'] ?? null) as readonly Json[];
    const second = withValue(items[0] ?? null, ['claim', 'owner'], eve.did);
    batch.add({
      name: `owner/${type}/second-of-another`,
      title: `${type}: the second is owned by another`,
      kind: 'example',
      operation: OPERATION,
      params: { message: { ...message, body: withValue(message['body'] ?? null, list, [...items, second]) } },
      about,
      rejects: 'mismatch',
    });
  }
}

export const vectors: TopicVectors = {
  subjects: [
    {
      subject: 'messages',
      fill: ({ root, oracle, batch }) => {
        messageSchemaCases(root, oracle, batch);
        messageRuleCases(root, oracle, batch);
        replyCases(oracle, batch, readKiltEvidence(root));
      },
    },
  ],
  mutated: ['kilt.message.'],
};
