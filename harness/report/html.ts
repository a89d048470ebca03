/**
 * A run, or several of them, as one HTML page that needs nothing else: no network, no other file. What an adapter said is
 * escaped where it is written (`markup.ts`), and the page's policy allows no script and no style but its own.
 */
import { counted } from '../../conformance/contract/text.ts';
import { createHash } from 'node:crypto';
import type { CheckReport } from '../../conformance/contract/check.ts';
import type { RequirementInfo } from '../../conformance/contract/clauses.ts';
import { blamedRequirement, type BaselineResult } from '../core/baseline.ts';
import { EXIT, type ExitCode } from '../core/exit.ts';
import type { RunSummary } from '../core/runner.ts';
import type { FailureContext } from './failure.ts';
import { findingsOf, standingOf, type Finding, type Standing } from './findings.ts';
import { failureMarkup } from './html-failure.ts';
import { SCRIPT, STYLE } from './html-style.ts';
import { totals } from './json.ts';
import { markup, Markup, NOTHING } from './markup.ts';
import { byTopic, profilesText, type Names } from './names.ts';

/** One run on the page. */
export interface HtmlRun {
  /** What it is called where there are several. */
  readonly name: string;
  readonly summary: RunSummary;
  readonly exitCode: ExitCode;
  /** What came of it, as a line. */
  readonly verdict: string;
  readonly baseline: BaselineResult | undefined;
  readonly context: FailureContext;
}

/** What the page says beyond its runs. */
export interface HtmlContext {
  /** Version of the bench. */
  readonly version: string;
  /** Revision of the specification. */
  readonly revision: string;
  readonly startedAt?: string;
  readonly names: Names;
  readonly clauseOf: (requirement: string) => RequirementInfo | undefined;
  /** Implementations that a check is about, where they are not the one of its run. */
  readonly implementationsOf?: (report: CheckReport) => readonly string[];
}

/** Groups on a page, and characters of failures told in full: what a browser still searches at once. The rest is counted. */
const FINDINGS_MAX = 500;
const FULL_LENGTH_MAX = 6_000_000;
/** Failures of one group told in full. */
const FULL_MAX = 25;
/** Ids of one group that are listed beyond those. */
const LISTED_MAX = 200;
/** Notes and problems of one run. */
const NOTES_MAX = 50;

/** Formats the page. The same runs give the same bytes. */
export function formatHtml(runs: readonly HtmlRun[], context: HtmlContext): string {
  const found = runs.flatMap((run) =>
    findingsOf(run.summary.reports, standingOf(run.baseline, run.context.published === true)).map((finding) => ({ run, finding })),
  );
  const [kept, left] = [found.slice(0, FINDINGS_MAX), found.slice(FINDINGS_MAX)];
  const title = `bottlepost: ${runs.map(({ name }) => name).join(', ')}`;
  const body = markup`<header>
      <h1>${title}</h1>
      ${runs.map((run) => headMarkup(run, runs.length > 1, context.names))}
      <p class="soft">
        bottlepost ${context.version}, specification ${context.revision}${context.startedAt === undefined ? '' : `, ${context.startedAt}`}
      </p>
    </header>
    <main>
      <h2>Topics</h2>
      <div class="scroll">${runs.length > 1 ? matrixMarkup(runs, context) : topicsMarkup(runs, context)}</div>
      ${runs.map((run) => notesMarkup(run, runs.length > 1))}
      <h2>What did not pass</h2>
      ${
        found.length === 0
          ? markup`<p class="good">Everything passed.</p>`
          : markup`${filterMarkup(kept, context)}${findingsMarkup(kept, context)}${leftOut(left)}`
      }
    </main>`;
  return page(title, body);
}

function page(title: string, body: Markup): string {
  const policy = `default-src 'none'; style-src '${hashOf(STYLE)}'; script-src '${hashOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  // To the byte what the policy has the hashes of.
  const [style, script] = [new Markup(`<style>${STYLE}</style>`), new Markup(`<script>${SCRIPT}</script>`)];
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${style}
      </head>
      <body>
        ${body}
        ${script}
      </body>
    </html> `.text;
}
const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

function headMarkup(run: HtmlRun, several: boolean, names: Names): Markup {
  const { name, summary, exitCode, verdict, baseline, context } = run;
  const { hello, seed, effort } = summary;
  const counts = countsOf(summary.reports, standingOf(baseline, context.published === true));
  const said = hello === undefined ? 'No adapter said what it is.' : `${hello.name} ${hello.version} (${hello.language})`;
  const profiles = hello === undefined ? '' : `; ${profilesText(hello.profiles, names)}`;
  const total = `${counted(summary.reports.length, 'check')} with ${counted(totals(summary.reports).cases, 'case')}`;
  return markup`<p class="verdict ${exitCode === EXIT.ok ? 'good' : 'bad'}">${several ? `${name}: ` : ''}${verdict.trim()}</p>
    <p>${said}${profiles}</p>
    <p class="soft">
      ${total}: ${[...counts].map(([standing, count]) => `${String(count)} ${standing}`).join(', ')}; seed
      ${seed}${effort === 1 ? '' : `, effort ${String(effort)}`}
    </p> `;
}

function notesMarkup({ name, summary, baseline }: HtmlRun, several: boolean): Markup {
  const items = [
    ...summary.internalErrors.map(({ check, message }) => `Bug in the bench in ${check}: ${message.split('\n')[0] ?? ''}`),
    ...(baseline?.problems ?? []).map(({ message }) => `Baseline: ${message}`),
    ...(summary.notRun.length === 0 ? [] : [`Not run: ${counted(summary.notRun.length, 'check')}, because the run was stopped.`]),
    ...summary.notes,
  ];
  if (items.length === 0) return NOTHING;
  const more = items.length > NOTES_MAX ? markup`<li>… and ${items.length - NOTES_MAX} more; the JSON report has all.</li>` : NOTHING;
  return markup`<h2>Notes${several ? `: ${name}` : ''}</h2>
    <ul>
      ${items.slice(0, NOTES_MAX).map((item) => markup`<li>${item}</li>`)}${more}
    </ul> `;
}

/** How many checks stand how. */
type Counts = Map<Standing, number>;

function countsOf(reports: readonly CheckReport[], standing: (report: CheckReport) => Standing): Counts {
  const counts: Counts = new Map();
  for (const report of reports) counts.set(standing(report), (counts.get(standing(report)) ?? 0) + 1);
  return counts;
}
function countsByTopic({ summary, baseline, context: { published } }: HtmlRun, { names }: HtmlContext): Map<string, Counts> {
  const standing = standingOf(baseline, published === true);
  return new Map([...byTopic(summary.reports, names)].map(([topic, reports]) => [topic, countsOf(reports, standing)]));
}
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();
const topicHead = (topic: string): Markup => markup`<td><button type="button" data-words="${topic}">${topic}</button></td>`;

/** Topics of one run by verdict. */
function topicsMarkup(runs: readonly HtmlRun[], context: HtmlContext): Markup {
  const topics = new Map(runs.flatMap((run) => [...countsByTopic(run, context)]));
  const columns = [
    ...new Set<Standing>(['pass', 'fail', 'broken', 'known', ...[...topics.values()].flatMap((counts) => [...counts.keys()])]),
  ];
  return markup`<table class="topics">
    <thead>
      <tr>
        <th scope="col">topic</th>
        ${columns.map((name) => markup`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${sorted(topics.keys()).map((topic) => {
        const cells = columns.map((name) => {
          const count = topics.get(topic)?.get(name) ?? 0;
          return markup`<td class="${count > 0 && (name === 'fail' || name === 'broken') ? 'bad' : ''}">${count === 0 ? '.' : count}</td>`;
        });
        return markup`<tr>
          ${topicHead(topic)}${cells}
        </tr> `;
      })}
    </tbody>
  </table>`;
}

/** Topics by run, each cell with what passed of what was asked. */
function matrixMarkup(runs: readonly HtmlRun[], context: HtmlContext): Markup {
  const columns = runs.map((run) => countsByTopic(run, context));
  return markup`<table class="topics">
      <thead>
        <tr>
          <th scope="col">topic</th>
          ${runs.map(({ name }) => markup`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${sorted(columns.flatMap((topics) => [...topics.keys()])).map(
          (topic) =>
            markup`<tr>
              ${topicHead(topic)}${columns.map((topics) => cellMarkup(topics.get(topic)))}
            </tr> `,
        )}
      </tbody>
    </table>
    <p class="soft">Each cell: how many pass, of those that were asked. A dot: nothing was asked.</p>`;
}
function cellMarkup(counts: Counts | undefined): Markup {
  const of = (...names: Standing[]): number => names.reduce((sum, name) => sum + (counts?.get(name) ?? 0), 0);
  const asked = [...(counts?.values() ?? [])].reduce((sum, count) => sum + count, 0) - of('unsupported');
  if (asked === 0) return markup`<td>.</td>`;
  const words = of('fail', 'broken') > 0 ? ' fails' : of('known', 'decided') > 0 ? ' known' : '';
  return markup`<td class="${words === ' fails' ? 'bad' : words === ' known' ? 'warn' : ''}">${of('pass')} / ${asked}${words}</td>`;
}

/** A group of a run. */
interface Found {
  readonly run: HtmlRun;
  readonly finding: Finding;
}

function implementationsOf({ run, finding }: Found, { implementationsOf: named }: HtmlContext): string[] {
  return named === undefined ? [run.name] : sorted(finding.reports.flatMap((report) => named(report)));
}
function basisOf({ result }: CheckReport): string | undefined {
  return result.verdict === 'fail' || result.verdict === 'broken' ? result.failure?.basis : undefined;
}
const basesOf = ({ finding }: Found): string[] => sorted(finding.reports.flatMap((report) => basisOf(report) ?? []));

function filterMarkup(found: readonly Found[], context: HtmlContext): Markup {
  const choice = (label: string, name: string, values: readonly string[]): Markup =>
    markup`<label
      >${label}<select name="${name}">
        <option value="">all</option>
        ${values.map((value) => markup`<option>${value}</option>`)}
      </select></label
    >`;
  return markup`<form hidden>
    <label>text<input type="search" name="text" placeholder="clause, check, topic, words" /></label>
    ${choice('implementation', 'implementation', sorted(found.flatMap((one) => implementationsOf(one, context))))}
    ${choice('basis', 'basis', sorted(found.flatMap(basesOf)))}
    ${choice('verdict', 'verdict', [...new Set(found.map(({ finding }) => finding.standing))])}
    <button type="reset">all</button><output></output>
  </form> `;
}

/** Each group's first failure in full, then the others as long as there is room. */
function findingsMarkup(found: readonly Found[], context: HtmlContext): Markup[] {
  const full = new Map<Finding, Markup[]>(found.map(({ finding }) => [finding, []]));
  let room = FULL_LENGTH_MAX;
  for (let at = 0; at < FULL_MAX; at++)
    for (const { run, finding } of found) {
      const report = finding.reports[at];
      const told = full.get(finding);
      // In the order of the checks and without gaps: what is listed begins where this ends.
      if (report === undefined || told === undefined || told.length < at || room <= 0) continue;
      const fold = failureMarkup(report, run.context);
      room -= fold.text.length;
      told.push(fold);
    }
  return found.map((one) => findingMarkup(one, full.get(one.finding) ?? [], context));
}

function findingMarkup(found: Found, full: readonly Markup[], context: HtmlContext): Markup {
  const { run, finding } = found;
  const { standing, requirement, what, reports } = finding;
  const topics = sorted(reports.map((report) => context.names.topicOf(blamedRequirement(report))));
  const fails = reports.some(({ result }) => result.verdict === 'fail' || result.verdict === 'broken');
  const names = implementationsOf(found, context);
  const others = reports.slice(full.length);
  return markup`<section
    class="finding ${standing}"
    data-verdict="${standing}"
    data-implementations="${JSON.stringify(names)}"
    data-bases="${JSON.stringify(basesOf(found))}"
    data-topic="${topics.join(' ')}"
    data-checks="${reports.length}"
  >
    <h3>
      <span class="tag">${standing}</span> ${fails ? `${requirement} ${what}` : what}
      <span class="soft">${counted(reports.length, 'check')}, ${names.join(', ')}</span>
    </h3>
    ${fails ? clauseMarkup(finding, run, context) : NOTHING}${full}${othersMarkup(others, full.length)}
  </section> `;
}

function clauseMarkup({ requirement, reports }: Finding, { context: { levelOf } }: HtmlRun, { clauseOf }: HtmlContext): Markup {
  const [first] = reports;
  const failure = first?.result.verdict === 'fail' || first?.result.verdict === 'broken' ? first.result.failure : undefined;
  const clause = failure?.clause ?? clauseOf(requirement);
  if (clause === undefined) return NOTHING;
  const level = levelOf?.(requirement) ?? clauseOf(requirement)?.level;
  const basis = failure?.basis ?? clauseOf(requirement)?.basis;
  return markup`<dl>
    <dt>clause</dt>
    <dd>${requirement}${level === undefined ? '' : ` (${level})`}: ${clause.text}</dd>
    <dt>source</dt>
    <dd>${clause.source}</dd>
    ${
      basis === undefined
        ? NOTHING
        : markup`<dt>basis</dt>
            <dd>${basis}</dd>`
    }${
      failure === undefined
        ? NOTHING
        : markup`<dt>difference</dt>
            <dd>${failure.kind}</dd>`
    }
  </dl> `;
}

function othersMarkup(others: readonly CheckReport[], told: number): Markup {
  if (others.length === 0) return NOTHING;
  const more = others.length - LISTED_MAX;
  const items = others.slice(0, LISTED_MAX).map(({ check }) => markup`<li><code>${check.id}</code> ${check.title}</li>`);
  return markup`<details class="more">
    <summary>${others.length} ${told === 0 ? 'checks' : 'more'} by name; the JSON report has all of them</summary>
    <ul>
      ${items}${more > 0 ? markup`<li>… and ${more} left out</li>` : NOTHING}
    </ul>
  </details>`;
}

function leftOut(left: readonly Found[]): Markup {
  if (left.length === 0) return NOTHING;
  const checks = left.reduce((sum, { finding }) => sum + finding.reports.length, 0);
  return markup`<p class="left-out warn">Left out: ${left.length} more groups with ${checks} checks; the JSON report has them.</p>`;
}
