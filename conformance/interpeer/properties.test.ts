import { oracleOf, suiteInputOf } from '../areas.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../contract/paths.ts';
import { Oracle } from '../oracle/oracle.ts';
import { readVectors } from '../vectors.ts';
import { SUITES, cookieInput, halves, messages, packet, varint } from './arbitraries.ts';
import { interpeerChecks } from './properties.ts';

const oracle = oracleOf('interpeer');
const sample = <T>(arbitrary: fc.Arbitrary<T>): T[] => fc.sample(arbitrary, { seed: 1, numRuns: 100 });
const isTaken = (operation: string, params: Parameters<Oracle['answer']>[1]): boolean => oracle.answer(operation, params).kind === 'ok';

describe('generated requests of Interpeer', () => {
  it('integers of every length are drawn', () => {
    const lengths = sample(varint())
      .map((value) => oracle.answer('interpeer.varint.encode', { value }))
      .map((answer) => (answer.kind === 'ok' ? String(answer.value['bytes']).length / 2 : 0));
    expect(new Set(lengths).size).toBeGreaterThan(8);
  });
  it.each(SUITES)('%s: all are right', (of) => {
    for (const params of sample(packet(of))) expect(isTaken('interpeer.packet.encode', params)).toBe(true);
    for (const list of sample(messages(of))) expect(isTaken('interpeer.messages.encode', { suite: of, messages: list })).toBe(true);
    for (const params of sample(cookieInput(of))) expect(isTaken('interpeer.cookie.make', params)).toBe(true);
    for (const params of sample(halves(of))) expect(isTaken('interpeer.channelid.join', params)).toBe(true);
  });
  it.each(SUITES)('%s: every message type is drawn', (of) => {
    const types = new Set(
      sample(messages(of))
        .flat()
        .map((message) => message['type']),
    );
    expect(types.size).toBe(of === 'interpeer-1' ? 11 : 5);
  });
});

describe('the generated checks of Interpeer', () => {
  it('say which suite they ask with, so that who claims the other one is not asked', () => {
    const checks = interpeerChecks(suiteInputOf('interpeer', [], 1000));
    for (const { id, asksWith } of checks.filter(({ id: name }) =>
      /^(property|fuzz)\/interpeer\.(packet|messages|cookie|channelid)/.test(name),
    ))
      expect([id, asksWith?.['suite']?.length]).toEqual([id, 1]);
  });
});

describe('the forgery of cookies', () => {
  it('IPR-CKE-008 is accepted in interpeer-0.1 and refused in interpeer-1', () => {
    const forged =
      readVectors(packageRoot()).files.find(({ area, subject }) => area === 'interpeer' && subject === 'forgery')?.vectors ?? [];
    const verdicts = new Set(
      forged.map(({ steps }) => `${String(steps.at(-1)?.params['suite'])} ${Object.keys(steps.at(-1)?.expect ?? {}).join()}`),
    );
    expect([...verdicts].sort()).toEqual(['interpeer-0.1 ok', 'interpeer-1 reject']);
    // The forging computes with what is public: the secret stands in the steps of the two peers, and nowhere else.
    expect(new Set(forged.flatMap(({ steps }) => steps.map(({ operation }) => operation)))).toEqual(
      new Set(['interpeer.cookie.make', 'interpeer.cookie.check']),
    );
  });
});
