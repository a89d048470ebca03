import { describe, expect, it } from 'vitest';
import { suiteInputOf } from '../areas.ts';
import { INTERPEER } from './area.ts';

describe('the generated checks of one suite', () => {
  it('say which suite they use, so that adapters that claim the other one are not tested with it', () => {
    const input = suiteInputOf('interpeer', [], 1000);
    const checks = INTERPEER.topics
      .flatMap(({ properties }) => properties?.checks?.(input) ?? [])
      .filter(({ id }) => /^(property|fuzz)\/interpeer\.(packet|messages|cookie|channelid)/.test(id));
    expect(checks).toHaveLength(12);
    for (const { id, asksWith } of checks) expect([id, asksWith?.['suite']?.length]).toEqual([id, 1]);
  });
});
