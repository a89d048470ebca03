/** The command line as a user meets it: exit codes, messages, files. Runs the built program. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packEnvelope, readEnvelope, toHex } from '../../reference/index.ts';
import { packageRoot } from '../core/paths.ts';

const root = packageRoot();
const bin = join(root, 'harness/cli/bottlepost.js');
const misbehaving = (mode: string): string => `"${process.execPath}" "${join(root, 'harness/testing/misbehaving-adapter.mjs')}" ${mode}`;
const hashname = `"${process.execPath}" "${join(root, 'harness/adapters/hashname/adapter.cjs')}"`;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bottlepost-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
function run(...args: string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', cwd: folder, env: { ...process.env, CI: 'true', NO_COLOR: '1' } });
  return { code: status, out: stdout, err: stderr };
}
/** An adapter in a few lines that answers what the test says, so that each fault is one on purpose. */
function adapter(name: string, body: string, operations: readonly string[], profiles: readonly string[] = []): string {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, `import { createInterface } from 'node:readline';
const hello = ${JSON.stringify({ name, version: '1', language: 'JavaScript', protocol: 1, operations, profiles, deterministic: true, limits: { lineBytes: 4194304 } })};
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, op, params } = JSON.parse(line);
  const reply = (body) => process.stdout.write(JSON.stringify({ id, ...body }) + '\\n');
  if (op === 'hello') return reply({ ok: hello });
  if (!hello.operations.includes(op)) return reply({ unsupported: true });
  ${body}
});
`);
  return `"${process.execPath}" "${file}"`;
}

describe('bottlepost', () => {
  it('explains itself and its exit codes within 80 columns', () => {
    const { code, out } = run('--help');
    expect(code).toBe(0);
    for (const command of ['verify', 'smoke', 'adapter', 'explain', 'inspect', 'replay', 'init', 'matrix']) expect(out).toContain(command);
    expect(out).toContain('Exit codes:');
    expect(Math.max(...out.split('\n').map((l) => l.length))).toBeLessThanOrEqual(90);
    for (const command of ['verify', 'smoke', 'adapter', 'explain', 'inspect', 'replay', 'init']) expect(run(command, '--help').code).toBe(0);
  });
  it.each([[['verify']], [['verify', '--stdio', 'x', '--udp', 'y:1']], [['verify', '--self', '--profile', 'no-such']], [['verify', '--self', '--only', 'no-such-thing']], [['verify', '--self', '--shard', '3/2']], [['verify', '--self', '--report', 'pdf=x']], [['verify', '--self', '--jobs', '0']], [['no-such-command']], [['inspect', 'xyz']], [['inspect', '123']], [['explain', 'E3X-NOT-001']], [['replay', 'no-such-file.json', '--self']], [['init', 'cobol']]])('answers 2 to %j and says what to do', (args) => {
    const { code, err } = run(...args);
    expect(code).toBe(2);
    expect(err.length).toBeGreaterThan(10);
    expect(err).not.toMatch(/^\s+at /m); // no stack trace for a user's mistake
  });
});

describe('bottlepost verify', () => {
  it('passes the reference over stdio and over UDP', () => {
    expect(run('verify', '--self', '--only', 'e3x.token.*').code).toBe(0);
    expect(run('verify', '--self', 'udp', '--only', 'E3X-TOK-*').code).toBe(0);
  });
  it('says which clause failed, what came instead, and how to see it again', () => {
    const command = adapter('upper', "reply({ ok: { text: Buffer.from(params.bytes, 'hex').toString('hex') } });", ['e3x.base32.encode']);
    const { code, out } = run('verify', '--stdio', command, '--only', 'e3x.base32.encode/rfc4648-foobar');
    expect(code).toBe(1);
    expect(out).toContain('E3X-B32-001');
    expect(out).toContain('mzxw6ytboi');
    expect(out).toContain('666f6f626172');
    expect(out).toMatch(/RFC 4648|telehash v3 Base 32/);
    expect(out).toMatch(/run again:[\s\S]*--only 'e3x.base32.encode\/rfc4648-foobar'/);
  });
  it('tells a wrong reason from a refusal', () => {
    const command = adapter('reason', "reply({ reject: { class: 'malformed' } });", ['e3x.base32.decode']);
    const { out } = run('verify', '--stdio', command, '--only', 'e3x.base32.decode/unused-bits-two-lowest');
    expect(out).toContain("Refused for the wrong reason: 'malformed'");
    expect(out).toContain('E3X-B32-005');
  });
  it('fails a claimed profile whose operation is missing', () => {
    const { code, out } = run('verify', '--stdio', adapter('claims', '', [], ['e3x-tokens']));
    expect(code).toBe(1);
    expect(out).toContain('ADP-028');
  });
  it('answers 5 when nothing could be asked', () => {
    expect(run('verify', '--stdio', adapter('nothing', '', []), '--profile', 'e3x-tokens', '--only', 'x/*').code).toBe(2);
    expect(run('verify', '--stdio', adapter('nothing2', '', [])).code).toBe(5);
  });
  it('answers 3 when the adapter does not start, and says what to do', () => {
    const { code, out } = run('verify', '--stdio', 'no-such-program-here', '--only', 'E3X-TOK-001');
    expect(code).toBe(3);
    expect(out).toMatch(/no-such-program-here/);
  });
  it('answers 3 when hello breaks the contract', () => {
    expect(run('verify', '--stdio', misbehaving('bad-hello'), '--only', 'E3X-TOK-001').code).toBe(3);
  });
  it('goes on after a crash and keeps every other verdict', () => {
    const command = adapter('crash', "if (params.text === 'my') process.exit(7); reply({ ok: { bytes: '' } });", ['e3x.base32.decode']);
    const { out } = run('verify', '--stdio', command, '--only', 'E3X-B32-001', '--report', `json=${join(folder, 'crash.json')}`, '--timeout', '2000');
    const report = JSON.parse(readFileSync(join(folder, 'crash.json'), 'utf8')) as { results: { id: string; verdict: string; what?: string }[] };
    const of = (id: string): string | undefined => report.results.find((r) => r.id === id)?.verdict;
    expect(of('e3x.base32.decode/rfc4648-f')).toBe('broken');
    expect(of('e3x.base32.decode/rfc4648-foobar')).toBe('fail');
    expect(of('e3x.base32.decode/rfc4648-empty')).toBe('pass');
    expect(out).toContain('crash');
  });
  it('gives a verdict when the adapter hangs', () => {
    const command = adapter('hang', "if (params.text === 'my') return; reply({ ok: { bytes: '' } });", ['e3x.base32.decode']);
    const { out } = run('verify', '--stdio', command, '--only', 'e3x.base32.decode/rfc4648-*', '--timeout', '300');
    expect(out).toMatch(/BROKEN\s+e3x.base32.decode\/rfc4648-f \(timeout\)/);
  });
  it('is deterministic: same seed, same report', () => {
    for (const n of [1, 2]) expect(run('verify', '--stdio', hashname, '--no-repros', '--report', `json=${join(folder, `same-${String(n)}.json`)}`).code).toBe(1);
    const read = (n: number): unknown => {
      const { startedAt: _s, elapsedMs: _e, ...rest } = JSON.parse(readFileSync(join(folder, `same-${String(n)}.json`), 'utf8').replace(/"elapsedMs": ?[\d.]+/g, '"elapsedMs":0')) as { startedAt: unknown; elapsedMs: unknown };
      return rest;
    };
    expect(read(1)).toEqual(read(2));
  });
  it('writes JUnit, saves failures for replay, and replays them', () => {
    const { code } = run('verify', '--stdio', hashname, '--only', 'E3X-HSN-007', '--report', `junit=${join(folder, 'out/junit.xml')}`, '--repros', 'repros');
    expect(code).toBe(1);
    expect(readFileSync(join(folder, 'out/junit.xml'), 'utf8')).toMatch(/<testsuites[\s\S]*<failure/);
    const file = readdirSync(join(folder, 'repros'))[0];
    if (file === undefined) throw new Error('no repro was saved');
    expect(run('replay', join('repros', file), '--stdio', hashname).code).toBe(1);
    const right = run('replay', join('repros', file), '--self');
    expect(right.code).toBe(0);
    expect(right.out).toContain('PASS');
  });
  it('shards without losing a check', () => {
    const ids = (shard: string[]): string[] => {
      const file = join(folder, `shard-${shard.join('').replace('/', '-')}.json`);
      run('verify', '--self', '--only', 'E3X-TOK-*', '--report', `json=${file}`, ...shard);
      return (JSON.parse(readFileSync(file, 'utf8')) as { results: { id: string; suite: string }[] }).results.filter((r) => r.suite !== 'contract').map((r) => r.id);
    };
    expect([...ids(['--shard', '1/2']), ...ids(['--shard', '2/2'])].sort()).toEqual(ids([]).sort());
    const shards = ['1', '2'].map((n) => join(folder, `shard---shard${n}-2.json`));
    const merged = run('merge', ...shards, '--report', `json=${join(folder, 'merged.json')}`);
    expect(merged.code).toBe(0);
    expect((JSON.parse(readFileSync(join(folder, 'merged.json'), 'utf8')) as { results: unknown[] }).results.length).toBe((JSON.parse(readFileSync(join(folder, 'shard-.json'), 'utf8')) as { results: unknown[] }).results.length);
    expect(run('merge', shards[0] ?? '').code).toBe(2);
  });
});

describe('strict baselines', () => {
  const baseline = (): string => join(folder, 'baseline.yaml');
  const verify = (...more: string[]): Ran => run('verify', '--stdio', hashname, '--only', 'E3X-HSN-007', '--no-repros', ...more);
  it('allow what they record, and nothing else', () => {
    verify('--write-baseline', baseline());
    writeFileSync(baseline(), readFileSync(baseline(), 'utf8').replace(/reason: .*/g, 'reason: the library accepts CSID 00'));
    expect(verify('--baseline', baseline()).code).toBe(0);
    const text = readFileSync(baseline(), 'utf8');
    writeFileSync(baseline(), text.replace(/fingerprint: ./, 'fingerprint: 0'));
    const changed = verify('--baseline', baseline());
    expect(changed.code).toBe(1);
    expect(changed.out).toMatch(/fingerprint/);
    writeFileSync(baseline(), text.replace(/expires: .*/g, 'expires: 2020-01-01'));
    expect(verify('--baseline', baseline()).code).toBe(1);
    writeFileSync(baseline(), text.replaceAll('E3X-HSN-007', 'E3X-HSN-002'));
    expect(verify('--baseline', baseline()).code).toBe(1);
    writeFileSync(baseline(), 'implementation: hashname\nentries: [{}]\n');
    expect(verify('--baseline', baseline()).code).toBe(2);
  });
});

describe('bottlepost smoke', () => {
  it('finds the reference healthy in under 5 seconds', () => {
    const startedMs = performance.now();
    const { code, out } = run('smoke', '--stdio', `"${process.execPath}" "${bin}" adapter`);
    expect(out).toContain('HEALTHY');
    expect(code).toBe(0);
    expect(performance.now() - startedMs).toBeLessThan(15_000); // 5 s on a machine that does nothing else
  });
  it('tells faults of the contract from faults of the implementation', () => {
    expect(run('smoke', '--stdio', hashname)).toMatchObject({ code: 1, out: expect.stringContaining('IMPLEMENTATION:') as string });
    expect(run('smoke', '--stdio', adapter('garbage', "process.stdout.write('what?\\n');", ['e3x.base32.decode']))).toMatchObject({ code: 3, out: expect.stringContaining('ADAPTER:') as string });
    expect(run('smoke', '--stdio', misbehaving('crash-at-hello'))).toMatchObject({ code: 3, out: expect.stringContaining('does not start') as string });
  });
});

describe('bottlepost explain', () => {
  it.each([['E3X-CHK-005', 'terminator without room'], ['e3x-chk-005', 'E3X-CHK-005'], ['e3x.chunks.split', 'frames'], ['e3x-tokens', 'E3X-TOK-001'], ['non-canonical', 'permitted spelling'], ['e3x.chunk-receiver', 'skipping'], ['e3x.token.derive/csid-00', 'malformed'], ['ADP-001', 'stdin'], ['walk/e3x.cloak-path/default', 'random walks']])('%s', (id, expected) => {
    const { code, out } = run('explain', id);
    expect(code).toBe(0);
    expect(out).toContain(expected);
  });
});

describe('bottlepost inspect', () => {
  it('explains what KILT has: a DID, an envelope as JSON and in compact form', () => {
    const { lightDids, envelopes } = JSON.parse(readFileSync(new URL('../../spec/kilt/evidence/kilt.json', import.meta.url), 'utf8')) as { lightDids: { uri: string }[]; envelopes: { envelope: object }[] };
    const did = run('inspect', `${lightDids[0]?.uri ?? ''}#encryption`);
    expect(did.code).toBe(0);
    expect(did.out).toMatch(/Light DID of 164 characters[\s\S]*authentication key ed25519 cf2d12c4[\s\S]*key agreement key  x25519 159817cc[\s\S]*a key URI/);
    const envelope = run('inspect', JSON.stringify(envelopes[0]?.envelope));
    expect(envelope.code).toBe(0);
    expect(envelope.out).toMatch(/Envelope of 2130 characters, compact \d+ bytes[\s\S]*24 bytes[\s\S]*from:[\s\S]*to:/);
    const compact = /compact ([0-9]+) bytes/.exec(envelope.out)?.[1] ?? '';
    const packed = packEnvelope(readEnvelope(envelopes[0]?.envelope as never));
    expect(String(packed.length)).toBe(compact);
    expect(run('inspect', toHex(packed)).out).toMatch(/Compact envelope of [\s\S]*senderKeyUri[\s\S]*from:/);
    expect(run('inspect', '{"nonce":"0x"}')).toMatchObject({ code: 1, out: expect.stringContaining('Not an envelope: malformed (KLT-ENV-001)') as unknown });
  });

  it('shows a packet with JSON, field by field', () => {
    const { code, out } = run('inspect', '00 07 7b 22 61 22 3a 31 7d ff');
    expect(code).toBe(0);
    for (const s of ['HEAD 7', 'BODY 1', 'headLength: 7', '{"a":1}']) expect(out).toContain(s);
  });
  it('opens what is nested: cloaked, outer message, JWS, chunks', () => {
    expect(run('inspect', '010203040506070857d6').out).toMatch(/Cloaked packet, 1 round[\s\S]*Packet of 2 bytes/);
    expect(run('inspect', `00013a${'11'.repeat(40)}`).out).toMatch(/CSID 3a[\s\S]*Routing token b8f12ea8c9a95d4b4641b03d9fa5a71a/);
    expect(run('inspect', '000f7b22616c67223a224853323536227d00027b7d00').out).toContain('eyJhbGciOiJIUzI1NiJ9.e30.AA');
    expect(run('inspect', '0a0001020304050607080900').out).toMatch(/chunks, 1 packet/);
  });
  it('says what is wrong with bytes that are nothing', () => {
    const { code, out } = run('inspect', '00ff00');
    expect(code).toBe(1);
    expect(out).toContain('E3X-LOB-003');
  });
});

describe('bottlepost init', () => {
  it('writes the kit and never over a file', () => {
    expect(run('init', 'python', 'kit').code).toBe(0);
    expect(existsSync(join(folder, 'kit/bottlepost_adapter.py'))).toBe(true);
    expect(run('init', 'python', 'kit').code).toBe(2);
  });
});
