/** The cases of hashnames: which keys and digests make which name, and each way to be wrong once. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { resultOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { base32Cases } from './base32.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'hashname', fill: ({ oracle, batch }) => hashnameCases(oracle, batch) },
    { subject: 'base32', fill: ({ batch }) => base32Cases(batch) },
  ],
  mutated: ['e3x.hashname.', 'e3x.base32.'],
};

const KEY_1A = '02dbc2bfcf26b17426620895bdbf7d80becb114c3a';
const KEY_3A = '2c1775108365dca6b7e90f8765489f8eda62ec7101391af62419a51c540ed937';

const isAscending = (names: readonly string[]): boolean => names.every((name, at) => at === 0 || (names[at - 1] ?? '') < name);

function hashnameCases(oracle: Oracle, batch: Batch): void {
  const op = 'e3x.hashname.derive';
  const digest = (hex: string): string =>
    String((resultOf(oracle, 'e3x.hashname.intermediates', { keys: { '01': hex } })['intermediates'] as JsonObject)['01']);
  const derive = (name: string, title: string, keys: JsonObject, intermediates: JsonObject | undefined, about: string): void => {
    // Keys out of order are for the clause on order, or an implementation that does not sort would violate others as well.
    if (about !== 'E3X-HSN-003' && [keys, intermediates ?? {}].some((given) => !isAscending(Object.keys(given))))
      throw new Error(`${op}/${name}: keys out of order, though it is about ${about}`);
    batch.add({
      name,
      title,
      kind: 'example',
      operation: op,
      params: { keys, ...(intermediates === undefined ? {} : { intermediates }) },
      about,
      accepts: true,
    });
  };
  derive('one-key', 'one key', { '3a': KEY_3A }, undefined, 'E3X-HSN-001');
  derive('two-keys', 'two keys', { '1a': KEY_1A, '3a': KEY_3A }, undefined, 'E3X-HSN-004');
  derive('three-keys', 'three keys', { '1a': KEY_1A, '2a': toHex(seededBytes('key-2a', 294)), '3a': KEY_3A }, undefined, 'E3X-HSN-004');
  derive('two-keys-reversed', 'two keys, the higher first', { '3a': KEY_3A, '1a': KEY_1A }, undefined, 'E3X-HSN-003');
  derive(
    'five-keys-shuffled',
    'five unordered keys',
    { 'c0': 'aa', '0f': 'bb', 'ff': 'cc', '1a': 'dd', '9a': 'ee' },
    undefined,
    'E3X-HSN-003',
  );
  derive(
    'five-keys-descending',
    'five keys from the highest to the lowest',
    { 'ff': 'cc', 'c0': 'aa', '9a': 'ee', '1a': 'dd', '0f': 'bb' },
    undefined,
    'E3X-HSN-003',
  );
  derive('letters-above-digits', 'CSIDs sort as numbers: 9f below a0', { 'a0': '01', '9f': '02' }, undefined, 'E3X-HSN-003');
  derive('key-of-one-byte', 'a key of one byte', { '1a': '00' }, undefined, 'E3X-HSN-002');
  derive('key-of-64-bytes', 'a key longer than a digest', { '2a': toHex(seededBytes('key-64', 64)) }, undefined, 'E3X-HSN-002');
  derive('key-of-32-bytes-is-hashed', 'a key of 32 bytes is hashed like any other', { '3a': digest(KEY_3A) }, undefined, 'E3X-HSN-002');
  // Next to a higher or lower one, so that both are given in order. A name like 80 comes first in every object of JavaScript.
  for (const csid of ['01', '0f', '10', '18'])
    derive(`csid-${csid}`, `CSID ${csid} takes part`, { [csid]: KEY_3A, '3a': KEY_3A }, undefined, 'E3X-HSN-009');
  for (const csid of ['7f', 'fe', 'ff'])
    derive(`csid-${csid}`, `CSID ${csid} takes part`, { '3a': KEY_3A, [csid]: KEY_3A }, undefined, 'E3X-HSN-009');
  derive('csid-80', 'CSID 80 takes part', { '10': KEY_3A, '80': KEY_3A }, undefined, 'E3X-HSN-009');
  derive('intermediate-for-one', 'an intermediate in place of one key', { '3a': KEY_3A }, { '1a': digest(KEY_1A) }, 'E3X-HSN-005');
  derive(
    'intermediate-for-higher',
    'an intermediate in place of the higher key',
    { '1a': KEY_1A },
    { '3a': digest(KEY_3A) },
    'E3X-HSN-005',
  );
  derive('intermediates-only', 'intermediates in place of all keys', {}, { '1a': digest(KEY_1A), '3a': digest(KEY_3A) }, 'E3X-HSN-005');
  derive(
    'intermediates-for-three',
    'intermediates in place of three keys',
    { '3a': KEY_3A },
    { '1a': digest(KEY_1A), '2a': digest('2a'), '9a': digest('9a') },
    'E3X-HSN-005',
  );
  derive(
    'higher-key-beats-intermediate',
    'the higher key decides over an intermediate of another value',
    { '1a': KEY_1A, '3a': KEY_3A },
    { '3a': '09'.repeat(32) },
    'E3X-HSN-006',
  );
  derive(
    'key-beats-intermediate',
    'the key decides over an intermediate of another value',
    { '1a': KEY_1A, '3a': KEY_3A },
    { '1a': '09'.repeat(32) },
    'E3X-HSN-006',
  );
  derive('key-and-its-intermediate', 'the key with its own intermediate', { '1a': KEY_1A }, { '1a': digest(KEY_1A) }, 'E3X-HSN-006');
  const refuse = (
    name: string,
    title: string,
    keys: JsonObject,
    intermediates: JsonObject | undefined,
    about: string,
    operation = op,
  ): void =>
    batch.add({
      name,
      title,
      kind: 'range',
      operation,
      params: { keys, ...(intermediates === undefined ? {} : { intermediates }) },
      about,
      rejects: 'malformed',
    });
  refuse('csid-00', 'CSID 00 as a key', { '00': KEY_1A }, undefined, 'E3X-HSN-007');
  refuse('csid-00-beside', 'CSID 00 beside a valid key', { '00': KEY_1A, '3a': KEY_3A }, undefined, 'E3X-HSN-007');
  refuse('csid-00-intermediate', 'CSID 00 as an intermediate', { '3a': KEY_3A }, { '00': digest(KEY_1A) }, 'E3X-HSN-007');
  for (const [name, csid] of [
    ['upper-case', '3A'],
    ['one-digit', 'a'],
    ['three-digits', '03a'],
    ['prefix', '0x3a'],
    ['cs-style', 'cs1a'],
    ['not-hex', 'zz'],
    ['half-hex', '1g'],
    ['space', ' 1'],
    ['empty', ''],
    ['line-end', '3a\n'],
    ['foreign-digits', '١a'],
  ] as const) {
    refuse(`csid-spelled-${name}`, `a CSID spelled ${JSON.stringify(csid)}`, { [csid]: KEY_3A }, undefined, 'E3X-HSN-008');
  }
  refuse('csid-spelled-upper-case-beside', 'a bad CSID beside a valid one', { '1a': KEY_1A, '3A': KEY_3A }, undefined, 'E3X-HSN-008');
  refuse(
    'csid-spelled-upper-case-intermediate',
    'a bad CSID among the intermediates',
    { '1a': KEY_1A },
    { '3A': digest(KEY_3A) },
    'E3X-HSN-008',
  );
  refuse('nothing', 'no key at all', {}, undefined, 'E3X-HSN-010');
  refuse('nothing-twice', 'no key and no intermediate', {}, {}, 'E3X-HSN-010');
  for (const length of [0, 16, 31, 33, 64])
    refuse(
      `intermediate-of-${String(length)}`,
      `an intermediate of ${String(length)} bytes`,
      { '3a': KEY_3A },
      { '1a': 'ab'.repeat(length) },
      'E3X-HSN-011',
    );
  refuse('empty-key', 'an empty key', { '3a': '' }, undefined, 'E3X-HSN-012');
  refuse('empty-key-beside', 'an empty key beside a valid one', { '1a': KEY_1A, '3a': '' }, undefined, 'E3X-HSN-012');

  const inter = 'e3x.hashname.intermediates';
  batch.add({
    name: 'two-keys',
    title: 'the digest of each key',
    kind: 'example',
    operation: inter,
    params: { keys: { '1a': KEY_1A, '3a': KEY_3A } },
    about: 'E3X-HSN-002',
    accepts: true,
  });
  batch.add({
    name: 'long-key',
    title: 'the digest of a long key',
    kind: 'example',
    operation: inter,
    params: { keys: { '2a': toHex(seededBytes('key-2a', 294)) } },
    about: 'E3X-HSN-002',
    accepts: true,
  });
  refuse('csid-00', 'CSID 00', { '00': KEY_1A }, undefined, 'E3X-HSN-007', inter);
  refuse('csid-spelled-upper-case', 'a bad CSID', { '3A': KEY_1A }, undefined, 'E3X-HSN-008', inter);
  refuse('empty-key', 'an empty key', { '3a': '' }, undefined, 'E3X-HSN-012', inter);

  const parse = 'e3x.hashname.parse';
  const hashname = 'lg4nrjb6lgul4mnsclsxlklk5tuutrq4v7kod73zrbo2g4pfywgq';
  for (const [name, h] of [
    ['published', 'kw3akwcypoedvfdquuppofpujbu7rplhj3vjvmvbkvf7z3do7kkq'],
    ['library', hashname],
    ['zeros', 'a'.repeat(52)],
    ['ones', `${'7'.repeat(51)}q`],
  ] as const)
    batch.add({
      name,
      title: `a hashname: ${name}`,
      kind: 'example',
      operation: parse,
      params: { hashname: h },
      about: 'E3X-HSN-001',
      accepts: true,
    });
  for (const [name, h] of [
    ['empty', ''],
    ['one', 'a'],
    ['51', hashname.slice(0, 51)],
    ['53', `${hashname}a`],
    ['50', hashname.slice(0, 50)],
    ['104', hashname + hashname],
  ] as const)
    batch.add({
      name: `length-${name}`,
      title: `${String(h.length)} characters`,
      kind: 'range',
      operation: parse,
      params: { hashname: h },
      about: 'E3X-HSN-013',
      rejects: 'malformed',
    });
  for (const [name, h, cls, about] of [
    ['upper-case', hashname.toUpperCase(), 'non-canonical', 'E3X-B32-004'],
    ['one-upper-case', `L${hashname.slice(1)}`, 'non-canonical', 'E3X-B32-004'],
    ['digit-1', `${hashname.slice(0, 51)}1`, 'malformed', 'E3X-B32-003'],
    ['unused-bits', `${hashname.slice(0, 51)}b`, 'non-canonical', 'E3X-B32-005'],
    ['hyphen', `${hashname.slice(0, 20)}-${hashname.slice(21)}`, 'malformed', 'E3X-B32-003'],
    ['padding', `${hashname.slice(0, 51)}=`, 'malformed', 'E3X-B32-002'],
  ] as const)
    batch.add({
      name,
      title: `52 characters that are not a hashname: ${name}`,
      kind: 'non-canonical',
      operation: parse,
      params: { hashname: h },
      about,
      rejects: cls,
    });
}
