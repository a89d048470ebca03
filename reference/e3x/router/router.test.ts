import { describe, expect, it } from 'vitest';
import { concat, fromHex } from '../../kernel/bytes.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { UsageError } from '../../kernel/errors.ts';
import { encodePacket } from '../packet/packet.ts';
import { Router } from './router.ts';
import { deriveToken } from '../token/token.ts';

const ALICE = 'uvabrvfqacyvgcu3kbrrmk6apjbvgvn2wjechqr3vf4c4zm3hv7a';
const BOB = 'frnfke2szyna2vwkge6eubxtnkj46rtctqk7g7ewbvfiesycbjda';
const message = fromHex(`00013a${'aa'.repeat(20)}`);
const request = (body: Uint8Array): Uint8Array => encodePacket({ json: { c: 1, type: 'peer', peer: BOB }, body });
const bridged = concat([fromHex('0000'), deriveToken(message, noblePrimitives), fromHex('ff')]);
function linked(): Router {
  const router = new Router({ primitives: noblePrimitives });
  router.link(ALICE);
  router.link(BOB);
  return router;
}

describe('E3X-RTR router', () => {
  it('E3X-RTR-001, E3X-RTR-004, E3X-RTR-005 connects, and then bridges, without a change of a byte', () => {
    const router = linked();
    router.handlePeer(ALICE, 1, request(message), 0);
    expect(router.pollEvent()).toEqual({ type: 'connect', to: BOB, peer: ALICE, body: message });
    router.handlePacket(2, bridged, 10);
    expect(router.pollEvent()).toEqual({ type: 'deliver', path: 1, packet: bridged });
    expect(router.pollTimeoutAtMs()).toBe(60_010);
  });
  it.each([
    ['nothing', new Uint8Array(0)],
    ['another channel', encodePacket({ json: { c: 1, type: 'path', paths: [] } })],
    ['no BODY', request(new Uint8Array(0))],
  ])('E3X-RTR-002 is silent about %s', (_what, packet) => {
    const router = linked();
    router.handlePeer(ALICE, 1, packet, 0);
    expect(router.pollEvent()).toBeUndefined();
  });
  it('E3X-RTR-011 forgets endpoints that are gone', () => {
    const router = linked();
    router.handlePeer(ALICE, 1, request(message), 0);
    router.pollEvent();
    router.unlink(ALICE);
    router.handlePacket(2, bridged, 1);
    expect(router.pollEvent()).toBeUndefined();
    expect(router.pollTimeoutAtMs()).toBeUndefined();
  });
  it('requires its event to be polled', () => {
    const router = linked();
    router.handlePeer(ALICE, 1, request(message), 0);
    expect(() => router.handlePacket(2, bridged, 0)).toThrow(UsageError);
  });
});
