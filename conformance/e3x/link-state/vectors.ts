/** The cases of links and paths. */
import type { JsonObject } from '../../contract/contract.ts';
import { sessionTraces } from '../../generate/sessions.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import type { Vector, VectorStep } from '../../vectors.ts';

export const vectors: TopicVectors = {
  subjects: [
    {
      subject: 'link-state',
      fill: ({ oracle, batch }) => {
        sessionTraces(oracle, batch, 'e3x.linkstate');
        for (const vector of manyPaths(oracle)) batch.put({ kind: 'trace', oracles: ['constants'], ...vector });
      },
    },
  ],
  constantSessions: (oracle) => manyPaths(oracle).map(({ id, steps }) => ({ vector: id, steps })),
  mutated: ['e3x.linkstate.'],
};

/** E3X-LNK-018 and E3X-LNK-020 where the caller names no bound: as many paths as the constant says, and not one more. */
function manyPaths(oracle: Oracle): Pick<Vector, 'id' | 'title' | 'requirement' | 'steps'>[] {
  const constant = oracle.spec.constants['LINK_PATH_COUNT'];
  if (constant === undefined || !('value' in constant)) throw new Error('the bound of paths is missing');
  const now = 1000;
  const { req: requirement, value: count } = constant;
  const step = (
    operation: string,
    params: JsonObject,
    events: readonly JsonObject[],
    about = requirement,
    timeoutAt: number | null = null,
  ): VectorStep => ({
    operation: `e3x.linkstate.${operation}`,
    params: { session: '$session', ...params, now },
    expect: { ok: { transmit: [], events, timeoutAt } },
    requirement: about,
  });
  const opened: VectorStep = {
    operation: 'e3x.linkstate.open',
    params: { now },
    expect: { ok: { transmit: [], events: [], timeoutAt: null } },
    requirement,
    bind: { session: 'session' },
  };
  const state = (name: string): JsonObject => ({ type: 'state', state: name });
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  const last = numbers.at(-1) ?? 0;
  const taken = numbers.map((path) => step('path', { path, type: 'webrtc' }, path === 1 ? [state('down')] : []));
  const taking = {
    id: 'e3x.linkstate/default-paths',
    title: `${String(count)} paths and one more`,
    requirement,
    steps: [
      opened,
      step('keys', {}, []),
      ...taken,
      { ...step('path', { path: last + 1, type: 'webrtc' }, []), expect: { reject: 'limit' } },
      step(
        'connect',
        {},
        numbers.map((path) => ({ type: 'handshake', path })),
        'E3X-LNK-007',
      ),
    ],
  };
  const offered = [...numbers, last + 1].map((path) => ({ path, type: 'webrtc' }));
  const offering = {
    id: 'e3x.linkstate/default-offered',
    title: `${String(count + 1)} paths in one request`,
    requirement: 'E3X-LNK-020',
    steps: [
      opened,
      step('path', { path: 1, type: 'webrtc' }, []),
      step('keys', {}, [state('down')]),
      step('sent', { path: 1, handshake: true }, [], 'E3X-LNK-003'),
      step('received', { path: 1, type: 'webrtc', handshake: true }, [state('up')], 'E3X-LNK-003'),
      step(
        'answer',
        { paths: offered },
        offered.map(({ path }) => ({ type: 'answer', path })),
        'E3X-LNK-020',
      ),
      step(
        'connect',
        {},
        numbers.map((path) => ({ type: 'handshake', path })),
        'E3X-LNK-020',
      ),
    ],
  };
  return [taking, offering];
}
