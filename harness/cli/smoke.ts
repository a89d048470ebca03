/** `bottlepost smoke`: an adapter's own health in under 5 seconds, contract faults told apart from faults of the implementation. */
import type { Check } from '../../conformance/contract/check.ts';
import { connect, describeTarget, parseTarget, StartError, TargetError, type Connection } from '../core/connection.ts';
import { wrap } from '../../conformance/contract/text.ts';
import { EXIT } from '../core/exit.ts';
import { profilesText } from '../report/names.ts';
import { complain, say } from './output.ts';

export interface SmokeOptions {
  readonly stdio?: string;
  readonly udp?: string;
  readonly seed: string;
  /** Milliseconds for one request. */
  readonly timeout?: number;
}

const TIMEOUT_MS_DEFAULT = 1000;
const SMOKE_CHECKS_PER_OPERATION = 3;
/** Columns of the labels. */
const COLUMN = 14;

/** The checks that use each operation, in their order. */
function usersOf(checks: readonly Check[]): Map<string, Check[]> {
  const users = new Map<string, Check[]>();
  for (const check of checks)
    for (const operation of new Set(check.operations)) {
      const known = users.get(operation);
      if (known === undefined) users.set(operation, [check]);
      else known.push(check);
    }
  return users;
}

/** Resolves with the exit code: 0 healthy, 1 answers that are wrong, 3 contract faults. */
export async function smoke(options: SmokeOptions): Promise<number> {
  const row = (label: string, text: string): void => {
    const [first = '', ...rest] = wrap(text, COLUMN);
    say(`${[label.padEnd(COLUMN) + first.trimStart(), ...rest].join('\n')}\n`);
  };
  const verdict = (text: string): void => {
    say(`\n${wrap(text, 0).join('\n')}\n`);
  };
  const timeoutMs = options.timeout ?? TIMEOUT_MS_DEFAULT;
  let connection: Connection;
  let target;
  try {
    target = parseTarget(options);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    complain(`bottlepost: ${error.message}\n`);
    return EXIT.usage;
  }
  // Said before the suites are loaded, which takes a moment.
  row('adapter', describeTarget(target));
  const { claimsOf, loadSuite, selectChecks } = await import('./suite.ts');
  const { runChecks } = await import('../core/runner.ts');
  const suite = loadSuite();
  const open = (): Promise<Connection> =>
    connect(target, {
      revision: suite.revision,
      seed: options.seed,
      timeoutMs,
      startTimeoutMs: 4000,
      shapes: suite.shapes,
    });
  try {
    connection = await open();
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    row('not started', error.message);
    verdict('ADAPTER: it does not start. Nothing is known about the implementation behind it.');
    return EXIT.adapter;
  }
  const { hello } = connection;
  row('hello', `${hello.name} ${hello.version} (${hello.language}), adapter protocol ${String(hello.protocol)}`);
  row('operations', `${String(hello.operations.length)} declared`);
  const known = new Set(suite.shapes.keys());
  const foreign = hello.operations.filter((o) => !known.has(o));
  if (foreign.length > 0) row('', `not in this spec: ${foreign.join(', ')}`);
  row('profiles', profilesText(hello.profiles, suite.names).replace(/^profiles: /, ''));
  const unknownProfiles = hello.profiles.filter((p) => !suite.profiles.has(p));
  if (unknownProfiles.length > 0) row('', `not in this spec: ${unknownProfiles.join(', ')}`);
  // A few small checks of every operation; enough to see whether the pipe works and the answers make sense.
  const all = selectChecks(suite, { profiles: [], only: [] }, hello).filter((c) => c.suite === 'vector' || c.suite === 'machine');
  const chosen = new Set<Check>();
  const usingOf = usersOf(all.filter(({ id }) => !id.startsWith('evidence/') && !id.startsWith('walk/')));
  for (const operation of known)
    for (const check of (usingOf.get(operation) ?? []).filter((c) => !chosen.has(c)).slice(0, SMOKE_CHECKS_PER_OPERATION))
      chosen.add(check);
  let first: Connection | undefined = connection;
  const summary = await runChecks(
    [...chosen],
    () => {
      const ready = first;
      first = undefined;
      return ready === undefined ? open() : Promise.resolve(ready);
    },
    { seed: options.seed, jobs: 1, timeoutMs, claims: claimsOf(suite, { profiles: [], only: [] }) },
  );
  const broken = summary.reports.filter(
    (r) => r.result.verdict === 'broken' || (r.result.verdict === 'fail' && r.result.failure.requirement.startsWith('ADP-')),
  );
  const wrong = summary.reports.filter((r) => r.result.verdict === 'fail' && !broken.includes(r));
  const right = summary.reports.filter((r) => r.result.verdict === 'pass');
  row(
    'answers',
    `${String(right.length)} right, ${String(wrong.length)} wrong, ` +
      `${String(broken.length)} broken, of ${String(summary.reports.length)} checks`,
  );
  for (const { check, result } of broken.slice(0, 5)) {
    const reason = result.verdict === 'fail' ? result.failure.explanation : '';
    row('  contract', `${check.id}: ${result.verdict === 'broken' ? `${result.what}: ${result.detail.split('\n')[0] ?? ''}` : reason}`);
  }
  for (const r of wrong.slice(0, 5))
    if (r.result.verdict === 'fail') row('  wrong', `${r.check.id}: ${r.result.failure.explanation} (${r.result.failure.requirement})`);
  if (broken.length > 0) {
    verdict('ADAPTER: it breaks the adapter protocol; fix the lines marked "contract" first.');
    return EXIT.adapter;
  }
  if (wrong.length > 0) {
    verdict(
      "IMPLEMENTATION: the adapter works, but the implementation behind it gives wrong answers. Run 'bottlepost verify' for details.",
    );
    return EXIT.failed;
  }
  verdict("HEALTHY: run 'bottlepost verify' next.");
  return EXIT.ok;
}
