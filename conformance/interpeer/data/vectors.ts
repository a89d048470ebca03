/** Vectors of data on channels: bundles, the traces of the machines, and what opening and writing refuse. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { machineTraces, namedTraces } from '../../generate/sessions.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import type { Expectation, VectorStep } from '../../vectors.ts';
import { bundleCases } from './bundles.ts';
import { severalMessages } from './packets.ts';

const SESSION = 'interpeer.data';
const NOW = 1000;

/** The traces of the machines of data, and the combinations. */
function dataCases(oracle: Oracle, batch: Batch): void {
  machineTraces(oracle, batch, SESSION);
  namedTraces(oracle, batch, SESSION, 'IPR-DAT-001');
  openings(batch);
  writing(batch);
  severalMessages(batch);
}

const opened = (params: JsonObject, requirement: string, refused?: string): VectorStep => {
  const expect: Expectation = refused === undefined ? { ok: { transmit: [], events: [], timeoutAt: null } } : { reject: refused };
  return {
    operation: `${SESSION}.open`,
    params: { ...params, now: NOW },
    expect,
    requirement,
    ...(refused === undefined ? { bind: { session: 'session' } } : {}),
  };
};

function openings(batch: Batch): void {
  const requirement = 'IPR-DAT-001';
  const put = (name: string, title: string, params: JsonObject, refused?: string): void =>
    batch.addSteps(`${SESSION}.open/${name}`, title, 'limit', requirement, [
      opened({ capabilities: 3, sequenceNumber: 0, ...params }, requirement, refused),
    ]);
  for (const capabilities of [8, 15, 32768])
    put(`capabilities-${String(capabilities)}`, `capabilities ${String(capabilities)} are not defined`, { capabilities }, 'unsupported');
  for (const name of ['window', 'sendPackets']) {
    for (const count of [1, 32767]) put(`${name}-${String(count)}`, `${name} of ${String(count)}`, { [name]: count });
    for (const count of [0, 32768]) put(`${name}-${String(count)}`, `${name} of ${String(count)} is refused`, { [name]: count }, 'limit');
  }
}

function writing(batch: Batch): void {
  const step = (
    call: string,
    params: JsonObject,
    transmit: readonly string[],
    timeoutAt: number | null,
    requirement: string,
  ): VectorStep => ({
    operation: `${SESSION}.${call}`,
    params: { session: '$session', ...params, now: NOW },
    expect: { ok: { transmit, events: [], timeoutAt } },
    requirement,
  });
  const refused = (call: string, params: JsonObject, reject: string, requirement: string): VectorStep => ({
    operation: `${SESSION}.${call}`,
    params: { session: '$session', ...params, now: NOW },
    expect: { reject },
    requirement,
  });
  batch.addSteps(`${SESSION}.write/bundled`, 'two writes at once share a packet', 'example', 'IPR-DAT-004', [
    opened({ capabilities: 0, sequenceNumber: 5 }, 'IPR-DAT-004'),
    step('write', { writes: ['aa', 'bb'] }, ['000500061401aa1401bb'], null, 'IPR-DAT-004'),
  ]);
  batch.addSteps(
    `${SESSION}.write/too-long`,
    'a write that does not fit into a packet is refused, and the next gets its number',
    'example',
    'IPR-DAT-006',
    [
      opened({ capabilities: 1, sequenceNumber: 5, room: 4 }, 'IPR-DAT-006'),
      refused('write', { writes: ['aabbcc'] }, 'limit', 'IPR-DAT-006'),
      step('write', { writes: ['aabb'] }, ['000500041402aabb'], NOW + 200, 'IPR-DAT-006'),
    ],
  );
  batch.addSteps(`${SESSION}.write/all-or-nothing`, 'writes that cannot all be kept are all refused', 'example', 'IPR-DAT-020', [
    opened({ capabilities: 1, sequenceNumber: 5, room: 4, sendPackets: 1 }, 'IPR-DAT-020'),
    refused('write', { writes: ['aabb', 'ccdd'] }, 'limit', 'IPR-DAT-020'),
    step('write', { writes: ['eeff'] }, ['000500041402eeff'], NOW + 200, 'IPR-DAT-020'),
  ]);
  batch.addSteps(`${SESSION}.receive/half-way-round`, '32,768 ahead does not count as later; 32,767 ahead does', 'limit', 'IPR-DAT-003', [
    opened({ capabilities: 2, sequenceNumber: 5 }, 'IPR-DAT-003'),
    {
      ...step('receive', { packet: '000a00031401aa' }, [], null, 'IPR-DAT-003'),
      expect: { ok: { transmit: [], events: [{ type: 'readable' }], timeoutAt: null } },
    },
    {
      ...step('read', {}, [], null, 'IPR-DAT-003'),
      expect: { ok: { transmit: [], events: [{ type: 'data', bytes: 'aa' }], timeoutAt: null } },
    },
    step('receive', { packet: '800a00031401bb' }, [], null, 'IPR-DAT-003'),
    {
      ...step('receive', { packet: '800900031401cc' }, [], null, 'IPR-DAT-003'),
      expect: { ok: { transmit: [], events: [{ type: 'readable' }], timeoutAt: null } },
    },
  ]);
  batch.addSteps(
    `${SESSION}.receive/nothing-counts`,
    'a message that is not of data takes the data beside it with it',
    'example',
    'IPR-DAT-033',
    [
      opened({ capabilities: 3, sequenceNumber: 5 }, 'IPR-DAT-033'),
      refused('receive', { packet: '000000061401aa1e010a' }, 'malformed', 'IPR-DAT-033'),
      step('read', {}, [], null, 'IPR-DAT-033'),
    ],
  );
}

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'bundles', fill: ({ oracle, batch }) => bundleCases(oracle, batch) },
    { subject: 'data', fill: ({ oracle, batch }) => dataCases(oracle, batch) },
  ],
  mutated: ['interpeer.bundle.', 'interpeer.data.', 'interpeer.padding.'],
};
