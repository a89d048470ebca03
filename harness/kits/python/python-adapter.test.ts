/** The Python starter kit: what a newcomer copies must be short, free of dependencies and right. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

type Members = Readonly<Record<string, unknown>>;
type Case = readonly [operation: string, params: Members, reply: Members];

const FILE = fileURLToPath(new URL('bottlepost_adapter.py', import.meta.url));
const SOURCE = readFileSync(FILE, 'utf8');
const PYTHON_ABSENT = spawnSync('python3', ['--version']).status !== 0;

function askAll(requests: readonly (readonly [string, Members])[]): Members[] {
  const input = requests.map(([op, params], at) => `${JSON.stringify({ id: at + 1, op, params })}\n`).join('');
  const { stdout, stderr, status } = spawnSync('python3', [FILE], { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Members);
}

function check(cases: readonly Case[]): void {
  const replies = askAll(cases.map(([op, params]) => [op, params]));
  expect(replies).toEqual(cases.map(([, , reply], at) => ({ id: at + 1, ...reply })));
}

const ok = (members: Members): Members => ({ ok: members });
const reject = (rejectClass: string): Members => ({ reject: { class: rejectClass } });
const hex = (text: string): string => Buffer.from(text, 'utf8').toString('hex');
const packetOf = (head: string, body = ''): string =>
  Buffer.from([head.length >> 9, (head.length >> 1) & 255]).toString('hex') + head + body;

/** A packet whose HEAD is this JSON text, and what decoding says of it: an object, or the name of an error. */
function headCase(head: string, verdict: Members | string): Case {
  const bytes = hex(head);
  const told = typeof verdict === 'string' ? { jsonError: verdict } : { json: verdict };
  return [
    'e3x.packet.decode',
    { packet: packetOf(bytes, 'aa') },
    ok({ headLength: bytes.length / 2, head: bytes, ...told, bodyLength: 1, body: 'aa' }),
  ];
}

describe('the file itself', () => {
  const lines = SOURCE.split('\n').slice(0, -1);

  it('has at most 200 lines of at most 120 characters', () => {
    expect(lines.length).toBeLessThanOrEqual(200);
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
  });

  it('imports modules of the standard library only', () => {
    const imported = lines.flatMap((line) => {
      const [, from, list] = /^\s*(?:from\s+(\S+)\s+import\b|import\s+(.+))/.exec(line) ?? [];
      return from === undefined
        ? (list ?? '')
            .split(',')
            .map((name) => name.trim())
            .filter(Boolean)
        : [from];
    });
    expect(imported.sort()).toEqual(['decimal', 'hashlib', 'itertools', 'json', 're', 'struct', 'sys']);
    expect(SOURCE).not.toMatch(/__import__|importlib/);
  });
});

describe.skipIf(PYTHON_ABSENT)(`the adapter at work${PYTHON_ABSENT ? ' (skipped: there is no python3 on this machine)' : ''}`, () => {
  it('is written in the Python of 3.9', () => {
    const { stderr } = spawnSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read(), feature_version=(3, 9))'], {
      input: SOURCE,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
  });

  it('says what it claims and leaves the rest unsupported', () => {
    const [hello, unknown, inherited] = askAll([
      ['hello', { protocol: 1, spec: 'e3x' }],
      ['e3x.nothing.here', { packet: 'zz' }],
      ['constructor', {}],
    ]);
    expect(hello).toMatchObject({ ok: { language: 'Python', protocol: 1, entropy: 'call', limits: { lineBytes: 4194304 } } });
    expect((hello?.['ok'] as Members)['profiles']).toEqual([
      'e3x-packets',
      'e3x-chunks',
      'e3x-cloaking',
      'e3x-hashnames',
      'e3x-tokens',
      'e3x-jose',
    ]);
    expect([...((hello?.['ok'] as Members)['operations'] as string[])].sort()).toEqual([
      'e3x.base32.decode',
      'e3x.base32.encode',
      'e3x.chunks.join',
      'e3x.chunks.split',
      'e3x.cloak.apply',
      'e3x.cloak.remove',
      'e3x.hashname.derive',
      'e3x.hashname.intermediates',
      'e3x.hashname.parse',
      'e3x.jwe.decode',
      'e3x.jwe.encode',
      'e3x.jws.decode',
      'e3x.jws.encode',
      'e3x.packet.decode',
      'e3x.packet.encode',
      'e3x.token.derive',
    ]);
    expect([unknown, inherited]).toEqual([
      { id: 2, unsupported: true },
      { id: 3, unsupported: true },
    ]);
  });

  it('answers a fault to its own failures, without an id if the line was not a request', () => {
    const { stdout } = spawnSync('python3', [FILE], {
      input: 'garbage\n[1]\n{"id":3,"op":"e3x.packet.decode","params":{}}\n',
      encoding: 'utf8',
    });
    const replies = stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Members);
    expect(replies).toEqual([null, null, 3].map((id) => ({ id, fault: expect.any(String) as unknown })));
  });

  it('answers each line before the next one arrives', async () => {
    const child = spawn('python3', [FILE], { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      let output = '';
      for (const id of [1, 2]) {
        child.stdin.write(`{"id":${String(id)},"op":"e3x.base32.encode","params":{"bytes":"66"}}\n`);
        while (!output.endsWith('\n')) output += String((await once(child.stdout, 'data'))[0]);
        expect(JSON.parse(output)).toEqual({ id, ok: { text: 'my' } });
        output = '';
      }
    } finally {
      child.stdin.end();
    }
  });

  it('E3X-LOB packets', () => {
    check([
      ['e3x.packet.encode', {}, ok({ packet: '0000' })],
      ['e3x.packet.encode', { body: 'ff' }, ok({ packet: '0000ff' })],
      ['e3x.packet.encode', { head: '3a', body: '0102' }, ok({ packet: '00013a0102' })],
      ['e3x.packet.encode', { head: '61626364656667', body: '18577505' }, ok({ packet: '00076162636465666718577505' })],
      ['e3x.packet.encode', { head: '00'.repeat(65535) }, ok({ packet: `ffff${'00'.repeat(65535)}` })],
      ['e3x.packet.encode', { head: '00'.repeat(65536) }, reject('limit')],
      ['e3x.packet.encode', { json: {}, body: '85cda8' }, ok({ packet: '000085cda8' })],
      ['e3x.packet.encode', { json: { '': 1 } }, reject('unrepresentable')],
      ['e3x.packet.encode', { json: { a: 1 }, body: '6fe9d3' }, ok({ packet: '00077b2261223a317d6fe9d3' })],
      [
        'e3x.packet.encode',
        { json: { ключ: '\u5024 ☃ 🚀', z: '\u0000\u001f"\\' }, body: '41' },
        ok({ packet: '00327b22d0bad0bbd18ed187223a22e580a420e2988320f09f9a80222c227a223a225c75303030305c75303031665c225c5c227d41' }),
      ],
      [
        'e3x.packet.encode',
        { json: { i: 9007199254740991, n: -1.5, n2: 0.5, z: 0 } },
        ok({ packet: '002e7b2269223a393030373139393235343734303939312c226e223a2d312e352c226e32223a302e352c227a223a307d' }),
      ],
      ['e3x.packet.encode', { json: { e: 1e21 } }, { reject: { class: 'unrepresentable' } }],
      ['e3x.packet.decode', { packet: '' }, reject('truncated')],
      ['e3x.packet.decode', { packet: '00' }, reject('truncated')],
      ['e3x.packet.decode', { packet: '0005aabb' }, reject('truncated')],
      ['e3x.packet.decode', { packet: '0002aabb' }, ok({ headLength: 2, head: 'aabb', bodyLength: 0, body: '' })],
      ['e3x.packet.decode', { packet: '00067b2261223a7d01' }, ok({ headLength: 6, head: '7b2261223a7d', bodyLength: 1, body: '01' })],
      headCase('{"t":true,"f":false,"n":null}', { t: true, f: false, n: null }),
    ]);
  });

  it('E3X-JSN JSON heads', () => {
    check([
      headCase('{"a":1,', 'syntax'),
      headCase('{"a":NaN}', 'syntax'),
      headCase('{"a":01}', 'syntax'),
      headCase('{"a":٣٣}', 'syntax'),
      headCase('{"a":"\t"}', 'syntax'),
      headCase('{"a":1}\u00a0', 'syntax'),
      headCase(' {"a":1}', 'syntax'),
      headCase('{"a":1}\n', 'syntax'),
      headCase('[1,2,3,4]', 'not-object'),
      headCase('"abcdefg"', 'not-object'),
      headCase('{"a":1,"a":2}', 'duplicate-name'),
      headCase('{"x":[{"a":1,"\\u0061":2}]}', 'duplicate-name'),
      headCase('\ufeff{"a":1}', 'encoding'),
      headCase('{"a":"\ufeff"}', { a: '\ufeff' }),
      headCase('{"a":"\\ud800"}', 'encoding'),
      headCase('{"\\udc00\\ud800":1}', 'encoding'),
      headCase('{"a":"\\ud83d\\ude80"}', { a: '🚀' }),
      headCase('{"a":"\uffff"}', 'encoding'),
      headCase('{"a":["\\ufdd0"]}', 'encoding'),
      [
        'e3x.packet.decode',
        { packet: '000a7b2261223a22fffe227d' },
        ok({ headLength: 10, head: '7b2261223a22fffe227d', jsonError: 'encoding', bodyLength: 0, body: '' }),
      ],
      headCase('{"a":9007199254740991}', { a: 9007199254740991 }),
      headCase('{"a":-9007199254740992}', 'number-range'),
      headCase('{"a":9007199254740991.4}', 'number-range'),
      headCase('{"a":1e400}', 'number-range'),
      headCase(`{"a":${'9'.repeat(5000)}}`, 'number-range'),
      headCase('{"a":1e-99999999999999999999}', { a: 0 }),
      headCase(`{"a":${'['.repeat(63)}${']'.repeat(63)}}`, JSON.parse(`{"a":${'['.repeat(63)}${']'.repeat(63)}}`) as Members),
      headCase(`{"a":${'['.repeat(64)}${']'.repeat(64)}}`, 'depth'),
      headCase(`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'depth'),
      headCase(`{"a":"\\"${'[{'.repeat(100)}"}`, { a: `"${'[{'.repeat(100)}` }),
      headCase('{"__proto__":[]}', JSON.parse('{"__proto__":[]}') as Members),
    ]);
  });

  it('E3X-CHK chunked encoding', () => {
    const packet = '00010203040506070809';
    check([
      ['e3x.chunks.split', { packet, size: 1 }, reject('limit')],
      ['e3x.chunks.split', { packet: '0001', size: 20 }, reject('truncated')],
      ['e3x.chunks.split', { packet: '0000', size: 2 }, ok({ frames: ['0100', '0100', '00'] })],
      ['e3x.chunks.split', { packet, size: 5 }, ok({ frames: ['0400010203', '0404050607', '02080900'] })],
      ['e3x.chunks.split', { packet, size: 6 }, ok({ frames: ['050001020304', '050506070809', '00'] })],
      ['e3x.chunks.split', { packet, transport: 'ble' }, ok({ frames: ['0a0001020304050607080900'] })],
      ['e3x.chunks.split', { packet: '00'.repeat(255), size: 256 }, ok({ frames: [`ff${'00'.repeat(255)}`, '00'] })],
      ['e3x.chunks.split', { packet: '00'.repeat(255), size: 257 }, ok({ frames: [`ff${'00'.repeat(256)}`] })],
      ['e3x.chunks.join', { stream: '04ffff0000000300000100' }, ok({ packets: ['000001'] })],
      [
        'e3x.chunks.join',
        { stream: '0700001f7ea705c405228e9acf940000000200000001' },
        ok({ packets: ['00001f7ea705c4228e9acf94', '0000'] }),
      ],
      ['e3x.chunks.join', { stream: '0900076162636465666700' }, ok({ packets: ['000761626364656667'] })],
      ['e3x.chunks.join', { stream: '020000' }, ok({ packets: [] })],
    ]);
  });

  it('E3X-CLK cloaking', () => {
    const nonce = '0102030405060708';
    check([
      ['e3x.cloak.apply', { packet: '0000', nonces: [nonce] }, ok({ cloaked: '010203040506070857d6' })],
      ['e3x.cloak.apply', { packet: '0000', nonces: ['ffffffffffffffff'] }, ok({ cloaked: 'ffffffffffffffff0a71' })],
      [
        'e3x.cloak.apply',
        { packet: '00'.repeat(192), nonces: [nonce] },
        ok({
          cloaked:
            nonce +
            '57d61e58216d956ffb31ef1c57b59b61844806075360812632f9de2e3db06b72cebb287c9ed950a1cd769afe71dad201dbe5' +
            'a4731eb64245de18a71a461e94a863aa01351d4257b2f1ca167a63b262f71d106083d754b3d7ba55e31cb202edc1920ddbe5' +
            '18b48b6e7da3e0ccc9bd35855c4333185a6643982436982c48e4307163e654b85031b8e40aaabc2074b2bce8286cc388f3f6' +
            'fe1ccdffb72a56f47ca6f0d113ded267ac3a467866fdfce3dbda8ac57cb7362a7b9721c3f59a6cc035e2',
        }),
      ],
      [
        'e3x.cloak.apply',
        { packet: '00004f6614133a6d96a02a67', nonces: ['8811223344556677'] },
        ok({ cloaked: '88112233445566772f4fb3becc2093d3b72bf665' }),
      ],
      ['e3x.cloak.apply', { packet: '0000', nonces: [] }, reject('limit')],
      ['e3x.cloak.apply', { packet: '0000', nonces: Array<string>(9).fill(nonce) }, reject('limit')],
      ['e3x.cloak.apply', { packet: '00', nonces: [nonce] }, reject('truncated')],
      ['e3x.cloak.apply', { packet: `0100${'00'.repeat(256)}`, nonces: [nonce] }, reject('unrepresentable')],
      ['e3x.cloak.apply', { packet: '0000', nonces: ['0002030405060708'] }, reject('malformed')],
      ['e3x.cloak.remove', { cloaked: '010203040506070857d6' }, ok({ packet: '0000', rounds: 1 })],
      ['e3x.cloak.remove', { cloaked: '0000ff' }, ok({ packet: '0000ff', rounds: 0 })],
      ['e3x.cloak.remove', { cloaked: '010203040506070809' }, reject('truncated')],
      [
        'e3x.cloak.remove',
        { cloaked: '97b1ec547d556593454181323e2854706e83d4f967cc7209e190291c678f463950d4ba8d51af4572' },
        reject('truncated'),
      ],
      ['e3x.cloak.remove', { cloaked: '' }, reject('truncated')],
    ]);
    const packet = `0000${'5a'.repeat(1398)}`;
    const [cloaked] = askAll([['e3x.cloak.apply', { packet, nonces: Array<string>(8).fill(nonce) }]]);
    check([['e3x.cloak.remove', cloaked?.['ok'] as Members, ok({ packet, rounds: 8 })]]);
  });

  it('E3X-HSN hashnames', () => {
    const keys = { '1a': '02dbc2bfcf26b17426620895bdbf7d80becb114c3a' };
    const both = { '3a': '2c1775108365dca6b7e90f8765489f8eda62ec7101391af62419a51c540ed937', ...keys };
    const intermediates = { '1a': 'e3f23b0ed2488c5b3c994c7e694fe8f4aa0613503443066f886ce07d26e6de45' };
    const name = 'lg4nrjb6lgul4mnsclsxlklk5tuutrq4v7kod73zrbo2g4pfywgq';
    check([
      ['e3x.hashname.derive', { keys }, ok({ hashname: name })],
      ['e3x.hashname.derive', { keys: {}, intermediates }, ok({ hashname: name })],
      ['e3x.hashname.derive', { keys, intermediates: { '1a': '09'.repeat(32) } }, ok({ hashname: name })],
      ['e3x.hashname.derive', { keys: both }, ok({ hashname: 'i5n3dffdrdvxlqqui2cku5r7z3oarrnjsqcm7pqxeh5e3xuakq6q' })],
      ['e3x.hashname.intermediates', { keys }, ok({ intermediates })],
      ['e3x.hashname.derive', { keys: {} }, reject('malformed')],
      ['e3x.hashname.derive', { keys: { '00': '01' } }, reject('malformed')],
      ['e3x.hashname.derive', { keys: { '3A': '01' } }, reject('malformed')],
      ['e3x.hashname.derive', { keys: { cs1a: '01' } }, reject('malformed')],
      ['e3x.hashname.derive', { keys: { '1a\n': '01' } }, reject('malformed')],
      ['e3x.hashname.derive', { keys: { '1a': '' } }, reject('malformed')],
      ['e3x.hashname.derive', { keys, intermediates: { '2a': '09'.repeat(31) } }, reject('malformed')],
      ['e3x.hashname.derive', { keys, intermediates: { '00': '09'.repeat(32) } }, reject('malformed')],
      ['e3x.hashname.parse', { hashname: name }, ok({ digest: '59b8d8a43e59a8be31b212e575a96aece949c61cafd4e1ff79885da371e5c58d' })],
      ['e3x.hashname.parse', { hashname: `${name}a` }, reject('malformed')],
      ['e3x.hashname.parse', { hashname: name.toUpperCase() }, reject('non-canonical')],
      ['e3x.hashname.parse', { hashname: `${name.slice(0, 51)}1` }, reject('malformed')],
      ['e3x.hashname.parse', { hashname: `${name.slice(0, 51)}b` }, reject('non-canonical')],
    ]);
  });

  it('E3X-B32 base 32', () => {
    check([
      ['e3x.base32.encode', { bytes: '' }, ok({ text: '' })],
      ['e3x.base32.encode', { bytes: hex('foobar') }, ok({ text: 'mzxw6ytboi' })],
      ['e3x.base32.decode', { text: 'mzxw6ytboi' }, ok({ bytes: hex('foobar') })],
      ...(['mzxw6===', 'mz xw6', 'mzxw6\n', 'mzxw1', 'aaa', 'aaaaaa', 'a\u212a'] as const).map((text): Case => [
        'e3x.base32.decode',
        { text },
        reject('malformed'),
      ]),
      ...(['MZXW6', 'mb'] as const).map((text): Case => ['e3x.base32.decode', { text }, reject('non-canonical')]),
    ]);
  });

  it('E3X-TOK routing tokens', () => {
    check([
      ['e3x.token.derive', { packet: `00013a${'00'.repeat(16)}ff` }, ok({ token: '374708fff7719dd5979ec875d56cd228' })],
      ['e3x.token.derive', { packet: `00011a${'00'.repeat(16)}` }, ok({ token: '374708fff7719dd5979ec875d56cd228' })],
      ['e3x.token.derive', { packet: `00013a${'00'.repeat(15)}` }, reject('truncated')],
      ['e3x.token.derive', { packet: `000100${'00'.repeat(16)}` }, reject('malformed')],
      ['e3x.token.derive', { packet: `00023a3a${'00'.repeat(16)}` }, reject('malformed')],
      ['e3x.token.derive', { packet: '0002' }, reject('truncated')],
    ]);
  });

  it('E3X-JOS JWS and JWE as packets', () => {
    const header = hex('{"alg":"none"}');
    const jws = 'eyJhbGciOiJub25lIn0.QUI._w';
    const jwsPacket = packetOf(header, packetOf('4142', 'ff'));
    const encHeader = hex('{"alg":"dir","enc":"A"}');
    const jwe = 'eyJhbGciOiJkaXIiLCJlbmMiOiJBIn0..QQ.eHk.QUI';
    const members = { aad: '', iv: 'QQ', tag: 'QUI', encrypted_key: '' };
    const jwePacket = (inner: Members, third = '00007879'): string => packetOf(encHeader, packetOf(hex(JSON.stringify(inner)), third));
    check([
      ['e3x.jws.encode', { jws }, ok({ packet: jwsPacket })],
      ['e3x.jws.decode', { packet: jwsPacket }, ok({ jws })],
      ['e3x.jwe.encode', { jwe }, ok({ packet: jwePacket(members) })],
      ['e3x.jwe.decode', { packet: jwePacket(members) }, ok({ jwe })],
      ['e3x.jws.encode', { jws: 'eyJhbGciOiJub25lIn0.QUI' }, reject('malformed')],
      ['e3x.jws.encode', { jws: 'eyJhbGciOiJub25lIn0.QUI=.' }, reject('malformed')],
      ['e3x.jws.encode', { jws: 'eyJhbGciOiJub25lIn0.Q+I.' }, reject('malformed')],
      ['e3x.jws.encode', { jws: 'eyJhbGciOiJub25lIn0.QUJ.' }, reject('non-canonical')],
      ['e3x.jws.encode', { jws: 'e30..' }, reject('malformed')],
      ['e3x.jws.encode', { jws: `eyJhbGciOiJub25lIn0.${'A'.repeat(87382)}.` }, reject('limit')],
      ['e3x.jws.decode', { packet: packetOf(header, '00') }, reject('truncated')],
      ['e3x.jws.decode', { packet: packetOf(hex('{"alg":""}'), '0000') }, reject('malformed')],
      ['e3x.jwe.encode', { jwe: 'eyJhbGciOiJub25lIn0..QQ.eHk.QUI' }, reject('malformed')],
      ['e3x.jwe.decode', { packet: jwePacket({ ...members, aad: 'QQ' }) }, reject('unrepresentable')],
      ['e3x.jwe.decode', { packet: jwePacket(members, '000131') }, reject('unrepresentable')],
      ['e3x.jwe.decode', { packet: jwePacket({ ...members, more: '' }) }, reject('malformed')],
      ['e3x.jwe.decode', { packet: jwePacket({ ...members, iv: 'QR' }) }, reject('non-canonical')],
      ['e3x.jwe.decode', { packet: jwePacket(members, '00') }, reject('truncated')],
    ]);
  });
});
