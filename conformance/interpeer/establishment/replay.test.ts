import { REGISTRY } from '../../areas.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../contract/paths.ts';
import { Oracle } from '../../oracle/oracle.ts';
import { SpecReader } from '../../spec/loader.ts';
import type { AreaSpec, MachineRow } from '../../spec/types.ts';
import { replayCollision } from './collision-replay.ts';
import { replayEstablishment } from './replay.ts';
import { readItf, type ItfState } from '../../explore/itf.ts';

const root = packageRoot();
const spec = new SpecReader(root).area('interpeer');
const trace = readItf(readFileSync(join(root, 'spec/interpeer/establishment/models/establishment.itf.json'), 'utf8'));

/** The spec with one row of a machine exchanged. */
function withRow(machine: string, find: (row: MachineRow) => boolean, change: Partial<MachineRow>): AreaSpec {
  const isChanged = spec.machines.some((m) => m.machine === machine && m.rows.some(find));
  if (!isChanged) throw new Error('no such row');
  return {
    ...spec,
    machines: spec.machines.map((m) =>
      m.machine === machine ? { ...m, rows: m.rows.map((row) => (find(row) ? { ...row, ...change } : row)) } : m,
    ),
  };
}

const collision = readItf(readFileSync(join(root, 'spec/interpeer/establishment/models/collision.itf.json'), 'utf8'));

describe('traces of the Quint model of establishment', () => {
  it('IPR-EST-034 go the same way through the machines', () => {
    expect(trace.length).toBeGreaterThan(6);
    expect(new Set(trace.map(({ action }) => action))).toContain('receiveFinalize');
    expect(replayEstablishment(new Oracle(spec, REGISTRY.primitives), trace)).toEqual([]);
  });

  it('part from machines that remember peers after a request (IPR-EST-005)', () => {
    const broken = withRow('interpeer.responder', (row) => row.on === 'newIn' && row.req === 'IPR-EST-004', {
      set: { channels: 'append(channels, [p, wholeId(world, h, 0x01), 0, 1])' },
    });
    expect(replayEstablishment(new Oracle(broken, REGISTRY.primitives), trace)[0]).toMatch(/receiveNew: the responder's channels/);
  });

  it('part from machines that lose the capabilities (IPR-EST-012)', () => {
    const broken = withRow('interpeer.responder', (row) => row.req === 'IPR-EST-012', {
      set: { channels: 'append(channels, [p, wholeId(world, h, r), 0, 0])' },
    });
    expect(replayEstablishment(new Oracle(broken, REGISTRY.primitives), trace)[0]).toMatch(/receiveFinalize: the responder's channels/);
  });

  it('part from machines that send what the model does not', () => {
    const broken = withRow('interpeer.initiator', (row) => row.on === 'acknowledgeIn' && row.req === 'IPR-EST-006', {
      transmit: '[cookieOut(world, wholeId(world, h, r), capabilities)]',
    });
    expect(replayEstablishment(new Oracle(broken, REGISTRY.primitives), trace)[0]).toMatch(/the initiator sends .*COOKIE/);
  });

  it('that are damaged are noticed', () => {
    const damaged = trace.map((state): ItfState =>
      state.action === 'receiveFinalize' ? { ...state, variables: { ...state.variables, channels: [] } } : state,
    );
    expect(replayEstablishment(new Oracle(spec, REGISTRY.primitives), damaged)).not.toEqual([]);
    expect(() =>
      replayEstablishment(new Oracle(spec, REGISTRY.primitives), [...trace, { action: 'teleport', picks: {}, variables: {} }]),
    ).toThrow(/teleport/);
    expect(() => readItf('{}')).toThrow(/no trace/);
  });
});

describe('traces of the Quint model of two equal proposals', () => {
  it('IPR-EST-024 go the same way through the machines', () => {
    expect(collision.some(({ action }) => action === 'receiveFinalize')).toBe(true);
    expect(replayCollision(new Oracle(spec, REGISTRY.primitives), collision)).toEqual([]);
  });

  it('part from machines of which the higher keeps its half (IPR-EST-024)', () => {
    const broken = withRow('interpeer.collision', (row) => row.on === 'newIn' && row.req === 'IPR-EST-024', {
      set: {},
      transmit: '[]',
      emit: [],
    });
    expect(replayCollision(new Oracle(broken, REGISTRY.primitives), collision)[0]).toMatch(/receiveNew/);
  });

  it('that are damaged are noticed', () => {
    const damaged = collision.map((state): ItfState =>
      state.action === 'receiveNew' ? { ...state, variables: { ...state.variables, network: [] } } : state,
    );
    expect(replayCollision(new Oracle(spec, REGISTRY.primitives), damaged)[0]).toMatch(/not in the network/);
    expect(() =>
      replayCollision(new Oracle(spec, REGISTRY.primitives), [
        ...collision,
        { action: 'teleport', picks: {}, variables: { network: [], peers: [] } },
      ]),
    ).toThrow(/teleport/);
  });
});
