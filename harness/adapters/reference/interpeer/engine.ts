/** The engine of Interpeer behind handles: datagrams and what an application does go in, datagrams and events come out. */
import { createHash } from 'node:crypto';
import type { Primitives } from '../../../../reference/index.ts';
import type { JsonObject } from '../../../../conformance/contract/contract.ts';
import type { Engine } from '../engine.ts';
import { Params, hexOf } from '../params.ts';
import { closing, drain, stepped, type Operation, type Operations } from '../sessions.ts';

const INTEGER_MAX = Number.MAX_SAFE_INTEGER;
type InterpeerEngine = InstanceType<Engine['InterpeerEngine']>;
const POLICIES = ['none', 'known-keys', 'key-exchange'] as const;

/** What an engine draws follows from the entropy that it was opened with: SHA-512 of it and a count, block after block. */
function entropyFrom(seed: Uint8Array): { draw(length: number): Uint8Array } {
  let pool = Buffer.alloc(0);
  let count = 0;
  return {
    draw(length) {
      while (pool.length < length) pool = Buffer.concat([pool, createHash('sha512').update(seed).update(String(count++)).digest()]);
      const drawn = Uint8Array.from(pool.subarray(0, length));
      pool = pool.subarray(length);
      return drawn;
    },
  };
}

/** An event with its bytes as the contract writes them. */
function plainEvent(event: object): JsonObject {
  return Object.fromEntries(
    Object.entries(event).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Uint8Array ? hexOf(value) : (value as JsonObject[string]),
    ]),
  );
}

/** The session of an engine. */
export function interpeerEngineOperations(engine: Engine, nextHandle: () => string, primitives: Primitives): Operations {
  const table = engine.engineSessions(nextHandle);
  const reply = (node: InterpeerEngine, before: readonly JsonObject[] = []): JsonObject => {
    const transmits = drain(() => node.pollTransmit()).map(({ datagram }) => datagram);
    return stepped(transmits, [...before, ...drain(() => node.pollEvent()).map(plainEvent)], node.pollTimeoutAtMs());
  };
  const call =
    (read: (params: Params) => (node: InterpeerEngine, nowMs: number) => readonly JsonObject[] | undefined): Operation =>
    (params) => {
      const handle = params.text('session');
      const act = read(params);
      const now = params.time('now');
      params.finish();
      const node = table.get(handle);
      return reply(node, act(node, now) ?? []);
    };
  const quietly = (act: () => void): undefined => {
    act();
    return undefined;
  };
  const open: Operation = (params) => {
    const suite = params.choice('suite', engine.INTERPEER_SUITES);
    const local = params.bytes('local');
    const handshake = params.choice('handshake', POLICIES);
    const given = params.optionalObject('identity');
    const entropy = entropyFrom(params.bytes('entropy'));
    const mtu = params.optionalInteger('mtu', 0, INTEGER_MAX);
    const windowPackets = params.optionalInteger('window', 1, INTEGER_MAX);
    const sendPackets = params.optionalInteger('sendPackets', 1, INTEGER_MAX);
    params.time('now');
    params.finish();
    const members = given === undefined ? undefined : new Params(given);
    const identity =
      members === undefined ? undefined : { csid: members.text('csid'), secret: members.bytes('secret'), key: members.bytes('key') };
    members?.finish();
    const node = new engine.InterpeerEngine({
      suite,
      local,
      identity,
      policy: { handshakes: [handshake] },
      entropy,
      mtu,
      windowPackets,
      sendPackets,
      primitives,
    });
    return { session: table.open(node), ...reply(node) };
  };
  const connect = call((params) => {
    const options = {
      peer: params.bytes('peer'),
      handshake: params.choice('handshake', POLICIES),
      remoteKey: params.optionalBytes('remoteKey'),
      airtimeMs: params.optionalInteger('airtimeMs', 0, INTEGER_MAX),
    };
    return (node, nowMs) =>
      quietly(() => {
        node.connect(options, nowMs);
      });
  });
  const judging = (verb: 'accept' | 'refuse'): Operation =>
    call((params) => {
      const peer = params.bytes('peer');
      const hashname = params.text('hashname');
      return (node, nowMs) =>
        quietly(() => {
          node[verb](peer, hashname, nowMs);
        });
    });
  const channel = call((params) => {
    const options = { peer: params.bytes('peer'), capabilities: params.integer('capabilities', 0, 7), half: params.optionalBytes('half') };
    return (node, nowMs) => [{ type: 'proposed', channel: node.open(options, nowMs) }];
  });
  const write = call((params) => {
    const handle = params.integer('channel', 1, INTEGER_MAX);
    const data = params.bytes('data');
    return (node, nowMs) => [{ type: 'taken', channel: handle, length: node.write(handle, data, nowMs) }];
  });
  const read = call((params) => {
    const handle = params.integer('channel', 1, INTEGER_MAX);
    return (node) => drain(() => node.read(handle)).map((bytes) => ({ type: 'data', channel: handle, bytes: hexOf(bytes) }));
  });
  const finish = call((params) => {
    const handle = params.integer('channel', 1, INTEGER_MAX);
    const reason = params.integer('reason', 0, 255);
    return (node, nowMs) =>
      quietly(() => {
        node.close(handle, reason, nowMs);
      });
  });
  const receive = call((params) => {
    const datagram = params.bytes('datagram');
    return (node, nowMs) =>
      quietly(() => {
        node.handleDatagram(datagram, nowMs);
      });
  });
  return [
    ['interpeer.engine.open', open],
    ['interpeer.engine.connect', connect],
    ['interpeer.engine.accept', judging('accept')],
    ['interpeer.engine.refuse', judging('refuse')],
    ['interpeer.engine.channel', channel],
    ['interpeer.engine.write', write],
    ['interpeer.engine.read', read],
    ['interpeer.engine.finish', finish],
    ['interpeer.engine.receive', receive],
    [
      'interpeer.engine.tick',
      call(
        () => (node, nowMs) =>
          quietly(() => {
            node.handleTimeout(nowMs);
          }),
      ),
    ],
    ['interpeer.engine.close', closing(table)],
  ];
}
