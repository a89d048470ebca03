import { describe, expect, it } from 'vitest';
import { oracleOf, REGISTRY, suiteInputOf } from '../../areas.ts';
import type { Implementation, JsonObject, Outcome } from '../../contract/contract.ts';
import { moduleOf } from '../../suites/modules.ts';
import { OracleImplementation } from '../../suites/oracle-implementation.ts';
import { committedVectors } from '../../vectors.ts';

const oracle = oracleOf('e3x');
const vectors = committedVectors()
  .files.filter(({ area, topic }) => area === 'e3x' && topic === 'message')
  .flatMap((file) => file.vectors);
const checks =
  moduleOf(REGISTRY, 'e3x')
    .topics.find(({ topic }) => topic === 'message')
    ?.properties?.checks?.(suiteInputOf('e3x', vectors)) ?? [];
const context = { seed: 'test', effort: 0.1 };

/** Right as long as one call ends before the next begins: the entropy of the latest call is where all calls find it. */
function sharing(right: Implementation): Implementation {
  let latest: JsonObject[string] = '';
  return {
    hello: right.hello,
    async call(operation, params): Promise<Outcome> {
      const { entropy } = params;
      if (entropy === undefined) return right.call(operation, params);
      latest = entropy;
      await Promise.resolve();
      return right.call(operation, { ...params, entropy: latest });
    },
  };
}

describe('messages at once', () => {
  for (const csid of ['1a'])
    it(`an IV that calls share is found under ${csid}, and only where calls overlap`, async () => {
      const of = (name: string): (typeof checks)[number] | undefined =>
        checks.find(({ id }) => id === `property/e3x.message/${csid}/${name}`);
      const verdict = async (name: string, implementation: Implementation): Promise<string | undefined> =>
        (await of(name)?.run(implementation, context))?.verdict;
      const right = new OracleImplementation(oracle);
      expect(await verdict('at-once', right)).toBe('pass');
      expect(await verdict('round-trip', sharing(right))).toBe('pass');
      expect(await verdict('at-once', sharing(right))).toBe('fail');
    });
});
