import { Receiver } from '../e3x/chunk/receiver.ts';
import { oracleOf, REGISTRY, suiteInputOf } from '../areas.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Implementation } from '../contract/contract.ts';
import { generatedChecks } from './areas.ts';
import { moduleOf } from './modules.ts';
import { OracleImplementation } from './oracle-implementation.ts';
import { changedSteps, parseRepro, readRepro, replayCheck, reproOf, ReproError, formatRepro, type Repro } from './repro.ts';

const oracle = oracleOf('e3x');
const context = { seed: 'test', effort: 1 };
const folder = mkdtempSync(join(tmpdir(), 'repro-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Never says that an assembly expired, and reads every hashname as malformed. */
function faulty(): Implementation {
  const right = new OracleImplementation(oracle, () => new Receiver(oracle));
  return {
    hello: right.hello,
    async call(operation, params) {
      const outcome = await right.call(operation, params);
      if (operation === 'e3x.hashname.parse') return { kind: 'reject', class: 'malformed' };
      return outcome.kind === 'ok' && JSON.stringify(outcome.value).includes('expired')
        ? { kind: 'ok', value: { ...outcome.value, events: [] } }
        : outcome;
    },
  };
}
async function found(id: string): Promise<Repro> {
  const result = await generatedChecks(moduleOf(REGISTRY, 'e3x'), suiteInputOf('e3x'))
    .find((check) => check.id === id)
    ?.run(faulty(), context);
  if (result?.verdict !== 'fail') throw new Error('the fault was not found');
  const file = join(folder, 'found.json');
  writeFileSync(file, formatRepro(result.failure, { check: id, seed: 'test', implementation: 'faulty 1' }));
  expect(readRepro(file)).toEqual(reproOf(result.failure, { check: id, seed: 'test', implementation: 'faulty 1' }));
  return readRepro(file);
}

describe('repro files', () => {
  it.each(['walk/e3x.chunk-receiver/silent', 'differential/e3x.hashname.parse', 'property/e3x.hashname.derive/parse-round-trip'])(
    'replays %s: fails on the faulty, passes on the right',
    async (id) => {
      const repro = await found(id);
      const check = replayCheck(oracle, repro);
      expect(check).toMatchObject({ id: `replay/${id}`, requirement: repro.requirement });
      const again = await check.run(faulty(), context);
      expect(again).toMatchObject({ verdict: 'fail', failure: { requirement: repro.requirement } });
      expect(await check.run(new OracleImplementation(oracle, () => new Receiver(oracle)), context)).toEqual({ verdict: 'pass', cases: 1 });
    },
  );

  it('says so if the spec now demands something other than the repro', async () => {
    const repro: Repro = {
      format: 'bottlepost-repro',
      version: 1,
      check: 'E3X-B32-001/old',
      requirement: 'E3X-B32-001',
      seed: '',
      exactClass: true,
      steps: [{ operation: 'e3x.base32.decode', params: { text: 'AA' }, expected: { kind: 'ok', value: { bytes: '00' } } }],
    };
    expect(changedSteps(oracle, repro)).toEqual([{ step: 1, now: { kind: 'reject', class: 'non-canonical' } }]);
    const check = replayCheck(oracle, repro);
    expect(check.title).toContain("step 1 must now answer reject 'non-canonical'");
    const result = await check.run(new OracleImplementation(oracle, () => new Receiver(oracle)), context);
    expect(result.verdict === 'fail' && result.failure.explanation).toContain('The spec has changed since');
  });

  const right = {
    format: 'bottlepost-repro',
    version: 1,
    check: 'x',
    requirement: 'E3X-B32-001',
    seed: '',
    exactClass: false,
    steps: [{ operation: 'e3x.base32.decode', params: {}, expected: { kind: 'reject', class: 'malformed' } }],
  };
  it.each([
    ['{', /found\.json: not JSON/],
    ['[]', /"format" is not "bottlepost-repro"/],
    [JSON.stringify({ ...right, version: 2 }), /version 2, but this bench reads version 1/],
    [JSON.stringify({ ...right, steps: [] }), /\/steps must NOT have fewer than 1 items/],
    [JSON.stringify({ ...right, extra: 1 }), /'extra'/],
    [
      JSON.stringify({ ...right, steps: [{ operation: 'a', params: 3, expected: { kind: 'reject', class: 'b' } }] }),
      /\/steps\/0\/params must be object/,
    ],
    [JSON.stringify({ ...right, steps: [{ operation: 'a', params: {}, expected: { kind: 'maybe' } }] }), /\/steps\/0\/expected/],
  ])('refuses %s', (content, message) => {
    expect(() => parseRepro(content, 'found.json')).toThrow(message);
  });

  it('refuses a file that does not exist, and an operation that the spec does not have', () => {
    expect(() => readRepro(join(folder, 'absent.json'))).toThrow(ReproError);
    const file = join(folder, 'right.json');
    writeFileSync(file, JSON.stringify({ ...right, steps: [{ ...right.steps[0], operation: 'e3x.nothing' }] }));
    expect(() => replayCheck(oracle, readRepro(file))).toThrow("no operation 'e3x.nothing'");
  });
});
