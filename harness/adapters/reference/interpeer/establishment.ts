/** The establishment of channels behind handles: each call is drained into what is to be sent, what happened and what is due. */
import type { Primitives } from '../../../../reference/index.ts';
import type { JsonObject } from '../../../../conformance/contract/contract.ts';
import type { Engine } from '../engine.ts';
import { Params, hexOf } from '../params.ts';
import { closing, drain, stepped, type Operation, type Operations } from '../sessions.ts';

/** Profiles of this part, all of them. */
export const INTERPEER_ESTABLISHMENT_PROFILES: readonly string[] = ['interpeer-establishment'];

const LIMIT_NAMES = ['channelCount', 'totalCount', 'restCount'] as const;

type Establishment = InstanceType<Engine['Establishment']>;
type Event = NonNullable<ReturnType<Establishment['pollEvent']>>;
interface Session {
  readonly suite: 'interpeer-0.1' | 'interpeer-1';
  readonly establishment: Establishment;
}

/** An event as the contract writes it: ids are `channel` there. */
function eventOf({ type, ...members }: Event): JsonObject {
  return Object.fromEntries([
    ['type', type],
    ...Object.entries(members).map(([name, value]) => [
      name === 'channelId' ? 'channel' : name,
      value instanceof Uint8Array ? hexOf(value) : value,
    ]),
  ]) as JsonObject;
}

function limitsOf(given: JsonObject): { [name: string]: number } {
  const members = new Params(given);
  const limits: { [name: string]: number } = {};
  for (const name of LIMIT_NAMES) {
    const value = members.optionalInteger(name, 1, Number.MAX_SAFE_INTEGER);
    if (value !== undefined) limits[name] = value;
  }
  members.finish();
  return limits;
}

/** The operations `interpeer.establishment.*`. */
export function establishmentOperations(engine: Engine, nextHandle: () => string, primitives: Primitives): Operations {
  const table = engine.establishmentSessions<Session>(nextHandle);
  const reply = ({ suite, establishment }: Session, more: readonly JsonObject[] = []): JsonObject => {
    const transmits = drain(() => establishment.pollTransmit()).map((transmit) => engine.encodeEstablishmentTransmit(transmit, suite));
    return stepped(transmits, [...drain(() => establishment.pollEvent()).map(eventOf), ...more], establishment.pollTimeoutAtMs());
  };
  const airtimeOf = (params: Params): number | undefined => params.optionalInteger('airtimeMs', 0, engine.AIRTIME_MAX_MS);
  /** A call of a session: reads its own parameters, then does it. */
  const stepping =
    (read: (params: Params) => (session: Session, nowMs: number) => readonly JsonObject[] | undefined): Operation =>
    (params) => {
      const handle = params.text('session');
      const now = params.time('now');
      const call = read(params);
      params.finish();
      const session = table.get(handle);
      return reply(session, call(session, now));
    };
  const onChannel = (call: (session: Session, peer: Uint8Array, channel: Uint8Array, nowMs: number) => void): Operation =>
    stepping((params) => {
      const peer = params.bytes('peer');
      const channel = params.bytes('channel');
      return (session, nowMs) => {
        call(session, peer, channel, nowMs);
        return undefined;
      };
    });
  return [
    [
      'interpeer.establishment.open',
      (params) => {
        const suite = params.choice('suite', ['interpeer-0.1', 'interpeer-1']);
        const halfOrder = params.optionalChoice('halfOrder', ['initiator-first', 'responder-first']);
        const local = params.bytes('local');
        const secret = params.bytes('secret');
        const rotationMs = params.optionalInteger('rotationMs', 1, Number.MAX_SAFE_INTEGER);
        const limits = limitsOf(params.optionalObject('limits') ?? {});
        params.time('now');
        params.finish();
        const session: Session = {
          suite,
          establishment: new engine.Establishment({ suite, halfOrder, local, secret, rotationMs, limits, primitives }),
        };
        return { session: table.open(session), ...reply(session) };
      },
    ],
    [
      'interpeer.establishment.propose',
      stepping((params) => {
        const peer = params.bytes('peer');
        const half = params.optionalBytes('half');
        const capabilities = params.integer('capabilities', 0, engine.CAPABILITIES_KNOWN);
        const airtimeMs = airtimeOf(params);
        const entropy = params.bytes('entropy');
        return ({ establishment }, nowMs) => {
          establishment.propose({ peer, half, capabilities, airtimeMs }, entropy, nowMs);
          return undefined;
        };
      }),
    ],
    [
      'interpeer.establishment.receive',
      stepping((params) => {
        const peer = params.bytes('peer');
        const channelId = params.bytes('channel');
        const bytes = params.bytes('message');
        const isDataWaiting = params.optionalBoolean('dataWaiting');
        const airtimeMs = airtimeOf(params);
        const entropy = params.bytes('entropy');
        return ({ suite, establishment }, nowMs) => {
          establishment.handleMessage(
            { peer, channelId, message: engine.decodeEstablishmentMessage(bytes, suite), isDataWaiting, airtimeMs },
            entropy,
            nowMs,
          );
          return undefined;
        };
      }),
    ],
    [
      'interpeer.establishment.heard',
      onChannel(({ establishment }, peer, channel, nowMs) => establishment.markHeard(peer, channel, nowMs)),
    ],
    ['interpeer.establishment.front', onChannel(({ establishment }, peer, channel) => establishment.putInFront(peer, channel))],
    ['interpeer.establishment.end', onChannel(({ establishment }, peer, channel, nowMs) => establishment.end(peer, channel, nowMs))],
    ['interpeer.establishment.count', stepping(() => ({ establishment }, nowMs) => [{ type: 'count', ...establishment.count(nowMs) }])],
    [
      'interpeer.establishment.tick',
      stepping(() => ({ establishment }, nowMs) => {
        establishment.handleTimeout(nowMs);
        return undefined;
      }),
    ],
    ['interpeer.establishment.close', closing(table)],
  ];
}
