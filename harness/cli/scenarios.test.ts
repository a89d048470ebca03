/** The scenarios, against the reference and against channels with planted faults. */
import { suiteInputOf } from '../../conformance/areas.ts';
import { describe, expect, it } from 'vitest';
import { scenarioChecks } from '../../conformance/e3x/channel/scenarios.ts';
import { properties } from '../../conformance/interpeer/engine/properties.ts';
import { createHandler } from '../adapters/reference/handler.ts';
import * as reference from '../../reference/index.ts';
import type { Implementation, JsonObject, Outcome } from '../../conformance/contract/contract.ts';
import type { CheckResult } from '../../conformance/contract/check.ts';

const checks = scenarioChecks(suiteInputOf('e3x'));

/** The reference in this process, its answers changed by `fault`. */
function implementation(fault: (operation: string, params: JsonObject, right: Outcome) => Outcome): Implementation {
  const handler = createHandler(reference);
  return {
    hello: handler.hello,
    call: (operation, params) => {
      const reply = handler.handle(operation, params);
      if ('ok' in reply) return Promise.resolve(fault(operation, params, { kind: 'ok', value: reply.ok }));
      if ('reject' in reply) return Promise.resolve(fault(operation, params, { kind: 'reject', class: reply.reject.class }));
      throw new Error(`${operation}: ${JSON.stringify(reply)}`);
    },
  };
}
async function run(id: string, fault: Parameters<typeof implementation>[0], effort = 1): Promise<CheckResult> {
  const check = checks.find((c) => c.id === `scenario/e3x.channel/${id}`);
  if (check === undefined) throw new Error(`no scenario ${id}`);
  return check.run(implementation(fault), { seed: 'scenarios', effort });
}
const changed = (
  right: Outcome,
  change: (value: { transmit: string[]; events: JsonObject[]; timeoutAt: number | null }) => object,
): Outcome =>
  right.kind === 'ok' && 'transmit' in right.value
    ? { kind: 'ok', value: { ...right.value, ...change(right.value as never) } as JsonObject }
    : right;

describe('scenarios of channels', () => {
  it.each(checks.map(({ id }) => id.replace('scenario/e3x.channel/', '')))('pass for the reference (%s)', async (id) => {
    expect(await run(id, (_operation, _params, right) => right, 3)).toMatchObject({ verdict: 'pass' });
  });
  it('find channels that never resend', async () => {
    const result = await run('lossy-link', (operation, _params, right) =>
      operation === 'e3x.channel.tick' ? changed(right, () => ({ transmit: [] })) : right,
    );
    expect(result).toMatchObject({ verdict: 'fail', failure: { requirement: 'E3X-REL-005' } });
  });
  it('find content that is delivered twice, and none that is delivered once', async () => {
    const result = await run('good-link', (_operation, _params, right) =>
      changed(right, ({ events }) => ({ events: events.flatMap((event) => (event['type'] === 'packet' ? [event, event] : [event])) })),
    );
    expect(result).toMatchObject({ verdict: 'fail', failure: { requirement: 'E3X-REL-005' } });
  });
  it('find channels that keep silent about time', async () => {
    expect(await run('good-link', (_operation, _params, right) => changed(right, () => ({ timeoutAt: null })))).toMatchObject({
      verdict: 'fail',
    });
  });
  it('find copies that pass the replay window', async () => {
    const result = await run('replay-window', (_operation, _params, right) =>
      right.kind === 'reject' && right.class === 'replayed' ? { kind: 'ok', value: { transmit: [], events: [], timeoutAt: null } } : right,
    );
    expect(result).toMatchObject({
      verdict: 'fail',
      failure: { requirement: 'E3X-RPW-003', expected: { kind: 'reject', class: 'replayed' } },
    });
  });
});

describe('scenarios of engines', () => {
  const ended = properties.checks?.(suiteInputOf('interpeer')).find(({ id }) => id === 'scenario/interpeer.engine/after-close');
  const run = async (fault: (operation: string) => boolean): Promise<CheckResult | undefined> => {
    const right = implementation((_operation, _params, outcome) => outcome);
    const lasting: Implementation = {
      hello: right.hello,
      call: (operation, params) => (fault(operation) ? Promise.resolve({ kind: 'ok', value: {} }) : right.call(operation, params)),
    };
    return ended?.run(lasting, { seed: 'scenarios', effort: 1 });
  };
  it('pass where a session ends', async () => {
    expect(await run(() => false)).toMatchObject({ verdict: 'pass' });
  });
  it('find sessions that go on after they were closed', async () => {
    expect(await run((operation) => operation === 'interpeer.engine.close')).toMatchObject({
      verdict: 'fail',
      failure: { requirement: 'ADP-042', operation: 'interpeer.engine.accept' },
    });
  });
});
