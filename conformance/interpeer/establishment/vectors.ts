/** Traces of the establishment of channels: every machine, what a row by itself does not show, defaults. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { VectorStep } from '../../vectors.ts';
import type { Batch } from '../../generate/batch.ts';
import { sessionTraces } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { neighbours } from './neighbours.ts';

const SESSION = 'interpeer.establishment';
const PEER = '0a'.repeat(16);
const OPEN: JsonObject = { suite: 'interpeer-1', local: '0b'.repeat(16), secret: '5e'.repeat(32) };

/** The bound with one peer where the caller names none: as many channels as the constant says, and not one more. */
function defaultBounds(oracle: Oracle, batch: Batch): void {
  const perPeer = valueOf(oracle, 'PEER_CHANNEL_COUNT');
  const requirement = 'IPR-EST-030';
  const cookieOf = (id: string): string => {
    const made = oracle.answer('interpeer.cookie.make', {
      suite: 'interpeer-1',
      secret: String(OPEN['secret']),
      role: 'responder',
      initiator: PEER,
      responder: String(OPEN['local']),
      id,
      now: 1000,
    });
    if (made.kind !== 'ok') throw new Error('no cookie');
    return String(made.value['cookie']);
  };
  const due = 1000 + valueOf(oracle, 'UNIT_MS') * valueOf(oracle, 'SILENCE_UNITS');
  const finalize = (n: number, expect?: VectorStep['expect']): VectorStep => {
    const id = `${n.toString(16).padStart(4, '0')}2001`;
    const right: VectorStep['expect'] = {
      ok: { transmit: [], events: [{ type: 'established', peer: PEER, channel: id, role: 'responder', capabilities: 0 }], timeoutAt: due },
    };
    return {
      operation: `${SESSION}.receive`,
      params: {
        session: '$session',
        peer: PEER,
        channel: 'f0f0f0f0',
        message: `0c${id}${cookieOf(id)}0000`,
        entropy: '00'.repeat(16),
        now: 1000,
      },
      expect: expect ?? right,
      requirement: expect === undefined ? 'IPR-EST-012' : requirement,
    };
  };
  const opened: VectorStep = {
    operation: `${SESSION}.open`,
    params: { ...OPEN, now: 1000 },
    expect: { ok: { transmit: [], events: [], timeoutAt: null } },
    requirement: oracle.openRequirement(SESSION),
    bind: { session: 'session' },
  };
  const steps = [opened, ...Array.from({ length: perPeer }, (_, n) => finalize(n)), finalize(perPeer, { reject: 'limit' })];
  batch.put({
    id: `${SESSION}/default-bound-of-a-peer`,
    title: `${String(perPeer)} channels with one peer, and one more`,
    kind: 'trace',
    requirement,
    steps,
    oracles: ['constants'],
  });
}

function valueOf(oracle: Oracle, name: string): number {
  const constant = oracle.spec.constants[name];
  if (constant === undefined || !('value' in constant)) throw new Error(`${name} is missing`);
  return constant.value;
}

/** Everything about the establishment of channels. */
function establishmentCases(oracle: Oracle, batch: Batch): void {
  sessionTraces(oracle, batch, SESSION);
  defaultBounds(oracle, batch);
  neighbours(oracle, batch);
}

export const vectors: TopicVectors = {
  subjects: [{ subject: 'establishment', fill: ({ oracle, batch }) => establishmentCases(oracle, batch) }],
  mutated: ['interpeer.establishment.'],
};
