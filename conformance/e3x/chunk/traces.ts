/** Traces through the machines of chunks that no shortest trace shows: what matters is where they end. */
import { traceInput, type NamedTrace } from '../../generate/traces.ts';
import type { MachineInput } from '../../oracle/machine.ts';
import { fromHex } from '../../oracle/values.ts';

const fragment = (hex: string): MachineInput => traceInput('fragment', { data: fromHex(hex) });
const wait = (ms: bigint): MachineInput => traceInput('wait', { ms });
const hand = (packet: string): MachineInput => traceInput('send', { packet: fromHex(packet) });
const chunkIn = traceInput('chunkIn', { count: 1n });
const onLink = (event: string, link: bigint): MachineInput => traceInput(event, { link });

/** The named traces of chunks. */
export const CHUNK_TRACES: readonly NamedTrace[] = [
  {
    name: 'fragments-in-order',
    title: 'three fragments that make a packet in their own order only',
    machine: 'e3x.chunk-receiver',
    configuration: 'silent',
    inputs: [fragment('00'), fragment('00'), fragment('ff'), traceInput('zero')],
    requirement: 'E3X-CHK-008',
    lastSteps: 1,
  },
  {
    name: 'age-from-first-chunk',
    title: 'a second fragment does not make the assembly younger',
    machine: 'e3x.chunk-receiver',
    configuration: 'silent',
    inputs: [fragment('00'), traceInput('wait', { ms: 400n }), fragment('00'), traceInput('wait', { ms: 600n })],
    requirement: 'E3X-CHK-024',
    lastSteps: 2,
  },
  {
    name: 'age-at-the-bound',
    title: 'an assembly lives one millisecond less than its bound',
    machine: 'e3x.chunk-receiver',
    configuration: 'silent',
    inputs: [fragment('00'), wait(999n), wait(1n)],
    requirement: 'E3X-CHK-024',
    lastSteps: 1,
  },
  {
    name: 'fragment-as-long-as-the-bound',
    title: 'one fragment of exactly packetBytes',
    machine: 'e3x.chunk-receiver',
    configuration: 'silent',
    inputs: [fragment('00000000'), traceInput('zero')],
    requirement: 'E3X-CHK-008',
    lastSteps: 2,
  },
  {
    name: 'one-byte-too-many',
    title: 'fragments that exceed packetBytes by one byte',
    machine: 'e3x.chunk-receiver',
    configuration: 'silent',
    inputs: [fragment('0000'), fragment('0000'), fragment('00')],
    requirement: 'E3X-CHK-022',
    lastSteps: 1,
  },
  {
    name: 'block-at-the-bound',
    title: 'a block lasts one millisecond less than its bound',
    machine: 'e3x.blocking-sender',
    configuration: 'small',
    inputs: [hand('0000'), wait(999n), wait(1n)],
    requirement: 'E3X-CHK-020',
    lastSteps: 2,
  },
  {
    name: 'zero-renews-the-block',
    title: 'the frame that a zero byte lets out is blocked for the whole time',
    machine: 'e3x.blocking-sender',
    configuration: 'small',
    inputs: [hand('0000000000'), wait(400n), traceInput('zeroIn')],
    requirement: 'E3X-CHK-018',
    lastSteps: 1,
  },
  {
    name: 'chunk-renews-the-block',
    title: 'the frame that a chunk lets out is blocked for the whole time',
    machine: 'e3x.blocking-sender',
    configuration: 'small',
    inputs: [hand('0000000000'), wait(400n), chunkIn],
    requirement: 'E3X-CHK-018',
    lastSteps: 1,
  },
  {
    name: 'stalled-behind-a-terminator',
    title: 'a sender that stalled behind a terminator of its own acknowledges again',
    machine: 'e3x.blocking-sender',
    configuration: 'small',
    inputs: [hand('000000'), traceInput('zeroIn'), wait(1000n), chunkIn],
    requirement: 'E3X-CHK-013',
    lastSteps: 1,
  },
  {
    name: 'stalled-behind-a-terminator-let-out-by-a-chunk',
    title: 'the same where a chunk let the terminator out',
    machine: 'e3x.blocking-sender',
    configuration: 'small',
    inputs: [hand('000000'), chunkIn, wait(1000n), chunkIn],
    requirement: 'E3X-CHK-013',
    lastSteps: 1,
  },
  {
    name: 'second-link-holds',
    title: 'the link that came first holds the room, whichever it is',
    machine: 'e3x.chunk-assemblies',
    configuration: 'room-for-one',
    inputs: [onLink('fragment', 1n), onLink('fragment', 0n), onLink('zero', 1n)],
    requirement: 'E3X-CHK-025',
    lastSteps: 2,
  },
  {
    name: 'skip-ends-while-room-is-taken',
    title: 'the terminator of a skipped packet ends the skip, and the next packet is refused by itself',
    machine: 'e3x.chunk-assemblies',
    configuration: 'room-for-one',
    inputs: [onLink('fragment', 0n), onLink('fragment', 1n), onLink('zero', 1n), onLink('fragment', 1n)],
    requirement: 'E3X-CHK-025',
    lastSteps: 1,
  },
  {
    name: 'skip-ends-while-room-is-free',
    title: 'the terminator of a skipped packet ends the skip, and the next packet is assembled',
    machine: 'e3x.chunk-assemblies',
    configuration: 'room-for-one',
    inputs: [onLink('fragment', 0n), onLink('fragment', 1n), onLink('zero', 0n), onLink('zero', 1n), onLink('fragment', 1n)],
    requirement: 'E3X-CHK-025',
    lastSteps: 1,
  },
];
