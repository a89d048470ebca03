/** `bottlepost verify` and what belongs to it, as a user meets it: verdicts, exit codes, reports, shards, baselines. */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CommandLine, hashname, misbehaving, unwrapped, type Ran } from '../testing/cli.ts';

const cli = new CommandLine();
const { folder } = cli;
afterAll(() => cli.remove());
const run = (...args: string[]): Promise<Ran> => cli.here(...args);
const adapter = (...args: Parameters<CommandLine['adapter']>): string => cli.adapter(...args);

describe('bottlepost verify', () => {
  it('passes the reference over stdio and over UDP', async () => {
    expect((await run('verify', '--self', '--only', 'e3x.token.*')).code).toBe(0);
    const { code, out, err } = await run('verify', '--self', 'udp', '--only', 'E3X-TOK-*');
    expect(code).toBe(0);
    // The two counts of a run: what progress counts, and with the checks that the run itself makes.
    const [, counted = ''] = /(\d+) of \1 checks/.exec(err) ?? [];
    const [, total = '', own = ''] = /total +(\d+) checks \((\d+) of the adapter itself\)/.exec(out) ?? [];
    expect(Number(total)).toBe(Number(counted) + Number(own));
    expect(Number(own)).toBeGreaterThan(0);
  });
  it('says which clause failed, what came instead, and how to see it again', async () => {
    const command = adapter('upper', "reply({ ok: { text: Buffer.from(params.bytes, 'hex').toString('hex') } });", ['e3x.base32.encode']);
    const { code, out } = await run('verify', '--stdio', command, '--only', 'e3x.base32.encode/rfc4648-foobar');
    expect(code).toBe(1);
    expect(out).toContain('E3X-B32-001');
    expect(out).toContain('mzxw6ytboi');
    expect(out).toContain('666f6f626172');
    expect(out).toMatch(/RFC 4648|telehash v3 Base 32/);
    expect(out).toMatch(/run again:[\s\S]*--only e3x.base32.encode\/rfc4648-foobar/);
  });
  it('tells each cause once, with the names of the others, and ends with what to do next', async () => {
    const report = join(folder, 'causes.json');
    const only = 'e3x.hashname.derive/intermediate-of-*';
    const { code, out, err } = await run('verify', '--stdio', hashname, '--only', only, '--no-repros', '--report', `json=${report}`);
    expect(code).toBe(1);
    expect(out.match(/^ {2}FAIL /gm)).toHaveLength(1);
    expect(err.match(/^FAIL /gm)).toHaveLength(1);
    expect(out).toMatch(/\n {2}\+4 +like it \(accepted\): e3x.hashname.derive\/intermediate-of-16,/);
    expect(out).toMatch(
      /\nFAIL: [^\n]+\nnext: read more about the first cause:\n {8}npx bottlepost explain E3X-HSN-011\n {6}to record [^\n]+\n$/,
    );
    const { causes } = JSON.parse(readFileSync(report, 'utf8')) as { causes: { checks: string[] }[] };
    expect(causes).toMatchObject([{ requirement: 'E3X-HSN-011', difference: 'accepted', checks: { length: 5 } }]);
  });
  it('shows one failure with --fail-fast', async () => {
    const { code, out } = await run('verify', '--stdio', hashname, '--no-repros', '--fail-fast');
    expect(code).toBe(1);
    expect(out.match(/^ {2}(?:FAIL|BROKEN) /gm)).toHaveLength(1);
    expect(out).toMatch(/NOT RUN +\d+ checks: the run was stopped/);
  });
  it('shows the steps of a session up to the one that failed, also in a replay', async () => {
    const body =
      "if (op.endsWith('open')) return reply({ ok: { session: 's', transmit: [], events: [], timeoutAt: null } }); " +
      "reply({ reject: { class: 'wrong-state' } });";
    const command = adapter('session', body, ['e3x.channel.open', 'e3x.channel.receive']);
    const id = 'e3x.channel-closing/default/end-in-open-packet-delivered';
    const json = join(folder, 'session.json');
    const { out } = await run('verify', '--stdio', command, '--only', id, '--repros', 'sessions', '--report', `json=${json}`);
    const steps = new RegExp(
      ' {2}steps {6}1 e3x.channel.open [^\\n]+\\n {11}> 2 e3x.channel.receive [^\\n]+\\n' +
        ' {15}expected ok [^\\n]+\\n {15}got reject wrong-state\\n',
    );
    expect(out).toMatch(steps);
    const { results } = JSON.parse(readFileSync(json, 'utf8')) as { results: { id: string }[] };
    expect(results.find((result) => result.id === id)).toMatchObject({ failure: { failedStep: 1, steps: { length: 2 } } });
    const [file = ''] = readdirSync(join(folder, 'sessions', 'session-1'));
    const { out: replayed } = await run('replay', join('sessions', 'session-1', file), '--stdio', command);
    const whole = /steps 1 e3x\.channel\.open \{"c":1,.* > 2 e3x\.channel\.receive \{"session":.* expected ok .* got reject wrong-state /;
    expect(unwrapped(replayed)).toMatch(whole);
  });
  it('prints commands that a shell runs as they stand and that find the same failure', async () => {
    const name = "it's a $HOME";
    const body = "reply(params.text === 'my======' ? { ok: { bytes: '66' } } : { reject: { class: 'malformed' } });";
    const command = adapter(name, body, ['e3x.base32.decode'], []);
    const own = ['--only', 'e3x.base32.decode/padding-one', '--timeout', '5000', '--effort', '2', '--seed', 'a "seed"'];
    const { code, out } = await run('verify', '--stdio', command, ...own, '--repros', 'it is kept here');
    expect(code).toBe(1);
    const [, again = ''] = /run again:\n {4}([^\n]+)\n/.exec(out) ?? [];
    const [, replay = ''] = / {2}replay: +([^\n]+)\n/.exec(out) ?? [];
    expect(again).toMatch(/ --effort 2 --timeout 5000 --repros /);
    const shown = /FAIL e3x[\s\S]*?\n {2}why[^\n]*\n/.exec(out)?.[0] ?? 'nothing';
    for (const line of [again, replay]) {
      const ran = await cli.shell(line);
      expect(ran.code, line).toBe(1);
      // A replay has a title of its own; from the clause on, both say the same.
      expect(ran.out).toContain(shown.slice(shown.indexOf('  clause')));
    }
  });
  it('says what a profile leaves out, unless another one of the run has it', async () => {
    const notes = async (...profiles: string[]): Promise<string[]> => {
      const { out } = await run('verify', '--self', ...profiles.flatMap((name) => ['--profile', name]), '--only', 'E3X-CS3-001');
      return out.match(/\S+ leaves out [a-z]+ [^:]*/g) ?? [];
    };
    expect(await notes('e3x-messages-3a')).toEqual(['e3x-messages-3a leaves out csid 1a, 2a']);
    expect(await notes('e3x-messages-3a', 'e3x-messages')).toEqual([]);
  });
  it('tells a wrong reason from a refusal', async () => {
    const command = adapter('reason', "reply({ reject: { class: 'malformed' } });", ['e3x.base32.decode']);
    const { out } = await run('verify', '--stdio', command, '--only', 'e3x.base32.decode/unused-bits-two-lowest');
    expect(out).toContain("Refused for the wrong reason: 'malformed'");
    expect(out).toContain('E3X-B32-005');
  });
  it('counts only what is published where that is asked for, and lists the rest', async () => {
    const reason = adapter('reason-published', "reply({ reject: { class: 'malformed' } });", ['e3x.base32.decode']);
    const refused = await run('verify', '--stdio', reason, '--only', 'e3x.base32.decode/unused-bits-two-lowest', '--published');
    expect(refused.code).toBe(0);
    expect(refused.out).toMatch(/decided: 1 failing check does not count.*E3X-B32-005/s);
    expect(`${refused.out}${refused.err}`).not.toMatch(/FAIL|[1-9]\d* fail\b/);
    expect(refused.err).toMatch(/1 of 1 checks, 0 pass, 1 decided\n/);
    expect(refused.out).toMatch(/topic +pass +known +decided +fail[^\n]*\n {2}e3x\/hashname +\. +\. +1 +\./);
    expect(refused.out).toMatch(/PASS: everything that ran passed, apart from 1 that violates no published\n?\s*clause\n/);
    const taken = adapter('taken-published', "reply({ ok: { bytes: '' } });", ['e3x.base32.decode']);
    const accepted = await run('verify', '--stdio', taken, '--only', 'e3x.base32.decode/unused-bits-two-lowest', '--published');
    expect(accepted.code).toBe(1);
    expect(accepted.out).toContain('basis    published; kind of difference: accepted');
    expect((await run('explain', 'E3X-B32-005')).out).toContain('basis: published');
  });
  it('fails a claimed profile whose operation is missing', async () => {
    const { code, out } = await run('verify', '--stdio', adapter('claims', '', [], ['e3x-tokens']));
    expect(code).toBe(1);
    expect(out).toContain('ADP-028');
  });
  it('answers 5 when nothing could be tested', async () => {
    expect((await run('verify', '--stdio', adapter('nothing', '', []), '--profile', 'e3x-tokens', '--only', 'x/*')).code).toBe(2);
    expect((await run('verify', '--stdio', adapter('nothing2', '', []))).code).toBe(5);
  });
  it('answers 3 when the adapter does not start, and says what to do', async () => {
    const { code, out } = await run('verify', '--stdio', 'no-such-program-here', '--only', 'E3X-TOK-001');
    expect(code).toBe(3);
    expect(out).toMatch(/no-such-program-here/);
  });
  it('answers 3 when hello breaks the contract', async () => {
    expect((await run('verify', '--stdio', misbehaving('bad-hello'), '--only', 'E3X-TOK-001')).code).toBe(3);
  });
  it('goes on after a crash and keeps every other verdict', async () => {
    const command = adapter('crash', "if (params.text === 'my') process.exit(7); reply({ ok: { bytes: '' } });", ['e3x.base32.decode']);
    const { out } = await run(
      'verify',
      '--stdio',
      command,
      '--only',
      'E3X-B32-001',
      '--report',
      `json=${join(folder, 'crash.json')}`,
      '--timeout',
      '2000',
    );
    const report = JSON.parse(readFileSync(join(folder, 'crash.json'), 'utf8')) as {
      results: { id: string; verdict: string; what?: string }[];
    };
    const of = (id: string): string | undefined => report.results.find((r) => r.id === id)?.verdict;
    // Its neighbours are answered by fresh processes: it is what the implementation makes of this input.
    expect(of('e3x.base32.decode/rfc4648-f')).toBe('fail');
    expect(of('e3x.base32.decode/rfc4648-foobar')).toBe('fail');
    expect(of('e3x.base32.decode/rfc4648-empty')).toBe('pass');
    expect(out).toContain('crashes on');
  });
  it('gives a verdict when the adapter hangs', async () => {
    const command = adapter('hang', "if (params.text === 'my') return; reply({ ok: { bytes: '' } });", ['e3x.base32.decode']);
    const { out } = await run('verify', '--stdio', command, '--only', 'e3x.base32.decode/rfc4648-*', '--timeout', '300');
    expect(out).toMatch(/FAIL\s+e3x.base32.decode\/rfc4648-f\s/);
    expect(out).toContain('never answers');
  });
  it('is deterministic: same seed, same report', async () => {
    for (const n of [1, 2])
      expect(
        (await run('verify', '--stdio', hashname, '--no-repros', '--report', `json=${join(folder, `same-${String(n)}.json`)}`)).code,
      ).toBe(1);
    const read = (n: number): unknown => {
      const {
        startedAt: _s,
        elapsedMs: _e,
        ...rest
      } = JSON.parse(readFileSync(join(folder, `same-${String(n)}.json`), 'utf8').replace(/"elapsedMs": ?[\d.]+/g, '"elapsedMs":0')) as {
        startedAt: unknown;
        elapsedMs: unknown;
      };
      return rest;
    };
    expect(read(1)).toEqual(read(2));
  });
  it('writes JUnit, saves failures for replay, and replays them', async () => {
    const { code } = await run(
      'verify',
      '--stdio',
      hashname,
      '--only',
      'E3X-HSN-007',
      '--report',
      `junit=${join(folder, 'out/junit.xml')}`,
      '--repros',
      'repros',
    );
    expect(code).toBe(1);
    expect(readFileSync(join(folder, 'out/junit.xml'), 'utf8')).toMatch(/<testsuites[\s\S]*<failure/);
    const kept = join('repros', 'hashname-0.3.1');
    const file = readdirSync(join(folder, kept))[0];
    if (file === undefined) throw new Error('no repro was saved');
    expect((await run('replay', join(kept, file), '--stdio', hashname)).code).toBe(1);
    const right = await run('replay', join(kept, file), '--self');
    expect(right.code).toBe(0);
    expect(right.out).toContain('PASS');
  });
  it('shards without losing a check', async () => {
    const ids = async (shard: string[]): Promise<string[]> => {
      const file = join(folder, `shard-${shard.join('').replace('/', '-')}.json`);
      await run('verify', '--self', '--only', 'E3X-TOK-*', '--report', `json=${file}`, ...shard);
      return (JSON.parse(readFileSync(file, 'utf8')) as { results: { id: string; suite: string }[] }).results
        .filter((r) => r.suite !== 'contract')
        .map((r) => r.id);
    };
    const parts = [...(await ids(['--shard', '1/2'])), ...(await ids(['--shard', '2/2']))];
    expect(parts.sort()).toEqual((await ids([])).sort());
    const shards = ['1', '2'].map((n) => join(folder, `shard---shard${n}-2.json`));
    const merged = await run('merge', ...shards, '--report', `json=${join(folder, 'merged.json')}`);
    expect(merged.code).toBe(0);
    expect((JSON.parse(readFileSync(join(folder, 'merged.json'), 'utf8')) as { results: unknown[] }).results.length).toBe(
      (JSON.parse(readFileSync(join(folder, 'shard-.json'), 'utf8')) as { results: unknown[] }).results.length,
    );
    expect((await run('merge', shards[0] ?? '')).code).toBe(2);
  });
});

describe('strict baselines', () => {
  const baseline = (): string => join(folder, 'baseline.yaml');
  const verify = (...more: string[]): Promise<Ran> => run('verify', '--stdio', hashname, '--only', 'E3X-HSN-007', '--no-repros', ...more);
  it('allow what they record, and nothing else', async () => {
    await verify('--write-baseline', baseline());
    writeFileSync(baseline(), readFileSync(baseline(), 'utf8').replace(/reason: .*/g, 'reason: the library accepts CSID 00'));
    const known = await verify('--baseline', baseline());
    expect(known.code).toBe(0);
    expect(`${known.out}${known.err}`).not.toMatch(/FAIL|BROKEN/);
    expect(known.err).toMatch(/\d+ known\n/);
    expect(known.out).toMatch(/topic +pass +known +fail[\s\S]*PASS: everything that ran passed, apart from \d+ known failures?\n$/);
    expect(await verify('--baseline', baseline(), '--quiet')).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^PASS: [^\n]*\n$/) as string,
    });
    expect((await verify('--full')).out).toMatch(/topic +pass/);
    // An update keeps the reason, and changes nothing where nothing has changed.
    const written = readFileSync(baseline(), 'utf8');
    const update = (): Promise<Ran> => run('baseline', 'update', baseline(), '--stdio', hashname, '--only', 'E3X-HSN-007');
    expect(await update()).toMatchObject({ code: 0, out: expect.stringMatching(/baseline.yaml: 1 entry\n$/) as string });
    expect(readFileSync(baseline(), 'utf8')).toBe(written);
    expect((await verify('--write-baseline', baseline())).out).toMatch(/A baseline was written to [^;]*\.\n/);
    expect(readFileSync(baseline(), 'utf8')).toBe(written);
    rmSync(baseline());
    expect((await update()).out).toMatch(/added +E3X-HSN-007\n {2}reasons +are missing for E3X-HSN-007/);
    writeFileSync(baseline(), written);
    const text = readFileSync(baseline(), 'utf8');
    writeFileSync(baseline(), text.replace(/fingerprint: ./, 'fingerprint: 0'));
    const changed = await verify('--baseline', baseline());
    expect(changed.code).toBe(1);
    expect(changed.out).toMatch(/fingerprint/);
    writeFileSync(baseline(), text.replace(/expires: .*/g, 'expires: 2020-01-01'));
    expect((await verify('--baseline', baseline())).code).toBe(1);
    writeFileSync(baseline(), text.replaceAll('E3X-HSN-007', 'E3X-HSN-002'));
    expect((await verify('--baseline', baseline())).code).toBe(1);
    const entry = (check: string): string =>
      `  - { requirement: E3X-HSN-007, check: ${check}, reason: r, expires: 2099-01-01, fingerprint: '000000000000' }\n`;
    const gone = 'e3x.channel.close/after-close';
    writeFileSync(baseline(), `${text.replaceAll('E3X-HSN-007', 'E3X-HNS-007')}${entry('e3x.hashnme.derive/one-key')}${entry(gone)}`);
    const misnamed = await verify('--baseline', baseline());
    expect(misnamed.code).toBe(2);
    expect(unwrapped(misnamed.err)).toMatch(/there is no requirement 'E3X-HNS-007'. Did you mean [^\n]*'E3X-HSN-007'/);
    expect(unwrapped(misnamed.err)).toContain("there is no check 'e3x.hashnme.derive/one-key'. Did you mean 'e3x.hashname.derive/one-key'");
    expect(unwrapped(misnamed.err)).toContain("It is retired; 'adapter/e3x.channel.close/after-close' took its place.");
    expect(misnamed.err).not.toMatch(/\d+ pass/);
    writeFileSync(baseline(), 'implementation: hashname\nentries: [{}]\n');
    expect((await verify('--baseline', baseline())).code).toBe(2);
  });
});
