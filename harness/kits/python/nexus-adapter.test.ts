/** The Python adapter of NEXUS: the standard library alone, and known answers that were computed without it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const FILE = fileURLToPath(new URL('nexus_adapter.py', import.meta.url));
const SOURCE = readFileSync(FILE, 'utf8');
const PYTHON_ABSENT = spawnSync('python3', ['--version']).status !== 0;
const counted = (first: number): string => Buffer.from(Array.from({ length: 32 }, (_, i) => first + i)).toString('hex');

function ask(requests: readonly (readonly [string, object])[]): unknown[] {
  const input = requests.map(([op, params], at) => `${JSON.stringify({ id: at + 1, op, params })}\n`).join('');
  const { stdout, stderr, status } = spawnSync('python3', [FILE], { input, encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

describe('nexus_adapter.py', () => {
  it('imports modules of the standard library only, and has no line beyond 140 characters', () => {
    const imported = [...SOURCE.matchAll(/^(?:from (\S+) import|import (.+))/gm)].flatMap(
      ([, from, list]) => from ?? (list ?? '').split(', '),
    );
    expect(imported.sort()).toEqual(['hashlib', 'hmac', 'json', 'struct', 'sys']);
    expect(SOURCE.split('\n').filter((line) => line.length > 140)).toEqual([]);
  });
  it.skipIf(PYTHON_ABSENT)('is written in the Python of 3.9', () => {
    const parse = 'import ast, sys; ast.parse(sys.stdin.read(), feature_version=(3, 9))';
    expect(spawnSync('python3', ['-c', parse], { input: SOURCE, encoding: 'utf8' }).stderr).toBe('');
  });
  it.skipIf(PYTHON_ABSENT)('gives the known answers', () => {
    const publicKey = '03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8';
    const bob = ask([['nexus.identity.derive', { seed: counted(0x20) }]])[0] as { ok: { publicKey: string; destinationHash: string } };
    expect(bob.ok.destinationHash).toBe('25843b3a196efcefbf5b1390d78db52b');
    const sealed = '79a631eede1bf9c98f12032cdeadd0e7a079398fc786b88cc846ec89af85a51aa9ef1820a1b14600669af671cb7d3358952b056435';
    expect(
      ask([
        ['nexus.identity.hash', { publicKey }],
        ['nexus.envelope.seal', { publicKey: bob.ok.publicKey, use: 'message', plaintext: '68656c6c6f', entropy: counted(0x40) }],
        ['nexus.envelope.open', { seed: counted(0x20), use: 'message', envelope: sealed }],
        ['nexus.envelope.open', { seed: counted(0), use: 'message', envelope: sealed }],
        ['nexus.lora.preset', { preset: 'LongFast' }],
      ]),
    ).toEqual([
      { id: 1, ok: { destinationHash: '9d24e2eeaf27c2a088a564a32fc03a88' } },
      { id: 2, ok: { envelope: sealed } },
      { id: 3, ok: { plaintext: '68656c6c6f' } },
      { id: 4, reject: { class: 'unauthenticated' } },
      { id: 5, ok: { spreadingFactor: 11, bandwidthHz: 250000, codingRate: 5, bitsPerSecond: 1074 } },
    ]);
  });
});
