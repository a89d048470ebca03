import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { ECHO_HELLO, failure, reportOf, summaryOf } from '../testing/support.ts';
import { applyBaseline } from '../core/baseline.ts';
import { broken, brokenBy } from '../../conformance/contract/broken.ts';
import type { AnnotatedBytes, CheckReport, Step } from '../../conformance/contract/check.ts';
import type { JsonObject } from '../../conformance/contract/contract.ts';
import { EXIT, exitCode } from '../core/exit.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { causeOf } from './causes.ts';
import { formatReport } from './failure.ts';
import { hexdump, hexdumpPair, hexdumps } from './hexdump.ts';
import { formatJson, jsonReport } from './json.ts';
import { formatJunit } from './junit.ts';
import { PLAIN_NAMES, profilesText } from './names.ts';
import { formatSummary } from './summary.ts';
import { atWidth, oneLine, printable, shown, wrap } from '../../conformance/contract/text.ts';

const NASTY = 'a <b> & "c" \'d\' ]]> \u0000\u001b[31m\u0008\ufffe\ud800 ä😀\nnext';

const FIELDS = [
  { name: 'LENGTH', offset: 0, length: 2, note: '10' },
  { name: 'HEAD', offset: 2, length: 20 },
  { name: 'BODY', offset: 22, length: 2 },
];
const EXPECTED: AnnotatedBytes = { title: 'expected packet', hex: `0014${'7b'.repeat(20)}aabb`, fields: FIELDS };
const GOT: AnnotatedBytes = { title: 'got packet', hex: `0014${'7b'.repeat(19)}7daacc`, fields: FIELDS };

const REPORTS: readonly CheckReport[] = [
  reportOf('v/pass', { verdict: 'pass', cases: 12 }),
  reportOf('v/fail', {
    verdict: 'fail',
    cases: 1,
    failure: failure({ explanation: NASTY, bytes: [EXPECTED, GOT], shrinks: 3, flags: ['off-by-one'] }),
    others: [failure({ kind: 'order', basis: 'decided', about: 'TST-ECHO-002' })],
  }),
  reportOf(
    'v/broken',
    {
      verdict: 'broken',
      cases: 1,
      what: 'crash',
      detail: NASTY,
      failure: failure({ got: { kind: 'misbehaviour', what: 'crash', detail: 'gone' } }),
    },
    'TST-MORE-001',
  ),
  reportOf(`v/${NASTY}`, { verdict: 'unsupported', cases: 0, reason: NASTY }, 'TST-MORE-002'),
  reportOf('v/unreachable', { verdict: 'unreachable', cases: 0, reason: 'too large' }, 'TST-MORE-003'),
];
const SUMMARY = summaryOf(REPORTS, {
  internalErrors: [{ check: 'v/bug', message: `TypeError ${NASTY}` }],
  notRun: ['v/later'],
  notes: ['A note.'],
});
const BASELINE = applyBaseline(
  SUMMARY,
  { implementation: 'echo', entries: [{ requirement: 'TST-NONE-001', reason: 'r', expires: '2030-01-01', fingerprint: '000000000000' }] },
  '2026-01-01',
);

/** Throws where a text is not well-formed XML of the simple kind that JUnit is; returns the elements in order. */
function wellFormed(xml: string): { name: string; attributes: Record<string, string>; depth: number; text: string }[] {
  const elements: { name: string; attributes: Record<string, string>; depth: number; text: string }[] = [];
  const stack: (typeof elements)[number][] = [];
  const decode = (text: string): string => {
    if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(text)) throw new Error(`bare & in ${text}`);
    for (const character of text) {
      const code = character.codePointAt(0) ?? 0;
      if ((code < 0x20 && ![9, 10, 13].includes(code)) || (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff)
        throw new Error(`illegal character ${code.toString(16)}`);
    }
    return text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&');
  };
  let at = 0;
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  if (body === xml) throw new Error('no declaration');
  while (at < body.length) {
    if (body[at] !== '<') {
      const end = body.indexOf('<', at);
      const text = body.slice(at, end < 0 ? undefined : end);
      const top = stack.at(-1);
      if (text.includes(']]>')) throw new Error(']]> in text');
      if (top === undefined) {
        if (text.trim() !== '') throw new Error(`text outside: ${text}`);
      } else top.text += decode(text);
      at = end < 0 ? body.length : end;
      continue;
    }
    const tag = /^<(\/?)([a-z]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>/.exec(body.slice(at));
    if (tag === null) throw new Error(`no tag at ${body.slice(at, at + 80)}`);
    const [whole, closing, name = '', attributes = '', empty] = tag;
    if (closing === '/') {
      if (stack.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
    } else {
      const element = {
        name,
        attributes: Object.fromEntries(
          [...attributes.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, decode(value)]),
        ),
        depth: stack.length,
        text: '',
      };
      elements.push(element);
      if (empty !== '/') stack.push(element);
    }
    at += whole.length;
  }
  if (stack.length > 0) throw new Error(`unclosed ${String(stack.at(-1)?.name)}`);
  return elements;
}

describe('JUnit', () => {
  it('says what a failure rests on, and skips what is decided where only the published counts', () => {
    const decided = summaryOf([
      reportOf('v/decided', { verdict: 'fail', cases: 1, failure: failure({ kind: 'class', basis: 'decided' }) }),
    ]);
    expect(formatJunit(decided)).toContain('message="TST-ECHO-001 (decided, class): The echo differs."');
    expect(formatJunit(decided)).toContain('failures="1"');
    expect(formatJunit(decided, { published: true })).toContain('failures="0" errors="0" skipped="1"');
    expect(formatJunit(SUMMARY, { published: true })).toContain('(published, member)');
  });
  it('the test is able to fail', () => {
    for (const bad of [
      '<a>',
      '<?xml version="1.0" encoding="UTF-8"?>\n<a>&</a>',
      '<?xml version="1.0" encoding="UTF-8"?>\n<a></b>',
      '<?xml version="1.0" encoding="UTF-8"?>\n<a x="<"/>',
      '<?xml version="1.0" encoding="UTF-8"?>\n<a>\u0001</a>',
    ]) {
      expect(() => wellFormed(bad), bad).toThrow();
    }
  });

  it('is well-formed whatever an adapter says, and counts what it holds', () => {
    const elements = wellFormed(formatJunit(SUMMARY, { runAgain: (id) => `bottlepost verify --only '${id}'` }, BASELINE));
    const of = (name: string) => elements.filter((element) => element.name === name);
    expect(of('testcase')).toHaveLength(REPORTS.length + 3);
    expect(elements[0]).toMatchObject({
      name: 'testsuites',
      attributes: { name: 'bottlepost: echo 1.0.0', tests: '8', failures: '2', errors: '2', time: '1.234' },
    });
    expect([of('failure').length, of('error').length, of('skipped').length]).toEqual([2, 2, 3]);
    for (const { attributes } of of('testcase')) expect(Object.keys(attributes).sort()).toEqual(['classname', 'name', 'time']);
    expect(of('testcase')[1]?.attributes).toEqual({ classname: 'bottlepost.vector.TST-ECHO-001', name: 'v/fail', time: '0.002' });
    expect(of('failure')[0]?.text).toContain("bottlepost verify --only 'v/fail'");
    const sums = of('testsuite').reduce((sum, { attributes }) => sum + Number(attributes['tests']), 0);
    expect(sums).toBe(8);
  });

  it('shows what a baseline allows as skipped', () => {
    const elements = wellFormed(formatJunit(SUMMARY, {}, { allowed: ['v/fail', 'v/broken'], problems: [] }));
    expect(elements.filter(({ name }) => name === 'failure')).toEqual([]);
    expect(
      elements.filter(
        ({ name, attributes }) => name === 'skipped' && attributes['message']?.startsWith('allowed by the baseline') === true,
      ),
    ).toHaveLength(2);
  });
});

describe('JSON', () => {
  const schema = (name: string): object =>
    JSON.parse(readFileSync(join(packageRoot(), 'spec', 'adapter', `${name}.schema.json`), 'utf8')) as object;
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false });
  const validate = ajv.compile(schema('report'));
  const meta = { version: '0.1.0', revision: 'r', exitCode: EXIT.internal } as const;

  it('has a schema that compiles alone, since it holds that of hello', () => {
    expect(schema('report')).toMatchObject({ $defs: { hello: schema('hello') } });
  });
  it('conforms to its schema', () => {
    for (const report of [
      jsonReport(SUMMARY, meta),
      jsonReport(SUMMARY, {
        ...meta,
        startedAt: '2026-01-01T00:00:00Z',
        elapsedMs: 12.5,
        shard: { index: 1, count: 3 },
        baseline: BASELINE,
      }),
      (({ hello: _, ...summary }) => jsonReport(summary, meta))(SUMMARY),
    ]) {
      expect(validate(JSON.parse(formatJson(report))), JSON.stringify(validate.errors)).toBe(true);
    }
    expect(jsonReport(SUMMARY, meta).causes).toEqual([
      { requirement: 'TST-ECHO-001', difference: 'member value wrong', checks: ['v/fail'] },
      { requirement: 'TST-ECHO-001', difference: 'crash', checks: ['v/broken'] },
    ]);
    expect(jsonReport(SUMMARY, { ...meta, baseline: { allowed: ['v/fail', 'v/broken'], problems: [] } }).causes).toEqual([]);
    expect(validate({ ...jsonReport(SUMMARY, meta), more: 1 })).toBe(false);
    expect(validate({ ...jsonReport(SUMMARY, meta), implementation: { ...ECHO_HELLO, mood: '' } })).toBe(false);
  });

  it('is the same for the same results, whatever time they took', () => {
    const slower = { ...SUMMARY, elapsedMs: 9, reports: SUMMARY.reports.map((report) => ({ ...report, elapsedMs: 77 })) };
    expect(formatJson(jsonReport(slower, meta))).toBe(formatJson(jsonReport(SUMMARY, meta)));
  });
});

describe('a failure as text', () => {
  const [, failing, brokenReport] = REPORTS;
  if (failing === undefined || brokenReport === undefined) throw new Error('no reports');
  const text = formatReport(failing, { levelOf: () => 'MUST', runAgain: (id) => `bottlepost verify --only ${id}` });

  it('shows everything that one needs', () => {
    for (const part of [
      'FAIL v/fail',
      'TST-ECHO-001 (MUST): An echo is what was sent.',
      'Test protocol, Echo',
      'basis    published; kind of difference: member',
      'test.echo {"value":"00"}',
      'shrunk 3 times',
      'ok {"value":"ff"}',
      'first in value',
      'off-by-one',
      'LENGTH: 10',
      '^^',
      'run again:',
      'bottlepost verify --only v/fail',
    ]) {
      expect(text).toContain(part);
    }
    const other = failure({ requirement: 'TST-ECHO-002', kind: 'timer', explanation: 'The timer is wrong.' });
    const several = reportOf('v/several', { verdict: 'fail', cases: 1, failure: failure(), others: [other] });
    expect(formatReport(several)).toContain('also     TST-ECHO-002 (published, timer): The timer is wrong.');
    expect(formatReport(brokenReport)).toMatch(/BROKEN v\/broken \(crash\)/);
  });

  it('names the clause of the adapter protocol that an adapter breaks, and groups by it', () => {
    const late = reportOf('v/late', broken({ what: 'crash', detail: 'exit code 9', clause: 'ADP-044' }));
    expect(formatReport(late)).toMatch(/ {2}about {4}TST-ECHO-001\n[^]* {2}breaks {3}ADP-044: /);
    expect(causeOf(late)).toEqual({ requirement: 'ADP-044', difference: 'crash' });
    const got = { kind: 'misbehaviour', what: 'contract', detail: 'a reply without an id', clause: 'ADP-013' } as const;
    const wrong = reportOf('v/wrong', { ...brokenBy(got), failure: failure({ got }) });
    expect(causeOf(wrong).requirement).toBe('ADP-013');
    expect(causeOf(brokenReport).requirement).toBe('TST-ECHO-001');
    // What an adapter says of itself names no clause.
    for (const said of ['x [ADP-044]', 'x [ADP-999]']) {
      const forged = reportOf('v/forged', broken({ what: 'timeout', detail: said }));
      expect(formatReport(forged)).not.toContain('breaks');
      expect(causeOf(forged).requirement).toBe('TST-ECHO-001');
    }
  });

  it('says once where an answer differs: a member that is named in words has no line of its own', () => {
    const told = (explanation: string): string =>
      formatReport(reportOf('x', { verdict: 'fail', cases: 1, failure: failure({ member: 'value', explanation }) }));
    expect(told("'value' is ff and must be 00.")).not.toContain('differs');
    expect(told('The echo is wrong.')).toContain('differs  first in value');
  });

  it('shows an input once: one without fields is in the request', () => {
    const told = (params: JsonObject, fields: AnnotatedBytes['fields']): string => {
      const bytes = [{ title: 'input value', hex: String(params['value']), fields }];
      return formatReport(reportOf('x', { verdict: 'fail', cases: 1, failure: failure({ params, bytes }) }));
    };
    expect(told({ value: 'abcd' }, [])).not.toContain('input value');
    expect(told({ value: 'abcd' }, [{ name: 'head', offset: 0, length: 2 }])).toContain('input value (2 bytes)');
    // What is too long for the request is shown as bytes.
    expect(told({ value: 'ab'.repeat(400) }, [])).toContain('input value (400 bytes)');
    expect(told({ first: 'x'.repeat(1000), value: 'abcd' }, [])).not.toContain('input value');
  });

  it('breaks ids after a slash, where they are too long for a line', () => {
    const id = `e3x.channel/${'a-step-of-a-trace/'.repeat(6)}the-end`;
    const [first = '', second = ''] = formatReport(reportOf(id, { verdict: 'pass', cases: 1 })).split('\n');
    expect(first).toMatch(/\/$/);
    expect(second.trim()).toMatch(/^a-step/);
  });

  it.each([40, 60, 80])('fits %i columns and prints no control character', (columns) => {
    for (const report of REPORTS) {
      const printed = atWidth(columns, () => formatReport(report));
      for (const line of printed.split('\n')) expect(line.length, line).toBeLessThanOrEqual(columns);
      expect(printed.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    }
  });
});

describe('the steps of a session', () => {
  const step = (operation: string, params: JsonObject, value: JsonObject, bind?: Step['bind']): Step => ({
    operation,
    params,
    expected: { kind: 'ok', value },
    ...(bind === undefined ? {} : { bind }),
  });
  const steps = [
    step('test.open', { seed: 'ab'.repeat(40), at: 5 }, { session: 's' }, { session: 'session' }),
    step('test.send', { session: '$session' }, { transmit: [] }),
    step('test.receive', { session: '$session', packet: '00' }, { events: [] }),
  ];
  const report = (own: readonly Step[]): CheckReport =>
    reportOf('walk', { verdict: 'fail', cases: 1, failure: failure({ steps: own, got: { kind: 'reject', class: 'malformed' } }) });

  it('are all shown, the failing one marked', () => {
    expect(formatReport(report(steps))).toContain(
      [
        '  steps      1 test.open seed=abababababababa… at=5 -> ok session=s',
        '             2 test.send session=$session -> ok transmit=[]',
        '           > 3 test.receive session=$session packet=00',
        '               expected ok events=[]',
        '               got reject malformed',
        '',
      ].join('\n'),
    );
    expect(formatReport(report(steps.slice(0, 1)))).not.toContain('steps');
  });
  it('of a long session are the first and the last ones, within the width', () => {
    const text = formatReport(
      report(Array.from({ length: 100 }, (_, n) => step('test.send', { n, bytes: 'ff'.repeat(99) }, { more: 'x '.repeat(50) }))),
    );
    expect(text).toMatch(/ {2}steps {6} {2}1 test.send[^\n]*\n {11}\.\.\. 60 steps\n {13} 62 test[\s\S]*\n {11}> 100 test.send/);
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });
  it('are there in full where all of it is wanted', () => {
    const long = report(Array.from({ length: 60 }, (_, n) => step('test.send', { n, bytes: 'ab'.repeat(50) }, { more: 'x '.repeat(50) })));
    const text = formatReport(long, { full: true });
    expect(text).not.toContain('…');
    expect(text.match(/test\.send/g)).toHaveLength(60);
    expect(text.replaceAll(/\s+/g, '')).toContain(`30test.send{"n":29,"bytes":"${'ab'.repeat(50)}"}->ok{"more":"${'x'.repeat(50)}"}`);
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });
  it('have the index of the failing one in JSON', () => {
    const [result] = jsonReport(summaryOf([report(steps)]), { version: '1', revision: 'r', exitCode: EXIT.failed }).results;
    expect(result).toMatchObject({ failure: { failedStep: 2, steps: { length: 3 } } });
  });
});

describe('hexdumps', () => {
  it('give each field its rows and mark what differs', () => {
    expect(hexdumpPair(EXPECTED, GOT)).toEqual([
      '  expected packet (24 bytes)',
      '  0000  00 14                                           LENGTH: 10 (0xa)',
      `  0002  ${'7b '.repeat(16)}HEAD`,
      '  0012  7b 7b 7b 7b',
      '  0016  aa bb                                           BODY',
      '  got packet (24 bytes)',
      '  0000  00 14                                           LENGTH: 10 (0xa)',
      `  0002  ${'7b '.repeat(16)}HEAD`,
      '  0012  7b 7b 7b 7d',
      '                 ^^',
      '  0016  aa cc                                           BODY',
      '           ^^',
      '  first difference at offset 21 (0x15)',
    ]);
  });

  it('say how lengths differ, and show what no field covers', () => {
    const short = hexdumpPair(EXPECTED, { ...GOT, hex: '0014' });
    expect(short.at(-1)).toBe('  first difference at offset 2 (0x2); got 2 bytes instead of 24');
    expect(
      hexdump({
        title: 't',
        hex: '00010203',
        fields: [
          { name: 'a', offset: 1, length: 1 },
          { name: 'e', offset: 2, length: 0 },
        ],
      }),
    ).toEqual([
      '  t (4 bytes)',
      `  0000  00${' '.repeat(46)}(no field)`,
      `  0001  01${' '.repeat(46)}a`,
      `  0002  ${' '.repeat(48)}e (empty)`,
      `  0002  02 03${' '.repeat(43)}(no field)`,
    ]);
    expect(hexdump({ title: 'none', hex: '', fields: [] })).toEqual(['  none (0 bytes)']);
  });

  it('stay short for long bytes and keep the difference', () => {
    const long = { title: 'expected', hex: '00'.repeat(65536), fields: [] };
    const lines = hexdumpPair(long, { title: 'got', hex: `${'00'.repeat(40000)}01${'00'.repeat(25535)}`, fields: [] });
    expect(lines.length).toBeLessThan(30);
    expect(lines.filter((line) => line.includes('^^'))).toHaveLength(1);
    expect(hexdump(long).length).toBeLessThan(50);
  });

  it('compare what is expected and got, and neither two inputs nor an input and what came', () => {
    const titled = (title: string, hex: string): AnnotatedBytes => ({ title, hex, fields: [] });
    for (const [one, two] of [
      ['input packet', 'input key'],
      ['input packet', 'got frames/0'],
    ] as const)
      expect(hexdumps([titled(one, '00'), titled(two, '01')]).join('\n')).not.toMatch(/\^\^|first difference/);
    for (const [one, two] of [
      ['expected packet', 'got frames/0'],
      ['got packet', 'expected packet'],
    ] as const)
      expect(hexdumps([titled(one, '00'), titled(two, '01')]).join('\n')).toMatch(/\^\^[^]*first difference at offset 0/);
  });
  it('pair by title', () => {
    const lines = hexdumps([{ ...EXPECTED, title: 'input' }, GOT, EXPECTED]);
    expect(lines.filter((line) => line.includes('bytes)'))).toEqual([
      '  input (24 bytes)',
      '  expected packet (24 bytes)',
      '  got packet (24 bytes)',
    ]);
  });
});

describe.each([40, 60, 80])('the summary in %i columns', (columns) => {
  it('fits, with every number of every topic', () => {
    const results: readonly CheckReport['result'][] = [
      { verdict: 'pass', cases: 1 },
      { verdict: 'fail', cases: 1, failure: failure({ basis: 'decided' }) },
      { verdict: 'fail', cases: 1, failure: failure({ basis: 'published' }) },
      { verdict: 'broken', cases: 1, what: 'crash', detail: 'x' },
      { verdict: 'unsupported', cases: 0, reason: 'o' },
      { verdict: 'unreachable', cases: 0, reason: 'r' },
      { verdict: 'not-shown', cases: 0, reason: 'r' },
    ];
    const reports = ['TST-VERYLONGTOPIC', 'TST-B'].flatMap((topic) =>
      results.flatMap((result, at) =>
        Array.from({ length: 20 }, (_, n) => reportOf(`${topic}/${String(at)}/${String(n)}`, result, `${topic}-001`)),
      ),
    );
    const text = atWidth(columns, () =>
      formatSummary(summaryOf(reports), { requirements: new Map(), exitCode: EXIT.failed, published: true, full: true }),
    );
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(columns);
    for (const word of ['pass', 'decided', 'broken', 'unsupported', 'unreachable', 'not-shown']) expect(text).toContain(word);
    expect(text.match(/\b20 |\b20$/gm)?.length).toBeGreaterThanOrEqual(12);
  });
});

describe('the summary', () => {
  const requirements = new Map(
    ['TST-ECHO-001', 'TST-MORE-001', 'TST-MORE-002', 'TST-MORE-003', 'TST-NONE-001'].map((id) => [id, { level: 'MUST' as const }]),
  );

  it('counts by group, says loudly what was not reached, and ends with the verdict', () => {
    const text = formatSummary(SUMMARY, { requirements, exitCode: exitCode(SUMMARY), baseline: BASELINE });
    expect(text).toMatch(/TST-ECHO +1 +\. +1 +\. +\. +\.\n/);
    expect(text).toMatch(/TST-MORE +\. +\. +\. +1 +1 +1\n/);
    expect(text).toMatch(/unsupported by the adapter \(1\):\n {4}TST-MORE-002\n/);
    expect(text).toMatch(/out of reach of the transport \(1\):\n {4}TST-MORE-003\n/);
    expect(text).toMatch(/no check in this run \(1\):\n {4}TST-NONE-001\n/);
    expect(text).toMatch(/NOT RUN +1 check: /);
    expect(text.trimEnd().split('\n').at(-1)).toMatch(/^ERROR: a bug in the bench/);
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('says that an adapter without entropy was tested otherwise (ADP-033)', () => {
    const text = formatSummary(summaryOf([], { hello: { ...ECHO_HELLO, deterministic: false } }), {
      requirements: new Map(),
      exitCode: EXIT.nothing,
    });
    expect(text).toContain('cross-opening');
    expect(text).toContain('NOTHING RAN');
  });

  it('names topics, and of profiles within others only how many there are', () => {
    const profiles = ['small', 'smaller', 'large', 'other'];
    const inner = new Map([
      ['large', new Set(['small', 'smaller'])],
      ['small', new Set(['smaller'])],
    ]);
    const names = { topicOf: () => 'test/echo', includedIn: (profile: string) => inner.get(profile) ?? new Set<string>() };
    const text = formatSummary({ ...SUMMARY, hello: { ...ECHO_HELLO, profiles } }, { requirements, exitCode: EXIT.failed, names });
    expect(text).toContain('; profiles: large, other, and 2 that these include\n');
    expect(text).toMatch(/^ {2}test\/echo +1 /m);
    expect(profilesText([], names)).toBe('profiles: none');
    expect(profilesText(['small', 'smaller'], PLAIN_NAMES)).toBe('profiles: small, smaller');
  });

  it('tells drift from the baseline from a failure', () => {
    const green = summaryOf([REPORTS[0] ?? reportOf('x', { verdict: 'pass', cases: 1 })]);
    expect(formatSummary(green, { requirements, exitCode: exitCode(green, BASELINE), baseline: BASELINE })).toContain(
      'FAIL: the run does not match its baseline',
    );
  });
});

describe('a value', () => {
  it('that is long is cut member by member', () => {
    const text = shown({ bytes: 'ab'.repeat(60_000), rest: 7 });
    expect(text).toMatch(/^\{"bytes":"(?:ab){60}… \(120000 characters\)","rest":7\}$/);
    expect(shown({ bytes: 'ab'.repeat(200) })).toBe(`{"bytes":"${'ab'.repeat(200)}"}`);
    expect(shown(Array.from({ length: 400 }, () => 7))).toMatch(/characters; the JSON report has more\)$/);
  });
});

describe('text', () => {
  it('wraps at blanks, cuts what has none and keeps line feeds', () => {
    expect(wrap('aa bb cc\ndddddddddddddd', 2, 12)).toEqual(['  aa bb cc', '  dddddddddd', '  dddd']);
    expect(oneLine('a\n  b', 10)).toBe('a b');
    expect(oneLine('abcdef', 4)).toBe('abc…');
    expect(printable('a\u001b[2Jb\u202e')).toBe('a\\x1b[2Jb\\u{202e}');
  });
});
