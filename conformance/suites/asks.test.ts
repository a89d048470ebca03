import { REGISTRY, suiteInputOf } from '../areas.ts';
import { describe, expect, it } from 'vitest';
import { Oracle } from '../oracle/oracle.ts';
import { completenessFaults } from '../spec/complete.ts';
import { expandProfile } from '../spec/profiles.ts';
import { SpecReader } from '../spec/loader.ts';
import type { Profile } from '../spec/types.ts';
import { packageRoot } from '../contract/paths.ts';
import { committedVectors } from '../vectors.ts';
import { asksWith, isLeftOut, leftOutBy, restrictedParameters } from './asks.ts';
import { contractChecks } from './contract.ts';
import { Judge } from './judge.ts';
import { moduleOf } from './modules.ts';
import { vectorCheck } from './vectors.ts';

const spec = new SpecReader().area('e3x');
const oracle = new Oracle(spec, REGISTRY.primitives);
const judge = new Judge(oracle);
const vectors = committedVectors()
  .files.filter((f) => f.area === 'e3x')
  .flatMap((f) => f.vectors);
const parameters = restrictedParameters(spec);
const checks = [
  ...vectors.map((v) => vectorCheck(oracle, judge, v)),
  ...moduleOf(REGISTRY, 'e3x').topics.flatMap(({ properties }) => properties?.checks?.(suiteInputOf('e3x', vectors)) ?? []),
  ...contractChecks([{ spec, vectors }]),
];

describe('profiles that leave values out', () => {
  it.each(['1a', '2a', '3a'])('a claim of cipher set %s alone is not tested on the others', (csid) => {
    const { requirements, operations, without } = expandProfile(spec, `e3x-messages-${csid}`);
    const others = ['1a', '2a', '3a'].filter((other) => other !== csid);
    expect(without).toEqual({ csid: others });
    const asked = checks.filter((c) => !isLeftOut(c, without) && c.operations.every((operation) => operations.has(operation)));
    for (const check of asked) for (const other of others) expect(check.asksWith?.['csid'] ?? []).not.toContain(other);
    // What it does claim it is asked: no clause of the profile is left without a check.
    const reached = new Set(asked.map((c) => c.requirement));
    expect([...requirements].filter((id) => !reached.has(id))).toEqual([]);
  });
  it('keeps vectors, generated checks and entropy checks of the cipher set that is claimed', () => {
    const { without } = expandProfile(spec, 'e3x-messages-3a');
    const ids = checks.filter((c) => !isLeftOut(c, without)).map((c) => c.id);
    for (const id of [
      'e3x.message.open/3a/inner-64',
      'e3x.message.open/csid-1b',
      'fuzz/e3x.message.open/3a',
      'property/e3x.channelpacket/3a/round-trip',
      'adapter/e3x.message.seal/3a/entropy-shortage',
    ])
      expect(ids).toContain(id);
    for (const id of ['e3x.message.open/1a/inner-64', 'fuzz/e3x.message.open/1a', 'adapter/e3x.message.seal/1a/entropy-shortage'])
      expect(ids).not.toContain(id);
  });
  it('say what they leave out, in words', () => {
    expect(leftOutBy({ csid: ['1a', '2a'] })).toBe('csid 1a, 2a');
    expect(parameters).toContain('csid');
  });
  it('a check that uses no restricted value does not mention any', () => {
    expect(asksWith({ steps: [{ params: { packet: '0000' } }] }, ['csid'])()).toEqual({});
    expect(asksWith({ steps: [{ params: { csid: '1a' } }, { params: { csid: '3a' } }] }, ['csid'])()).toEqual({ csid: ['1a', '3a'] });
  });
  it('are found in objects and lists of texts as well', () => {
    const params = { policy: { handshakes: ['none', 'known-keys'] }, peers: [{ csid: '3a' }, { csid: 5 }] };
    expect(asksWith({ steps: [{ params }] }, ['handshakes', 'csid'])()).toEqual({ handshakes: ['none', 'known-keys'], csid: ['3a'] });
  });
  it('must leave out values of a text parameter, and is only included by one that leaves out as much', () => {
    const withProfile = (profile: Profile): string[] =>
      completenessFaults(packageRoot(), { ...spec, profiles: [...spec.profiles, profile] }, REGISTRY.primitives);
    expect(withProfile({ profile: 'p', title: 't', operations: ['e3x.message.seal'], without: { cipher: ['x'] } }).join()).toContain(
      "leaves out values of 'cipher'",
    );
    expect(withProfile({ profile: 'p', title: 't', includes: ['e3x-messages-3a'] }).join()).toContain(
      'includes e3x-messages-3a, which leaves out csid 1a',
    );
    const narrower = { profile: 'p', title: 't', includes: ['e3x-messages-3a'], without: { csid: ['1a'] } };
    expect(withProfile(narrower)).toEqual(['profile p: includes e3x-messages-3a, which leaves out csid 2a']);
  });
});
