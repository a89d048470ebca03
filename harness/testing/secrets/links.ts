/** What the ends of a link hold, from the request to the end of the link. */
import { LinkInitiator, LinkKeys, LinkResponder, deriveLinkKeys, deriveNexusIdentity, drain } from '../../../reference/index.ts';
import type { LinkKeyPair } from '../../../reference/index.ts';
import { P } from '../doors/script.ts';
import { secretOf, type Life, type Moment } from './life.ts';

const [ALICE, BOB, ALICE_SECRET, BOB_SECRET] = ['alice', 'bob', 'secret of alice', 'secret of bob'].map(secretOf) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const NOTHING = new Uint8Array(0);
const DESTINATION = deriveNexusIdentity(BOB, P).destinationHash;
const FIRST = deriveLinkKeys({ role: 'initiator', secret: ALICE_SECRET, peerKey: P.deriveX25519Public({ secret: BOB_SECRET }) }, P);
const bothOf = ({ initiatorKey, responderKey }: LinkKeyPair): Uint8Array[] => [initiatorKey, responderKey];

type End = LinkInitiator | LinkResponder | LinkKeys;
/** The one packet that a call puts out; its events are dropped. */
function packetOf(end: End): Uint8Array {
  const [packet = NOTHING] = drain(() => end.pollTransmit());
  drain<unknown>(() => end.pollEvent());
  return packet;
}

/** A link that comes up between two ends, and is used until one of them closes it. */
function* linkLife(watched: 'initiator' | 'responder'): Generator<Moment> {
  const alice = new LinkInitiator({ seed: ALICE, destination: DESTINATION, secret: ALICE_SECRET, clock: 1n }, P);
  const bob = new LinkResponder({ seed: BOB, clock: 2n }, P);
  const isAlice = watched === 'initiator';
  const subject = isAlice ? alice : bob;
  const own = isAlice ? ALICE_SECRET : BOB_SECRET;
  alice.begin(0);
  const request = packetOf(alice);
  bob.handlePacket(request, BOB_SECRET, 1);
  const proof = packetOf(bob);
  yield { title: 'before the identification', subject, kept: isAlice ? [own, ALICE] : [own, BOB], gone: bothOf(FIRST) };
  alice.handlePacket(proof, NOTHING, 2);
  const identification = packetOf(alice);
  bob.handlePacket(identification, NOTHING, 3);
  const gone = isAlice ? [own, ALICE] : [own];
  yield { title: 'after the identification', subject, kept: bothOf(FIRST), gone };
  alice.handlePacket(packetOf(bob), NOTHING, 4);
  packetOf(alice);
  const linkId = proof.slice(2, 18);
  alice.send(linkId, { context: 0xfc, content: NOTHING }, undefined, 5);
  bob.handlePacket(packetOf(alice), NOTHING, 6);
  packetOf(bob);
  yield { title: 'once the link is closed', subject, kept: isAlice ? [] : [BOB], gone: [...gone, ...bothOf(FIRST)] };
}

/** Links that nobody identifies on. */
function* halfOpenLife(): Generator<Moment> {
  const secrets = ['first', 'second', 'third'].map(secretOf);
  const bob = new LinkResponder({ seed: BOB, clock: 2n, halfOpenCount: 2 }, P);
  for (const [i, secret] of secrets.entries()) {
    const alice = new LinkInitiator({ seed: ALICE, destination: DESTINATION, secret: secretOf(`requester ${String(i)}`), clock: 1n }, P);
    alice.begin(0);
    bob.handlePacket(packetOf(alice), secret, 1 + i);
    packetOf(bob);
  }
  yield { title: 'when a third has displaced the first', subject: bob, kept: secrets.slice(1), gone: secrets.slice(0, 1) };
  bob.handleTimeout(60_003);
  yield { title: 'when they are forgotten', subject: bob, kept: [BOB], gone: secrets };
}

/** A request that nobody answers, or a proof that nobody follows. */
function* failedLife(isAnswered: boolean): Generator<Moment> {
  const alice = new LinkInitiator({ seed: ALICE, destination: DESTINATION, secret: ALICE_SECRET, clock: 1n }, P);
  alice.begin(0);
  const bob = new LinkResponder({ seed: BOB, clock: 2n }, P);
  bob.handlePacket(packetOf(alice), BOB_SECRET, 0);
  if (isAnswered) alice.handlePacket(packetOf(bob), NOTHING, 0);
  packetOf(alice);
  yield { title: 'while it is repeated', subject: alice, kept: isAnswered ? bothOf(FIRST) : [ALICE_SECRET, ALICE], gone: [] };
  for (const nowMs of [1000, 3000, 7000, 15_000]) {
    alice.handleTimeout(nowMs);
    packetOf(alice);
  }
  yield { title: 'once it is given up', subject: alice, kept: [], gone: [ALICE_SECRET, ALICE, ...bothOf(FIRST)] };
}

/** Keys that one end replaces; the other end answers. */
function* rekeyLife(watched: 'requester' | 'answerer'): Generator<Moment> {
  const [keys, mine, theirs] = [FIRST, secretOf('new secret of mine'), secretOf('new secret of theirs')];
  const usual = { linkId: secretOf('link').slice(0, 16), keys };
  const [low, high] = [secretOf('low').slice(0, 16), secretOf('high').slice(0, 16)];
  const one = new LinkKeys({ ...usual, role: 'initiator', local: low, remote: high }, P, 0);
  const two = new LinkKeys({ ...usual, role: 'responder', local: high, remote: low }, P, 0);
  const subject = watched === 'requester' ? one : two;
  const previous = Uint8Array.from(bothOf(keys).flatMap((key) => [...key]));
  const next = deriveLinkKeys({ role: 'initiator', secret: mine, peerKey: P.deriveX25519Public({ secret: theirs }), previous }, P);
  one.rekey(mine, 1);
  const request = packetOf(one);
  two.handlePacket(request, theirs, 2);
  const answer = packetOf(two);
  const isRequester = watched === 'requester';
  const kept = isRequester ? [...bothOf(keys), mine] : [...bothOf(keys), ...bothOf(next)];
  yield { title: 'when the request is answered', subject, kept, gone: isRequester ? [theirs, ...bothOf(next)] : [mine, theirs] };
  one.handlePacket(answer, NOTHING, 3);
  two.handlePacket(packetOf(one), NOTHING, 4);
  one.handlePacket(packetOf(two), NOTHING, 5);
  packetOf(one);
  yield { title: 'while old keys open', subject, kept: [...bothOf(keys), ...bothOf(next)], gone: [mine, theirs] };
  subject.handleTimeout(10_005);
  yield { title: 'once old keys are forgotten', subject, kept: bothOf(next), gone: [mine, theirs, ...bothOf(keys)] };
  subject.end();
  yield { title: 'once the link has ended', subject, kept: [], gone: [mine, theirs, ...bothOf(keys), ...bothOf(next)] };
}

/** Of two requests that cross, the one that is given up. */
function* crossedLife(): Generator<Moment> {
  const [mine, fresh] = [secretOf('request of the higher'), secretOf('answer of the higher')];
  const usual = { linkId: secretOf('link').slice(0, 16), keys: FIRST };
  const [low, high] = [new Uint8Array(16), new Uint8Array(16).fill(0xff)];
  const lower = new LinkKeys({ ...usual, role: 'initiator', local: low, remote: high }, P, 0);
  const higher = new LinkKeys({ ...usual, role: 'responder', local: high, remote: low }, P, 0);
  lower.rekey(secretOf('request of the lower'), 1);
  higher.rekey(mine, 1);
  packetOf(higher);
  yield { title: 'while it is open', subject: higher, kept: [mine], gone: [] };
  higher.handlePacket(packetOf(lower), fresh, 2);
  packetOf(higher);
  yield { title: 'once the other one has come', subject: higher, kept: bothOf(FIRST), gone: [mine, fresh] };
}

export const LINK_LIVES: readonly Life[] = [
  { name: 'NXS-LNK-030 the end that requests a link', moments: () => linkLife('initiator') },
  { name: 'NXS-LNK-030 the end that answers', moments: () => linkLife('responder') },
  { name: 'NXS-LNK-030 links that stay half open', moments: halfOpenLife },
  { name: 'NXS-LNK-030 a request that is given up', moments: () => failedLife(false) },
  { name: 'NXS-LNK-030 an identification that is given up', moments: () => failedLife(true) },
  { name: 'NXS-RKY-007 the end that requests new keys', moments: () => rekeyLife('requester') },
  { name: 'NXS-RKY-007 the end that answers a request', moments: () => rekeyLife('answerer') },
  { name: 'NXS-RKY-011 a request that another one displaces', moments: crossedLife },
];
