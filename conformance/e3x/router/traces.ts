/** Traces through routers that no shortest trace shows: what matters is where they end. */
import { traceInput, type NamedTrace } from '../../generate/traces.ts';
import type { MachineInput } from '../../oracle/machine.ts';
import { ALICE, BOB } from '../channel-type/samples.ts';

const A = Uint8Array.of(0xaa);
const B = Uint8Array.of(0xbb);
const linked = [traceInput('link', { who: ALICE }), traceInput('link', { who: BOB })] as const;
const peer = (from: string, path: bigint, prefix: Uint8Array): MachineInput => traceInput('peer', { from, path, prefix });
const channel = (prefix: Uint8Array, path: bigint): MachineInput => traceInput('channel', { prefix, path });
const wait = (ms: bigint): MachineInput => traceInput('wait', { ms });

/** The named traces of routers. */
export const ROUTER_TRACES: readonly NamedTrace[] = [
  {
    name: 'route-made',
    title: 'a request makes the route that packets with its token take',
    machine: 'e3x.router',
    configuration: 'one-route',
    inputs: [...linked, peer(ALICE, 1n, A), channel(A, 2n)],
    requirement: 'E3X-RTR-004',
    lastSteps: 1,
  },
  {
    name: 'key-packet-makes-no-route',
    title: 'what is no encrypted message takes no room for a route',
    machine: 'e3x.router',
    configuration: 'one-route',
    inputs: [
      ...linked,
      traceInput('peerPlain', { body: Uint8Array.from([0x00, 0x01, 0x3a, 0xaa, 0xbb]) }),
      peer(ALICE, 1n, A),
      channel(A, 2n),
    ],
    requirement: 'E3X-RTR-003',
    lastSteps: 1,
  },
  {
    name: 'moved-by-its-owner',
    title: 'an endpoint that moved gets its packets where it is now',
    machine: 'e3x.router',
    configuration: 'one-route',
    inputs: [...linked, peer(ALICE, 1n, A), peer(ALICE, 2n, A), channel(A, 1n)],
    requirement: 'E3X-RTR-008',
    lastSteps: 2,
  },
  {
    name: 'not-taken-over',
    title: 'another endpoint that repeats a message does not get its packets',
    machine: 'e3x.router',
    configuration: 'one-route',
    inputs: [...linked, peer(ALICE, 1n, A), peer(BOB, 2n, A), channel(A, 2n)],
    requirement: 'E3X-RTR-008',
    lastSteps: 2,
  },
  {
    name: 'no-second-route',
    title: 'a request beyond the bound makes no route and moves none',
    machine: 'e3x.router',
    configuration: 'one-route',
    inputs: [...linked, peer(ALICE, 1n, A), peer(BOB, 2n, B), channel(B, 1n), channel(A, 2n)],
    requirement: 'E3X-RTR-009',
    lastSteps: 3,
  },
  {
    name: 'delivery-renews',
    title: 'a delivery keeps its route for another full time',
    machine: 'e3x.router',
    configuration: 'one-route',
    inputs: [...linked, peer(ALICE, 1n, A), wait(600n), channel(A, 2n), wait(600n), channel(A, 2n)],
    requirement: 'E3X-RTR-010',
    lastSteps: 3,
  },
  {
    name: 'gone-in-time',
    title: 'a route that nobody used is gone',
    machine: 'e3x.router',
    configuration: 'one-route',
    inputs: [...linked, peer(ALICE, 1n, A), wait(400n), wait(600n), channel(A, 2n)],
    requirement: 'E3X-RTR-010',
    lastSteps: 1,
  },
  {
    name: 'gone-with-the-link',
    title: 'the routes of an endpoint end with its link, and its own request with them',
    machine: 'e3x.router',
    configuration: 'two-routes',
    inputs: [...linked, peer(ALICE, 1n, A), peer(BOB, 1n, B), traceInput('unlink', { who: ALICE }), channel(A, 2n), channel(B, 2n)],
    requirement: 'E3X-RTR-011',
    lastSteps: 3,
  },
  {
    name: 'gone-at-60-seconds',
    title: 'where the caller names no time a route lives 60 seconds',
    machine: 'e3x.router',
    configuration: 'default-time',
    inputs: [...linked, peer(ALICE, 1n, A), wait(59_999n), wait(1n), channel(A, 2n)],
    requirement: 'E3X-RTR-010',
    lastSteps: 2,
  },
];
