import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../contract/paths.ts';
import { SpecReader } from './loader.ts';
import { formatRelease, RELEASED, releaseFaults, type Release } from './released.ts';

const spec = new SpecReader(packageRoot()).area('kilt');
const root = mkdtempSync(join(tmpdir(), 'released-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const released: Release = {
  folder: 'spec/a/one',
  revision: 'a-1',
  checks: [{ id: 'a.one/x', requirement: 'A-ONE-001' }],
  profiles: [{ profile: 'a', requirements: ['A-ONE-001', 'A-ONE-002'] }],
};
mkdirSync(join(root, released.folder), { recursive: true });
writeFileSync(join(root, released.folder, RELEASED), formatRelease(released));
const faultsOf = (now: Partial<Release>, ids: { readonly [id: string]: string | null } = {}, clauses: readonly string[] = []): string[] =>
  releaseFaults(root, [{ ...released, ...now }], { retired: [{ since: '2', reason: 'r', ids }] }, [
    { ...spec, profiles: [], retiredRequirements: Object.fromEntries(clauses.map((id) => [id, null])) },
  ]);

describe('what was released', () => {
  it('stays', () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ checks: [{ id: 'a.one/x', requirement: 'A-ONE-002' }] })).toEqual([expect.stringContaining('needs a new id')]);
  });
  it('goes with its successor or the reason', () => {
    expect(faultsOf({ checks: [] })).toEqual([expect.stringContaining('a.one/x no longer exists')]);
    expect(faultsOf({ checks: [] }, { 'a.one/x': null })).toEqual([]);
    expect(faultsOf({ checks: [] }, { 'a.one/x': 'a.one/y' })).toEqual([expect.stringContaining('a.one/y does not exist')]);
  });
  it('is claimed by its profiles, but for clauses that are retired', () => {
    const less = { profiles: [{ profile: 'a', requirements: ['A-ONE-001'] }] };
    expect(faultsOf(less)).toEqual([expect.stringContaining('the profile a claims something other')]);
    expect(faultsOf(less, {}, ['A-ONE-002'])).toEqual([]);
  });
});
