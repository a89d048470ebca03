import { describe, expect, it } from 'vitest';
import * as reference from '../../index.ts';
import { noblePrimitives as P } from '../../index.ts';

const keyOf = (fill: number): Uint8Array => reference.deriveNexusIdentity(new Uint8Array(32).fill(fill), P).publicKey;
const [STRANGER, SHORT] = [keyOf(9), new Uint8Array(31)];
const idOf = (fill: number): Uint8Array => new Uint8Array(16).fill(fill);
const SIGNATURE = new Uint8Array(64).fill(1);
const parties = { channelId: idOf(7), partyA: idOf(1), partyB: idOf(2), sequence: 2n, signatureA: SIGNATURE };
const state = reference.writePaymentState({ ...parties, balanceA: 1n, balanceB: 2n });
const settlement = reference.writeSettlement({ ...parties, payer: 'a', amount: 1n });
const terms = reference.writeAgreementTerms({
  hash: new Uint8Array(32),
  size: 5,
  provider: idOf(1),
  consumer: idOf(2),
  channelId: idOf(7),
  costPerEpoch: 1n,
  duration: 1,
  interval: 10,
});
const agreement = Uint8Array.from([...terms, ...SIGNATURE, ...SIGNATURE]);

describe('two keys are looked at before either is compared', () => {
  it.each<[string, () => unknown]>([
    ['of a state', () => reference.readPaymentState({ state, keyA: STRANGER, keyB: SHORT }, P)],
    ['of a settlement', () => reference.readSettlement({ body: settlement, keyA: STRANGER, keyB: SHORT }, P)],
    ['of an agreement', () => reference.readAgreement({ body: agreement, providerKey: STRANGER, consumerKey: SHORT }, P)],
  ])('%s', (_, read) => {
    expect(read).toThrow(expect.objectContaining({ rejectClass: 'malformed', clause: 'NXS-IDN-006' }) as Error);
  });
});
