/** The command line as a user meets it: exit codes, messages, files. Runs the built program. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { noblePrimitives, packEnvelope, readEnvelope, toHex } from '../../reference/index.ts';
import { fitScreen } from '../../conformance/contract/text.ts';
import { main } from './main.ts';
import { loadSuite, selectChecks } from './suite.ts';
import { CommandLine, bin, hashname, misbehaving, unwrapped, type Ran } from '../testing/cli.ts';

const cli = new CommandLine();
const { folder } = cli;
afterAll(() => cli.remove());
const run = (...args: string[]): Promise<Ran> => cli.here(...args);
const adapter = (...args: Parameters<CommandLine['adapter']>): string => cli.adapter(...args);

describe('bottlepost', () => {
  it('explains itself and its exit codes within 80 columns', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const command of ['verify', 'smoke', 'adapter', 'explain', 'inspect', 'replay', 'init', 'matrix']) expect(out).toContain(command);
    expect(out).toContain('Exit codes:');
    for (const command of [
      '',
      'verify',
      'smoke',
      'adapter',
      'explain',
      'inspect',
      'replay',
      'init',
      'cross',
      'matrix',
      'merge',
      'baseline',
    ]) {
      const help = await run(...(command === '' ? [] : [command]), '--help');
      expect(help.code).toBe(0);
      for (const line of help.out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    }
  });
  it.each([
    [['verify']],
    [['verify', '--stdio', 'x', '--udp', 'y:1']],
    [['verify', '--self', '--profile', 'no-such']],
    [['verify', '--self', '--only', 'no-such-thing']],
    [['verify', '--self', '--shard', '3/2']],
    [['verify', '--self', '--report', 'pdf=x']],
    [['verify', '--self', '--jobs', '0']],
    [['no-such-command']],
    [['inspect', 'xyz']],
    [['inspect', '123']],
    [['explain', 'E3X-NOT-001']],
    [['search', ' ']],
    [['replay', 'no-such-file.json', '--self']],
    [['init', 'cobol']],
  ])('answers 2 to %j and says what to do', async (args) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err.length).toBeGreaterThan(10);
    expect(err).not.toMatch(/^\s+at /m); // no stack trace for a user's mistake
  });
});

describe('the width of the screen', () => {
  it('is that of the output', async () => {
    const written: string[] = [];
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const { columns } = process.stdout;
    try {
      const longest = async (width: number | undefined): Promise<number> => {
        written.length = 0;
        process.stdout.columns = width as number;
        await main(['explain', 'ADP-047']);
        return Math.max(
          ...written
            .join('')
            .split('\n')
            .map((line) => line.length),
        );
      };
      expect(await longest(50)).toBeLessThanOrEqual(50);
      expect(await longest(120)).toBeGreaterThan(80);
      expect(await longest(undefined)).toBeLessThanOrEqual(80);
    } finally {
      process.stdout.columns = columns;
      fitScreen(() => undefined);
      write.mockRestore();
    }
  });
});

describe('--only', () => {
  it('takes every check with a step about the clause, not only those that are named after it', () => {
    const selected = selectChecks(loadSuite(), { profiles: [], only: ['E3X-EXC-012'] }, undefined);
    const named = selected.filter(({ requirement }) => requirement === 'E3X-EXC-012');
    expect(named.length).toBeGreaterThan(0);
    expect(selected.length).toBeGreaterThan(named.length);
    expect(selected.every(({ requirement, clauses = [] }) => [requirement, ...clauses].includes('E3X-EXC-012'))).toBe(true);
    // Random walks may blame any row of their machine.
    expect(selected.map(({ id }) => id)).toContainEqual(expect.stringMatching(/^walk\//));
  });
});

describe('bottlepost smoke', () => {
  it('finds the reference healthy', async () => {
    const { code, out } = await run('smoke', '--stdio', `"${process.execPath}" "${bin}" adapter`);
    expect(out).toContain('HEALTHY');
    expect(code).toBe(0);
  });
  it('waits as long as it is told', async () => {
    const late = adapter('late', "setTimeout(() => reply({ ok: { text: '' } }), 700);", ['e3x.base32.encode']);
    expect((await run('smoke', '--stdio', late, '--timeout', '200')).out).toMatch(/timeout: no\s+reply to\s+\S+\s+within\s+200\s+ms/);
    expect((await run('smoke', '--stdio', late, '--timeout', '30000')).out).toContain('IMPLEMENTATION:');
  });
  it('tells faults of the contract from faults of the implementation', async () => {
    expect(await run('smoke', '--stdio', hashname)).toMatchObject({ code: 1, out: expect.stringContaining('IMPLEMENTATION:') as string });
    expect(await run('smoke', '--stdio', adapter('garbage', "process.stdout.write('what?\\n');", ['e3x.base32.decode']))).toMatchObject({
      code: 3,
      out: expect.stringContaining('ADAPTER:') as string,
    });
    expect(await run('smoke', '--stdio', misbehaving('crash-at-hello'))).toMatchObject({
      code: 3,
      out: expect.stringContaining('does not start') as string,
    });
  });
});

describe('bottlepost explain', () => {
  it('names the page of a decision, and the lines of the suites', async () => {
    const { out } = await run('explain', 'E3X-CHK-005');
    expect(out).toMatch(/source: decision ADR-0004\n/);
    expect(out).toMatch(/ {2}decision {3}docs\/adr\/0004-chunk-endpoints\.md\n/);
    expect(out).toMatch(/ {2}suites {5}conformance\/e3x\/chunk\/vectors\.ts:\d+\n/);
    expect(out).not.toMatch(/\b1 [a-z]+(?:s|ies)\b(?! of)/);
  });
  it.each([
    ['E3X-CHK-005', 'terminator that does not fit'],
    ['e3x-chk-005', 'E3X-CHK-005'],
    ['e3x.chunks.split', 'frames'],
    ['e3x-tokens', 'E3X-TOK-001'],
    ['non-canonical', 'permitted spelling'],
    ['e3x.chunk-receiver', 'skipping'],
    ['e3x.token.derive/csid-00', 'malformed'],
    ['ADP-001', 'stdin'],
    ['walk/e3x.cloak-path/default', 'random walks'],
    ['ADR-0027', 'Doors and bounds'],
    ['adr-4', 'source of: E3X-'],
    ['e3x.chunk', '(layout)'],
    ['isPacket', '(function)'],
    ['HEAD_LENGTH_MAX', '65535'],
    ['lob-enc-http', '(flag)'],
    ['e3x.hashname', 'ids: E3X-HSN'],
    ['e3x/hashname', 'page: docs/spec/e3x/hashname.md'],
    ['e3x.jose-header', '"$id"'],
    ['bottlepost.adapter.report', 'Report of a run'],
    ['e3x.chunks.split', 'frameMax >= 2'],
    ['e3x.chunks.split', '0 to 65535'],
    ['e3x.chunk-receiver', 'emit: tooLarge'],
  ])('%s', async (id, expected) => {
    const { code, out } = await run('explain', id);
    expect(code).toBe(0);
    expect(out).toContain(expected);
  });
});

describe('bottlepost list and search', () => {
  it('name what can be explained', async () => {
    expect((await run('list')).out).toMatch(/ {2}requirement +\d+\n {2}decision +\d+\n[\s\S]*check +\d+\n/);
    const layouts = await run('list', 'layouts');
    expect(layouts).toMatchObject({ code: 0, out: expect.stringMatching(/ {2}e3x.packet +Packet\n/) as string });
    for (const line of layouts.out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(await run('list', 'machnie')).toMatchObject({ code: 2, err: expect.stringMatching(/Did\s+you\s+mean\s+'machine'\?/) as string });
  });
  it('find words in names and titles', async () => {
    const { code, out } = await run('search', 'Terminator', 'frame');
    expect(code).toBe(0);
    expect(out).toMatch(/^requirement\n[\s\S]*E3X-CHK-005[\s\S]*\ncheck\n {2}e3x.chunks.split/);
    expect((await run('search', 'zebra', 'crossing')).code).toBe(2);
  });
});

describe('a typo', () => {
  it.each([
    [['explain', 'e3x.chunks.slpit'], 'e3x.chunks.split'],
    [['explain', 'E3X-CHK-0005'], 'E3X-CHK-005'],
    [['verify', '--self', '--profile', 'e3x-token'], 'e3x-tokens'],
    [['verify', '--self', '--only', 'e3x.token.derve'], 'e3x.token.derive'],
    [['matrix', '--only', 'hashnme'], 'hashname'],
    [['init', 'pyhton'], 'python'],
    [['verfy'], 'verify'],
    [['merge', join(packageRoot(), 'packag.json')], join(packageRoot(), 'package.json')],
    [['replay', join(packageRoot(), 'packag.json'), '--self'], join(packageRoot(), 'package.json')],
    [['verify', '--self', '--report', 'htlm=x'], 'html'],
  ])('%j gets the nearest name', async (args, name) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(unwrapped(err)).toMatch(new RegExp(`Did you mean '?${name.replaceAll('.', '\\.')}`));
  });
});

describe('bottlepost inspect', () => {
  it('explains what KILT has: a DID, an envelope as JSON and in compact form', async () => {
    const { lightDids, envelopes } = JSON.parse(readFileSync(new URL('../../spec/kilt/evidence/kilt.json', import.meta.url), 'utf8')) as {
      lightDids: { uri: string }[];
      envelopes: { envelope: object }[];
    };
    const did = await run('inspect', `${lightDids[0]?.uri ?? ''}#encryption`);
    expect(did.code).toBe(0);
    expect(did.out).toMatch(
      /Light DID of 164 characters[\s\S]*authentication key ed25519\s+cf2d12c4[\s\S]*key agreement key  x25519\s+159817cc[\s\S]*a key URI/,
    );
    const envelope = await run('inspect', JSON.stringify(envelopes[0]?.envelope));
    expect(envelope.code).toBe(0);
    expect(envelope.out).toMatch(/Envelope of 2130 characters, compact \d+ bytes[\s\S]*24 bytes[\s\S]*from:[\s\S]*to:/);
    const compact = /compact ([0-9]+) bytes/.exec(envelope.out)?.[1] ?? '';
    const packed = packEnvelope(readEnvelope(envelopes[0]?.envelope as never), noblePrimitives);
    expect(String(packed.length)).toBe(compact);
    expect((await run('inspect', toHex(packed))).out).toMatch(/Compact envelope of [\s\S]*senderKeyUri[\s\S]*from:/);
    expect(await run('inspect', '{"nonce":"0x"}')).toMatchObject({
      code: 1,
      out: expect.stringContaining('Not an envelope: malformed (KLT-ENV-001)') as unknown,
    });
  });

  it('explains a packet of Interpeer, message by message, and one of another protocol where it is told to', async () => {
    const { packets } = JSON.parse(readFileSync(new URL('../../spec/interpeer/evidence/channeler.json', import.meta.url), 'utf8')) as {
      packets: { name: string; packet: string }[];
    };
    const packet = packets.find(({ name }) => name.includes('CHANNEL_NEW'))?.packet ?? '';
    const { code, out } = await run('inspect', packet);
    expect(code).toBe(0);
    expect(out).toMatch(/Packet of interpeer-0.1, 64 bytes[\s\S]*CHANNEL_NEW, initiatorHalf 1234, cookie1 cafebabe/);
    expect(out).toMatch(/cookie1 cafebabe[\s\S]*message\[0\]: CHANNEL_NEW[\s\S]*padding[\s\S]*footer/);
    expect(await run('inspect', packet.replace(/..$/, '00'))).toMatchObject({
      code: 1,
      out: expect.stringContaining('malformed (IPR-PKT-007)') as unknown,
    });
    expect((await run('inspect', '--as', 'interpeer', packets[0]?.packet ?? '')).out).toMatch(/to no suite[\s\S]*behind/);
  });
  it('takes contacts apart: links as JSON, JSON Web Keys and URIs', async () => {
    const key = 'fqlxkeedmxoknn7jb6dwkse7r3ngf3drae4rv5redgsryvao3e3q';
    const hashname = '24uvnxpjixk2sgcn7qnlvdhdnnynzskyasloglnxhjtnjw5oy3ia';
    const link = { keys: { '3a': key }, paths: [{ type: 'udp4', ip: '192.168.0.55', port: 61407 }], name: 'a lamp' };
    expect((await run('inspect', JSON.stringify(link))).out).toMatch(
      new RegExp(`Link as JSON[^]*${hashname}[^]*roll up[^]*key 3a[^]*udp4[^]*application: name`),
    );
    const other = { ...link, hashname: 'uvabrvfqacyvgcu3kbrrmk6apjbvgvn2wjechqr3vf4c4zm3hv7a' };
    expect((await run('inspect', JSON.stringify(other))).out).toContain('do not prove');
    expect(await run('inspect', JSON.stringify({ ...link, keys: {} }))).toMatchObject({
      code: 1,
      out: 'Not a link: malformed (E3X-CON-003).\n',
    });
    const jwk = { kty: 'hashname', kid: hashname, use: 'link', cs3a: key };
    expect((await run('inspect', JSON.stringify(jwk))).out).toMatch(/JSON Web Key[^]*E3X-CON-014[^]*key 3a/);
    expect(await run('inspect', JSON.stringify({ ...jwk, kid: 'x' }))).toMatchObject({ code: 1 });
    const uri = `link://127.0.0.1/?sid=42&cs3a=${key}#63cytzquhg6ps`;
    const { code, out } = await run('inspect', `${uri}.aebagbafaydqq`);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`port 42424[^]*sid=42[^]*router ${hashname}[^]*path of the host[^]*check[^]*value 0102`));
    expect((await run('inspect', uri)).out).toContain('the value is missing');
    expect(await run('inspect', 'link://u@h/')).toMatchObject({ code: 1, out: 'Not a link URI: malformed (E3X-URI-002).\n' });
  });
  it('shows a packet with JSON, field by field', async () => {
    const { code, out } = await run('inspect', '00 07 7b 22 61 22 3a 31 7d ff');
    expect(code).toBe(0);
    for (const s of ['HEAD 7', 'BODY 1', 'headLength: 7', '{"a":1}']) expect(out).toContain(s);
  });
  it('opens what is nested: cloaked, outer message, JWS, chunks', async () => {
    expect((await run('inspect', '010203040506070857d6')).out).toMatch(/Cloaked packet, 1 round[\s\S]*Packet of 2 bytes/);
    expect((await run('inspect', `00013a${'11'.repeat(40)}`)).out).toMatch(/CSID 3a[\s\S]*Routing token b8f12ea8c9a95d4b4641b03d9fa5a71a/);
    expect((await run('inspect', '000f7b22616c67223a224853323536227d00027b7d00')).out).toContain('eyJhbGciOiJIUzI1NiJ9.e30.AA');
    expect((await run('inspect', '0a0001020304050607080900')).out).toMatch(/chunks, 1 packet/);
  });
  it('says what is wrong with bytes that are nothing', async () => {
    const { code, out } = await run('inspect', '00ff00');
    expect(code).toBe(1);
    expect(out).toContain('E3X-LOB-003');
  });
});

describe('bottlepost init', () => {
  it('writes the kit and never over a file', async () => {
    // The package is not installed here: npx would ask the registry for it.
    expect(await run('init', 'python', 'kit')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\n {2}node "[^"\n]*bottlepost\.js" smoke --stdio/) as string,
    });
    expect(existsSync(join(folder, 'kit/bottlepost_adapter.py'))).toBe(true);
    expect((await run('init', 'python', 'kit')).code).toBe(2);
  });
});
