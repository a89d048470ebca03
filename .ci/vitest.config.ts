import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Vitest leaves a core alone; on a machine of two that would be half of it. */
const WORKERS_MIN = 2;
/** Counts the blocks that V8 executes, which it does only for what it compiles afterwards: it needs modules of its own. */
const WORK_TEST = 'reference/work.test.ts';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    maxWorkers: Math.max(WORKERS_MIN, availableParallelism() - 1),
    // For a machine that does other things as well.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['reference/**/*.test.ts', 'conformance/**/*.test.ts', 'harness/**/*.test.ts'],
          exclude: [WORK_TEST],
          // Files of a worker share what they import: reading the specification once takes longer than most of them.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'work', include: [WORK_TEST], isolate: true } },
    ],
  },
});
