/** What is left in the store of a relay when contents in chunks come and go. */
import { describe, expect, it } from 'vitest';
import { drain, noblePrimitives, toHex } from '../../index.ts';
import * as reference from '../../index.ts';
import type { StoreWrite } from '../../index.ts';

const P = noblePrimitives;
const seedOf = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const [PUT, CHUNK_REQUEST, RECEIPT] = [0x10, 0x14, 0x18];
const CONTENT = new Uint8Array(3 * 4096 + 5).map((_, i) => i % 251);
const idOf = (fill: number): Uint8Array => reference.deriveNexusIdentity(seedOf(fill), P).destinationHash;
const header = reference.encodeObjectHeader({
  contentType: 'immutable',
  created: 0n,
  size: CONTENT.length,
  priority: 'normal',
  minBandwidth: 0,
  merkleRoot: reference.hashContent(CONTENT, P).root,
});
const hash = reference.hashObject(header, P);
const object = reference.writeObject({ age: 0, header, payload: 'chunked' }, P);
const put = reference.writePut({ recipients: [idOf(3)], custody: 3600, object }, P);
const chunkOf = (index: number): Uint8Array => reference.writeChunk({ hash, index, ...reference.proveChunk(CONTENT, index, P) });

/** A relay whose events are done, and what it has stored. */
function running(): { readonly relay: reference.Relay; readonly stored: Map<string, StoreWrite>; readonly done: () => number[] } {
  const stored = new Map<string, StoreWrite>();
  const relay = new reference.Relay({ seed: seedOf(1) }, P, [], 0);
  const done = (): number[] =>
    drain(() => relay.pollEvent()).flatMap((event) => {
      if (event.type === 'send') return [event.kind];
      for (const write of event.writes) {
        if (write.object === undefined && write.lists === undefined && write.chunk === undefined) stored.delete(write.key);
        else stored.set(write.key, write);
      }
      return [];
    });
  relay.linkUp({ id: idOf(2), isTrusted: true, bitsPerSecond: 1_000_000n }, 0);
  return { relay, stored, done };
}
const chunkKeys = (stored: ReadonlyMap<string, StoreWrite>): number => [...stored.keys()].filter((key) => key.startsWith('chunk ')).length;

describe('NXS-CUS-031, NXS-CUS-039 chunks in the store', () => {
  it('are written one by one, handed on as they came, and gone with the receipt', () => {
    const { relay, stored, done } = running();
    relay.handleRequest({ from: idOf(2), kind: PUT, requestId: 1, body: put }, 0);
    expect(done()).toEqual([CHUNK_REQUEST]);
    for (const index of [2, 0, 3, 1]) {
      expect(stored.has(toHex(hash))).toBe(false);
      relay.handleChunk(idOf(2), chunkOf(index), 0);
      done();
    }
    expect([stored.has(toHex(hash)), chunkKeys(stored)]).toEqual([true, 4]);
    const receipt = reference.signReceipt({ seed: seedOf(3), hash, status: 'delivered' }, P);
    relay.handleRequest({ from: idOf(2), kind: RECEIPT, requestId: 2, body: receipt }, 0);
    done();
    expect(chunkKeys(stored)).toBe(0);
  });
  it('are gone an hour after nobody puts the object any more', () => {
    const { relay, stored, done } = running();
    relay.handleRequest({ from: idOf(2), kind: PUT, requestId: 1, body: put }, 0);
    done();
    relay.handleChunk(idOf(2), chunkOf(1), 0);
    done();
    relay.linkDown(idOf(2), 0);
    done();
    for (let minute = 1; minute <= 60; minute++) {
      expect(chunkKeys(stored)).toBe(1);
      relay.handleTimeout(60_000 * minute);
      done();
    }
    expect(chunkKeys(stored)).toBe(0);
    expect(relay.pollTimeoutAtMs()).toBeUndefined();
  });
});
