/** The adapter over hashname shows the library as it is, its defects included. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

type Members = Readonly<Record<string, unknown>>;
type Case = readonly [operation: string, params: Members, reply: Members];

const FILE = fileURLToPath(new URL('adapter.cjs', import.meta.url));

function run(input: string): Members[] {
  const { stdout, status } = spawnSync(process.execPath, [FILE], { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  expect(status).toBe(0);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Members);
}

function check(cases: readonly Case[]): void {
  const replies = run(cases.map(([op, params], at) => `${JSON.stringify({ id: at + 1, op, params })}\n`).join(''));
  expect(replies).toEqual(cases.map(([, , reply], at) => ({ id: at + 1, ...reply })));
}

const ok = (members: Members): Members => ({ ok: members });
const falseFrom = (call: string): Members => ({ reject: { class: 'malformed', detail: `${call} returned false` } });

const keys = { '1a': '02dbc2bfcf26b17426620895bdbf7d80becb114c3a' };
const intermediates = { '1a': 'e3f23b0ed2488c5b3c994c7e694fe8f4aa0613503443066f886ce07d26e6de45' };
const name = 'lg4nrjb6lgul4mnsclsxlklk5tuutrq4v7kod73zrbo2g4pfywgq';
const digest = '59b8d8a43e59a8be31b212e575a96aece949c61cafd4e1ff79885da371e5c58d';

describe('the adapter over hashname', () => {
  it('says what it claims, answers faults and leaves the rest unsupported', () => {
    const replies = run('garbage\n[1]\n{"id":1,"op":"hello","params":{"protocol":1,"spec":"e3x"}}\n{"id":2,"op":"toString","params":{}}\n');
    expect(replies).toEqual([
      { id: null, fault: expect.stringContaining('SyntaxError') as unknown },
      { id: null, fault: 'TypeError: not a request' },
      {
        id: 1,
        ok: {
          name: 'hashname',
          version: '0.3.1',
          language: 'JavaScript',
          protocol: 1,
          deterministic: true,
          limits: { lineBytes: 4194304 },
          operations: ['e3x.hashname.derive', 'e3x.hashname.intermediates', 'e3x.hashname.parse', 'e3x.base32.encode', 'e3x.base32.decode'],
          profiles: ['e3x-hashnames'],
        },
      },
      { id: 2, unsupported: true },
    ]);
  });

  it('passes hashnames through', () => {
    check([
      ['e3x.hashname.derive', { keys }, ok({ hashname: name })],
      ['e3x.hashname.derive', { keys, intermediates: { '1a': '09'.repeat(32) } }, ok({ hashname: name })],
      [
        'e3x.hashname.derive',
        { keys: { '3a': '2c1775108365dca6b7e90f8765489f8eda62ec7101391af62419a51c540ed937' }, intermediates },
        ok({ hashname: 'i5n3dffdrdvxlqqui2cku5r7z3oarrnjsqcm7pqxeh5e3xuakq6q' }),
      ],
      ['e3x.hashname.derive', { keys: {} }, falseFrom('fromKeys')],
      ['e3x.hashname.derive', { keys: { '3A': '01' } }, falseFrom('fromKeys')],
      ['e3x.hashname.intermediates', { keys }, ok({ intermediates })],
      ['e3x.hashname.parse', { hashname: name }, ok({ digest })],
      ['e3x.hashname.parse', { hashname: `${name}a` }, falseFrom('isHashname')],
      ['e3x.base32.encode', { bytes: '666f6f626172' }, ok({ text: 'mzxw6ytboi' })],
      ['e3x.base32.decode', { text: 'mzxw6ytboi' }, ok({ bytes: '666f6f626172' })],
    ]);
  });

  it('shows the defects of hashnames (E3X-HSN-005, 007, 008, 011, 012)', () => {
    const ofNoKey = 'fyusmxfyjnkx4mryttyqibqviivbbot3p3wqq2trk65qhx5q3xvq';
    check([
      ['e3x.hashname.derive', { keys: {}, intermediates }, falseFrom('fromKeys')],
      ['e3x.hashname.derive', { keys: { '00': keys['1a'] } }, ok({ hashname: 'df3xw4byalkbwin7ywbjt5r5b5a3vdejohiiinbk4trf6krmqf5q' })],
      ['e3x.hashname.derive', { keys: { cs1a: keys['1a'] } }, ok({ hashname: ofNoKey })], // and 'ERRR' goes to stderr
      ['e3x.hashname.derive', { keys: { '1a': '' } }, ok({ hashname: ofNoKey })],
      ['e3x.hashname.derive', { keys, intermediates: { '2A': '09'.repeat(32) } }, ok({ hashname: name })],
      [
        'e3x.hashname.derive',
        { keys: { '1a': '01' }, intermediates: { '2a': 'aa' } },
        ok({ hashname: 's34usx2djmmlo6g5vkgqvex577amh624rqvek4e4736lqn3ofrnq' }),
      ],
      ['e3x.hashname.intermediates', { keys: { zz: '01' } }, ok({ intermediates: {} })],
    ]);
  });

  it('shows the defects of base 32 (E3X-B32-002 to 006)', () => {
    check([
      ['e3x.base32.decode', { text: 'mzxw6===' }, ok({ bytes: '666f6f' })],
      ['e3x.base32.decode', { text: 'mzxw6\n' }, ok({ bytes: '666f6f' })],
      ['e3x.base32.decode', { text: 'mzxw1' }, ok({ bytes: '666f7f' })],
      ['e3x.base32.decode', { text: 'mzxw6é' }, ok({ bytes: '' })],
      ['e3x.base32.decode', { text: 'MZXW6' }, ok({ bytes: '666f6f' })],
      ['e3x.base32.decode', { text: 'mb' }, ok({ bytes: '60' })],
      ['e3x.base32.decode', { text: 'aaa' }, ok({ bytes: '00' })],
      ['e3x.hashname.parse', { hashname: name.toUpperCase() }, ok({ digest })],
      ['e3x.hashname.parse', { hashname: `${name.slice(0, 51)}1` }, ok({ digest: `${digest.slice(0, 62)}8f` })],
      ['e3x.hashname.parse', { hashname: `${name.slice(0, 51)}b` }, ok({ digest: `${digest.slice(0, 62)}8c` })],
    ]);
  });
});
