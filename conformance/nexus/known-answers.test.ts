/** Answers of the specification that were worked out before it was written, by hand or by other programs. */
import { describe, expect, it } from 'vitest';
import { oracleOf } from '../areas.ts';
import type { Json, JsonObject } from '../contract/contract.ts';

const oracle = oracleOf('nexus');
const counted = (first: number): string => Buffer.from(Array.from({ length: 32 }, (_, i) => first + i)).toString('hex');
function answer(operation: string, params: JsonObject, member: string): Json | undefined {
  const told = oracle.answer(operation, params);
  return told.kind === 'ok' ? told.value[member] : told.class;
}
const [ALICE, BOB, SECRET] = [counted(0), counted(0x20), counted(0x40)];

describe('NXS-IDN identities', () => {
  it.each([
    [ALICE, '9d24e2eeaf27c2a088a564a32fc03a88'],
    [BOB, '25843b3a196efcefbf5b1390d78db52b'],
  ])('have their destination hashes', (seed, hash) => {
    expect(answer('nexus.identity.derive', { seed }, 'destinationHash')).toBe(hash);
  });
  it('have X25519 keys', () => {
    const key = '5730800ab340fcb18ce5111eda9d705f91388b41e4544cbd103ba5942db2233e';
    expect(answer('nexus.identity.derive', { seed: BOB }, 'x25519PublicKey')).toBe(key);
  });
});
describe('NXS-ENV envelopes', () => {
  const envelope = `${'79a631eede1bf9c98f12032cdeadd0e7a079398fc786b88cc846ec89af85a51a'}a9ef1820a1b14600669af671cb7d3358952b056435`;
  it('hold "hello"', () => {
    const publicKey = String(answer('nexus.identity.derive', { seed: BOB }, 'publicKey'));
    const plaintext = Buffer.from('hello').toString('hex');
    expect(answer('nexus.envelope.seal', { publicKey, use: 'message', plaintext, entropy: SECRET }, 'envelope')).toBe(envelope);
    expect(answer('nexus.envelope.open', { seed: BOB, use: 'message', envelope }, 'plaintext')).toBe(plaintext);
  });
});
describe('NXS-PCT codes', () => {
  it.each([
    ['0', 0],
    ['1', 16],
    ['2', 25],
    ['5', 41],
    ['10', 55],
    ['99', 106],
    ['100', 107],
    ['500', 143],
    ['1000000', 319],
    ['18446744073709551615', 1024],
  ])('of the cost %s', (value, code) => {
    expect(answer('nexus.pathcost.encode', { value }, 'code')).toBe(code);
  });
  it.each([
    [106, '98'],
    [107, '102'],
    [143, '489'],
    [319, '1004119'],
  ])('%i is worth', (code, value) => {
    expect(answer('nexus.pathcost.decode', { code }, 'value')).toBe(value);
  });
  it.each([
    ['1', 0],
    ['300', 66],
    ['1000', 80],
    ['1074', 81],
    ['10000', 106],
    ['1000000', 159],
    ['100000000', 213],
    ['3780000000', 255],
    ['18446744073709551615', 255],
  ])('of the bandwidth %s', (bitsPerSecond, code) => {
    expect(answer('nexus.pathcost.bandwidth', { bitsPerSecond }, 'code')).toBe(code);
  });
});
describe('NXS-AIR airtime', () => {
  const frame = { chip: 'sx127x', bandwidthHz: 125_000, codingRate: 7, preambleSymbols: 8, implicitHeader: false, crc: true };
  it.each([
    [7, 127, undefined, 285_952],
    [12, 24, true, 1_810_432],
    [12, 24, false, 1_581_056],
  ])('of SF%i, %i bytes', (spreadingFactor, payloadLength, optimized, airtimeUs) => {
    const settings = { ...frame, spreadingFactor, payloadLength };
    const params = optimized === undefined ? settings : { ...settings, lowDataRateOptimize: optimized };
    expect(answer('nexus.lora.airtime', params, 'airtimeUs')).toBe(airtimeUs);
  });
});
