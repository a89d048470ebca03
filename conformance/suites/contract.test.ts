import { Receiver } from '../e3x/chunk/receiver.ts';
import { oracleOf } from '../areas.ts';
import { SpecReader } from '../spec/loader.ts';
import { describe, expect, it } from 'vitest';
import type { Implementation, JsonObject, Outcome } from '../contract/contract.ts';
import { packageRoot } from '../contract/paths.ts';
import { committedVectors } from '../vectors.ts';
import { contractChecks } from './contract.ts';
import { OracleImplementation } from './oracle-implementation.ts';

const root = packageRoot();
const oracle = oracleOf('e3x');
const reader = new SpecReader(root);
const { files } = committedVectors();
const checks = contractChecks(
  reader.areas().map((area) => ({ spec: reader.area(area), vectors: files.filter((f) => f.area === area).flatMap((f) => f.vectors) })),
);
const context = { seed: 'test', effort: 1 };
const named = (id: string): (typeof checks)[number] => {
  const check = checks.find((c) => c.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return check;
};
/** An implementation that is right, but for what `change` makes of a request or of its outcome. */
const wrong = (change: (operation: string, params: JsonObject, right: Implementation) => Promise<Outcome>): Implementation => {
  const right = new OracleImplementation(oracle, () => new Receiver(oracle));
  return { hello: right.hello, call: (operation, params) => change(operation, params, right) };
};

describe('checks of the adapter protocol by real operations', () => {
  it('ask for entropy that is short and left over, and for sessions side by side', () => {
    const vectors = files.flatMap((f) => f.vectors);
    const drawing = new Set(
      vectors
        .flatMap((v) => v.steps.at(-1) ?? [])
        .filter((s) => 'ok' in s.expect && typeof s.params['entropy'] === 'string' && s.params['entropy'] !== '')
        .map((s) => s.operation),
    );
    const sessions = new Set(
      vectors.flatMap((v) =>
        v.kind === 'trace' && v.steps.length >= 3 && v.steps[0]?.bind !== undefined ? [v.steps[0].operation.replace(/\.open$/, '')] : [],
      ),
    );
    const ids = checks.map((c) => c.id);
    for (const operation of drawing)
      for (const wrong of ['leftover', 'shortage'])
        expect(ids).toContainEqual(expect.stringMatching(new RegExp(`^adapter/${operation}(/[0-9a-z.-]+)?/entropy-${wrong}$`)));
    for (const session of sessions) expect(ids).toContain(`adapter/${session}/independent-sessions`);
    expect([drawing.size, sessions.size].every((size) => size >= 5)).toBe(true);
  });
  it('find an adapter that fills up entropy itself', async () => {
    const lenient = wrong((operation, params, right) =>
      operation === 'e3x.cloakpath.send'
        ? Promise.resolve({ kind: 'ok', value: { transmit: [], events: [], timeoutAt: null } })
        : right.call(operation, params),
    );
    expect(await named('adapter/e3x.cloakpath.send/entropy-shortage').run(lenient, context)).toMatchObject({
      verdict: 'fail',
      failure: { requirement: 'ADP-032' },
    });
  });
  it('pass an adapter that answers with a fault', async () => {
    const strict = wrong((operation, params, right) =>
      operation === 'e3x.cloakpath.send' ? Promise.resolve({ kind: 'fault', message: 'no entropy' }) : right.call(operation, params),
    );
    expect(await named('adapter/e3x.cloakpath.send/entropy-leftover').run(strict, context)).toMatchObject({ verdict: 'pass' });
  });
  it('pass sessions that are independent and find those that share a state', async () => {
    const check = named('adapter/e3x.chunks/independent-sessions');
    expect(await check.run(new OracleImplementation(oracle, () => new Receiver(oracle)), context)).toMatchObject({ verdict: 'pass' });
    let first: string | undefined;
    const shared = wrong(async (operation, params, right) => {
      const outcome = await right.call(
        operation,
        operation.endsWith('.open') || first === undefined ? params : { ...params, session: first },
      );
      if (operation.endsWith('.open') && outcome.kind === 'ok') first ??= String(outcome.value['session']);
      return outcome;
    });
    expect(await check.run(shared, context)).toMatchObject({ verdict: 'fail', failure: { requirement: 'ADP-036' } });
  });
  it('do not blame the neighbours for what is wrong without them too', async () => {
    const check = named('adapter/e3x.chunks/independent-sessions');
    const deaf = wrong(async (operation, params, right) => {
      const outcome = await right.call(operation, params);
      return operation === 'e3x.chunks.receive' && outcome.kind === 'ok'
        ? { kind: 'ok', value: { ...outcome.value, events: [] } }
        : outcome;
    });
    expect(await check.run(deaf, context)).toMatchObject({ verdict: 'pass' });
  });
});

describe('checks of the lifetime of sessions', () => {
  const lifetime = checks.filter(({ requirement }) => requirement === 'ADP-042');

  it('ask every operation of every session, after close and without open, but for what only scenarios can', () => {
    const operations = reader
      .areas()
      .flatMap((area) => reader.area(area).operations)
      .filter(({ operation, session }) => session !== undefined && operation !== `${session}.open`);
    const ids = operations.flatMap(({ operation }) => [`adapter/${operation}/after-close`, `adapter/${operation}/never-opened`]);
    const asked = lifetime.map(({ id }) => id);
    const drawn = operations.map(({ operation }) => operation).filter((operation) => !asked.includes(`adapter/${operation}/after-close`));
    expect(asked).toEqual(ids.filter((id) => !drawn.some((operation) => id === `adapter/${operation}/after-close`)));
    expect(drawn).toEqual(['accept', 'refuse', 'channel', 'write', 'read', 'finish'].map((call) => `interpeer.engine.${call}`));
  });
  it('pass an implementation that refuses', async () => {
    const right = new OracleImplementation(oracle);
    for (const check of lifetime.filter(({ operations }) => operations[0]?.startsWith('e3x.')))
      expect(await check.run(right, context), check.id).toEqual({ verdict: 'pass', cases: 1 });
  });
  it('blame an implementation that goes on, that refuses for another reason, or that has no handle to begin with', async () => {
    const lasting = wrong((operation, params, right) =>
      operation === 'e3x.chunks.close' ? Promise.resolve({ kind: 'ok', value: {} }) : right.call(operation, params),
    );
    expect(await named('adapter/e3x.chunks.close/after-close').run(lasting, context)).toMatchObject({
      verdict: 'fail',
      failure: { requirement: 'ADP-042', operation: 'e3x.chunks.close', steps: { length: 3 } },
    });
    const other = wrong(() => Promise.resolve({ kind: 'reject', class: 'unknown' }));
    expect(await named('adapter/e3x.chunks.tick/never-opened').run(other, context)).toMatchObject({
      failure: { requirement: 'ADP-042', explanation: expect.stringContaining("refused as 'unknown'") as string },
    });
    expect(await named('adapter/e3x.chunks.tick/after-close').run(other, context)).toMatchObject({ failure: { requirement: 'ADP-034' } });
    const faulty = wrong(() => Promise.resolve({ kind: 'fault', message: 'no such session' }));
    expect(await named('adapter/e3x.chunks.tick/never-opened').run(faulty, context)).toMatchObject({ verdict: 'broken', what: 'fault' });
  });
});
