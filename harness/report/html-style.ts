/** Style and behaviour of the HTML report. The page allows these two texts by their hashes and nothing else. */

/** Colours follow the system; every state has a word beside its colour. */
export const STYLE = `
:root { color-scheme: light dark; --back: #fff; --fore: #1b1f24; --soft: #57606a; --line: #d0d7de; --box: #f6f8fa;
  --bad: #b3261e; --good: #1a7f37; --warn: #8a5300; --mark: #ffd8d3; }
@media (prefers-color-scheme: dark) {
  :root { --back: #0d1117; --fore: #e6edf3; --soft: #9aa4af; --line: #30363d; --box: #161b22;
    --bad: #ff8a80; --good: #56d364; --warn: #e3b341; --mark: #6e2420; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0 auto; padding: 1.5rem; max-width: 72rem; background: var(--back); color: var(--fore);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 0; }
p { margin: .35rem 0; } ul { margin: .35rem 0; padding-left: 1.4rem; }
code, pre { font: .85rem/1.45 ui-monospace, monospace; }
pre { margin: .35rem 0; padding: .6rem .8rem; overflow-x: auto; background: var(--box); border: 1px solid var(--line); border-radius: 6px; }
mark { background: none; color: var(--bad); font-weight: bold; }
.soft { color: var(--soft); } .bad { color: var(--bad); } .good { color: var(--good); } .warn { color: var(--warn); }
.verdict { font-size: 1.1rem; font-weight: 600; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .7rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
td button { all: unset; cursor: pointer; text-decoration: underline; } td button:focus-visible { outline: 2px solid; }
form { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; padding: .6rem 0;
  background: var(--back); border-bottom: 1px solid var(--line); }
label { display: grid; min-width: 0; max-width: 100%; font-size: .85rem; color: var(--soft); } label:first-child { flex: 1 1 14rem; }
input, select { font: inherit; padding: .25rem .4rem; min-width: 0; max-width: 16rem; } input { max-width: none; }
output { font-size: .9rem; }
.finding { margin: 1rem 0; padding: .8rem 1rem; border: 1px solid var(--line); border-left: .35rem solid var(--soft); border-radius: 6px; }
.finding.fail, .finding.broken { border-left-color: var(--bad); } .finding.known, .finding.decided { border-left-color: var(--warn); }
.tag { display: inline-block; min-width: 4em; font-weight: 700; text-transform: uppercase; font-size: .8rem; }
.fail .tag, .broken .tag { color: var(--bad); } .known .tag, .decided .tag { color: var(--warn); }
details { margin: .4rem 0; } summary { cursor: pointer; padding: .15rem 0; }
details[open].failure > summary { font-weight: 600; }
.failure > div, .more > ul { padding-left: 1.1rem; border-left: 1px solid var(--line); }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem .9rem; margin: .4rem 0; }
dt { color: var(--soft); } dd { margin: 0; }
ol.steps { margin: .2rem 0; padding-left: 2.4rem; } ol.steps li { padding: .15rem .4rem; }
ol.steps li.wrong { background: var(--mark); border-radius: 4px; }
@media (max-width: 40rem) { body { padding: .8rem; } dl { grid-template-columns: minmax(0, 1fr); }
  form { position: static; } select { max-width: 100%; } }
`;

/** Filters the findings; without it the page shows all of them. */
export const SCRIPT = `
'use strict';
const form = document.querySelector('form');
const findings = [...document.querySelectorAll('.finding')];
const texts = new Map();
const textOf = (finding) => {
  if (!texts.has(finding)) texts.set(finding, (finding.textContent + ' ' + finding.dataset.topic).toLowerCase());
  return texts.get(finding);
};
const has = (list, wanted) => wanted === '' || JSON.parse(list).includes(wanted);
function filter() {
  const wanted = new FormData(form);
  const words = wanted.get('text').toLowerCase().split(/\\s+/).filter((word) => word !== '');
  let [groups, checks] = [0, 0];
  for (const finding of findings) {
    const { verdict, implementations, bases, checks: count } = finding.dataset;
    const shown = has(implementations, wanted.get('implementation')) && has(bases, wanted.get('basis')) &&
      (wanted.get('verdict') === '' || verdict === wanted.get('verdict')) && words.every((word) => textOf(finding).includes(word));
    finding.hidden = !shown;
    if (shown) { groups += 1; checks += Number(count); }
  }
  form.querySelector('output').textContent = groups + ' of ' + findings.length + ' groups, ' + checks + ' checks';
}
if (form !== null) {
  form.hidden = false;
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(filter));
  for (const button of document.querySelectorAll('button[data-words]')) {
    button.addEventListener('click', () => {
      form.elements.namedItem('text').value = button.dataset.words;
      filter();
      form.scrollIntoView();
    });
  }
  filter();
}
`;
