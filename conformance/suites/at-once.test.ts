import { describe, expect, it } from 'vitest';
import { oracleOf } from '../areas.ts';
import type { Implementation, JsonObject, Outcome } from '../contract/contract.ts';
import { committedVectors } from '../vectors.ts';
import { atOnceChecks } from './at-once.ts';
import { doorChecks } from './doors.ts';
import { OracleImplementation } from './oracle-implementation.ts';

const oracle = oracleOf('e3x');
const vectors = committedVectors()
  .files.filter(({ area }) => area === 'e3x')
  .flatMap((file) => file.vectors);
const checks = atOnceChecks([{ spec: oracle.spec, vectors }], [], () => undefined);
const CONTEXT = { seed: 'bottlepost', effort: 1 };

/** The spec interpreter behind a door that takes its time; `spoil` is what the door does wrong meanwhile. */
function behind(spoil: (operation: string, params: JsonObject, later: () => Promise<void>) => Promise<JsonObject>): Implementation {
  const right = new OracleImplementation(oracle);
  const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    hello: right.hello,
    call: async (operation, params): Promise<Outcome> => right.call(operation, await spoil(operation, params, later)),
  };
}
async function verdictOf(id: string, implementation: Implementation): Promise<string> {
  const check = checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  const result = await check.run(implementation, CONTEXT);
  return result.verdict === 'fail' ? `fail ${result.failure.requirement}` : result.verdict;
}

describe('calls before the first is answered', () => {
  it('are asked of every session, in one and in two, and of every operation with several answers', () => {
    const ids = new Set(checks.map(({ id }) => id));
    const sessions = new Set(oracle.spec.machines.map(({ session }) => session));
    for (const session of sessions) {
      expect(ids).toContain(`adapter/${session}/calls-at-once`);
      expect(ids).toContain(`adapter/${session}/sessions-at-once`);
    }
    for (const operation of ['e3x.message.seal', 'e3x.message.open', 'e3x.channelpacket.seal', 'e3x.token.derive', 'e3x.hashname.derive'])
      expect(ids).toContain(`adapter/${operation}/calls-at-once`);
  });
  it('are right for who takes them one after the other', async () => {
    const right = behind(async (_operation, params) => Promise.resolve(params));
    for (const id of [
      'adapter/e3x.cloakpath/calls-at-once',
      'adapter/e3x.cloakpath/sessions-at-once',
      'adapter/e3x.message.seal/calls-at-once',
    ])
      expect(`${id} ${await verdictOf(id, right)}`).toBe(`${id} pass`);
  });
  it('are wrong for who takes the last session for that of every call', async () => {
    let current: JsonObject[string] = null;
    const mixing = behind(async (_operation, params, later) => {
      if (params['session'] === undefined) return params;
      current = params['session'] ?? null;
      await later();
      return { ...params, session: current };
    });
    expect(await verdictOf('adapter/e3x.channel/sessions-at-once', mixing)).toBe('fail ADP-036');
  });
  it('are wrong for who answers the later one first', async () => {
    let asked = 0;
    const overtaking = behind(async (operation, params, later) => {
      if (!operation.endsWith('.open') && asked++ % 2 === 0) await later();
      return params;
    });
    expect(await verdictOf('adapter/e3x.channel/calls-at-once', overtaking)).toBe('fail ADP-054');
  });
  it('are wrong for who seals two messages with the entropy of the last', async () => {
    let entropy: JsonObject[string] = null;
    const reusing = behind(async (_operation, params, later) => {
      if (params['entropy'] === undefined) return params;
      entropy = params['entropy'] ?? null;
      await later();
      return { ...params, entropy };
    });
    expect(await verdictOf('adapter/e3x.message.seal/calls-at-once', reusing)).toBe('fail ADP-016');
  });
  it('repeat a nonce for who draws it before the other call is through', async () => {
    const check = doorChecks({ oracle, vectors }).find(({ id }) => id === 'adapter/e3x.message.seal/3a/no-repeated-nonce');
    let drawn = 0;
    const right = new OracleImplementation(oracle);
    const reusing = (): Implementation => ({
      hello: { ...right.hello, entropy: 'own' },
      call: async (operation, params) => {
        const next = drawn + 1;
        await new Promise((resolve) => setImmediate(resolve));
        drawn = next;
        const length = String(params['entropy']).length;
        return right.call(operation, { ...params, entropy: next.toString(16).padStart(length, '0') });
      },
    });
    const another = async (): Promise<{ implementation: Implementation; close: () => Promise<void> }> =>
      Promise.resolve({ implementation: reusing(), close: async () => Promise.resolve() });
    const result = await check?.run(reusing(), { ...CONTEXT, another });
    expect(result).toMatchObject({ verdict: 'fail', failure: { explanation: expect.stringContaining('made at once') as string } });
  });
});
