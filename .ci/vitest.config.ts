import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['reference/**/*.test.ts', 'conformance/**/*.test.ts', 'harness/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
