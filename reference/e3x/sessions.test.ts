import { describe, expect, it } from 'vitest';
import { refusalOf } from '../kernel/refusal.ts';
import { noblePrimitives } from '../primitives/noble.ts';
import { ChunkEndpoint } from './chunk/chunk-endpoint.ts';
import { CloakPath } from './cloak/cloak-path.ts';
import { SESSION_COUNT_MAX, SessionTable, chunkSessions, cloakPathSessions, countedHandles } from './sessions.ts';

describe('E3X-CHK-028, E3X-CLK-014 sessions', () => {
  const handles = countedHandles();
  const chunks = chunkSessions(handles);
  const paths = cloakPathSessions(handles);

  it('answer to their own handle until they are closed', () => {
    const endpoint = new ChunkEndpoint();
    const path = new CloakPath({ primitives: noblePrimitives });
    expect([chunks.open(endpoint), paths.open(path)]).toEqual(['s1', 's2']);
    expect([chunks.get('s1'), paths.get('s2')]).toEqual([endpoint, path]);
    expect(refusalOf(() => paths.get('s1'))).toBe('wrong-state E3X-CLK-014');
    chunks.close('s1');
    paths.close('s2');
    for (const handle of ['s1', 's9', '', '__proto__']) {
      expect(refusalOf(() => chunks.get(handle))).toBe('wrong-state E3X-CHK-028');
      expect(
        refusalOf(() => {
          chunks.close(handle);
        }),
      ).toBe('wrong-state E3X-CHK-028');
    }
    expect(
      refusalOf(() => {
        paths.close('s2');
      }),
    ).toBe('wrong-state E3X-CLK-014');
    expect(chunks.open(endpoint)).toBe('s3');
  });

  it('are bounded in number', () => {
    const table = new SessionTable<number>('C', countedHandles());
    for (let count = 0; count < SESSION_COUNT_MAX; count++) table.open(count);
    expect(refusalOf(() => table.open(0))).toBe('usage C');
    table.close('s1');
    expect(refusalOf(() => table.open(0))).toBe('accepted');
  });
});
