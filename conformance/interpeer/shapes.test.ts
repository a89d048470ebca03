/** The guide to the values of this area has an example of each event and message, with the members that vectors have. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { suiteInputOf } from '../areas.ts';
import type { Json, JsonObject } from '../contract/contract.ts';
import { packageRoot } from '../contract/paths.ts';
import { committedVectors } from '../vectors.ts';

const root = packageRoot();
const guide = readFileSync(join(root, 'docs/guides/interpeer-sessions.md'), 'utf8');

/** The examples of a block of the guide. */
function examplesOf(name: string): JsonObject[] {
  const block = new RegExp(`^\`\`\`json ${name.replace('.', '\\.')}\n([^]*?)^\`\`\``, 'm').exec(guide)?.[1] ?? '';
  return block
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonObject);
}
function typeOf(value: Json | undefined): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
}
/** Type, members and their types. */
const shapeOf = (value: JsonObject): string =>
  JSON.stringify([
    value['type'],
    ...Object.keys(value)
      .sort()
      .map((name) => `${name}: ${typeOf(value[name])}`),
  ]);

describe('the guide to sessions', () => {
  const vectors = committedVectors().files.filter(({ area }) => area === 'interpeer');
  const told = new Map<string, Set<string>>();
  for (const { steps } of vectors.flatMap((file) => file.vectors))
    for (const { operation, expect: expected } of steps) {
      const events = 'ok' in expected ? expected.ok['events'] : undefined;
      const session = operation.split('.').slice(0, 2).join('.');
      const known = told.get(session) ?? new Set();
      told.set(session, known);
      if (Array.isArray(events)) for (const event of events as readonly JsonObject[]) known.add(shapeOf(event));
    }
  const sessions = [...told].filter(([, shapes]) => shapes.size > 0).map(([session]) => session);

  it('knows every kind of session', () => {
    expect(sessions.length).toBeGreaterThan(5);
  });
  it.each(sessions)('has an example of each event of %s', (session) => {
    const documented = new Set(examplesOf(session).map(shapeOf));
    expect([...(told.get(session) ?? [])].filter((shape) => !documented.has(shape))).toEqual([]);
  });
  it.each(sessions.filter((session) => session !== 'interpeer.engine'))('has no example that %s never tells', (session) => {
    const known = told.get(session) ?? new Set();
    expect(
      examplesOf(session)
        .map(shapeOf)
        .filter((shape) => !known.has(shape)),
    ).toEqual([]);
  });
  it('has an example of each message, which can be written and read', () => {
    const { oracle } = suiteInputOf('interpeer', [], 1000);
    const messages = examplesOf('messages');
    expect(messages).toHaveLength(11);
    for (const message of messages) {
      const written = oracle.answer('interpeer.messages.encode', { suite: 'interpeer-1', messages: [message] });
      expect(written).toMatchObject({ kind: 'ok' });
      const payload = written.kind === 'ok' ? (written.value['payload'] ?? '') : '';
      expect(oracle.answer('interpeer.messages.decode', { suite: 'interpeer-1', payload })).toMatchObject({
        value: { messages: [message] },
      });
    }
  });
});
