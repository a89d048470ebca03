/** Generated checks of messages: each body as its schema allows it, replies, and single faults of both. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { withValue } from '../../generate/schema-cases.ts';
import { faultCheck, faultsOfParam } from '../../suites/fault-checks.ts';
import type { SuiteInput, TopicProperties } from '../../suites/modules.ts';
import { SchemaArbitraries } from '../../suites/schema-arbitraries.ts';
import { didsIn } from '../property.ts';
import { OWNERS } from './owners.ts';

const OPERATION = 'kilt.message.validate';
const RUNS = 400;
/** Bodies that are checked together: those of one conversation, and all others. */
const CONVERSATIONS = ['terms', 'attestation', 'credential', 'delegation'] as const;

/** A body schema, and the type in it. */
interface Body {
  readonly name: string;
  readonly type: string;
  readonly req: string;
}

function bodiesOf({ oracle }: SuiteInput): Body[] {
  return oracle.spec.schemas.flatMap((schema) => {
    const id = String(schema['$id']);
    const type = (schema['properties'] as JsonObject | undefined)?.['type'] as JsonObject | undefined;
    return id.startsWith('kilt.body.')
      ? [{ name: id.slice('kilt.body.'.length), type: String(type?.['const']), req: String(schema['x-req']) }]
      : [];
  });
}

/** A message whose frame and body are right, and right together: the thread, and who owns what. */
function rightMessage(make: SchemaArbitraries, { name, type }: Body): fc.Arbitrary<JsonObject> {
  return fc.tuple(make.of('kilt.message'), make.of(`kilt.body.${name}`)).map(([frame, body]) => {
    const { references, ...message }: JsonObject = { ...(frame as JsonObject), body };
    const { inReplyTo } = message;
    const thread = Array.isArray(references) && inReplyTo !== undefined ? { references: [...(references as Json[]), inReplyTo] } : {};
    return owned({ ...message, ...thread }, type);
  });
}

/** The message with its sender as the owner of all that only the owner may send. */
function owned(message: JsonObject, type: string): JsonObject {
  const path = OWNERS.find(([of]) => of === type)?.[1];
  return path === undefined ? message : { ...message, body: withOwner(message['body'] ?? null, path, message['sender'] ?? null) };
}
function withOwner(value: Json, [head, ...rest]: readonly (string | number)[], owner: Json): Json {
  if (head === undefined) return owner;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => withOwner(item, rest, owner));
  return withValue(value, [head], withOwner((value as JsonObject)[String(head)] ?? null, rest, owner));
}

function messageChecks(input: SuiteInput): Check[] {
  const dids = didsIn(input.vectors);
  if (dids.length === 0) return [];
  const keyUris = dids.map((did) => `${did}#0x01`);
  const make = new SchemaArbitraries(input.oracle.spec.schemas, (parser) =>
    fc.constantFrom(...(parser === 'kilt.keyuri.parse' ? keyUris : dids)),
  );
  const bodies = bodiesOf(input);
  return [
    ...[...CONVERSATIONS, 'others'].map((conversation) => {
      const own = bodies.filter(({ name }) => conversation === (CONVERSATIONS.find((known) => name.endsWith(known)) ?? 'others'));
      return faultCheck(input, {
        about: conversation,
        operation: OPERATION,
        requirement: own[0]?.req ?? 'KLT-MSG-006',
        title: `${own.map(({ type }) => type).join(', ')}: what their schemas allow, and single faults of it`,
        right: () =>
          fc
            .oneof(...own.map((body) => rightMessage(make, body)))
            .map((message) => ({ params: { message }, faults: () => faultsOfParam({ message }, 'message') })),
        runs: RUNS,
      });
    }),
    faultCheck(input, {
      about: 'replies',
      operation: OPERATION,
      requirement: 'KLT-MSG-044',
      title: 'a message and what it replies to, and single faults of both',
      right: () => {
        const any = fc.oneof(...bodies.map((body) => rightMessage(make, body).map((message) => ({ message, type: body.type }))));
        return fc.tuple(any, any).map(
          ([
            { message: replyTo },
            {
              message: { references: _none, ...message },
              type,
            },
          ]) => {
            const { sender = null, receiver = null, messageId = null } = replyTo;
            const params = { message: owned({ ...message, inReplyTo: messageId, sender: receiver, receiver: sender }, type), replyTo };
            return { params, faults: () => [...faultsOfParam(params, 'message'), ...faultsOfParam(params, 'replyTo')] };
          },
        );
      },
      runs: RUNS,
    }),
  ];
}

export const properties: TopicProperties = { checks: messageChecks };
