/** The HTML report, opened by a browser where there is one: what one click shows, what the filter leaves, what an adapter cannot do. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckReport } from '../../conformance/contract/check.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { EXIT } from '../core/exit.ts';
import { chromium, openChromium } from '../testing/chromium.ts';
import { CommandLine } from '../testing/cli.ts';
import { failure, reportOf, summaryOf, ECHO_HELLO } from '../testing/support.ts';
import { formatHtml, type HtmlRun } from './html.ts';
import { PLAIN_NAMES } from './names.ts';

const EVIL = `"><script>document.title='taken'</script><img src=x onerror="document.title='taken'">\u202e\u001b[31m'`;
const cli = new CommandLine();
const lying = `"${process.execPath}" "${join(packageRoot(), 'harness/testing/lying-adapter.mjs')}"`;
let browser: Browser | undefined;
beforeAll(async () => {
  if (chromium !== undefined) browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  cli.remove();
});

const runOf = (reports: readonly CheckReport[], change: Partial<HtmlRun> = {}): HtmlRun => ({
  name: 'echo',
  summary: summaryOf(reports),
  exitCode: EXIT.failed,
  verdict: 'FAIL: it deviates',
  baseline: undefined,
  context: {},
  ...change,
});
const pageOf = (...runs: HtmlRun[]): string =>
  formatHtml(runs, { version: '1', revision: 'r', names: { ...PLAIN_NAMES, topicOf: (id) => id.slice(0, 8) }, clauseOf: () => undefined });

/** Opens a page; what it prints, fetches or throws is recorded. */
async function open(html: string): Promise<{ page: Page; trouble: string[] }> {
  if (browser === undefined) throw new Error('no Chromium');
  const file = join(cli.folder, 'page.html');
  writeFileSync(file, html);
  const page = await browser.newPage();
  const trouble: string[] = [];
  page.on('console', (message) => trouble.push(message.text()));
  page.on('pageerror', (error) => trouble.push(String(error)));
  page.on('request', (request) => {
    if (request.url() !== pathToFileURL(file).href) trouble.push(request.url());
  });
  page.on('dialog', (dialog) => trouble.push(dialog.message()));
  await page.goto(pathToFileURL(file).href);
  return { page, trouble };
}
const visible = (page: Page, selector: string): Promise<string[]> =>
  page.$$eval(selector, (elements) => elements.filter((element) => element.checkVisibility()).map((element) => element.textContent ?? ''));

/** The least contrast of the page's texts to what is behind them, by WCAG 2.2. */
const CONTRAST = `(() => {
  const light = (colour) => {
    const linear = (share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = colour.match(/\\d+/g).map((part) => linear(Number(part) / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const back = light(getComputedStyle(document.body).backgroundColor);
  const texts = ['body', '.soft', '.bad', '.tag'].map((selector) => light(getComputedStyle(document.querySelector(selector)).color));
  return Math.min(...texts.map((fore) => (Math.max(fore, back) + 0.05) / (Math.min(fore, back) + 0.05)));
})()`;

const inBrowser = describe.skipIf(chromium === undefined);

inBrowser('the HTML report of a failing run', () => {
  it('shows the steps of a failing session with one click', async () => {
    const file = join(cli.folder, 'report.html');
    const only = ['--only', 'E3X-EXC-022', '--only', 'e3x.hashname.parse'];
    const { code } = await cli.here(
      'verify',
      '--stdio',
      `${lying} e3x.exchange.receive 3`,
      ...only,
      '--report',
      `html=${file}`,
      '--quiet',
      '--no-repros',
    );
    expect(code).toBe(EXIT.failed);
    const { page, trouble } = await open(readFileSync(file, 'utf8'));
    expect(await visible(page, '.finding h3')).toEqual([expect.stringMatching(/fail\s+E3X-EXC-022/)]);
    expect(await visible(page, '.finding dl dd')).toContain('decided');
    expect(await visible(page, 'ol.steps li.wrong')).toEqual([]);
    await page.click('details.failure > summary');
    const steps = await visible(page, 'ol.steps li');
    expect(steps.length).toBeGreaterThan(2);
    expect(steps[0]).toContain('e3x.exchange.open');
    expect(await visible(page, 'ol.steps li.wrong')).toEqual([steps.at(-1)]);
    expect(steps.at(-1)).toMatch(/wrong e3x\.exchange\.receive[\s\S]*expected ok[\s\S]*got ok \{"transmit":\[\]/);
    expect(await visible(page, 'table.topics td:first-child')).toContain('e3x/exchange');
    expect(trouble).toEqual([]);
  });
});

const SOME: readonly CheckReport[] = [
  reportOf('v/pass', { verdict: 'pass', cases: 1 }),
  reportOf('v/fail', {
    verdict: 'fail',
    cases: 1,
    failure: failure({
      bytes: [
        { title: 'expected', hex: '00ff', fields: [{ name: EVIL, offset: 0, length: 2 }] },
        { title: 'got', hex: '0000', fields: [] },
      ],
    }),
  }),
  reportOf('v/decided', { verdict: 'fail', cases: 1, failure: failure({ basis: 'decided', kind: 'class', requirement: 'TST-MORE-001' }) }),
  reportOf('v/broken', { verdict: 'broken', cases: 1, what: 'crash', detail: 'it is gone' }, 'TST-MORE-002'),
  reportOf('v/not-asked', { verdict: 'unsupported', cases: 0, reason: 'the adapter has no test.more' }, 'TST-MORE-003'),
];

inBrowser('the page', () => {
  it('filters by text, implementation, basis and verdict, and says how much is left', async () => {
    const { page, trouble } = await open(pageOf(runOf(SOME), runOf(SOME.slice(0, 2), { name: 'other' })));
    const shown = (): Promise<string[]> => page.$$eval('.finding:not([hidden]) .tag', (tags) => tags.map((tag) => tag.textContent ?? ''));
    const left = (): Promise<string> => page.$eval('output', (output) => output.textContent ?? '');
    expect(await shown()).toHaveLength(5);
    expect(await left()).toBe('5 of 5 groups, 5 checks');
    await page.select('select[name=implementation]', 'other');
    expect(await left()).toBe('1 of 5 groups, 1 checks');
    await page.select('select[name=implementation]', '');
    await page.select('select[name=basis]', 'decided');
    expect(await shown()).toEqual(['fail']);
    await page.select('select[name=basis]', '');
    await page.select('select[name=verdict]', 'broken');
    expect(await shown()).toEqual(['broken']);
    await page.click('button[type=reset]');
    await page.type('input[name=text]', 'V/Not-Asked');
    expect(await shown()).toEqual(['unsupported']);
    await page.click('button[data-words="TST-ECHO"]');
    expect(await shown()).toEqual(['fail', 'fail']);
    expect(trouble).toEqual([]);
  });
  it('is dark where the system is, with text that can be read in both', async () => {
    const { page } = await open(pageOf(runOf(SOME)));
    const contrast = (): Promise<unknown> => page.evaluate(CONTRAST);
    const back = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const backs = new Set<unknown>();
    for (const value of ['light', 'dark']) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
      backs.add(await back());
      // WCAG 2.2, 1.4.3
      expect(await contrast(), value).toBeGreaterThanOrEqual(4.5);
    }
    expect(backs.size).toBe(2);
  });
  it('gives nothing that an adapter says a chance', async () => {
    const { page, trouble } = await open(evilPage());
    expect(await page.title()).toMatch(/^bottlepost: "><script>/);
    expect(await page.$$eval('script, img', (elements) => elements.length)).toBe(1);
    expect(await page.$eval('body', (body) => body.textContent ?? '')).toContain('\\u{202e}\\x1b[31m');
    // Where escaping failed, the policy would still hold.
    await page.evaluate(`
      const script = document.createElement('script');
      script.textContent = "document.title = 'taken'";
      document.body.append(script);`);
    expect(await page.title()).not.toBe('taken');
    expect(trouble.filter((text) => !text.includes('Content Security Policy'))).toEqual([]);
    expect(trouble).not.toEqual([]);
  });
  it('does not overflow a narrow screen', async () => {
    const { page } = await open(evilPage());
    await page.setViewport({ width: 360, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });
  it('stays usable with thousands of failures', async () => {
    const { page } = await open(pageOf(runOf(many(700))));
    expect(await page.$$eval('.finding', (findings) => findings.length)).toBe(500);
    await page.type('input[name=text]', 'TST-ECHO-0007');
    expect(await page.$eval('output', (output) => output.textContent)).toBe('1 of 500 groups, 4 checks');
  });
});

function evilPage(): string {
  const steps = [0, 1].map(() => ({ operation: EVIL, params: { [EVIL]: EVIL }, expected: { kind: 'reject' as const, class: EVIL } }));
  const bad = failure({
    explanation: EVIL,
    member: EVIL,
    flags: [EVIL],
    steps,
    operation: EVIL,
    params: { a: EVIL },
    clause: { text: EVIL, source: EVIL },
  });
  const reports = [
    reportOf(EVIL, { verdict: 'fail', cases: 1, failure: bad, others: [bad] }, EVIL),
    reportOf(`${EVIL}2`, { verdict: 'broken', cases: 1, what: 'crash', detail: EVIL }, EVIL),
    reportOf(`${EVIL}3`, { verdict: 'unreachable', cases: 1, reason: EVIL }, EVIL),
  ];
  const summary = summaryOf(reports, {
    hello: { ...ECHO_HELLO, name: EVIL, profiles: [EVIL] },
    notes: [EVIL],
    internalErrors: [{ check: EVIL, message: EVIL }],
  });
  return pageOf(runOf([], { name: EVIL, summary, verdict: EVIL, context: { runAgain: () => EVIL } }), runOf(SOME));
}

const LONG = { v: 'ab'.repeat(5000) };
const STEPS = Array.from({ length: 500 }, () => ({ operation: 'test.echo', params: LONG, expected: { kind: 'ok' as const, value: {} } }));

/** Failures of a number of causes, four checks each, with long values. */
function many(causes: number): CheckReport[] {
  return Array.from({ length: 4 * causes }, (_, n) => {
    const requirement = `TST-ECHO-${String(n % causes).padStart(4, '0')}`;
    const bad = failure({ requirement, steps: STEPS, params: LONG });
    return reportOf(`v/${String(n)}`, { verdict: 'fail', cases: 1, failure: bad }, requirement);
  });
}

describe('the HTML report', () => {
  it('is bounded, and says what it leaves out', () => {
    const text = pageOf(runOf(many(700)));
    expect(text.length).toBeLessThan(8_000_000);
    expect(text).toContain('Left out: 200 more groups with 800 checks');
    expect(text).toMatch(/… 440 steps left out/);
    const one = pageOf(
      runOf(
        many(1).flatMap((report) =>
          Array.from({ length: 1000 }, (_, n) => ({ ...report, check: { ...report.check, id: `${report.check.id}/${String(n)}` } })),
        ),
      ),
    );
    expect(one.length).toBeLessThan(8_000_000);
    expect(one).toMatch(/… and \d+ left out/);
    const counted = [...one.matchAll(/class="failure"/g)].length + Number(/<summary>(\d+) more/.exec(one)?.[1]);
    expect(counted).toBe(4000);
  });
  it('has a line for each row of a hexdump, and marks what differs', () => {
    const bytes = ['expected', 'got'].map((title, at) => ({ title, hex: `0${String(at)}`, fields: [] }));
    const [, dump = ''] =
      /<pre class="bytes">([^]*?)<\/pre>/.exec(
        pageOf(runOf([reportOf('v', { verdict: 'fail', cases: 1, failure: failure({ bytes }) })])),
      ) ?? [];
    expect(dump.split('\n')).toEqual([
      '  expected (1 byte)',
      '  0000  00',
      '  got (1 byte)',
      '  0000  01',
      '<mark>        ^^</mark>',
      '  first difference at offset 0 (0x0)',
      '',
    ]);
  });
  it('counts known failures apart, and decided ones where only the published counts', () => {
    const known = pageOf(runOf(SOME, { baseline: { allowed: ['v/fail'], problems: [] } }));
    expect(known).toMatch(/class="finding known"/);
    const published = pageOf(runOf(SOME, { context: { published: true } }));
    expect(published).toMatch(/class="finding decided"/);
    expect(pageOf(runOf(SOME.slice(0, 1)))).toContain('Everything passed.');
  });
  it('has no character that hides, reverses or controls text, and no address', () => {
    const text = evilPage();
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u);
    expect(text).not.toMatch(/https?:|\/\/[a-z]|@import|url\(/i);
  });
});
