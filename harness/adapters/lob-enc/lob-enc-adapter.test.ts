/** The adapter over lob-enc shows the library as it is, its defects included. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

type Members = Readonly<Record<string, unknown>>;
type Case = readonly [operation: string, params: Members, reply: Members];

const FILE = fileURLToPath(new URL('adapter.cjs', import.meta.url));

function run(input: string): { replies: Members[]; stderr: string } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [FILE], { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  expect(status).toBe(0);
  return {
    replies: stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Members),
    stderr,
  };
}

/** Replies come in any order; each is matched to its request by id. */
function check(cases: readonly Case[], stderr = ''): void {
  const result = run(cases.map(([op, params], at) => `${JSON.stringify({ id: at + 1, op, params })}\n`).join(''));
  const byId = new Map(result.replies.map((reply) => [reply['id'], reply]));
  expect(cases.map((_, at) => byId.get(at + 1))).toEqual(cases.map(([, , reply], at) => ({ id: at + 1, ...reply })));
  expect(result.stderr).toBe(stderr);
}

const ok = (members: Members): Members => ({ ok: members });
/** The library returned undefined: no reason is made up for it. */
const refused: Members = { refused: true };
const fault = (message: string): Members => ({ fault: expect.stringContaining(message) as unknown });

describe('the adapter over lob-enc', () => {
  it('says what it claims, answers faults and leaves the rest unsupported', () => {
    const { replies } = run(
      'garbage\n[1]\n{"id":1,"op":"hello","params":{"protocol":1,"spec":"e3x"}}\n{"id":2,"op":"toString","params":{}}\n',
    );
    expect(replies).toHaveLength(4);
    expect(replies).toEqual(
      expect.arrayContaining([
        { id: null, fault: expect.stringContaining('SyntaxError') as unknown },
        { id: null, fault: 'TypeError: not a request' },
        {
          id: 1,
          ok: {
            name: 'lob-enc',
            version: '0.0.17',
            language: 'JavaScript',
            protocol: 1,
            deterministic: true,
            reasons: ['e3x.packet.decode', 'e3x.cloak.remove'],
            limits: { lineBytes: 4194304 },
            operations: [
              'e3x.packet.encode',
              'e3x.packet.decode',
              'e3x.chunks.split',
              'e3x.chunks.join',
              'e3x.cloak.apply',
              'e3x.cloak.remove',
            ],
            profiles: ['e3x-packets', 'e3x-chunks', 'e3x-cloaking'],
          },
        },
        { id: 2, unsupported: true },
      ]),
    );
  });

  it('keeps a line whole that holds U+2028', () => {
    check([['e3x.packet.encode', { json: { a: '\u2028' } }, ok({ packet: '000b7b2261223a22e280a8227d' })]]);
  });

  it('passes packets through', () => {
    check([
      ['e3x.packet.encode', {}, ok({ packet: '0000' })],
      ['e3x.packet.encode', { head: '3a', body: '0102' }, ok({ packet: '00013a0102' })],
      ['e3x.packet.encode', { json: { a: 1 }, body: '6fe9d3' }, ok({ packet: '00077b2261223a317d6fe9d3' })],
      [
        'e3x.packet.decode',
        { packet: '00077b2261223a317d0debd9ba' },
        ok({ headLength: 7, head: '7b2261223a317d', json: { a: 1 }, bodyLength: 4, body: '0debd9ba' }),
      ],
      ['e3x.packet.decode', { packet: '00027b7daa' }, ok({ headLength: 2, head: '7b7d', bodyLength: 1, body: 'aa' })],
      ['e3x.packet.decode', { packet: '0005aabb' }, refused],
    ]);
  });

  it('passes chunks and cloaking through', () => {
    check([
      ['e3x.chunks.split', { packet: '00010203040506070809', size: 5 }, ok({ frames: ['0400010203', '0404050607', '02080900'] })],
      ['e3x.chunks.join', { stream: '04ffff0000000300000100' }, ok({ packets: ['000001'] })],
      [
        'e3x.cloak.apply',
        { packet: '00004f6614133a6d96a02a67', nonces: ['8811223344556677'] },
        ok({ cloaked: '88112233445566772f4fb3becc2093d3b72bf665' }),
      ],
      ['e3x.cloak.remove', { cloaked: '010203040506070857d6' }, ok({ packet: '0000', rounds: 1 })],
      ['e3x.cloak.remove', { cloaked: '0000ff' }, ok({ packet: '0000ff', rounds: 0 })],
      ['e3x.cloak.remove', { cloaked: '010203040506070809' }, refused],
    ]);
  });

  it('shows the defects of packets (E3X-LOB-007, 011, 012, 013; E3X-JSN-002 to 009)', () => {
    const decoded = (head: string, json?: Members): Case => [
      'e3x.packet.decode',
      { packet: `${(head.length / 2).toString(16).padStart(4, '0')}${head}` },
      ok({ headLength: head.length / 2, head, ...(json === undefined ? {} : { json }), bodyLength: 0, body: '' }),
    ];
    check([
      ['e3x.packet.decode', { packet: '00076162636465666718577505' }, refused],
      ['e3x.packet.decode', { packet: '000aefbbbf7b2261223a317d' }, refused],
      decoded('5b312c322c332c345d'), // an array: neither an object nor an error
      decoded('2020206e756c6c'),
      decoded('207b2261223a317d', { a: 1 }),
      decoded('7b2261223a312c2261223a327d', { a: 2 }),
      decoded('7b2261223a22fffe227d', { a: '\ufffd\ufffd' }),
      decoded('7b2261223a225c7566666665227d', { a: '\ufffe' }),
      decoded('7b2261223a393030373139393235343734303939337d', { a: 9007199254740992 }),
      ['e3x.packet.encode', { json: { '': 1 }, body: '601066' }, ok({ packet: '0000601066' })],
      ['e3x.packet.encode', { head: '00'.repeat(32768) }, fault('out of range')],
      ['e3x.packet.encode', { head: '00'.repeat(65536) }, fault('out of range')],
    ]);
  });

  it('shows the defects of chunks (E3X-CHK-005, 006, 007, 008)', () => {
    check(
      [
        ['e3x.chunks.split', { packet: '0000', size: 2 }, ok({ frames: ['0100', '010000'] })],
        ['e3x.chunks.split', { packet: '00'.repeat(255), size: 256 }, ok({ frames: [`ff${'00'.repeat(256)}`] })],
        ['e3x.chunks.split', { packet: '0000', size: 0 }, ok({ frames: ['02000000'] })],
        ['e3x.chunks.split', { packet: '0000', size: 1 }, ok({ frames: ['0100', '010000'] })],
        ['e3x.chunks.split', { packet: '0005', size: 5 }, ok({ frames: ['02000500'] })],
        ['e3x.chunks.split', { packet: '0000', transport: 'ble' }, fault('no transports')],
        ['e3x.chunks.join', { stream: '0900076162636465666700' }, ok({ packets: [] })],
        ['e3x.chunks.join', { stream: '474554202f20485454502f312e310d0a0d0a' }, ok({ packets: [] })],
      ],
      'lob-enc: HTTP detected\n',
    );
  });

  it('tells every frame of a long packet apart', () => {
    const { replies } = run(`${JSON.stringify({ id: 1, op: 'e3x.chunks.split', params: { packet: '00'.repeat(20000), size: 2 } })}\n`);
    expect((replies[0]?.['ok'] as { frames: string[] }).frames).toHaveLength(20000);
  });

  it('shows the defects of cloaking (E3X-CLK-002, 007, 008, 009)', () => {
    const nonces = Array.from({ length: 9 }, (_, at) => `0${String(at + 1)}`.repeat(8));
    check([
      ['e3x.cloak.apply', { packet: '0000', nonces: ['0011223344556677'] }, fault('entropy shortage')],
      ['e3x.cloak.apply', { packet: '0000', nonces: ['01020304050607'] }, fault('entropy shortage')],
      ['e3x.cloak.apply', { packet: '0000', nonces: ['010203040506070809'] }, fault('entropy left over')],
      ['e3x.cloak.apply', { packet: '0000', nonces: [] }, fault('entropy shortage')],
      ['e3x.cloak.apply', { packet: '', nonces: ['0102030405060708'] }, ok({ cloaked: '0102030405060708' })],
      ['e3x.cloak.apply', { packet: '0100', nonces: ['0102030405060708'] }, ok({ cloaked: '010203040506070856d6' })],
      ['e3x.cloak.apply', { packet: '0000', nonces }, ok({ cloaked: expect.stringMatching(/^0909090909090909[0-9a-f]{132}$/) as unknown })],
    ]);
  });
});
