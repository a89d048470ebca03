/** Connections and engines that draw their own entropy have a live peer: the reference hears them, and they hear the reference. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Check, CheckResult } from '../../conformance/contract/check.ts';
import { referenceHandler } from '../adapters/reference/handler.ts';
import type { Handler } from '../core/serve.ts';
import { openLocal, wrapped, type Wrap } from '../testing/local.ts';
import { loadSuite } from './suite.ts';

const suite = loadSuite();
const opening = suite.checks.filter(({ id }) => /^opening\/interpeer\.(connection|engine)\//.test(id));
const named = (id: string): Check => {
  const found = opening.find((one) => one.id === `opening/interpeer.${id}`);
  if (found === undefined) throw new Error(`no check ${id}`);
  return found;
};
const resultOf = async (check: Check, handler: Handler): Promise<CheckResult> => {
  const connection = await openLocal(handler, suite.shapes)();
  const result = await check.run(connection, { seed: 'seed', effort: 0.5 });
  await connection.close();
  return result;
};
/** The reference, whatever entropy it is given. */
const drawing: Handler = wrapped(
  referenceHandler,
  (_operation, params, next) => {
    const { entropy } = params;
    return next(typeof entropy === 'string' ? { ...params, entropy: randomBytes(entropy.length / 2).toString('hex') } : params);
  },
  { entropy: 'own' },
);
const breaking = (operation: string, wrap: Wrap): Handler =>
  wrapped(drawing, (asked, params, next) => (asked === operation ? wrap(asked, params, next) : next()));
/** The last byte of each datagram is another. */
const damaging: Wrap = (_operation, _params, next) => {
  const body = next();
  if (!('ok' in body) || !Array.isArray(body.ok['transmit'])) return body;
  const transmit = (body.ok['transmit'] as readonly string[]).map((sent) => `${sent.slice(0, -1)}${sent.endsWith('0') ? '1' : '0'}`);
  return { ok: { ...body.ok, transmit } };
};
/** Whatever arrives is heard, and nothing comes of it. */
const deaf: Wrap = (_operation, _params, next) => {
  const body = next();
  return 'ok' in body ? { ok: { ...body.ok, transmit: [], events: [] } } : body;
};

describe('a live peer for connections and engines', () => {
  it('is asked of those that draw their own entropy, in both directions', async () => {
    expect(opening.filter(({ id }) => id.endsWith('made-by-reference'))).toHaveLength(5);
    expect(opening.length).toBeGreaterThanOrEqual(10);
    for (const check of opening) {
      expect(check.isFor?.(referenceHandler.hello)).toBe(false);
      expect(check.isFor?.(drawing.hello)).toBe(true);
      expect(await resultOf(check, drawing), check.id).toMatchObject({ verdict: 'pass' });
    }
  });
  it.each([
    ['connection/known-keys', breaking('interpeer.connection.receive', deaf)],
    ['connection/key-exchange', breaking('interpeer.connection.begin', damaging)],
    ['connection/known-keys', breaking('interpeer.connection.send', damaging)],
    ['engine/none', breaking('interpeer.engine.receive', deaf)],
    ['engine/key-exchange', breaking('interpeer.engine.read', deaf)],
    [
      'engine/none',
      breaking('interpeer.engine.write', (_operation, params, next) => next({ ...params, data: `${String(params['data'])}00` })),
    ],
  ])('finds what is wrong: %s', async (id, handler) => {
    expect(await resultOf(named(`${id}/made-by-reference`), handler)).toMatchObject({ verdict: 'fail' });
  });
});
