/** What holds for all sources of the reference. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Sources of the reference by their paths. */
function sources(): ReadonlyMap<string, string> {
  const folder = new URL('.', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /^(?!.*\.test\.ts$).*\.ts$/.test(file));
  expect(files.length).toBeGreaterThan(100);
  return new Map(files.map((file) => [file, readFileSync(new URL(file, folder), 'utf8')]));
}

describe('ADR-0027 primitives', () => {
  it('are imported directly nowhere outside reference/primitives', () => {
    const guilty = [...sources()]
      .filter(([file]) => !file.startsWith('primitives') && file !== 'index.ts')
      .filter(([, text]) => /from '[^']*(@noble\/|primitives\/(noble|rsa|secp160r1|index\.ts))/.test(text))
      .map(([file]) => file);
    expect(guilty).toEqual([]);
  });
});

describe('ADR-0027 secrets', () => {
  it('are compared in constant time', () => {
    const SECRET = /\bcompare\([^;]*?(ecret|ncryptKey|ecryptKey|agreed|shared|\bmac\b|\btag\b|\bauth\b|ookie)/;
    expect([...sources()].filter(([, text]) => SECRET.test(text)).map(([file]) => file)).toEqual([]);
  });
});

describe('ADR-0026 endpoints', () => {
  it('every endpoint says that everything is polled before the next call', () => {
    const endpoints = [...sources().values()].flatMap((text) => text.match(/[^\n]*\n[^\n]*\nexport class \w+ extends Endpoint</g) ?? []);
    expect(endpoints.length).toBeGreaterThan(10);
    expect(endpoints.filter((text) => !text.includes('polled before the next call'))).toEqual([]);
  });
});
