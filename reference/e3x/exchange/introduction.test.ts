import { describe, expect, it } from 'vitest';
import { fromHex } from '../../kernel/bytes.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { deriveHashname } from '../hashname/hashname.ts';
import { Exchange } from './exchange.ts';
import { readIntroduction } from './introduction.ts';

const ONE = {
  secret: fromHex('a5c1b2b459783cffbf5d46cae0f7e95f08cf3cb30886c4e9625eccce54a6e4cd'),
  key: fromHex('2c1775108365dca6b7e90f8765489f8eda62ec7101391af62419a51c540ed937'),
};
const OTHER = {
  secret: fromHex('1e48a1398268c82dfa699614e768dacf8d37537fd41f4721c620c765c7b5138b'),
  key: fromHex('198862ad040c4c09228c45d1665df06fb8fdc658d758a086cc873238e112e030'),
};
const opened = (local: typeof ONE, remoteKey: Uint8Array, filling: number): Exchange =>
  new Exchange({ csid: '3a', local, remoteKey, entropy: new Uint8Array(32).fill(filling), primitives: noblePrimitives });

describe('E3X-HSK-019 introductions', () => {
  it('E3X-HSK-019 what an exchange sends first introduces its sender, and the key opens the exchange that takes it', () => {
    const one = opened(ONE, OTHER.key, 1);
    one.handshake(new Uint8Array(24).fill(2), 0);
    const packet = one.pollTransmit() ?? new Uint8Array(0);
    const introduced = readIntroduction({ csid: '3a', recipient: OTHER, packet }, noblePrimitives);
    expect(introduced).toEqual({
      hashname: deriveHashname({ keys: new Map([['3a', ONE.key]]) }, noblePrimitives),
      key: ONE.key,
      at: 1,
      verified: true,
    });
    const other = opened(OTHER, introduced.key, 3);
    other.handlePacket(packet, 0);
    expect(other.pollEvent()).toMatchObject({ type: 'handshake', at: 1 });
    const changed = Uint8Array.from(packet, (byte, at) => (at === packet.length - 1 ? byte ^ 1 : byte));
    expect(refusalOf(() => readIntroduction({ csid: '3a', recipient: OTHER, packet: changed }, noblePrimitives))).toBe(
      'unauthenticated E3X-HSK-019',
    );
  });
});
