/** One failure as HTML: what was asked, what came, the bytes, and the steps that led there. */
import type { CheckReport, Failure, Step } from '../../conformance/contract/check.ts';
import type { JsonObject, Outcome } from '../../conformance/contract/contract.ts';
import { clip, describeOutcome, shown } from '../../conformance/contract/text.ts';
import type { FailureContext } from './failure.ts';
import { FULL_BYTES_MAX, hexdumps } from './hexdump.ts';
import { markup, NOTHING, type Markup } from './markup.ts';
import { failedStep } from './steps.ts';

/** Steps of one failure; of a longer session those after the first are left out, because the last ones explain more. */
const STEPS_MAX = 60;
/** Characters of a value in a step before the failing one. */
const STEP_VALUE_LENGTH_MAX = 240;
const DETAIL_LENGTH_MAX = 2000;
const OTHERS_MAX = 5;

/** A check in a fold of its own: one click shows all there is to it. */
export function failureMarkup(report: CheckReport, context: FailureContext): Markup {
  const { check, result } = report;
  const failure = result.verdict === 'fail' || result.verdict === 'broken' ? result.failure : undefined;
  const rows: Markup[] = [];
  if (result.verdict === 'broken') rows.push(row('what', markup`${result.what}: ${clip(result.detail, DETAIL_LENGTH_MAX)}`));
  if (failure !== undefined) rows.push(...failureRows(failure, result.verdict === 'broken' ? result.detail : undefined));
  if (result.verdict === 'fail' || result.verdict === 'broken') {
    for (const { requirement, basis, kind, explanation } of (result.others ?? []).slice(0, OTHERS_MAX))
      rows.push(row('also', markup`${requirement} (${basis}, ${kind}): ${clip(explanation, DETAIL_LENGTH_MAX)}`));
    if (result.rest !== undefined) rows.push(row('rest', markup`${clip(result.rest, DETAIL_LENGTH_MAX)}`));
  }
  const again = context.runAgain?.(check.id);
  return markup`<details class="failure">
    <summary><code>${check.id}</code> ${check.title}</summary>
    <div>
      <dl>${rows}</dl>
      ${failure === undefined ? NOTHING : stepsMarkup(failure)}${failure?.bytes === undefined ? NOTHING : bytesMarkup(failure.bytes)}${
        again === undefined
          ? NOTHING
          : markup`<p class="soft">Run it again:</p>
              <pre>${again}</pre>`
      }
    </div>
  </details> `;
}

function row(name: string, value: Markup): Markup {
  return markup`<dt>${name}</dt>
    <dd>${value}</dd>`;
}

function failureRows(failure: Failure, detail: string | undefined): Markup[] {
  const rows = [
    row('request', markup`<code>${failure.operation} ${shown(failure.params)}</code>`),
    row('expected', markup`<code>${describeOutcome(failure.expected)}</code>`),
    row('got', markup`<code>${describeOutcome(failure.got)}</code>`),
  ];
  if (failure.member !== undefined && !failure.explanation.includes(`'${failure.member}'`))
    rows.push(row('differs', markup`first in <code>${failure.member === '' ? 'the result itself' : failure.member}</code>`));
  if (failure.explanation !== detail) rows.push(row('why', markup`${clip(failure.explanation, DETAIL_LENGTH_MAX)}`));
  if (failure.flags !== undefined && failure.flags.length > 0) rows.push(row('known as', markup`${failure.flags.join(', ')}`));
  if (failure.shrinks !== undefined && failure.shrinks > 0) rows.push(row('input', markup`shrunk ${failure.shrinks} times`));
  return rows;
}

/** All steps, the last of which failed; nothing where it is the only one and the request says the same. */
function stepsMarkup(failure: Failure): Markup {
  const failed = failedStep(failure);
  if (failed === undefined || failed === 0) return NOTHING;
  const hidden = Math.max(0, failure.steps.length - STEPS_MAX);
  const items = failure.steps.flatMap((step, at) => {
    if (at >= 1 && at <= hidden) return at === 1 ? [markup`<li value="2" class="soft">… ${hidden} steps left out</li>`] : [];
    return [at === failed ? wrongStep(step, failure.got, at) : stepMarkup(step, at)];
  });
  return markup`<p class="soft">${failure.steps.length} steps; the last one is wrong:</p>
    <ol class="steps">
      ${items}
    </ol>`;
}

function stepMarkup({ operation, params, expected }: Step, at: number): Markup {
  return markup`<li value="${at + 1}">
    <code>${operation} ${short(params)}</code> → <code>${clip(describeOutcome(expected), STEP_VALUE_LENGTH_MAX)}</code>
  </li>`;
}
function wrongStep({ operation, params, expected }: Step, got: Outcome, at: number): Markup {
  return markup`<li value="${at + 1}" class="wrong">
    <strong class="bad">wrong</strong> <code>${operation} ${short(params)}</code><br />
    expected <code>${describeOutcome(expected)}</code><br />got <code>${describeOutcome(got)}</code>
  </li>`;
}
const short = (params: JsonObject): string => clip(shown(params), STEP_VALUE_LENGTH_MAX);

/** The dumps of the other reports, with what differs marked. */
function bytesMarkup(bytes: NonNullable<Failure['bytes']>): Markup {
  if (bytes.length === 0) return NOTHING;
  const lines = hexdumps(bytes, { full: bytes.every(({ hex }) => hex.length <= 2 * FULL_BYTES_MAX) }).map((line) =>
    /^ *\^\^/.test(line) ? markup`<mark>${line}</mark>\n` : markup`${line}\n`,
  );
  return markup`<pre class="bytes">${lines}</pre>`;
}
