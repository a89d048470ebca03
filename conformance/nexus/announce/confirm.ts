/** Who confirms announces and beacons: libsodium for digests and signatures, over bytes that are cut by hand. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { bufferOf, disagree } from '../../generate/confirming.ts';
import { concatBytes, firstDifference, toHex } from '../../oracle/values.ts';
import { signedBytes } from '../identity/confirm.ts';
import { libsodium } from '../identity/sodium.ts';

const SODIUM = 'libsodium';
const PURPOSE = 'nexus-1 announce';
/** What an announce has in its options, by their types. */
const OPTIONS: { readonly [type: number]: (data: Buffer) => JsonObject } = {
  1: (data) => ({ label: data.toString('utf8') }),
  2: (data) => ({ capabilities: data.readUInt16LE() }),
  3: (data) => ({ relays: Array.from({ length: data.length / 16 }, (_, at) => toHex(data.subarray(16 * at, 16 * at + 16))) }),
};

/** Where the data of an announce begin: after one address or after two. */
const addressesEnd = (packet: Buffer): number => (packet[0] === 0x51 ? 34 : 18);

/** What an announce says, by offsets. */
function announceByOffsets(packet: Buffer): JsonObject {
  const end = addressesEnd(packet);
  const data = packet.subarray(end + 1);
  const options: JsonObject[] = [];
  for (let at = 112; at < data.length; at += 2 + (data[at + 1] ?? 0))
    options.push(OPTIONS[data[at] ?? 0]?.(data.subarray(at + 2, at + 2 + (data[at + 1] ?? 0))) ?? {});
  return {
    destination: toHex(packet.subarray(end - 16, end)),
    nextHop: toHex(packet.subarray(2, 18)),
    publicKey: toHex(data.subarray(0, 32)),
    sequence: String(data.readBigUInt64LE(32)),
    cost: data.readUInt16LE(106),
    latency: data.readUInt16LE(108),
    bottleneck: data[110] ?? 0,
    hopCount: data[111] ?? 0,
    ...Object.assign({}, ...options),
  };
}

/** What a beacon says, by offsets. */
const beaconByOffsets = (packet: Buffer): JsonObject => ({
  id: toHex(packet.subarray(19, 35)),
  capabilities: packet.readUInt16LE(35),
  costTier: packet[37] ?? 0,
  load: packet[38] ?? 0,
});

/** The members of an answer that were asked for under the same names. */
const asAsked = (read: JsonObject, params: JsonObject): JsonObject =>
  Object.fromEntries(Object.keys(read).flatMap((name) => (name in params ? [[name, params[name] ?? null]] : [])));

export async function announceConfirmer(): Promise<Confirmer> {
  const sodium = await libsodium();
  const hashOf = (data: Uint8Array): string => toHex(sodium.crypto_generichash(32, data, null)).slice(0, 32);
  const isAnnounce = (packet: Buffer): boolean => {
    const end = addressesEnd(packet);
    const [destination, data] = [packet.subarray(end - 16, end), packet.subarray(end + 1)];
    const key = data.subarray(0, 32);
    const signed = concatBytes(destination, data.subarray(0, 40), data.subarray(104, 106), new Uint8Array(6), data.subarray(112));
    const isSigned = sodium.crypto_sign_verify_detached(data.subarray(40, 104), signedBytes(PURPOSE, signed), key);
    return isSigned && hashOf(key) === toHex(destination);
  };
  const isBeacon = (packet: Buffer): boolean => toHex(packet.subarray(2, 18)) === hashOf(Buffer.from('nexus-1 beacon', 'ascii'));
  /** Whether a packet is right and says what it must; the path cost that a relay computes is nobody's to confirm here. */
  const isRight = (operation: string, params: JsonObject, ok: JsonObject): boolean | undefined => {
    const packet = bufferOf(ok['packet'] ?? params['packet']);
    switch (operation) {
      case 'nexus.announce.read':
        return isAnnounce(packet) && firstDifference(announceByOffsets(packet), ok) === undefined;
      case 'nexus.announce.write': {
        const read = announceByOffsets(packet);
        const origin = { cost: 0, latency: 0, bottleneck: 255, hopCount: 0 };
        const isAsked = firstDifference({ ...read, ...origin, ...asAsked(read, params) }, read) === undefined;
        return isAnnounce(packet) && isAsked && ['label', 'capabilities', 'relays'].every((name) => name in read === name in params);
      }
      case 'nexus.beacon.read':
        return isBeacon(packet) && firstDifference(beaconByOffsets(packet), ok) === undefined;
      case 'nexus.beacon.write':
        return isBeacon(packet) && firstDifference(params, beaconByOffsets(packet)) === undefined;
      default:
        return undefined;
    }
  };
  return (operation, params, expect) => {
    const right = 'ok' in expect ? isRight(operation, params, expect.ok) : undefined;
    if (right === undefined) return undefined;
    return right ? SODIUM : disagree(SODIUM, operation, params, 'something else');
  };
}
