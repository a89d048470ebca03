import type { JsonObject } from '../../../../conformance/contract/contract.ts';
import type { TopicOperations } from '../adapter-topic.ts';
import { bytesOf, integerOf, textOf } from '../declared.ts';
import type { Engine } from '../engine.ts';

type Message = ReturnType<Engine['decodeMessages']>[number];

/** Members of messages that are integers; all others but the type are bytes. */
const INTEGER_MEMBERS: { readonly [name: string]: number } = {
  capabilities: 65535,
  reason: 255,
  nextSequenceNumber: 65535,
  packetCount: 65535,
};

/** A message as it was given: whether there is such a type is for the engine to say. */
function messageOf({ type = null, ...members }: JsonObject): Message {
  const read = Object.entries(members).map(([name, value]) => {
    const maximum = INTEGER_MEMBERS[name];
    return [name, maximum === undefined ? bytesOf(name, value) : integerOf(name, value, 0, maximum)] as const;
  });
  return { type: textOf('type', type), ...Object.fromEntries(read) } as Message;
}

export const operations: TopicOperations = ({ engine }) => ({
  'interpeer.messages.decode': ({ payload, suite }) => ({ messages: engine.decodeMessages(payload, suite) }),
  'interpeer.messages.encode': ({ messages, suite }) => ({ payload: engine.encodeMessages(messages.map(messageOf), suite) }),
});
