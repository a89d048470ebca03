/**
 * Contents that come in chunks, until all of their chunks are there.
 *
 * A content is fetched from the first neighbour that put it. Whoever puts it meanwhile waits as well, and is the one from
 * which it is fetched if the first one fails or leaves; what has come is not requested again (NXS-CUS-036).
 */
import { EMPTY, fromHex, toHex } from '../../kernel/bytes.ts';
import { drain } from '../../kernel/endpoint.ts';
import { UnknownError } from '../../kernel/errors.ts';
import { readChunk } from '../object/chunk-records.ts';
import { verifyChunk } from '../object/merkle.ts';
import type { ObjectPrimitives } from '../object/object.ts';
import type { ObjectHeader } from '../object/header.ts';
import { Transfer } from '../object/transfer.ts';
import type { TransferEvent } from '../object/transfer.ts';
import type { Reservation } from './custody.ts';
import type { PutBody } from './put.ts';

/** Bits of the packet by which airtimes are counted. */
const PACKET_BITS = 4000n;
/** NXS-CUS-031: what an airtime is at most, so that a transfer ends. */
const AIRTIME_MS_MAX = 86_400_000n;

/** A PUT that was read and not refused. */
export interface AdmittedPut {
  readonly who: string;
  readonly isTrusted: boolean;
  readonly requestId: number;
  readonly put: PutBody;
  readonly header: Uint8Array;
  readonly read: ObjectHeader;
  /** Milliseconds. */
  readonly ageMs: number;
  /** Seconds. */
  readonly granted: number;
  readonly recipients: readonly string[];
}
/** A PUT that waits for chunks, and since when. */
interface WaitingPut extends AdmittedPut {
  readonly sinceMs: number;
}
interface Arrival {
  readonly hash: string;
  readonly header: Uint8Array;
  readonly read: ObjectHeader;
  /** At least one; the content comes from the neighbour of the first. */
  puts: readonly WaitingPut[];
  transfer: Transfer;
}
/** What comes of a call, in this order. */
export type ArrivalStep =
  | { readonly type: 'request'; readonly to: string; readonly body: Uint8Array }
  | { readonly type: 'chunk'; readonly hash: string; readonly index: number; readonly body: Uint8Array }
  | { readonly type: 'whole' | 'failed'; readonly puts: readonly AdmittedPut[] };

/** What arrivals need to know of the rest of the relay. */
export interface ArrivalSources {
  /** Indices of the chunks of an object that are stored. */
  readonly have: (hash: string) => readonly number[];
  /** Bits per second of the link with a neighbour. */
  readonly rateOf: (who: string) => bigint;
}

function airtimeOf(bits: bigint, bitsPerSecond: bigint): number {
  const ms = (1000n * bits + bitsPerSecond - 1n) / (bitsPerSecond < 1n ? 1n : bitsPerSecond);
  return Number(ms < AIRTIME_MS_MAX ? ms : AIRTIME_MS_MAX);
}
function isOfOne(one: AdmittedPut, other: AdmittedPut): boolean {
  return one.who === other.who && one.recipients.join() === other.recipients.join();
}

/** Fetches contents. Times are those that count for ages (NXS-CUS-021). */
export class Arrivals {
  readonly #primitives: ObjectPrimitives;
  readonly #sources: ArrivalSources;
  /** By hash. */
  readonly #arrivals: Map<string, Arrival> = new Map();

  constructor(primitives: ObjectPrimitives, sources: ArrivalSources) {
    this.#primitives = primitives;
    this.#sources = sources;
  }

  /** How many PUTs of a neighbour wait. @see NXS-CUS-040 */
  countOf(who: string): number {
    return [...this.#arrivals.values()].flatMap(({ puts }) => puts).filter((put) => put.who === who).length;
  }
  /** Whether a PUT waits already: it comes again. */
  isAgain(put: AdmittedPut): boolean {
    return this.#arrivals.get(toHex(put.put.hash))?.puts.some((one) => isOfOne(one, put)) === true;
  }
  isAwaited(hash: string): boolean {
    return this.#arrivals.has(hash);
  }
  /** The room that is taken by what has not come yet. @see NXS-CUS-035 */
  reserved(): Reservation[] {
    return [...this.#arrivals.values()].map(({ hash, read, puts }) => ({
      hash: fromHex(hash),
      size: read.size,
      depositors: puts.map(({ who }) => who),
      entries: puts.flatMap(({ who, isTrusted, granted, recipients }) =>
        recipients.map((recipient) => ({ recipient, depositor: who, isTrusted, grantedS: granted, devices: [] })),
      ),
    }));
  }

  /** A PUT whose content is not there. @see NXS-CUS-031, NXS-CUS-036 */
  add(put: AdmittedPut, nowMs: number): ArrivalStep[] {
    const hash = toHex(put.put.hash);
    const known = this.#arrivals.get(hash);
    const waiting: WaitingPut = { ...put, sinceMs: nowMs };
    if (known === undefined) return this.#begin(hash, [waiting], nowMs);
    const place = known.puts.findIndex((one) => isOfOne(one, put));
    const first = known.puts[place];
    // Time that counts goes on from the first of them: its object is the older one.
    const later = first === undefined ? waiting : { ...waiting, ageMs: Math.max(put.ageMs, first.ageMs + nowMs - first.sinceMs) };
    known.puts = first === undefined ? [...known.puts, later] : known.puts.map((one) => (one === first ? later : one));
    return [];
  }
  #begin(hash: string, puts: readonly WaitingPut[], nowMs: number): ArrivalStep[] {
    const [first] = puts;
    if (first === undefined) {
      this.#arrivals.delete(hash);
      return [];
    }
    const { header, read, who } = first;
    const rate = this.#sources.rateOf(who);
    const airtimes = { airtimeMs: airtimeOf(PACKET_BITS, rate), objectAirtimeMs: airtimeOf(8n * BigInt(read.size), rate) };
    const transfer = new Transfer(airtimes, this.#primitives);
    const arrival: Arrival = { hash, header, read, puts, transfer };
    this.#arrivals.set(hash, arrival);
    transfer.begin({ header, have: this.#sources.have(hash) }, nowMs);
    return this.#steps(arrival, EMPTY, nowMs);
  }

  /**
   * Takes the body of CHUNK.
   * @returns what is to be done with it once time has passed
   * @throws DecodeError; MismatchError; UnknownError for a chunk that is not awaited from this neighbour; nothing has changed
   * @see NXS-CUS-034
   */
  check(who: string, body: Uint8Array): (nowMs: number) => ArrivalStep[] {
    const { hash, index, path, chunk } = readChunk(body);
    const { read } = this.#from(who, hash);
    verifyChunk({ merkleRoot: read.merkleRoot, size: read.size, index, path, chunk }, this.#primitives);
    return (nowMs) => {
      const arrival = this.#arrivals.get(toHex(hash));
      if (arrival?.puts[0]?.who !== who) return []; // time has ended it
      arrival.transfer.handleChunk(body, nowMs);
      return this.#steps(arrival, body, nowMs);
    };
  }
  /** Tells of an error in answer to a request. @throws UnknownError likewise @see NXS-CUS-037 */
  checkError(who: string, hash: Uint8Array): (nowMs: number) => ArrivalStep[] {
    this.#from(who, hash);
    return (nowMs) => {
      const arrival = this.#arrivals.get(toHex(hash));
      return arrival?.puts[0]?.who === who ? this.#fail(arrival, nowMs) : [];
    };
  }
  #from(who: string, hash: Uint8Array): Arrival {
    const arrival = this.#arrivals.get(toHex(hash));
    if (arrival?.puts[0]?.who !== who) throw new UnknownError('NXS-CUS-034', 'no content is awaited from this neighbour');
    return arrival;
  }

  /** A link is down, or another one is up in its place. @see NXS-CUS-038 */
  leave(who: string, nowMs: number): ArrivalStep[] {
    return [...this.#arrivals.values()].flatMap((arrival) => {
      const others = arrival.puts.filter((put) => put.who !== who);
      if (arrival.puts[0]?.who === who) return this.#begin(arrival.hash, others, nowMs);
      arrival.puts = others;
      return [];
    });
  }

  /** Lets time pass. */
  pass(nowMs: number): ArrivalStep[] {
    return [...this.#arrivals.values()].flatMap((arrival) => {
      arrival.transfer.handleTimeout(nowMs);
      return this.#steps(arrival, EMPTY, nowMs);
    });
  }
  /** When something is due, Infinity if nothing is. */
  dueAtMs(): number {
    return Math.min(...[...this.#arrivals.values()].map(({ transfer }) => transfer.pollTimeoutAtMs() ?? Infinity), Infinity);
  }

  #steps(arrival: Arrival, body: Uint8Array, nowMs: number): ArrivalStep[] {
    const { transfer, puts } = arrival;
    const to = puts[0]?.who ?? '';
    const requests = drain(() => transfer.pollTransmit()).map((one): ArrivalStep => ({ type: 'request', to, body: one }));
    const events = drain(() => transfer.pollEvent()).flatMap((event) => this.#stepsOf(arrival, event, body, nowMs));
    return [...events, ...requests];
  }
  #stepsOf(arrival: Arrival, event: TransferEvent, body: Uint8Array, nowMs: number): ArrivalStep[] {
    const { hash, puts } = arrival;
    if (event.type === 'chunk') return [{ type: 'chunk', hash, index: event.index, body }];
    if (event.type === 'failed') return this.#fail(arrival, nowMs);
    this.#arrivals.delete(hash);
    // NXS-CUS-041
    return [{ type: 'whole', puts: puts.map((put) => ({ ...put, ageMs: put.ageMs + nowMs - put.sinceMs })) }];
  }
  #fail({ hash, puts }: Arrival, nowMs: number): ArrivalStep[] {
    const who = puts[0]?.who;
    const failed: ArrivalStep = { type: 'failed', puts: puts.filter((put) => put.who === who) };
    return [
      failed,
      ...this.#begin(
        hash,
        puts.filter((put) => put.who !== who),
        nowMs,
      ),
    ];
  }
}
