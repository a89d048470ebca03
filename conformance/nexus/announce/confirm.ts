/** Who confirms announces and beacons: libsodium for digests and signatures, over bytes that are cut by hand. */
import type { Confirmer } from '../../generate/batch.ts';
import { bufferOf, disagree } from '../../generate/confirming.ts';
import { concatBytes, toHex } from '../../oracle/values.ts';
import { signedBytes } from '../identity/confirm.ts';
import { libsodium } from '../identity/sodium.ts';

const SODIUM = 'libsodium';
const PURPOSE = 'nexus-1 announce';

export async function announceConfirmer(): Promise<Confirmer> {
  const sodium = await libsodium();
  const hashOf = (data: Uint8Array): string => toHex(sodium.crypto_generichash(32, data, null)).slice(0, 32);
  const isAnnounce = (packet: Buffer): boolean => {
    const at = packet[0] === 0x51 ? 18 : 2;
    const [destination, data] = [packet.subarray(at, at + 16), packet.subarray(at + 17)];
    const key = data.subarray(0, 32);
    const signed = concatBytes(destination, data.subarray(0, 40), data.subarray(104, 106), new Uint8Array(6), data.subarray(112));
    const isSigned = sodium.crypto_sign_verify_detached(data.subarray(40, 104), signedBytes(PURPOSE, signed), key);
    return isSigned && hashOf(key) === toHex(destination);
  };
  return (operation, params, expect) => {
    if (!('ok' in expect)) return undefined;
    const packet = bufferOf(expect.ok['packet'] ?? params['packet']);
    if (['nexus.announce.write', 'nexus.announce.read', 'nexus.announce.relay'].includes(operation))
      return isAnnounce(packet) ? SODIUM : disagree(SODIUM, operation, params, 'no announce');
    if (['nexus.beacon.write', 'nexus.beacon.read'].includes(operation)) {
      const isRight = toHex(packet.subarray(2, 18)) === hashOf(Buffer.from('nexus-1 beacon', 'ascii'));
      return isRight ? SODIUM : disagree(SODIUM, operation, params, 'no beacon');
    }
    return undefined;
  };
}
