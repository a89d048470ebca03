/**
 * `bottlepost cross`: tests every implementation with every other. One produces, the other consumes; if what went in
 * does not come out, the spec interpreter and the reference determine which of the two deviates, and from which clause.
 */
import { takesEntropy } from '../../conformance/contract/allowances.ts';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { BaselineError, blamedRequirement, parseBaseline, type Baseline } from '../core/baseline.ts';
import type { Check, CheckReport } from '../../conformance/contract/check.ts';
import { quoted, wrap } from '../../conformance/contract/text.ts';
import { parseTarget, TargetError, TIMEOUT_MS_DEFAULT, type Target } from '../core/connection.ts';
import { EXIT, exitCode, type ExitCode } from '../core/exit.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { Peer } from '../core/peer.ts';
import { Progress } from '../report/terminal.ts';
import type { InternalError, RunSummary } from '../core/runner.ts';
import { isDeclined, operationsOf, resultOfFlow, unableTo, type Flow } from '../../conformance/cross/flow.ts';
import { flowsOf } from '../../conformance/cross/flows.ts';
import { SIDES, type Blame, type Pair } from '../../conformance/cross/pair-talk.ts';
import type { Oracle } from '../../conformance/oracle/oracle.ts';
import type { Judge } from '../../conformance/suites/judge.ts';
import { formatCross, type Crossing } from './cross-matrix.ts';
import { entries } from './matrix.ts';
import { loadSuite, matches, UsageFault, type Suite } from './suite.ts';
import { VERSION } from './version.ts';
import { sayFailures } from './cross-failures.ts';
import { UDP, type CrossOptions, type Guest } from './cross-options.ts';
import { readNamed, requireFolder } from './files.ts';
import { didYouMean } from './nearest.ts';
import { parseReports, requireReports, tellGithub, writeReports } from './reports.ts';
import { interruption, type Interruption } from './interruption.ts';
import { complain, say } from './output.ts';

/** The flows of an area, and what judges them. */
interface Area {
  readonly oracle: Oracle;
  readonly judge: Judge;
  readonly flows: readonly Flow[];
}
interface Task {
  readonly area: Area;
  readonly flow: Flow;
  readonly producer: Peer;
  /** Who stands between them, in a flow of three. */
  readonly relay: Peer | undefined;
  readonly consumer: Peer;
  readonly check: Omit<Check, 'run'>;
}

const REFERENCE = 'reference';

function areasOf(suite: Suite): Area[] {
  return suite.areas.map(({ module, oracle, judge, vectors }) => ({ oracle, judge, flows: flowsOf(module, oracle, vectors) }));
}

/** The bundled implementations that can run over a pipe here, and a line for each that cannot. */
function bundledGuests(root: string): { present: Guest[]; missing: string[] } {
  const present: Guest[] = [];
  const missing: string[] = [];
  for (const { name, options, baseline, missing: reasonOf } of entries(root)) {
    const reason = reasonOf?.();
    if (reason !== undefined) missing.push(`Implementation ${name}: not run. ${reason}.`);
    else if (options.stdio !== undefined) present.push({ name, command: options.stdio, baseline, own: false });
  }
  return { present, missing };
}

/** The implementations that take part. @throws UsageFault for an adapter that is neither `name=COMMAND` nor bundled */
function guestsOf(root: string, options: CrossOptions, say: (line: string) => void): Guest[] {
  const { present, missing } = bundledGuests(root);
  const baselines = new Map(options.baseline.map((text) => pairOf(text, '--baseline takes name=FILE')));
  const own = options.adapter.map((text): Guest => {
    const known = present.find((guest) => guest.name === text);
    if (known !== undefined) return { ...known, own: true };
    const names = present.map((guest) => guest.name);
    const meant = text.includes('=') ? '' : didYouMean(text, names);
    const [name, command] = pairOf(text, `--adapter takes name=COMMAND, or one of: ${names.join(', ')}`, meant);
    return { name, command, baseline: baselines.get(name), own: true };
  });
  const twice = own.find(({ name }, at) => own.findIndex((other) => other.name === name) !== at);
  if (twice !== undefined) throw new UsageFault(`two adapters are named '${twice.name}'`);
  for (const name of baselines.keys())
    if (!own.some((guest) => guest.name === name))
      throw new UsageFault(
        `--baseline ${name}=...: there is no adapter with that name.${didYouMean(
          name,
          own.map((guest) => guest.name),
        )}`,
      );
  if (own.length === 0 || options.bundled === true) missing.forEach((line) => say(wrap(line, 0).join('\n')));
  const added =
    own.length === 0 || options.bundled === true ? present : own.length === 1 ? present.filter((guest) => guest.name === REFERENCE) : [];
  return [...own, ...added.filter((guest) => !own.some(({ name }) => name === guest.name))];
}

function pairOf(text: string, usage: string, meant = ''): [string, string] {
  const at = text.indexOf('=');
  const name = text.slice(0, at);
  if (at < 1 || !/^[A-Za-z0-9._-]{1,16}$/.test(name) || at === text.length - 1)
    throw new UsageFault(
      `${usage}, not ${quoted(text)}; a name has 1 to 16 of the characters A-Z a-z 0-9 . _ -${meant === '' ? '' : `.${meant}`}`,
    );
  return [name, text.slice(at + 1)];
}

/** Where an implementation is: a command, or `udp://HOST:PORT`. @throws TargetError */
function targetOf(command: string): Target {
  return command.startsWith(UDP) ? parseTarget({ udp: command.slice(UDP.length) }) : parseTarget({ stdio: command });
}
/** Every flow with all who are able to take the parts in it; if adapters are named, only where one of them takes part. */
function tasksOf(areas: readonly Area[], guests: readonly Guest[], peers: readonly Peer[]): Task[] {
  const someOwn = guests.some(({ own }) => own);
  const wanted = (name: string): boolean => !someOwn || guests.some((guest) => guest.own && guest.name === name);
  const ready = peers.filter((peer) => peer.started);
  return areas.flatMap((area) =>
    area.flows.flatMap((flow) =>
      ready.flatMap((producer) =>
        (flow.relay === undefined ? [undefined] : ready).flatMap((relay) =>
          ready.flatMap((consumer): Task[] => {
            const part = { producer, relay, consumer };
            const present = SIDES.flatMap((side) => (part[side] === undefined ? [] : [{ side, peer: part[side] }]));
            if (!present.some(({ peer }) => wanted(peer.name))) return [];
            if (present.some(({ side, peer }) => unableTo(area.oracle.spec, flow, side, peer.hello) !== undefined)) return [];
            const names = present.map(({ peer }) => peer.name);
            const check = {
              id: `cross/${flow.id}/${names.join('/')}`,
              suite: 'cross' as const,
              requirement: flow.requirement,
              title: `${names.join(' -> ')}: ${flow.title}`,
              operations: operationsOf(flow),
            };
            return [{ area, flow, ...part, check }];
          }),
        ),
      ),
    ),
  );
}

function selected(tasks: readonly Task[], only: readonly string[]): Task[] {
  const wanted = ({ flow, check }: Task, pattern: string): boolean =>
    matches(pattern, check.id) ||
    matches(pattern, flow.id) ||
    matches(pattern, flow.requirement) ||
    check.operations.some((operation) => matches(pattern, operation));
  for (const pattern of only)
    if (!tasks.some((task) => wanted(task, pattern)))
      throw new UsageFault(
        `--only ${pattern} matches no flow between these adapters.${didYouMean(pattern, idsOf(tasks))} ` +
          `Flows are: ${[...new Set(tasks.map((t) => t.flow.id))].join(', ')}`,
      );
  return only.length === 0 ? [...tasks] : tasks.filter((task) => only.some((pattern) => wanted(task, pattern)));
}

/** What `--only` may name. */
const idsOf = (tasks: readonly Task[]): string[] =>
  tasks.flatMap(({ flow, check }) => [flow.id, flow.requirement, check.id, ...check.operations]);

/** What a whole run found. */
interface Run {
  readonly crossings: readonly Crossing[];
  readonly summary: RunSummary;
}

async function runTasks(
  tasks: readonly Task[],
  peers: readonly Peer[],
  options: CrossOptions,
  secondOpinion: Pair['secondOpinion'],
  { signal }: Interruption,
  isKnown: (crossing: Crossing) => boolean,
): Promise<Run> {
  const startedMs = performance.now();
  const crossings: Crossing[] = [];
  const internalErrors: InternalError[] = [];
  const progress = new Progress(process.stderr, tasks.length, {
    isKnown: (report) => crossings.some((crossing) => crossing.report === report && isKnown(crossing)),
  });
  const notRun: string[] = [];
  // A flow may be waiting for an answer; ending the adapters ends that too.
  const end = (): void => void Promise.all(peers.map((peer) => peer.close()));
  signal.addEventListener('abort', end, { once: true });
  for (const { area, flow, producer, relay, consumer, check } of tasks) {
    if (signal.aborted) {
      notRun.push(check.id);
      continue;
    }
    const beganMs = performance.now();
    try {
      const result = await flow.run(
        { producer, relay, consumer, oracle: area.oracle, judge: area.judge, secondOpinion },
        { seed: options.seed, effort: options.effort },
      );
      if (signal.aborted) {
        notRun.push(check.id);
        continue;
      }
      const hellos = { producer: producer.hello, consumer: consumer.hello, ...(relay === undefined ? {} : { relay: relay.hello }) };
      const declined = isDeclined(area.oracle.spec, flow, result, hellos);
      const blame: Blame | undefined =
        result.kind === 'failed' ? (result.failure.kind === 'differs' ? result.failure.blame : result.failure.side) : undefined;
      const clauses =
        result.kind === 'failed' && result.failure.kind === 'differs'
          ? Object.fromEntries(Object.entries(result.failure.failures).map(([side, { requirement }]) => [side, requirement]))
          : {};
      const named = { producer: producer.name, consumer: consumer.name, ...(relay === undefined ? {} : { relay: relay.name }) };
      const report: CheckReport = {
        check,
        result: declined
          ? { verdict: 'unsupported', cases: result.cases, reason: 'one side claims no such profile and refuses it as unsupported' }
          : resultOfFlow(result, named),
        elapsedMs: performance.now() - beganMs,
      };
      crossings.push({ ...named, flow: flow.id, report, ...(blame === undefined ? {} : { blame }), clauses });
      progress.report(report);
    } catch (error) {
      internalErrors.push({ check: check.id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  progress.finish();
  signal.removeEventListener('abort', end);
  await Promise.all(peers.map((peer) => peer.close()));
  const notes = notesOf(peers, true);
  const summary: RunSummary = {
    seed: options.seed,
    effort: options.effort,
    reports: [...peers.map((peer) => peer.report()), ...crossings.map(({ report }) => report)],
    internalErrors,
    notRun,
    notes,
    elapsedMs: performance.now() - startedMs,
  };
  return { crossings, summary };
}

/** Who took part: all of them, or those alone whose output was judged otherwise. */
function notesOf(peers: readonly Peer[], all: boolean): string[] {
  return peers
    .filter((peer) => peer.started && (all || !takesEntropy(peer.hello)))
    .map(
      ({ name, hello }) =>
        `${name}: ${hello.name} ${hello.version} (${hello.language})` +
        `${takesEntropy(hello) ? '' : '; takes no entropy, so its output is judged by reading it'}`,
    );
}

/** The operations of both sides, for each flow that was asked for. */
function needsOf(areas: readonly Area[], only: readonly string[]): string[] {
  return areas
    .flatMap(({ flows }) => flows)
    .filter(({ id }) => only.length === 0 || only.some((pattern) => matches(pattern, id)))
    .map(({ id, producer, relay, consumer }) => {
      const parts = [producer, ...(relay === undefined ? [] : [relay]), consumer].map((operations) => operations.join(' and '));
      return `${id}: one with ${parts.join(parts.length === 2 ? ', the other with ' : ', another with ')}`;
    });
}

/** Ids of the failures that an unexpired baseline entry of every deviating side allows, and the reasons in those entries. */
function knownFailures(
  crossings: readonly Crossing[],
  baselines: ReadonlyMap<string, Baseline>,
  today: string,
): { allowed: string[]; reasons: Map<string, string> } {
  const reasons = new Map<string, string>();
  const allowed = crossings.flatMap((crossing) => {
    const { blame, report, clauses } = crossing;
    if (blame === undefined || blame === 'undecided') return [];
    const sides = blame === 'both' ? SIDES.filter((side) => clauses[side] !== undefined) : [blame];
    const found = sides.map((side) => {
      const clause = clauses[side] ?? blamedRequirement(report);
      const entry = baselines.get(crossing[side] ?? '')?.entries.find((e) => e.requirement === clause && today <= e.expires);
      return entry === undefined ? undefined : { key: `${crossing[side] ?? ''} ${clause}`, reason: entry.reason };
    });
    if (found.some((entry) => entry === undefined)) return [];
    for (const entry of found) if (entry !== undefined) reasons.set(entry.key, entry.reason);
    return [report.check.id];
  });
  return { allowed, reasons };
}

/** The whole command. Resolves with the exit code. */
export async function cross(options: CrossOptions): Promise<number> {
  const out = (text: string): void => {
    say(`${text}\n`);
  };
  const peers: Peer[] = [];
  const interrupted = interruption();
  try {
    const reports = parseReports(options.report);
    const seeded = options.seed === 'random' ? { ...options, seed: randomBytes(6).toString('hex') } : options;
    const guests = guestsOf(packageRoot(), seeded, out); // before anything is loaded: most mistakes are made here
    requireReports(reports);
    if (seeded.repros !== false) requireFolder('--repros', seeded.repros);
    const baselines = baselinesOf(guests);
    const suite = loadSuite();
    const connection = {
      revision: suite.revision,
      seed: seeded.seed,
      timeoutMs: seeded.timeout ?? TIMEOUT_MS_DEFAULT,
      shapes: suite.shapes,
    };
    for (const { name, command } of guests) peers.push(new Peer(name, targetOf(command), connection));
    await Promise.all(peers.map((peer) => peer.start()));
    const areas = areasOf(suite);
    const tasks = selected(tasksOf(areas, guests, peers), seeded.only);
    // A second opinion must not come from a process that a failing flow may just have ended.
    const reference = new Peer(
      REFERENCE,
      parseTarget({ stdio: bundledGuests(suite.root).present.find((guest) => guest.name === REFERENCE)?.command ?? '' }),
      connection,
    );
    const today = new Date().toISOString().slice(0, 10);
    const isKnown = (crossing: Crossing): boolean => knownFailures([crossing], baselines, today).allowed.length > 0;
    const { crossings, summary } = await runTasks(tasks, peers, seeded, () => Promise.resolve(reference), interrupted, isKnown).finally(
      () => reference.close(),
    );
    const { allowed, reasons } = knownFailures(crossings, baselines, today);
    const exit = interrupted.exit ?? exitCode(summary, { allowed, problems: [] });
    const known = { allowed, problems: [] };
    const context = { levelOf: (id: string): string | undefined => suite.requirements.get(id)?.level };
    const meta = {
      version: VERSION,
      revision: suite.revision,
      exitCode: exit as Exclude<ExitCode, 2>,
      elapsedMs: Math.round(summary.elapsedMs),
      baseline: known,
    };
    const implementationsOf = (report: CheckReport): string[] => {
      const crossing = crossings.find((one) => one.report === report);
      const names = crossing === undefined ? [report.check.id.split('/').at(-1)] : SIDES.map((side) => crossing[side]);
      return [...new Set(names.filter((name) => name !== undefined))];
    };
    const written = writeReports(suite, reports, { summary, context, meta, baseline: known, implementationsOf });
    sayFailures(suite, seeded, guests, crossings, summary, new Set(allowed));
    out(
      formatCross(
        peers.map(({ name }) => name),
        crossings,
        {
          allowed: new Set(allowed),
          reasons,
          summary,
          exit,
          full: seeded.full === true,
          notes: notesOf(peers, seeded.full === true),
          ...(tasks.length === 0 ? { needs: needsOf(areas, seeded.only) } : {}),
        },
      ),
    );
    const whole = tellGithub(reports, summary, exit, known) && written;
    return whole || exit !== EXIT.ok ? exit : EXIT.internal;
  } catch (error) {
    if (error instanceof UsageFault || error instanceof TargetError || error instanceof BaselineError) {
      complain(`bottlepost: ${error.message}\n`);
      return EXIT.usage;
    }
    throw error;
  } finally {
    interrupted.forget();
    await Promise.all(peers.map((peer) => peer.close()));
  }
}

/** The baselines of the implementations that have one. @throws UsageFault or BaselineError before anything is run */
function baselinesOf(guests: readonly Guest[]): Map<string, Baseline> {
  return new Map(
    guests.flatMap(({ name, baseline, own }) =>
      baseline === undefined || (!own && !existsSync(baseline))
        ? []
        : [[name, parseBaseline(readNamed(`--baseline ${name}=`, baseline), baseline)] as const],
    ),
  );
}
