/**
 * What happens to an engine rarely: a second connect, a channel closed before it is established, confirmations that are lost,
 * a link that falls silent. Each is played by two engines, from the calls of an application and what it is told.
 */
import type { JsonObject } from '../../contract/contract.ts';
import type { Expectation } from '../../vectors.ts';
import { REASON_FINISHED, type Which } from './plan.ts';
import { channelIdOf, type EngineWorld, IDENTITIES, PEERS } from './world.ts';

const CAPABILITIES = 3;
const UNKNOWN_CHANNEL = '0a0b0c0d';
/** Where the payload begins in the hex of a datagram, and CHANNEL_CLOSE of reason 3. */
const PAYLOAD_AT = 96;
const CONFIRMATION = '0e03';
/** Confirmations that are lost; fewer than the resends of CHANNEL_CLOSE. */
const LOST_COUNT = 3;
const SILENCE_MS = 60_000;
/** Two rotations of the cookie secret. */
const COOLDOWN_MS = 120_000;
/** Bytes of a write that shares no packet with another. */
const TURN_LENGTH = 700;
/** Time enough for the first resends. */
const RESENDS_MS = 2000;
/** Peers that an engine remembers (IPR-API-006). */
const PEERS_MAX = 64;
/** The reason that an application gives. */
const REASON = 77;

/** What is said to a call for which it is too late, or too early; each was taken, or is, at another time. */
const REFUSED: Expectation = { reject: 'wrong-state' };

function isOf(event: JsonObject, type: string, handle?: number): boolean {
  return event['type'] === type && (handle === undefined || event['channel'] === handle);
}
function toldOf(world: EngineWorld, which: Which, type: string, handle?: number): JsonObject[] {
  return world.told[which].filter((event) => isOf(event, type, handle));
}
/** Asks for a channel. @returns its handle, as the call says it */
async function proposed(world: EngineWorld, requirement: string): Promise<number> {
  const { events } = await world.call(0, 'channel', { peer: PEERS[1], capabilities: CAPABILITIES });
  const [first] = events.filter((event) => isOf(event, 'proposed'));
  return first === undefined ? world.violated(requirement, 'The call must say the handle of the channel.') : Number(first['channel']);
}
async function openChannel(world: EngineWorld): Promise<number> {
  const handle = await proposed(world, 'IPR-API-001');
  await world.until('the channel was not opened at both ends', () => world.channels.some(({ handles: [, there] }) => there !== undefined));
  return handle;
}
/** The end of each channel is told once. */
function requireOneEnd(world: EngineWorld, which: Which, handle: number, requirement: string): JsonObject {
  const ends = [...toldOf(world, which, 'closed', handle), ...toldOf(world, which, 'unopened', handle)];
  const [end] = ends;
  return ends.length === 1 && end !== undefined
    ? end
    : world.violated(requirement, `The end of a channel was reported ${String(ends.length)} times.`);
}

/** Secured peers connect again, one after the other: there are new keys, and channels still work. */
export async function connectsAgain(world: EngineWorld): Promise<void> {
  const requirement = 'IPR-API-011';
  await world.begin();
  await openChannel(world);
  for (const which of [0, 1, 0] as const) {
    const had = [toldOf(world, 0, 'secured').length, toldOf(world, 1, 'secured').length];
    const { handshake } = world.plan;
    const key = handshake === 'known-keys' ? { remoteKey: IDENTITIES[which === 0 ? 1 : 0].key } : {};
    await world.call(which, 'connect', { peer: PEERS[which === 0 ? 1 : 0], handshake, ...key });
    await world.until(
      'a further handshake brought no new keys',
      () => ([0, 1] as const).every((side) => handshake === 'none' || toldOf(world, side, 'secured').length > (had[side] ?? 0)),
      requirement,
    );
  }
  if (world.plan.handshake !== 'none' && world.told.some((events) => events.some((event) => isOf(event, 'unanswered'))))
    world.violated(requirement, 'A further handshake between connected peers was reported as unanswered.');
  await world.writeAll(world.channels);
  await world.finish(world.channels[0]);
  await world.until('the channel did not end', () => world.channels.every((channel) => world.isOver(channel)), requirement);
  if (world.channels[0]?.given.join('') !== world.channels[0]?.written.join(''))
    world.violated(requirement, 'A channel that was open when its peers connected again lost data.');
  await world.close();
}

/** What is said of a channel bears the handle that the call gave. */
export async function handlesStay(world: EngineWorld): Promise<void> {
  const requirement = 'IPR-API-012';
  await world.begin();
  const handles = [await proposed(world, requirement), await proposed(world, requirement), await proposed(world, requirement)];
  if (new Set(handles).size !== handles.length) world.violated(requirement, 'Two channels have one handle.');
  await world.until('the channels were not opened', () => toldOf(world, 0, 'opened').length >= handles.length, requirement);
  for (const handle of handles)
    if (toldOf(world, 0, 'opened', handle).length !== 1)
      world.violated(requirement, `Channel ${String(handle)} was not reported as opened under the handle that the call gave.`);
  await world.close();
}

/** A channel is closed before it is established. */
export async function closedEarly(world: EngineWorld): Promise<void> {
  const requirement = 'IPR-API-013';
  await world.begin();
  const handle = await proposed(world, requirement);
  await world.call(0, 'finish', { channel: handle, reason: REASON });
  const call = { session: '$one', channel: handle, reason: REASON, now: world.nowMs };
  const again = await world.talk.ask('interpeer.engine.finish', call, { right: REFUSED });
  if (again.kind === 'ok' || again.class !== 'wrong-state')
    world.talk.violated({ requirement, expect: { reject: 'wrong-state' }, explanation: 'The channel was closed before.' });
  await world.until(
    'the channel did not end at both ends',
    () => world.told.every((events) => events.some((e) => isOf(e, 'closed'))),
    requirement,
  );
  const { by, reason } = requireOneEnd(world, 0, handle, requirement);
  if (by !== 'self' || reason !== REASON) world.violated(requirement, `The channel was closed by this end, with reason ${String(REASON)}.`);
  if (toldOf(world, 0, 'opened').length > 0) world.violated(requirement, 'A channel that was closed early was reported as opened.');
  const [there] = toldOf(world, 1, 'closed');
  if (there?.['by'] !== 'peer' || there['reason'] !== REASON)
    world.violated(requirement, `The peer is told that the channel was closed, with reason ${String(REASON)}.`);
  await world.close();
}

/** Both ends of an idle channel are told when its link has been silent for a minute. */
export async function silentLink(world: EngineWorld): Promise<void> {
  const requirement = 'IPR-API-013';
  await world.begin();
  const handle = await openChannel(world);
  const [channel] = world.channels;
  await world.writeAll(world.channels);
  await world.until('what was written did not arrive', () => channel?.given.join('') === channel?.written.join(''), requirement);
  world.isLost = () => true;
  const cutAtMs = world.nowMs;
  await world.until('a silent channel did not end', () => world.told.every((events) => events.some((e) => isOf(e, 'closed'))), requirement);
  // Half, as the last packet may have come up to 30 s before the cut.
  if (world.nowMs - cutAtMs < SILENCE_MS / 2) world.violated(requirement, 'A channel that was silent for less than a minute ended.');
  requireOneEnd(world, 0, handle, requirement);
  for (const which of [0, 1] as const)
    if (toldOf(world, which, 'closed')[0]?.['by'] !== 'silence') world.violated(requirement, 'It ended by silence, and by nothing else.');
  const write = { session: '$one', channel: handle, data: 'aa', now: world.nowMs };
  const late = await world.talk.ask('interpeer.engine.write', write, { right: REFUSED });
  if (late.kind === 'ok' || late.class !== 'wrong-state')
    world.talk.violated({ requirement, expect: { reject: 'wrong-state' }, explanation: 'The channel is over.' });
  await world.close();
}

/** The half of a channel that has ended is proposed again after its cooldown, and not before. */
export async function restingHalf(world: EngineWorld): Promise<void> {
  const requirement = 'IPR-API-013';
  const params = { peer: PEERS[1], capabilities: CAPABILITIES, half: '0a0b' };
  await world.begin();
  await world.call(0, 'channel', params);
  await world.until('the channel was not opened', () => world.channels.some(({ handles: [, there] }) => there !== undefined), requirement);
  await world.finish(world.channels[0]);
  await world.until('the channel did not end', () => world.channels.every((channel) => world.isOver(channel)), requirement);
  const endedAtMs = world.nowMs;
  const again = async (afterMs: number, right?: Expectation): Promise<boolean> => {
    world.nowMs = endedAtMs + afterMs;
    for (const which of [0, 1] as const) await world.call(which, 'tick', {});
    const asked = { session: '$one', ...params, now: world.nowMs };
    const got = await world.talk.ask('interpeer.engine.channel', asked, right === undefined ? {} : { right });
    return got.kind === 'ok';
  };
  if (await again(COOLDOWN_MS - 1000, REFUSED)) world.violated(requirement, 'A half was proposed again during its cooldown.');
  if (!(await again(COOLDOWN_MS + 1000))) world.violated(requirement, 'A half was not free after its cooldown.');
  await world.close();
}

/**
 * Three channels have something to send at the same moment: whoever has sent does not send again before the others. What is
 * written is lost, so that all of it is resent when one timer has run out for all of them.
 */
export async function takesTurns(world: EngineWorld): Promise<void> {
  const requirement = 'IPR-API-009';
  await world.begin();
  for (let count = 1; count <= 3; count++) await proposed(world, requirement);
  await world.until(
    'the channels were not opened at both ends',
    () => world.channels.length === 3 && world.channels.every(({ handles: [here, there] }) => here !== undefined && there !== undefined),
    requirement,
  );
  await world.writeAll(world.channels);
  await world.until(
    'what was written did not arrive',
    () => world.channels.every(({ given, written }) => given.join('') === written.join('')),
    requirement,
  );
  const cutAtMs = world.nowMs;
  let last: string | undefined;
  world.isLost = () => true;
  world.onTransmit = (from, datagrams) => {
    if (from !== 0) return;
    const sent = datagrams.flatMap((datagram) => channelIdOf(datagram) ?? []);
    // Of one call, since until the next one another channel may have got something to send.
    for (const [at, channelId] of sent.entries()) {
      const waiting = new Set(sent.slice(at + 1));
      waiting.delete(channelId);
      const before = at === 0 ? last : sent[at - 1];
      if (before === channelId && waiting.size > 0)
        world.violated(requirement, `A channel sent again while ${String(waiting.size)} others had packets to send.`);
    }
    last = sent.at(-1) ?? last;
  };
  // The first of them sends last, so that one that begins at the front each time shows.
  for (const at of [0, 1, 2, 0])
    await world.call(0, 'write', { channel: world.channels[at]?.handles[0] ?? 0, data: 'cc'.repeat(TURN_LENGTH) });
  await world.until('nothing was resent', () => world.nowMs - cutAtMs > RESENDS_MS, requirement);
  await world.close();
}

/** As many peers are remembered as there may be; a further one is refused, and one that is known is not. */
export async function fullOfPeers(world: EngineWorld): Promise<void> {
  const requirement = 'IPR-API-006';
  await world.begin();
  const handshake = 'none';
  for (let count = 2; count <= PEERS_MAX; count++) await world.call(0, 'connect', { peer: peerOf(count), handshake });
  const params = { session: '$one', peer: peerOf(PEERS_MAX + 1), handshake, now: world.nowMs };
  const further = await world.talk.ask('interpeer.engine.connect', params, { right: { reject: 'limit' } });
  if (further.kind === 'ok' || further.class !== 'limit')
    world.talk.violated({
      requirement,
      expect: { reject: 'limit' },
      explanation: `The application is connected to ${String(PEERS_MAX)} peers, none of which may be forgotten for another.`,
    });
  await world.call(0, 'connect', { peer: peerOf(2), handshake });
  await world.close();
}
const peerOf = (count: number): string => count.toString(16).padStart(32, '0');

/** The confirmations of an end are lost, on a plain connection: it is resent, confirmed each time, and both ends are told once. */
export async function lostConfirmations(world: EngineWorld): Promise<void> {
  const requirement = 'IPR-API-014';
  await world.begin();
  const handle = await openChannel(world);
  const [channel] = world.channels;
  await world.writeAll(world.channels);
  await world.until('what was written did not arrive', () => channel?.given.join('') === channel?.written.join(''), requirement);
  let lost = 0;
  let closes = 0;
  world.isLost = (from, datagram) => {
    const payload = datagram.slice(PAYLOAD_AT);
    if (from === 0 && payload.startsWith(`0e0${String(REASON_FINISHED)}`)) closes += 1;
    if (from === 0 || !payload.startsWith(CONFIRMATION) || lost === LOST_COUNT) return false;
    lost += 1;
    return true;
  };
  await world.finish(channel);
  await world.until(
    'the end was not confirmed once its confirmations came through',
    () => lost === LOST_COUNT && closes > LOST_COUNT,
    requirement,
  );
  requireOneEnd(world, 0, handle, requirement);
  requireOneEnd(world, 1, channel?.handles[1] ?? 0, requirement);
  await unknownChannel(world);
  await world.close();
}

/** CHANNEL_CLOSE on a channel that an engine does not know is confirmed; a confirmation is not. */
async function unknownChannel(world: EngineWorld): Promise<void> {
  const requirement = 'IPR-API-014';
  for (const [reason, answer] of [
    [0, CONFIRMATION],
    [1, CONFIRMATION],
    [3, undefined],
  ] as const) {
    const made = world.talk.oracle.answer('interpeer.packet.encode', {
      suite: 'interpeer-1',
      sender: PEERS[1],
      recipient: PEERS[0],
      channelId: UNKNOWN_CHANNEL,
      payload: `0e0${String(reason)}`,
    });
    const datagram = made.kind === 'ok' ? String(made.value['datagram']) : '';
    const { transmit } = await world.call(0, 'receive', { datagram });
    const answers = transmit.map((sent) => world.talk.oracle.answer('interpeer.packet.decode', { suite: 'interpeer-1', datagram: sent }));
    const confirmations = answers.filter(
      (a) => a.kind === 'ok' && a.value['payload'] === CONFIRMATION && a.value['channelId'] === UNKNOWN_CHANNEL,
    );
    if (confirmations.length !== (answer === undefined ? 0 : 1))
      world.violated(
        requirement,
        `CHANNEL_CLOSE of reason ${String(reason)} on an unknown channel is ${answer === undefined ? 'not answered' : 'confirmed once'}.`,
      );
  }
}
