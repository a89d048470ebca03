/** The cases of choosing a cipher set: the key bytes do not matter, so short ones stand for them. */
import type { Batch } from '../../generate/batch.ts';

const keys = (...csids: readonly string[]): { [csid: string]: string } => Object.fromEntries(csids.map((csid) => [csid, '0102']));

export function selectionCases(batch: Batch): void {
  const operation = 'e3x.csid.select';
  const choose = (
    name: string,
    title: string,
    local: readonly string[],
    remote: readonly string[],
    about: string,
    legacy?: boolean,
  ): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation,
      params: { local: keys(...local), remote: keys(...remote), ...(legacy === undefined ? {} : { legacy }) },
      about,
      accepts: true,
    });
  const refuse = (
    name: string,
    title: string,
    local: readonly string[],
    remote: readonly string[],
    about: string,
    rejects: string,
    legacy?: boolean,
  ): void =>
    batch.add({
      name,
      title,
      kind: 'range',
      operation,
      params: { local: keys(...local), remote: keys(...remote), ...(legacy === undefined ? {} : { legacy }) },
      about,
      rejects,
    });
  choose('all', 'both have all three', ['1a', '2a', '3a'], ['1a', '2a', '3a'], 'E3X-SEL-001');
  choose('any-order', 'whatever the order of the keys', ['3a', '1a', '2a'], ['2a', '3a', '1a'], 'E3X-SEL-001');
  choose('remote-lacks-3a', 'the remote endpoint lacks the highest', ['1a', '2a', '3a'], ['1a', '2a'], 'E3X-SEL-001', true);
  choose('local-lacks-3a', 'the local endpoint lacks the highest', ['1a', '2a'], ['1a', '2a', '3a'], 'E3X-SEL-001');
  choose('draft-in-common', 'a draft that both have is skipped', ['2a', '2b'], ['2a', '2b'], 'E3X-SEL-001');
  choose('legacy', 'only 1a is common, and wanted', ['1a', '2a'], ['1a', '3a'], 'E3X-SEL-003', true);
  refuse('legacy-unasked', 'only 1a is common, and consent is not mentioned', ['1a', '2a'], ['1a', '3a'], 'E3X-SEL-003', 'unsupported');
  refuse('legacy-refused', 'only 1a is common, and not wanted', ['1a'], ['1a'], 'E3X-SEL-003', 'unsupported', false);
  refuse('nothing-common', 'nothing in common', ['2a'], ['3a'], 'E3X-SEL-002', 'unsupported', true);
  refuse(
    'drafts-only',
    'only drafts and experiments are common',
    ['1b', '1c', '2b', '0f'],
    ['1b', '1c', '2b', '0f'],
    'E3X-SEL-002',
    'unsupported',
    true,
  );
  refuse('no-keys', 'the remote endpoint has no keys', ['3a'], [], 'E3X-SEL-002', 'unsupported', true);
  for (const csid of ['00', '3A', '3', '3aa', ' 3a']) {
    refuse(
      `local-${csid.trim()}-${String(csid.length)}`,
      `the local endpoint lists '${csid}'`,
      ['3a', csid],
      ['3a'],
      'E3X-SEL-004',
      'malformed',
    );
    refuse(
      `remote-${csid.trim()}-${String(csid.length)}`,
      `the remote endpoint lists '${csid}'`,
      ['3a'],
      ['3a', csid],
      'E3X-SEL-004',
      'malformed',
    );
  }
}
