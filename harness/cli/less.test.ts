/** What is shown of a library that gives no reasons, or leaves out every member that it may: by other vectors, and by polling. */
import { describe, expect, it } from 'vitest';
import type { Check, CheckResult } from '../../conformance/contract/check.ts';
import { referenceHandler } from '../adapters/reference/handler.ts';
import { withoutMembers, withoutReasons } from '../adapters/reference/less.ts';
import type { Handler } from '../core/serve.ts';
import { openLocal, wrapped } from '../testing/local.ts';
import { loadSuite } from './suite.ts';

const suite = loadSuite();
const REASONLESS = withoutReasons(referenceHandler);
const MEMBERLESS = withoutMembers(referenceHandler, suite.shapes);

const named = (id: string): Check => {
  const found = suite.checks.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no check ${id}`);
  return found;
};
const resultOf = async (id: string, handler: Handler): Promise<CheckResult> => {
  const connection = await openLocal(handler, suite.shapes)();
  const result = await named(id).run(connection, { seed: 'seed', effort: 0.2 });
  await connection.close();
  return result;
};

describe('an engine', () => {
  it.each(['after-close', 'closed-early', 'silence', 'rests'])(
    'without reasons shows what it refuses where it takes it: %s',
    async (name) => {
      expect(await resultOf(`scenario/interpeer.engine/${name}`, REASONLESS)).toMatchObject({ verdict: 'pass' });
    },
  );
  it('without reasons fails where it takes what it must refuse', async () => {
    const lax = wrapped(REASONLESS, (operation, _params, next) => {
      const body = next();
      return operation === 'interpeer.engine.accept' && 'refused' in body ? { ok: { transmit: [], events: [], timeoutAt: null } } : body;
    });
    expect(await resultOf('scenario/interpeer.engine/after-close', lax)).toMatchObject({ verdict: 'fail' });
  });
  it.each(['handles', 'lost-confirmations', 'silence'])('that does not say when it wants to be ticked is ticked: %s', async (name) => {
    expect(await resultOf(`scenario/interpeer.engine/${name}`, MEMBERLESS)).toMatchObject({ verdict: 'pass' });
  });
  it('that is ticked, and does nothing, fails', async () => {
    const idle = wrapped(MEMBERLESS, (operation, _params, next) =>
      operation === 'interpeer.engine.tick' ? { ok: { transmit: [], events: [] } } : next(),
    );
    expect(await resultOf('scenario/interpeer.engine/silence', idle)).toMatchObject({ verdict: 'fail' });
  });
});

describe('other ends that do not say when they want to be ticked', () => {
  it.each(['scenario/e3x.channel/good-link', 'scenario/interpeer.establishment/bad-link/interpeer-1'])('are ticked: %s', async (id) => {
    expect(await resultOf(id, MEMBERLESS)).toMatchObject({ verdict: 'pass' });
  });
});

describe('a machine without its timers and tidings', () => {
  it.each([
    // Another trace goes on until the newer block is delivered.
    'e3x.block/small/newer-block-alone-delivered',
    // What does nothing is not to do what another row does.
    'e3x.router/one-route/packet-from-its-own-path-dropped',
    'interpeer.data-sender/closes/outdated-progress-ignored',
    // A clause of no row is one of the values that rows name.
    'nexus.duty-meter/small/told-after-others',
  ])('shows %s', async (id) => {
    expect(await resultOf(id, MEMBERLESS)).toMatchObject({ verdict: 'pass' });
  });
  it.each(['e3x.block/small/newer-part-drops-incomplete-block'])('does not show what ends there: %s', async (id) => {
    expect(await resultOf(id, MEMBERLESS)).toMatchObject({ verdict: 'not-shown' });
  });
});
