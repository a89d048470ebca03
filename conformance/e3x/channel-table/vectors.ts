/** The cases of the table of channels and of routers. */
import { namedTraces } from '../../generate/traces.ts';
import { CHANNEL_TRACES } from '../channel-traces.ts';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { writeJson } from '../../oracle/json.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import type { VectorStep } from '../../vectors.ts';
import type { Batch } from '../../generate/batch.ts';
import { machineTraces } from '../../generate/sessions.ts';

/** Traces of routers. */
export function routerCases(oracle: Oracle, b: Batch): void {
  machineTraces(oracle, b, 'e3x.router');
  namedTraces(oracle, b, 'e3x.router', CHANNEL_TRACES);
  defaultRoutes(oracle, b);
}

/** E3X-RTR-009 where the caller names no bound: as many routes as the constant says are made, and not one more. */
function defaultRoutes(oracle: Oracle, batch: Batch): void {
  const constant = oracle.spec.constants['ROUTE_COUNT'];
  const lifetime = oracle.spec.constants['ROUTE_MS'];
  if (constant === undefined || lifetime === undefined || !('value' in constant) || !('value' in lifetime))
    throw new Error('the bounds of routers are missing');
  const [alice, bob] = [
    'uvabrvfqacyvgcu3kbrrmk6apjbvgvn2wjechqr3vf4c4zm3hv7a',
    'frnfke2szyna2vwkge6eubxtnkj46rtctqk7g7ewbvfiesycbjda',
  ] as const;
  const now = 1000;
  const requirement = constant.req;
  const answer = (events: readonly JsonObject[], timeoutAt: number | null): VectorStep['expect'] => ({
    ok: { transmit: [], events, timeoutAt },
  });
  const step = (
    operation: string,
    params: JsonObject,
    events: readonly JsonObject[],
    timeoutAt: number | null,
    about = requirement,
  ): VectorStep => ({
    operation: `e3x.router.${operation}`,
    params: { session: '$session', ...params, now },
    expect: answer(events, timeoutAt),
    requirement: about,
  });
  const steps: VectorStep[] = [
    { operation: 'e3x.router.open', params: { now }, expect: answer([], null), requirement, bind: { session: 'session' } },
    step('link', { hashname: alice }, [], null),
    step('link', { hashname: bob }, [], null),
  ];
  const message = (n: number): string => `00013a${n.toString(16).padStart(32, '0')}`;
  const bridged = (n: number): string => {
    const derived = oracle.answer('e3x.token.derive', { packet: message(n) });
    if (derived.kind !== 'ok') throw new Error('no token');
    return `0000${String(derived.value['token'])}ff`;
  };
  const due = now + lifetime.value;
  for (let n = 0; n <= constant.value; n++)
    steps.push(
      step(
        'peer',
        { from: alice, path: 7, packet: packetOfJson({ c: 1, type: 'peer', peer: bob }, message(n)) },
        [{ type: 'connect', to: bob, peer: alice, body: message(n) }],
        due,
        n < constant.value ? 'E3X-RTR-001' : requirement,
      ),
    );
  steps.push(
    step(
      'route',
      { path: 8, packet: bridged(constant.value - 1) },
      [{ type: 'deliver', path: 7, packet: bridged(constant.value - 1) }],
      due,
    ),
    step('route', { path: 8, packet: bridged(constant.value) }, [], due),
  );
  batch.put({
    id: 'e3x.router/default-routes',
    title: `${String(constant.value)} routes and one more`,
    kind: 'trace',
    requirement,
    steps,
    oracles: ['constants'],
  });
}

/** A packet of JSON and a body, both as they are. */
export function packetOfJson(json: Json, bodyHex = ''): string {
  return packetOfHead(writeJson(json), bodyHex);
}
function packetOfHead(head: Uint8Array, bodyHex = ''): string {
  return toHex(concatBytes(Uint8Array.of(head.length >> 8, head.length & 0xff), head, fromHex(bodyHex)));
}
const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf8'));

export function channelTableCases(oracle: Oracle, batch: Batch): void {
  const op = 'e3x.channelhead.read';
  const accept = (name: string, title: string, json: JsonObject, about: string): void =>
    batch.add({ name, title, kind: 'boundary', operation: op, params: { packet: packetOfJson(json) }, about, accepts: true });
  const refuse = (name: string, title: string, packet: string, about: string, rejects = 'malformed'): void =>
    batch.add({ name, title, kind: rejects === 'truncated' ? 'truncation' : 'range', operation: op, params: { packet }, about, rejects });
  for (const c of [1, 2, 255, 256, 65_536, 2_147_483_647, 2_147_483_648, 4_294_967_295])
    accept(`c-${String(c)}`, `channel ${String(c)}`, { c }, 'E3X-CHT-002');
  accept('c-last', 'the id need not come first', { type: 'path', c: 7 }, 'E3X-CHT-002');
  accept('type', 'an opening packet', { c: 1, type: 'path' }, 'E3X-CHT-003');
  accept('type-of-one-character', 'a type of one character', { c: 1, type: ' ' }, 'E3X-CHT-003');
  batch.add({
    name: 'with-body',
    title: 'other members and a body do not matter',
    kind: 'example',
    operation: op,
    params: { packet: packetOfJson({ c: 2, seq: 1, end: true, x: null }, '0102') },
    about: 'E3X-CHT-001',
    accepts: true,
  });
  for (const [name, c] of [
    ['zero', 0],
    ['negative', -1],
    ['too-great', 4_294_967_296],
    ['greatest-safe', 9_007_199_254_740_991],
    ['fraction', 1.5],
    ['text', '1'],
    ['true', true],
    ['null', null],
    ['list', [1]],
    ['object', {}],
  ] as [string, Json][])
    refuse(`c-${name}`, `c is ${JSON.stringify(c)}`, packetOfJson({ c, x: 1 }), 'E3X-CHT-002');
  refuse('c-absent', 'no c', packetOfJson({ type: 'path' }), 'E3X-CHT-002');
  for (const [name, type] of [
    ['empty', ''],
    ['number', 1],
    ['null', null],
    ['true', true],
    ['list', []],
    ['object', {}],
  ] as [string, Json][])
    refuse(`type-${name}`, `type is ${JSON.stringify(type)}`, packetOfJson({ c: 1, type }), 'E3X-CHT-003');
  for (const [name, packet] of [
    ['empty', ''],
    ['one-byte', '00'],
    ['length-beyond', '00087b2263223a317d'],
  ] as const)
    refuse(`no-packet-${name}`, `no packet: ${name}`, packet, 'E3X-CHT-001', 'truncated');
  for (const [name, head] of [
    ['none', ''],
    ['binary', '1a'],
    ['six-bytes', '{    }'],
    ['no-json', '{"c":1,'],
    ['list', '[1,2,3]'],
    ['c-twice', '{"c":1,"c":1}'],
  ] as const)
    refuse(`head-${name}`, `a head without JSON: ${name}`, packetOfHead(utf8(head), '00'), 'E3X-CHT-001');
  machineTraces(oracle, batch, 'e3x.channels');
  namedTraces(oracle, batch, 'e3x.channels', CHANNEL_TRACES);
}
