/** Traces through the machines of channels that no shortest trace shows: what matters is where they end. */
import type { MachineInput } from '../oracle/machine.ts';
import type { Value } from '../oracle/values.ts';
import type { NamedTrace } from '../generate/traces.ts';

const input = (event: string, chosen: { readonly [param: string]: Value } = {}): MachineInput => ({
  event,
  with: new Map(Object.entries(chosen)),
});
const create = input('create', { type: 'x' });
const peerOpens = (c: bigint): MachineInput => input('peerOpens', { c });
const remove = (c: bigint): MachineInput => input('remove', { c });
const renew = input('renew');

const [ALICE, BOB] = [
  'uvabrvfqacyvgcu3kbrrmk6apjbvgvn2wjechqr3vf4c4zm3hv7a',
  'frnfke2szyna2vwkge6eubxtnkj46rtctqk7g7ewbvfiesycbjda',
] as const;
const A = Uint8Array.of(0xaa);
const B = Uint8Array.of(0xbb);
const linked = [input('link', { who: ALICE }), input('link', { who: BOB })] as const;
const peer = (from: string, path: bigint, prefix: Uint8Array): MachineInput => input('peer', { from, path, prefix });
const channel = (prefix: Uint8Array, path: bigint): MachineInput => input('channel', { prefix, path });
const wait = (ms: bigint): MachineInput => input('wait', { ms });
const part = (b: bigint, position: bigint, data: readonly number[]): MachineInput =>
  input('part', { b, position, data: Uint8Array.from(data) });
const done = (b: bigint, position: bigint, data: readonly number[]): MachineInput =>
  input('done', { b, position, data: Uint8Array.from(data) });

/** The named traces of channels. */
export const CHANNEL_TRACES: readonly NamedTrace[] = [
  {
    name: 'late-opening-once',
    title: 'an opening that was overtaken opens its channel once',
    machine: 'e3x.channel-table',
    configuration: 'odd',
    inputs: [peerOpens(4n), peerOpens(2n), remove(2n), peerOpens(2n)],
    requirement: 'E3X-CHT-010',
    lastSteps: 1,
  },
  {
    name: 'removed-channel-stays-used',
    title: 'the id of a removed channel is not free again',
    machine: 'e3x.channel-table',
    configuration: 'odd',
    inputs: [peerOpens(2n), remove(2n), peerOpens(2n)],
    requirement: 'E3X-CHT-013',
    lastSteps: 1,
  },
  {
    name: 'room-after-removal',
    title: 'a removed channel makes room for another',
    machine: 'e3x.channel-table',
    configuration: 'even',
    inputs: [peerOpens(1n), peerOpens(3n), remove(1n), peerOpens(5n)],
    requirement: 'E3X-CHT-013',
    lastSteps: 1,
  },
  {
    name: 'own-ids-begin-again',
    title: 'after a new exchange this side begins with its first id',
    machine: 'e3x.channel-table',
    configuration: 'odd',
    inputs: [create, renew, create],
    requirement: 'E3X-CHT-014',
    lastSteps: 1,
  },
  {
    name: 'peer-ids-begin-again',
    title: 'after a new exchange the peer may use its ids again',
    machine: 'e3x.channel-table',
    configuration: 'odd',
    inputs: [peerOpens(4n), renew, peerOpens(4n), peerOpens(2n)],
    requirement: 'E3X-CHT-014',
    lastSteps: 2,
  },
  {
    name: 'exhausted-until-renewed',
    title: 'after a new exchange there are ids again',
    machine: 'e3x.channel-table',
    configuration: 'exhausted',
    inputs: [create, create, renew, create],
    requirement: 'E3X-CHT-014',
    lastSteps: 1,
  },
  {
    name: 'skipped-of-the-old-exchange',
    title: 'an id skipped in the old exchange is no late one in the new',
    machine: 'e3x.channel-table',
    configuration: 'even',
    inputs: [peerOpens(3n), renew, peerOpens(5n), peerOpens(1n)],
    requirement: 'E3X-CHT-010',
    lastSteps: 1,
  },
  {
    name: 'parts-out-of-order',
    title: 'a block whose parts overtook each other',
    machine: 'e3x.block',
    configuration: 'small',
    inputs: [part(1n, 2n, [0x0c, 0x0d, 0x0e]), part(1n, 0n, [0x0a, 0x0b]), done(1n, 5n, [])],
    requirement: 'E3X-TYP-038',
    lastSteps: 1,
  },
  {
    name: 'as-many-but-elsewhere',
    title: 'as many bytes as the block has, lying behind its end',
    machine: 'e3x.block',
    configuration: 'small',
    inputs: [part(1n, 2n, [0x0a, 0x0b]), done(1n, 2n, [])],
    requirement: 'E3X-TYP-039',
    lastSteps: 1,
  },
  {
    name: 'three-pieces',
    title: 'two fragments and the packet that ends their value',
    machine: 'e3x.stream',
    configuration: 'small',
    inputs: [
      input('fragment', { data: Uint8Array.of(0) }),
      input('fragment', { data: Uint8Array.of(0, 0) }),
      input('value', { enc: 'none', data: new Uint8Array(0) }),
    ],
    requirement: 'E3X-TYP-032',
    lastSteps: 1,
  },
  {
    name: 'first-bytes-stay',
    title: 'bytes that came again in another part do not replace the first',
    machine: 'e3x.block',
    configuration: 'small',
    inputs: [part(1n, 0n, [0x0a, 0x0b]), part(1n, 0n, [0x0c, 0x0d, 0x0e]), done(1n, 2n, [])],
    requirement: 'E3X-TYP-042',
    lastSteps: 1,
  },
  {
    name: 'bytes-beyond-the-end',
    title: 'as many bytes as the block has, but not its own',
    machine: 'e3x.block',
    configuration: 'small',
    inputs: [part(1n, 2n, [0x0a, 0x0b]), done(1n, 0n, [0xe0, 0xe1]), done(1n, 2n, [])],
    requirement: 'E3X-TYP-040',
    lastSteps: 1,
  },
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
    inputs: [...linked, input('peerPlain', { body: Uint8Array.from([0x00, 0x01, 0x3a, 0xaa, 0xbb]) }), peer(ALICE, 1n, A), channel(A, 2n)],
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
    inputs: [...linked, peer(ALICE, 1n, A), peer(BOB, 1n, B), input('unlink', { who: ALICE }), channel(A, 2n), channel(B, 2n)],
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
