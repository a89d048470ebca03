import { describe, expect, it } from 'vitest';
import { selectCsid } from './selection.ts';

const all = ['1a', '2a', '3a'];

describe('E3X-SEL selection of the cipher set', () => {
  it('E3X-SEL-001 chooses the highest that both have', () => {
    expect(selectCsid({ local: all, remote: all })).toBe('3a');
    expect(selectCsid({ local: ['3a', '1a', '2a'], remote: ['2a', '1a'] })).toBe('2a');
  });
  it('E3X-SEL-002 chooses nothing that is not specified', () => {
    expect(selectCsid({ local: [...all, '3b'], remote: ['2a', '3b'] })).toBe('2a');
    expect(() => selectCsid({ local: ['3a'], remote: ['2a'] })).toThrow(
      expect.objectContaining({ rejectClass: 'unsupported', clause: 'E3X-SEL-002' }) as Error,
    );
    expect(() => selectCsid({ local: [], remote: all })).toThrow(expect.objectContaining({ clause: 'E3X-SEL-002' }) as Error);
  });
  it('E3X-SEL-003 chooses 1a only if that was requested', () => {
    expect(() => selectCsid({ local: all, remote: ['1a'] })).toThrow(
      expect.objectContaining({ rejectClass: 'unsupported', clause: 'E3X-SEL-003' }) as Error,
    );
    expect(selectCsid({ local: all, remote: ['1a'], legacy: true })).toBe('1a');
  });
  it('E3X-SEL-004 refuses what is not a CSID', () => {
    for (const csid of ['00', '3A', '3', '3a ', ''])
      expect(() => selectCsid({ local: all, remote: ['3a', csid] })).toThrow(
        expect.objectContaining({ rejectClass: 'malformed', clause: 'E3X-SEL-004' }) as Error,
      );
  });
});
