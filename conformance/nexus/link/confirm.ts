/** Who confirms links: node:crypto, step by step, for everything that is derived, signed or sealed; libsodium for link ids. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { bufferOf, disagree } from '../../generate/confirming.ts';
import { toHex } from '../../oracle/values.ts';
import { libsodium } from '../identity/sodium.ts';
import { ed25519Public } from '../identity/primitives.ts';
import { ephemeralOf, handshakeOf, okmOf, sealedPacket } from './by-hand.ts';
import { ALICE_SECRET, BOB_SECRET } from './messages.ts';
import { ALICE, BOB } from '../identity/people.ts';

const bytes = (hex: Json | undefined): Uint8Array => Uint8Array.from(bufferOf(hex));

export async function linkConfirmer(): Promise<Confirmer> {
  const sodium = await libsodium();
  /** What the answer must be, and by whom; undefined where nobody but the interpreter can tell. */
  const answer = (operation: string, params: JsonObject, ok: JsonObject): readonly [who: string, result: JsonObject] | undefined => {
    switch (operation) {
      case 'nexus.link.keys': {
        const previous = params['previous'] === undefined ? undefined : bytes(params['previous']);
        const okm = okmOf(bytes(params['secret']), bytes(params['peerKey']), params['role'] === 'initiator', previous);
        return ['node:crypto', { initiatorKey: toHex(okm.slice(0, 32)), responderKey: toHex(okm.slice(32)) }];
      }
      case 'nexus.link.parse': {
        const request = bytes(params['request']);
        const data = Buffer.concat([Buffer.from('nexus-1 link id\0'), request.slice(2, 18), request.slice(19)]);
        const linkId = toHex(sodium.crypto_generichash(32, data, null)).slice(0, 32);
        return ['libsodium', { destination: toHex(request.slice(2, 18)), ephemeral: toHex(request.slice(22)), linkId }];
      }
      case 'nexus.link.request':
        return ['node:crypto', { packet: `0200${String(params['destination'])}00010000${toHex(ephemeralOf(bytes(params['secret'])))}` }];
      case 'nexus.link.prove':
        return ['node:crypto', { packet: toHex(partsOf({ bobClock: params['clock'] }).proof) }];
      case 'nexus.link.identify':
        return [
          'node:crypto',
          { packet: toHex(partsOf({ aliceClock: params['clock'], bobClock: params['responderClock'] }).identification) },
        ];
      case 'nexus.link.verify': {
        // Of this link alone, whatever the hops are, and as the answer has the clock.
        const { proof, linkId } = partsOf({ bobClock: ok['clock'] });
        const isOurs = toHex(proof).slice(4) === String(params['proof']).slice(4);
        const publicKey = toHex(ed25519Public(bytes(BOB.seed)));
        return isOurs ? ['node:crypto', { publicKey, clock: ok['clock'] ?? null, linkId: toHex(linkId) }] : undefined;
      }
      case 'nexus.sealed.seal':
        return ['node:crypto', { packet: toHex(packetOf(params, params, Number(params['hops'] ?? 0))) }];
      case 'nexus.sealed.open':
        return toHex(packetOf(params, ok, bytes(params['packet'])[1] ?? 0)) === params['packet']
          ? ['node:crypto', ok]
          : ['node:crypto', {}];
      default:
        return undefined;
    }
  };
  return (operation, params, expect) => {
    if (!('ok' in expect)) return undefined;
    const found = answer(operation, params, expect.ok);
    if (found === undefined) return undefined;
    const [who, result] = found;
    return JSON.stringify(result) === JSON.stringify(expect.ok) ? who : disagree(who, operation, params, result);
  };
}

/** The handshake of the vectors, with other clocks. */
function partsOf({
  aliceClock = '1700000000000',
  bobClock = '1700000000123',
}: {
  aliceClock?: Json | undefined;
  bobClock?: Json | undefined;
}): ReturnType<typeof handshakeOf> {
  return handshakeOf({
    aliceSeed: bytes(ALICE.seed),
    bobSeed: bytes(BOB.seed),
    aliceSecret: bytes(ALICE_SECRET),
    bobSecret: bytes(BOB_SECRET),
    aliceClock: BigInt(String(aliceClock)),
    bobClock: BigInt(String(bobClock)),
  });
}

/** @param parts of the packet, by the names of the operations */
function packetOf({ key }: JsonObject, parts: JsonObject, hops: number): Uint8Array {
  return sealedPacket({
    key: bytes(key),
    linkId: bytes(parts['linkId']),
    destination: parts['destination'] === undefined ? undefined : bytes(parts['destination']),
    hops,
    context: Number(parts['context']),
    phase: Number(parts['phase']),
    count: Number(parts['count']),
    content: bytes(parts['content']),
  });
}
