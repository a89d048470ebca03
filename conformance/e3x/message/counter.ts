/** The cases of counted IVs that no short trace reaches: where the counter carries from one byte to the next. */
import type { Oracle } from '../../oracle/oracle.ts';
import type { VectorStep } from '../../vectors.ts';
import type { Batch } from '../../generate/batch.ts';
import { machineTraces } from '../../generate/sessions.ts';

const SESSION = 'e3x.channelcounter';
const OPEN = { key: '000102030405060708090a0b0c0d0e0f', token: '101112131415161718191a1b1c1d1e1f' };
/** The first IV, and those that follow. */
const CARRIES: readonly (readonly [string, readonly string[]])[] = [
  ['ff000000', ['ff000000', '00010000', '01010000']],
  ['ffff0000', ['ffff0000', '00000100']],
  ['ffffff00', ['ffffff00', '00000001']],
  ['ffffff7f', ['ffffff7f', '00000080']],
  ['000000ff', ['000000ff', '010000ff']],
];

/** Traces, and each carry. */
export function counterCases(oracle: Oracle, batch: Batch): void {
  machineTraces(oracle, batch, SESSION);
  for (const [entropy, ivs] of CARRIES) {
    const opened: VectorStep = {
      operation: `${SESSION}.open`,
      params: { ...OPEN, entropy, now: 1000 },
      expect: { ok: { transmit: [], events: [], timeoutAt: null } },
      requirement: 'E3X-CS1-007',
      bind: { session: 'session' },
    };
    const sealed = ivs.map((iv): VectorStep => {
      const inner = '0000ff';
      const answer = oracle.answer('e3x.channelpacket.seal', { csid: '1a', ...OPEN, inner, entropy: iv });
      if (answer.kind !== 'ok') throw new Error(`${iv}: ${answer.class}`);
      return {
        operation: `${SESSION}.seal`,
        params: { session: '$session', inner, now: 1000 },
        expect: { ok: { transmit: [answer.value['packet'] ?? ''], events: [], timeoutAt: null } },
        requirement: 'E3X-CS1-007',
      };
    });
    batch.put({
      id: `${SESSION}/from-${entropy}`,
      title: `counted from ${entropy}`,
      kind: 'trace',
      requirement: 'E3X-CS1-007',
      steps: [opened, ...sealed],
      oracles: ['interpreter'],
    });
  }
}
