/**
 * A router: brings two endpoints together that cannot reach each other, without reading what they say.
 *
 *   what comes                               what is done
 *   peer request, both endpoints linked      connect to the other one, BODY as it came
 *     BODY an encrypted message              and a route: its token -> the path the request came by
 *   channel packet, token with a route       delivered by the path of the route
 *   anything else                            nothing
 *
 * Nothing is ever answered and nothing is refused: a requester learns neither who is linked nor why nothing happens.
 * A token is in the open, so anyone can repeat it; hence a route belongs to the endpoint that made it.
 *
 * Choice: ADR-0013.
 */
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, ProtocolError } from '../../kernel/errors.ts';
import { toHex } from '../../kernel/bytes.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';
import { validateChannelPacket } from '../channel-type/channel-types.ts';
import { decodePacketParts } from '../packet/packet.ts';
import { TOKEN_LENGTH, deriveToken } from '../token/token.ts';

/** E3X-RTR-009: routes that are kept. */
export const ROUTE_COUNT = 256;
/** E3X-RTR-010: how long an unused route lives, in milliseconds. */
export const ROUTE_MS = 60000;

/** Bounds of a router. */
export interface RouterLimits {
  readonly routeCount: number;
  readonly routeMs: number;
}

/** What a router wants to be sent. */
export type RouterEvent =
  | { readonly type: 'connect'; readonly to: string; readonly peer: string; readonly body: Uint8Array }
  | { readonly type: 'deliver'; readonly path: number; readonly packet: Uint8Array };

/** How a router is set up. */
export interface RouterOptions {
  readonly limits?: Partial<RouterLimits> | undefined;
  /** Who does the arithmetic. */
  readonly primitives: DigestPrimitives;
}

const OPTIONS = door.members<RouterOptions>({
  limits: door.optional(door.members<Partial<RouterLimits>>({ routeCount: door.optional(door.whole), routeMs: door.optional(door.whole) })),
  primitives: primitivesDoor.digest,
});

interface Route {
  readonly owner: string;
  readonly path: number;
  readonly usedAtMs: number;
}

/**
 * Routes between endpoints. Everything that a call put out is polled before the next call.
 */
export class Router extends Endpoint<never, RouterEvent> {
  readonly #limits: RouterLimits;
  readonly #primitives: DigestPrimitives;
  readonly #links: Set<string> = new Set();
  /** By token; the one used longest ago comes first. */
  readonly #routes: Map<string, Route> = new Map();

  constructor(options: RouterOptions) {
    super();
    const { limits = {}, primitives } = OPTIONS(options, 'options');
    this.#primitives = primitives;
    this.#limits = { routeCount: ROUTE_COUNT, routeMs: ROUTE_MS, ...limits };
  }

  /** Says that an endpoint has an active link. */
  link(hashname: string): void {
    this.requireCall();
    this.#links.add(door.text(hashname, 'hashname')); // E3X-RTR-001
  }

  /**
   * Says that the link of an endpoint has ended.
   * @see E3X-RTR-011
   */
  unlink(hashname: string): void {
    this.requireCall();
    this.#links.delete(door.text(hashname, 'hashname'));
    for (const [token, { owner }] of this.#routes) if (owner === hashname) this.#routes.delete(token); // E3X-RTR-011
  }

  /**
   * Takes the opening packet of a peer channel; whatever is wrong with it, nothing shows.
   * @param from hashname of the endpoint whose link it came by
   * @param path by which it came
   * @see E3X-RTR-001
   */
  handlePeer(from: string, path: number, packet: Uint8Array, nowMs: number): void {
    this.handleTimeout(nowMs);
    door.text(from, 'from');
    door.whole(path, 'path');
    const request = readRequest(door.copy(packet, 'packet'));
    if (request === undefined) return; // E3X-RTR-002
    const { to, body } = request;
    if (!this.#links.has(from) || !this.#links.has(to)) return; // E3X-RTR-002
    this.putEvent({ type: 'connect', to, peer: from, body }); // E3X-RTR-001
    const token = tokenOf(body, this.#primitives);
    if (token !== undefined) this.#learn(token, { owner: from, path, usedAtMs: nowMs }); // E3X-RTR-004; E3X-RTR-003: none, no route
  }

  /**
   * Takes a packet that belongs to none of the router's own exchanges.
   * @param path by which it came
   * @see E3X-RTR-005
   */
  handlePacket(path: number, packet: Uint8Array, nowMs: number): void {
    this.handleTimeout(nowMs);
    door.whole(path, 'path');
    const own = door.copy(packet, 'packet');
    const token = leadingToken(own);
    const route = token === undefined ? undefined : this.#routes.get(token);
    if (token === undefined || route === undefined) return; // E3X-RTR-006
    if (route.path === path) return; // E3X-RTR-007
    this.#keep(token, { ...route, usedAtMs: nowMs }); // E3X-RTR-010
    this.putEvent({ type: 'deliver', path: route.path, packet: own }); // E3X-RTR-005
  }

  /**
   * Lets time pass.
   * @see E3X-RTR-010
   */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    for (const [token, { usedAtMs }] of this.#routes) {
      if (nowMs - usedAtMs < this.#limits.routeMs) break; // the rest has been used since, so a packet costs no look at all routes
      this.#routes.delete(token); // E3X-RTR-010
    }
  }

  /** @returns when the next route ends, in milliseconds; undefined if there is none */
  override pollTimeoutAtMs(): number | undefined {
    const [oldest] = this.#routes.values();
    return oldest === undefined ? undefined : oldest.usedAtMs + this.#limits.routeMs;
  }

  #learn(token: string, route: Route): void {
    const known = this.#routes.get(token);
    if (known !== undefined && known.owner !== route.owner) return; // E3X-RTR-008
    if (known === undefined && this.#routes.size >= this.#limits.routeCount) return; // E3X-RTR-009
    this.#keep(token, route);
  }

  /** Puts a route after those that have been used before. */
  #keep(token: string, route: Route): void {
    this.#routes.delete(token);
    this.#routes.set(token, route);
  }
}

/** E3X-RTR-002: whom a request is for, and what it carries; undefined if it is none. */
function readRequest(packet: Uint8Array): { readonly to: string; readonly body: Uint8Array } | undefined {
  try {
    const { json, body } = validateChannelPacket({ type: 'peer', role: 'open', isReliable: false, packet });
    const { peer } = json;
    return typeof peer === 'string' ? { to: peer, body } : undefined;
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

/** The token of an encrypted message, as text. */
function tokenOf(message: Uint8Array, primitives: DigestPrimitives): string | undefined {
  try {
    return toHex(deriveToken(message, primitives));
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** The token that leads the BODY of an encrypted channel packet, as text. */
function leadingToken(packet: Uint8Array): string | undefined {
  try {
    const { head, body } = decodePacketParts(packet);
    return head.length === 0 && body.length >= TOKEN_LENGTH ? toHex(body.subarray(0, TOKEN_LENGTH)) : undefined;
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
