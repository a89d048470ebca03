/** Traces through streams and blocks that no shortest trace shows: what matters is where they end. */
import { traceInput, type NamedTrace } from '../../generate/traces.ts';
import type { MachineInput } from '../../oracle/machine.ts';

const part = (b: bigint, position: bigint, data: readonly number[]): MachineInput =>
  traceInput('part', { b, position, data: Uint8Array.from(data) });
const done = (b: bigint, position: bigint, data: readonly number[]): MachineInput =>
  traceInput('done', { b, position, data: Uint8Array.from(data) });

/** The named traces of streams and blocks. */
export const CHANNEL_TYPE_TRACES: readonly NamedTrace[] = [
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
      traceInput('fragment', { data: Uint8Array.of(0) }),
      traceInput('fragment', { data: Uint8Array.of(0, 0) }),
      traceInput('value', { enc: 'none', data: new Uint8Array(0) }),
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
];
