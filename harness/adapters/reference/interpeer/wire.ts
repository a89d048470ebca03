/** The operations of Interpeer's wire: variable integers, packets, channel ids, messages, cookies. */
import type { Primitives } from '../../../../reference/index.ts';
import type { JsonObject } from '../../../../conformance/contract/contract.ts';
import type { Engine } from '../engine.ts';
import { Params, hexOf } from '../params.ts';
import type { Operation, Operations } from '../sessions.ts';

/** Profiles of this area, all of them. */
export const INTERPEER_PROFILES: readonly string[] = ['interpeer-1', 'interpeer-0.1', 'interpeer-wire'];

/** The names of the suites, as parameters have them. */
export const SUITES = ['interpeer-0.1', 'interpeer-1'] as const;
const HALF_ORDERS = ['initiator-first', 'responder-first'] as const;
const ROLES = ['initiator', 'responder'] as const;
const PADDING_LENGTH_MAX = 70_000;

type Message = ReturnType<Engine['decodeMessages']>[number];
type CookieInput = Parameters<Engine['makeCookie']>[0];

function varintOperations(engine: Engine): Operations {
  return [
    [
      'interpeer.varint.encode',
      (params) => {
        const value = params.u64('value');
        params.finish();
        return { bytes: hexOf(engine.encodeVarint(value)) };
      },
    ],
    [
      'interpeer.varint.decode',
      (params) => {
        const bytes = params.bytes('bytes');
        params.finish();
        const { value, length } = engine.decodeVarint(bytes);
        return { value: value.toString(), length };
      },
    ],
  ];
}

function packetOperations(engine: Engine): Operations {
  const decode: Operation = (params) => {
    const suite = params.choice('suite', SUITES);
    const datagram = params.bytes('datagram');
    const protocolId = params.optionalBytes('protocolId');
    params.finish();
    const packet = engine.decodeInterpeerPacket(datagram, { suite, protocolId });
    const { sender, recipient, channelId, encrypted, spin, packetLength } = packet;
    return {
      sender: hexOf(sender),
      recipient: hexOf(recipient),
      channelId: hexOf(channelId),
      encrypted,
      spin,
      packetSize: packetLength,
      ...(packet.encrypted
        ? { sealed: hexOf(packet.sealed) }
        : { sequenceNumber: packet.sequenceNumber, payload: hexOf(packet.payload), paddingLength: packet.padding.length }),
    };
  };
  const encode: Operation = (params) => {
    params.exclusive('payload', 'sealed');
    params.exclusive('sequenceNumber', 'sealed');
    params.exclusive('paddingLength', 'paddingEntropy');
    const suite = params.choice('suite', SUITES);
    const address = {
      suite,
      protocolId: params.optionalBytes('protocolId'),
      sender: params.bytes('sender'),
      recipient: params.bytes('recipient'),
      channelId: params.bytes('channelId'),
      spin: params.optionalBoolean('spin'),
    };
    const sequenceNumber = params.optionalInteger('sequenceNumber', 0, 65535) ?? 0;
    const sealed = params.optionalBytes('sealed');
    const padding = {
      paddingLength: params.optionalInteger('paddingLength', 0, PADDING_LENGTH_MAX),
      paddingEntropy: params.optionalBytes('paddingEntropy'),
    };
    const payload = sealed === undefined ? params.bytes('payload') : undefined;
    params.finish();
    const datagram =
      sealed === undefined
        ? engine.encodeInterpeerPacket({ ...address, sequenceNumber, payload: payload ?? new Uint8Array(0), ...padding })
        : engine.encodeSealedPacket({ ...address, sealedLength: sealed.length, seal: () => sealed });
    return { datagram: hexOf(datagram) };
  };
  return [
    [
      'interpeer.protocolid.derive',
      (params) => {
        const suite = params.choice('suite', SUITES);
        params.finish();
        return { protocolId: hexOf(engine.PROTOCOL_IDS[suite]) };
      },
    ],
    ['interpeer.packet.decode', decode],
    ['interpeer.packet.encode', encode],
  ];
}

function channelIdOperations(engine: Engine): Operations {
  return [
    [
      'interpeer.channelid.join',
      (params) => {
        const suite = params.choice('suite', SUITES);
        const halfOrder = params.optionalChoice('halfOrder', HALF_ORDERS);
        const initiatorHalf = params.optionalBytes('initiatorHalf');
        const responderHalf = params.optionalBytes('responderHalf');
        params.finish();
        return { channelId: hexOf(engine.joinChannelId({ suite, halfOrder, initiatorHalf, responderHalf })) };
      },
    ],
    [
      'interpeer.channelid.split',
      (params) => {
        const suite = params.choice('suite', SUITES);
        const halfOrder = params.optionalChoice('halfOrder', HALF_ORDERS);
        const channelId = params.bytes('channelId');
        params.finish();
        const halves = engine.splitChannelId({ suite, halfOrder, channelId });
        return Object.fromEntries(Object.entries(halves).map(([name, half]: [string, Uint8Array]) => [name, hexOf(half)]));
      },
    ],
  ];
}

/** Members of messages that are integers; all others but the type are bytes. */
const INTEGER_MEMBERS: { readonly [name: string]: number } = {
  capabilities: 65535,
  reason: 255,
  nextSequenceNumber: 65535,
  packetCount: 65535,
};

/** A message as it was given: whether there is such a type is for the engine to say. */
export function messageOf(object: JsonObject): Message {
  const members = new Params(object);
  const read = Object.keys(object)
    .filter((name) => name !== 'type')
    .map((name) => {
      const maximum = INTEGER_MEMBERS[name];
      return [name, maximum === undefined ? members.bytes(name) : members.integer(name, 0, maximum)] as const;
    });
  return { type: members.text('type'), ...Object.fromEntries(read) } as Message;
}

/** A message as the contract writes it. */
export function jsonOfMessage(message: Message): JsonObject {
  return Object.fromEntries(
    Object.entries(message).map(([name, value]: [string, Uint8Array | number | string]) => [
      name,
      value instanceof Uint8Array ? hexOf(value) : value,
    ]),
  );
}

function messageOperations(engine: Engine): Operations {
  return [
    [
      'interpeer.messages.decode',
      (params) => {
        const suite = params.choice('suite', SUITES);
        const payload = params.bytes('payload');
        params.finish();
        return { messages: engine.decodeMessages(payload, suite).map(jsonOfMessage) };
      },
    ],
    [
      'interpeer.messages.encode',
      (params) => {
        const suite = params.choice('suite', SUITES);
        const messages = params.optionalObjects('messages') ?? [];
        params.finish();
        return { payload: hexOf(engine.encodeMessages(messages.map(messageOf), suite)) };
      },
    ],
  ];
}

function cookieInputOf(params: Params): CookieInput {
  return {
    suite: params.choice('suite', SUITES),
    secret: params.bytes('secret'),
    role: params.choice('role', ROLES),
    initiator: params.bytes('initiator'),
    responder: params.bytes('responder'),
    id: params.bytes('id'),
    nowMs: params.time('now'),
    rotationMs: params.optionalInteger('rotationMs', 1, Number.MAX_SAFE_INTEGER),
  };
}

function cookieOperations(engine: Engine, primitives: Primitives): Operations {
  return [
    [
      'interpeer.cookie.make',
      (params) => {
        const input = cookieInputOf(params);
        params.finish();
        return { cookie: hexOf(engine.makeCookie(input, primitives)) };
      },
    ],
    [
      'interpeer.cookie.check',
      (params) => {
        const input = cookieInputOf(params);
        const cookie = params.bytes('cookie');
        params.finish();
        engine.checkCookie(input, cookie, primitives);
        return {};
      },
    ],
  ];
}

/** The operations of the wire, which need no session. */
export function interpeerWireOperations(engine: Engine, primitives: Primitives): Operations {
  return [
    ...varintOperations(engine),
    ...packetOperations(engine),
    ...channelIdOperations(engine),
    ...messageOperations(engine),
    ...cookieOperations(engine, primitives),
  ];
}
