/** The processes that judge mutants, and what they find out together. */
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyEngine } from '../../conformance/mutants/mutants.ts';
import type { Mutants, RandomMutant } from '../../conformance/mutants/random.ts';
import { ReferenceFails, type Verdict } from './judge.ts';
import type { Order, Told } from './messages.ts';
import { writeInstrumented } from './reach.ts';

/** Judges mutants for the caller, one at a time. */
export interface Judging {
  judge(mutant: RandomMutant): Promise<Verdict>;
}

/** One worker process. */
class Worker {
  readonly #child: ChildProcess;
  readonly #waiting: { readonly done: (told: Told) => void; readonly failed: (error: Error) => void }[] = [];
  readonly #onStep: (checks: number) => void;
  readonly ready: Promise<Told>;
  #isReady = false;

  constructor(root: string, folder: string, onStep: (checks: number) => void) {
    this.#onStep = onStep;
    this.#child = fork(join(root, 'dist/harness/hunt/worker.js'), [folder], { serialization: 'advanced' });
    this.ready = this.#next();
    this.#child.on('message', (told: Told) => {
      this.#isReady = true;
      if (told.kind === 'step') this.#onStep(told.checks);
      else if (told.kind === 'failed')
        this.#waiting.shift()?.failed(told.isReference ? new ReferenceFails(told.message) : new Error(told.message));
      else this.#waiting.shift()?.done(told);
    });
    this.#child.on('exit', (code, signal) => {
      for (const { failed } of this.#waiting.splice(0)) failed(new Error(`a worker ended (${String(signal ?? code)})`));
    });
  }

  ask(order: Order): Promise<Told> {
    this.#child.send(order);
    return this.#next();
  }

  /** Ends the process and whatever mutant it runs. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    // One that is still reading the specification runs no mutant that it would have to end.
    if (!this.#isReady) this.#child.kill();
    else if (this.#child.connected) this.#child.disconnect();
    await ended;
  }

  #next(): Promise<Told> {
    return new Promise((done, failed) => {
      this.#waiting.push({ done, failed });
    });
  }
}

/** Several workers. */
export class Crew {
  readonly #root: string;
  readonly #folder: string;
  readonly #workers: readonly Worker[];
  readonly #isTopicOnly: boolean;
  #numbers: ReadonlyMap<string, number> = new Map<string, number>();
  #onStep: (checks: number) => void = () => undefined;

  /** Starts workers; `start` waits for them. */
  constructor(root: string, jobs: number, isTopicOnly: boolean) {
    this.#root = root;
    this.#isTopicOnly = isTopicOnly;
    this.#folder = join(root, `.bottlepost/hunt-${String(process.pid)}`);
    this.#workers = Array.from(
      { length: jobs },
      (_, at) =>
        new Worker(root, join(this.#folder, String(at)), (checks) => {
          this.#onStep(checks);
        }),
    );
  }

  /** @returns number of checks */
  async start(): Promise<number> {
    const [told] = await Promise.all(this.#workers.map(({ ready }) => ready));
    return told?.kind === 'ready' ? told.checks : 0;
  }

  /**
   * Finds which check reaches which mutant, or reads it from `file`.
   * @throws ReferenceFails
   */
  async learnReach({ mutants, instrumented }: Mutants, file: string, onStep: (checks: number) => void): Promise<void> {
    this.#onStep = onStep;
    if (!existsSync(file)) {
      const engine = join(this.#folder, 'instrumented');
      copyEngine(this.#root, engine);
      await writeInstrumented(engine, instrumented);
      const keys = mutants.map(({ key }) => key);
      const parts = this.#workers.map((_, at) => join(this.#folder, `reach-${String(at)}`));
      await Promise.all(
        this.#workers.map((worker, index) =>
          worker.ask({
            kind: 'reach',
            keys,
            enginePath: join(engine, 'index.js'),
            index,
            count: this.#workers.length,
            file: parts[index] ?? '',
          }),
        ),
      );
      const [first = new Uint8Array(), ...others] = parts.map((part) => new Uint8Array(readFileSync(part)));
      for (const other of others) for (const [at, byte] of other.entries()) first[at] = (first[at] ?? 0) | byte;
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(`${file}.part`, first);
      renameSync(`${file}.part`, file);
    }
    await Promise.all(this.#workers.map((worker) => worker.ask({ kind: 'use', file, mutantCount: mutants.length })));
    this.#numbers = new Map(mutants.map(({ id }, at) => [id, at]));
  }

  /** The workers, each of which judges one mutant at a time. */
  judges(): Judging[] {
    return this.#workers.map((worker) => ({
      judge: async (mutant) => {
        const number = this.#numbers.get(mutant.id);
        const told = await worker.ask({
          kind: 'judge',
          mutant,
          isTopicOnly: this.#isTopicOnly,
          ...(number === undefined ? {} : { number }),
        });
        if (told.kind !== 'verdict') throw new Error(`a worker says ${told.kind} where a verdict was due`);
        return told.verdict;
      },
    }));
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.end()));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
