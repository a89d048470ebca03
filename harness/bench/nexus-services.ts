/**
 * The rows of what relays and payment do: drawing with the VRF, receipts, and a PUT until its receipt at a relay whose storage is memory.
 * A limit is the arithmetic alone, by the same primitives: multiplications of points, signatures.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import {
  Relay,
  deriveNexusIdentity,
  drain,
  encodeObjectHeader,
  hashContent,
  noblePrimitives,
  proveVrf,
  readObject,
  readReceipt,
  signReceipt,
  verifyVrf,
  writeObject,
  writePut,
} from '../../reference/index.ts';
import type { Primitives } from '../../reference/index.ts';
import { createNodePrimitives } from '../primitives/node.ts';
import type { Contender, Row } from './measure.ts';

/** What of libsodium does the same work as a receipt. */
export interface ReceiptRival {
  crypto_generichash(length: number, data: Uint8Array, key: null): Uint8Array;
  crypto_sign_verify_detached(signature: Uint8Array, data: Uint8Array, publicKey: Uint8Array): boolean;
}

const [RELAY, RECIPIENT] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const DEPOSITOR_ID = new Uint8Array(16).fill(3);
const [PUT, RECEIPT] = [0x10, 0x18];
const CONTENT = new Uint8Array(1024).fill(7);
const SIGNATURE_AT = 65;
const BIG = 2n ** 251n + 12_345n;

/** @param ours makes contenders of work over primitives @param sodium libsodium, where it is installed */
export function serviceRows(ours: (work: (primitives: Primitives) => unknown) => Contender[], sodium: ReceiptRival | undefined): Row[] {
  const { publicKey, destinationHash } = deriveNexusIdentity(RECIPIENT, noblePrimitives);
  const { root: merkleRoot } = hashContent(CONTENT, noblePrimitives);
  const size = CONTENT.length;
  const header = encodeObjectHeader({ contentType: 'immutable', created: 0n, size, priority: 'normal', minBandwidth: 0, merkleRoot });
  const object = writeObject({ age: 0, header, payload: 'inline', content: CONTENT }, noblePrimitives);
  const put = writePut({ recipients: [destinationHash], custody: 600, object }, noblePrimitives);
  const { hash } = readObject(object, noblePrimitives);
  const receipt = signReceipt({ seed: RECIPIENT, hash, status: 'delivered' }, noblePrimitives);
  const draw = { publicKey, alpha: hash, proof: proveVrf({ seed: RECIPIENT, alpha: hash }, noblePrimitives).proof };
  const point = ed25519.Point.BASE.multiply(5n);
  const multiplications = (count: number) => (): void => {
    for (let i = 0; i < count; i++) point.multiplyUnsafe(BIG);
  };
  /** Stored, acknowledged, and deleted on the receipt of its recipient. */
  const kept = (primitives: Primitives): number => {
    const relay = new Relay({ seed: RELAY }, primitives, [], 0);
    const polled = (): number => {
      let events = 0;
      drain(() => {
        const event = relay.pollEvent();
        if (event !== undefined) events++;
        return event;
      });
      return events;
    };
    relay.linkUp({ id: DEPOSITOR_ID, isTrusted: true, bitsPerSecond: 1_000_000n }, 1);
    relay.handleRequest({ from: DEPOSITOR_ID, kind: PUT, requestId: 1, body: put }, 2);
    const stored = polled();
    relay.handleRequest({ from: DEPOSITOR_ID, kind: RECEIPT, requestId: 2, body: receipt }, 3);
    return stored + polled();
  };
  if (kept(noblePrimitives) < 4) throw new Error('a relay stores, acknowledges, and confirms');
  const node = createNodePrimitives();
  const message = new Uint8Array(33).fill(9);
  const signature = node.signEd25519({ secret: RECIPIENT, message });
  return [
    {
      title: 'draw with the VRF',
      ours: ours((primitives) => proveVrf({ seed: RECIPIENT, alpha: hash }, primitives)),
      others: [],
      limit: multiplications(3),
    },
    { title: 'verify that draw', ours: ours((primitives) => verifyVrf(draw, primitives)), others: [], limit: multiplications(4) },
    {
      title: 'verify a receipt',
      ours: ours((primitives) => readReceipt(receipt, primitives)),
      why: { libsodium: 'its Ed25519 is faster than OpenSSL, which checks by the rule of the port' },
      others:
        sodium === undefined
          ? []
          : [
              {
                name: 'libsodium',
                run: () => {
                  const data = Buffer.concat([
                    Buffer.from('nexus-1 receipt\0', 'ascii'),
                    receipt.subarray(0, 32),
                    receipt.subarray(64, SIGNATURE_AT),
                  ]);
                  if (!sodium.crypto_sign_verify_detached(receipt.subarray(SIGNATURE_AT), data, publicKey)) throw new Error('no receipt');
                  return sodium.crypto_generichash(32, publicKey, null).slice(0, 16);
                },
              },
            ],
    },
    {
      title: 'PUT to RECEIPT',
      ours: ours(kept),
      others: [],
      limit: () => {
        node.signEd25519({ secret: RELAY, message });
        node.verifyEd25519({ publicKey, message, signature });
      },
    },
  ];
}
