/** Traces through tables of channels that no shortest trace shows: what matters is where they end. */
import { traceInput, type NamedTrace } from '../../generate/traces.ts';
import type { MachineInput } from '../../oracle/machine.ts';

const create = traceInput('create', { type: 'x' });
const peerOpens = (c: bigint): MachineInput => traceInput('peerOpens', { c });
const remove = (c: bigint): MachineInput => traceInput('remove', { c });
const renew = traceInput('renew');

/** The named traces of tables of channels. */
export const CHANNEL_TABLE_TRACES: readonly NamedTrace[] = [
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
];
