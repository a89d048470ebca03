/** What two implementations of the E3X wire can do together: packets, chunks, cloaking, names, JWS and JWE. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { toHex } from '../oracle/values.ts';
import { Arbitraries, bytesUpTo, jsonObject } from '../suites/arbitraries.ts';
import { E3X_HINTS, E3xArbitraries, frameSize } from './arbitraries.ts';
import { flow, type Flow } from '../cross/flow.ts';

const RUNS = 12;
const JSON_HEAD_LENGTH_MIN = 7; // E3X-LOB-006

const hexIn = (answer: JsonObject, member: string): string => String(answer[member] ?? '');
const framesIn = (answer: JsonObject): string => (Array.isArray(answer['frames']) ? (answer['frames'] as readonly Json[]).join('') : '');

/** The flows of the wire. */
export function wireFlows(oracle: Oracle): Flow[] {
  const make = new E3xArbitraries(new Arbitraries(oracle, [E3X_HINTS]));
  return [...packetFlows(make), ...streamFlows(make), ...nameFlows(make), ...joseFlows(make)];
}

function packetFlows(make: E3xArbitraries): Flow[] {
  const [encode, decode] = ['e3x.packet.encode', 'e3x.packet.decode'];
  const json = jsonObject().filter(
    (value) => Object.keys(value).length > 0 && Buffer.byteLength(JSON.stringify(value)) >= JSON_HEAD_LENGTH_MIN,
  );
  return [
    flow({
      id: 'e3x.packet/json',
      title: 'a JSON object and a body as a packet',
      requirement: 'E3X-LOB-006',
      producer: [encode],
      consumer: [decode],
      runs: RUNS,
      arbitrary: fc.record({ json, body: bytesUpTo(120).map(toHex) }),
      trial: async (input, talk) => {
        const decoded = await talk.consume(decode, { packet: hexIn(await talk.produce(encode, input), 'packet') });
        await talk.demand(decoded, 'json', input.json);
        await talk.demand(decoded, 'body', input.body, 'E3X-LOB-008');
      },
    }),
    flow({
      id: 'e3x.packet/head',
      title: 'any bytes of head and a body as a packet',
      requirement: 'E3X-LOB-013',
      producer: [encode],
      consumer: [decode],
      runs: RUNS,
      arbitrary: fc.record({ head: make.head().map(toHex), body: bytesUpTo(120).map(toHex) }),
      trial: async (input, talk) => {
        const decoded = await talk.consume(decode, { packet: hexIn(await talk.produce(encode, input), 'packet') });
        await talk.demand(decoded, 'head', input.head, 'E3X-LOB-001');
        await talk.demand(decoded, 'body', input.body, 'E3X-LOB-008');
      },
    }),
  ];
}

function streamFlows(make: E3xArbitraries): Flow[] {
  return [
    flow({
      id: 'e3x.chunks',
      title: 'a packet in chunks',
      requirement: 'E3X-CHK-008',
      producer: ['e3x.chunks.split'],
      consumer: ['e3x.chunks.join'],
      runs: RUNS,
      arbitrary: fc.record({ packet: make.smallPacket().map(toHex), size: frameSize(2) }),
      trial: async (input, talk) => {
        const stream = framesIn(await talk.produce('e3x.chunks.split', input));
        await talk.demand(await talk.consume('e3x.chunks.join', { stream }), 'packets', [input.packet]);
      },
    }),
    flow({
      id: 'e3x.cloak',
      title: 'a packet under one or more cloaks',
      requirement: 'E3X-CLK-003',
      producer: ['e3x.cloak.apply'],
      consumer: ['e3x.cloak.remove'],
      entropy: true,
      runs: RUNS,
      arbitrary: fc.record({ packet: make.cloakablePacket().map(toHex), nonces: make.nonces(3).map((nonces) => nonces.map(toHex)) }),
      trial: async (input, talk) => {
        const bare = await talk.consume('e3x.cloak.remove', { cloaked: hexIn(await talk.produce('e3x.cloak.apply', input), 'cloaked') });
        await talk.demand(bare, 'packet', input.packet);
        await talk.demand(bare, 'rounds', input.nonces.length, 'E3X-CLK-004');
      },
    }),
  ];
}

function nameFlows(make: E3xArbitraries): Flow[] {
  const derive = 'e3x.hashname.derive';
  return [
    flow({
      id: 'e3x.hashname',
      title: 'the hashname of the same keys, and its bytes',
      requirement: 'E3X-HSN-004',
      producer: [derive],
      consumer: [derive, 'e3x.hashname.parse', 'e3x.base32.encode'],
      runs: RUNS,
      arbitrary: make.csidMap([1, 21, 32], 1),
      trial: async (keys, talk) => {
        const hashname = hexIn(await talk.produce(derive, { keys }), 'hashname');
        await talk.demand(await talk.consume(derive, { keys }), 'hashname', hashname);
        const digest = hexIn(await talk.consume('e3x.hashname.parse', { hashname }), 'digest');
        await talk.demand(await talk.consume('e3x.base32.encode', { bytes: digest }), 'text', hashname, 'E3X-B32-001');
      },
    }),
    flow({
      id: 'e3x.hashname/intermediates',
      title: 'the hashname, from digests of keys that the other side has',
      requirement: 'E3X-HSN-005',
      producer: [derive, 'e3x.hashname.intermediates'],
      consumer: [derive],
      runs: RUNS,
      arbitrary: make.csidMap([21, 32], 2),
      trial: async (keys, talk) => {
        const hashname = (await talk.produce(derive, { keys }))['hashname'];
        const [own, ...others] = Object.entries(keys);
        const { intermediates = {} } = await talk.produce('e3x.hashname.intermediates', { keys: Object.fromEntries(others) });
        await talk.demand(
          await talk.consume(derive, { keys: Object.fromEntries(own === undefined ? [] : [own]), intermediates }),
          'hashname',
          hashname,
        );
      },
    }),
    flow({
      id: 'e3x.base32',
      title: 'bytes as base 32',
      requirement: 'E3X-B32-001',
      producer: ['e3x.base32.encode'],
      consumer: ['e3x.base32.decode'],
      runs: RUNS,
      arbitrary: bytesUpTo(80).map(toHex),
      trial: async (bytes, talk) => {
        const text = hexIn(await talk.produce('e3x.base32.encode', { bytes }), 'text');
        await talk.demand(await talk.consume('e3x.base32.decode', { text }), 'bytes', bytes);
      },
    }),
  ];
}

function joseFlows(make: E3xArbitraries): Flow[] {
  return (['jws', 'jwe'] as const).map((kind) =>
    flow({
      id: `e3x.${kind}`,
      title: `a compact ${kind.toUpperCase()} as a packet`,
      requirement: kind === 'jws' ? 'E3X-JOS-002' : 'E3X-JOS-006',
      producer: [`e3x.${kind}.encode`],
      consumer: [`e3x.${kind}.decode`],
      runs: RUNS,
      arbitrary: make[kind](),
      trial: async (text, talk) => {
        const packet = hexIn(await talk.produce(`e3x.${kind}.encode`, { [kind]: text }), 'packet');
        await talk.demand(await talk.consume(`e3x.${kind}.decode`, { packet }), kind, text);
      },
    }),
  );
}
