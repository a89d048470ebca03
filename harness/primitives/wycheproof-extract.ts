/**
 * `node dist/harness/primitives/wycheproof-extract.js CHECKOUT REVISION`: writes the extract in
 * `harness/primitives/wycheproof/` again: every case that is not valid, and of the valid ones a few for each flag.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { readCheckout } from './wycheproof.ts';
import type { Extract, WycheproofCase, WycheproofName } from './wycheproof.ts';

/** The files of which an extract is committed; the others are read from a checkout only. */
const EXTRACTED: readonly WycheproofName[] = [
  'x25519',
  'ecdh_secp256r1_ecpoint',
  'aes_gcm',
  'chacha20_poly1305',
  'hmac_sha256',
  'rsa_oaep_2048_sha1_mgf1sha1',
  'ed25519',
];
/** Valid cases that are kept of each flag, evenly spread over those there are. */
const VALID_COUNT_MAX = 12;
/** Texts of at least this many digits that occur twice are written once. */
const SHARED_LENGTH_MIN = 24;

/** Every case that is not valid, and for each flag some of the valid ones, in their order. */
function spread(cases: readonly WycheproofCase[]): WycheproofCase[] {
  const kept = new Set(cases.filter(({ result }) => result !== 'valid'));
  const valid = cases.filter(({ result }) => result === 'valid');
  for (const flag of new Set(valid.flatMap(({ flags }) => flags))) {
    const flagged = valid.filter(({ flags }) => flags.includes(flag));
    for (let index = 0; index < Math.min(VALID_COUNT_MAX, flagged.length); index++) {
      const chosen = flagged[Math.floor((index * flagged.length) / Math.min(VALID_COUNT_MAX, flagged.length))];
      if (chosen !== undefined) kept.add(chosen);
    }
  }
  return cases.filter((wycheproofCase) => kept.has(wycheproofCase));
}

function extractOf(directory: string, revision: string, name: WycheproofName): Extract {
  const cases = spread(readCheckout(directory, name).cases);
  const counts = new Map<string, number>();
  for (const text of cases.flatMap(({ values }) => Object.values(values))) counts.set(text, (counts.get(text) ?? 0) + 1);
  const shared = [...counts].filter(([text, count]) => count > 1 && text.length >= SHARED_LENGTH_MIN).map(([text]) => text);
  const indexOf = new Map(shared.map((text, index) => [text, index]));
  const members = Object.keys(cases[0]?.values ?? {});
  return {
    source: { project: 'C2SP/wycheproof', file: `testvectors_v1/${name}_test.json`, revision, licence: 'Apache-2.0' },
    shared,
    members,
    cases: cases.map(({ tcId, result, flags, values }) => [
      tcId,
      result,
      flags.join(' '),
      ...members.map((member) => indexOf.get(values[member] ?? '') ?? values[member] ?? ''),
    ]),
  };
}

/** JSON with one case a line, so that a difference can be read. */
function format({ source, shared, members, cases }: Extract): string {
  const lines = (items: readonly unknown[]): string => items.map((item) => `\n    ${JSON.stringify(item)}`).join(',');
  return (
    `{\n  "source": ${JSON.stringify(source)},\n` +
    `  "shared": [${lines(shared)}\n  ],\n` +
    `  "members": ${JSON.stringify(members)},\n` +
    `  "cases": [${lines(cases)}\n  ]\n}\n`
  );
}

const [directory, revision] = process.argv.slice(2);
if (directory === undefined || revision === undefined) {
  process.stderr.write('usage: wycheproof-extract CHECKOUT REVISION\n');
  process.exitCode = 2;
} else {
  const target = join(packageRoot(), 'harness/primitives/wycheproof');
  mkdirSync(target, { recursive: true });
  for (const name of EXTRACTED) {
    const text = format(extractOf(directory, revision, name));
    writeFileSync(join(target, `${name}.json`), text);
    process.stdout.write(`${name}: ${String(text.length)} bytes\n`);
  }
}
