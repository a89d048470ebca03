/** The cases of routers. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { sessionTraces } from '../../generate/sessions.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import type { VectorStep } from '../../vectors.ts';
import { ALICE, BOB } from '../channel-type/samples.ts';
import { packetOfJson } from '../packet/build.ts';

export const vectors: TopicVectors = {
  subjects: [{ subject: 'router', fill: ({ oracle, batch }) => routerCases(oracle, batch) }],
  mutated: ['e3x.router.'],
};

/** Traces of routers. */
function routerCases(oracle: Oracle, batch: Batch): void {
  sessionTraces(oracle, batch, 'e3x.router');
  defaultRoutes(oracle, batch);
}

/** E3X-RTR-009 where the caller names no bound: as many routes as the constant says are made, and not one more. */
function defaultRoutes(oracle: Oracle, batch: Batch): void {
  const constant = oracle.spec.constants['ROUTE_COUNT'];
  const lifetime = oracle.spec.constants['ROUTE_MS'];
  if (constant === undefined || lifetime === undefined || !('value' in constant) || !('value' in lifetime))
    throw new Error('the bounds of routers are missing');
  const now = 1000;
  const requirement = constant.req;
  const answer = (events: readonly JsonObject[], timeoutAt: number | null): VectorStep['expect'] => ({
    ok: { transmit: [], events, timeoutAt },
  });
  const step = (
    operation: string,
    params: JsonObject,
    events: readonly JsonObject[],
    timeoutAt: number | null,
    about = requirement,
  ): VectorStep => ({
    operation: `e3x.router.${operation}`,
    params: { session: '$session', ...params, now },
    expect: answer(events, timeoutAt),
    requirement: about,
  });
  const steps: VectorStep[] = [
    { operation: 'e3x.router.open', params: { now }, expect: answer([], null), requirement, bind: { session: 'session' } },
    step('link', { hashname: ALICE }, [], null),
    step('link', { hashname: BOB }, [], null),
  ];
  const message = (n: number): string => `00013a${n.toString(16).padStart(32, '0')}`;
  const bridged = (n: number): string => {
    const derived = oracle.answer('e3x.token.derive', { packet: message(n) });
    if (derived.kind !== 'ok') throw new Error('no token');
    return `0000${String(derived.value['token'])}ff`;
  };
  const due = now + lifetime.value;
  for (let n = 0; n <= constant.value; n++)
    steps.push(
      step(
        'peer',
        { from: ALICE, path: 7, packet: packetOfJson({ c: 1, type: 'peer', peer: BOB }, message(n)) },
        [{ type: 'connect', to: BOB, peer: ALICE, body: message(n) }],
        due,
        n < constant.value ? 'E3X-RTR-001' : requirement,
      ),
    );
  steps.push(
    step(
      'route',
      { path: 8, packet: bridged(constant.value - 1) },
      [{ type: 'deliver', path: 7, packet: bridged(constant.value - 1) }],
      due,
    ),
    step('route', { path: 8, packet: bridged(constant.value) }, [], due),
  );
  batch.put({
    id: 'e3x.router/default-routes',
    title: `${String(constant.value)} routes and one more`,
    kind: 'trace',
    requirement,
    steps,
    oracles: ['constants'],
  });
}
