import { describe, expect, it } from 'vitest';
import { committedVectors } from '../../vectors.ts';

describe('the forgery of cookies', () => {
  it('IPR-CKE-008 is accepted in interpeer-0.1 and refused in interpeer-1', () => {
    const forged = committedVectors().files.find(({ area, subject }) => area === 'interpeer' && subject === 'forgery')?.vectors ?? [];
    const verdicts = new Set(
      forged.map(({ steps }) => `${String(steps.at(-1)?.params['suite'])} ${Object.keys(steps.at(-1)?.expect ?? {}).join()}`),
    );
    expect([...verdicts].sort()).toEqual(['interpeer-0.1 ok', 'interpeer-1 reject']);
    // The forging computes with what is public: the secret is in the steps of the two peers, and nowhere else.
    expect(new Set(forged.flatMap(({ steps }) => steps.map(({ operation }) => operation)))).toEqual(
      new Set(['interpeer.cookie.make', 'interpeer.cookie.check']),
    );
  });
});
