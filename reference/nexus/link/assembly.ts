/** Records that come in fragments: which are incomplete, on all links of a node. */
import { EMPTY, concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, LimitError } from '../../kernel/errors.ts';
import { REQUEST_LENGTH_MAX, encodeFragmentRequest, readFragment } from './fragments.ts';

/** NXS-FRG-008: records that may be incomplete, on one link and in all. */
export const LINK_ASSEMBLY_COUNT = 4;
export const NODE_ASSEMBLY_COUNT = 16;
/** NXS-FRG-009: seconds, or airtimes, from the last fragment or request to the next request. */
const REQUEST_GAPS: readonly number[] = [2, 4, 8];
/** NXS-FRG-010: milliseconds, and airtimes of each missing fragment, after which a record is dropped. */
const DROP_MS = 60_000;
const DROP_AIRTIMES = 4;
/** NXS-FRG-005: completed records of a link that are remembered. */
const COMPLETED_COUNT = 4;
/** NXS-FRG-016: links whose completed records are remembered. */
export const COMPLETED_LINK_COUNT = 64;

/** What comes of fragments. */
export type AssemblyEvent =
  | {
      readonly type: 'record';
      readonly link: number;
      readonly record: Uint8Array;
    }
  /** The content of a packet with context 47. */
  | {
      readonly type: 'reply';
      readonly link: number;
      readonly content: Uint8Array;
    }
  | { readonly type: 'dropped'; readonly link: number };

/** How the assemblies of a node are bounded. */
export interface AssemblyOptions {
  /** Milliseconds that a packet of 500 bytes takes; 0 if absent. */
  readonly airtimeMs?: number | undefined;
  /** Records that may be incomplete on one link, 1 to 4; 4 if absent. */
  readonly linkCount?: number | undefined;
  /** Records that may be incomplete on all links, 1 to 16; 16 if absent. */
  readonly nodeCount?: number | undefined;
  /** Links whose completed records are remembered, 1 to 64; 64 if absent. */
  readonly completedLinkCount?: number | undefined;
}
interface Assembly {
  readonly link: number;
  readonly rid: number;
  readonly last: number;
  readonly pieces: Map<number, Uint8Array>;
  /** When its last fragment came. */
  heardAtMs: number;
  /** When its last fragment came, or missing ones were requested. */
  quietSinceMs: number;
  requests: number;
}

const OPTIONS = door.members<AssemblyOptions>({
  airtimeMs: door.optional(door.duration),
  linkCount: door.optional(door.between(1, LINK_ASSEMBLY_COUNT)),
  nodeCount: door.optional(door.between(1, NODE_ASSEMBLY_COUNT)),
  completedLinkCount: door.optional(door.between(1, COMPLETED_LINK_COUNT)),
});

/** Puts records together. Everything that a call put out is polled before the next call. */
export class RecordAssembly extends Endpoint<never, AssemblyEvent> {
  readonly #airtimeMs: number;
  readonly #linkCount: number;
  readonly #nodeCount: number;
  #assemblies: Assembly[] = [];
  readonly #completedLinkCount: number;
  /** By link, the numbers of records that were completed, the oldest first; the link that completed one last comes last. */
  readonly #completed: Map<number, number[]> = new Map();

  constructor(options: AssemblyOptions) {
    super();
    const given = OPTIONS(options, 'options');
    const { linkCount = LINK_ASSEMBLY_COUNT, nodeCount = NODE_ASSEMBLY_COUNT, completedLinkCount = COMPLETED_LINK_COUNT } = given;
    this.#airtimeMs = given.airtimeMs ?? 0;
    this.#linkCount = linkCount;
    this.#nodeCount = nodeCount;
    this.#completedLinkCount = completedLinkCount;
  }

  /**
   * Takes the content of a fragment.
   * @param link a number that the caller gives to the link that it came on
   * @throws DecodeError; LimitError; nothing has changed
   * @see NXS-FRG-006
   */
  handleFragment(link: number, content: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    door.count(link, 'link');
    const { rid, index, last, bytes } = readFragment(content);
    const completed = this.#completed.get(link) ?? [];
    if (completed.includes(rid)) {
      this.#reply(link, rid, []); // NXS-FRG-005
      return;
    }
    const assembly = this.#assemblyOf(link, rid, last, nowMs);
    if (!assembly.pieces.has(index)) assembly.pieces.set(index, bytes); // NXS-FRG-013
    assembly.heardAtMs = nowMs;
    assembly.quietSinceMs = nowMs;
    assembly.requests = 0;
    this.#assemblies = [...this.#assemblies.filter((other) => other !== assembly), assembly];
    if (assembly.pieces.size <= last) return;
    this.#assemblies.pop();
    this.#complete(link, [...completed, rid].slice(-COMPLETED_COUNT));
    this.#reply(link, rid, []); // NXS-FRG-007
    const pieces = Array.from({ length: last + 1 }, (_, i) => assembly.pieces.get(i) ?? EMPTY);
    this.putEvent({ type: 'record', link, record: concat(pieces) });
  }

  /** Forgets a link that has ended: what is incomplete, and what was completed. @see NXS-FRG-015 */
  forgetLink(link: number, nowMs: number): void {
    this.requireCallAt(nowMs);
    door.count(link, 'link');
    this.#assemblies = this.#assemblies.filter((assembly) => assembly.link !== link);
    this.#completed.delete(link);
  }

  /** Lets time pass: missing fragments are requested, and old records dropped. @see NXS-FRG-009 */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    const dropped = this.#assemblies.filter((assembly) => this.#dropAtMs(assembly) <= nowMs);
    this.#assemblies = this.#assemblies.filter((assembly) => !dropped.includes(assembly));
    for (const { link } of dropped) this.putEvent({ type: 'dropped', link }); // NXS-FRG-010
    for (const assembly of this.#assemblies) {
      if (this.#requestAtMs(assembly) > nowMs) continue;
      assembly.requests++;
      assembly.quietSinceMs = nowMs;
      const missing = missingOf(assembly);
      const end = (missing[0] ?? 0) + REQUEST_LENGTH_MAX; // NXS-FRG-012
      this.#reply(
        assembly.link,
        assembly.rid,
        missing.filter((index) => index < end),
      );
    }
  }

  /** @returns when fragments are requested, or a record is dropped */
  override pollTimeoutAtMs(): number | undefined {
    const times = this.#assemblies.map((assembly) => Math.min(this.#requestAtMs(assembly), this.#dropAtMs(assembly)));
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** The assembly of a record, new if there is none. @throws DecodeError; LimitError */
  #assemblyOf(link: number, rid: number, last: number, nowMs: number): Assembly {
    const known = this.#assemblies.find((assembly) => assembly.link === link && assembly.rid === rid);
    if (known !== undefined) {
      if (known.last !== last) throw new DecodeError('malformed', 'NXS-FRG-013', 'the record had another length', { last });
      return known;
    }
    const onLink = this.#assemblies.filter((assembly) => assembly.link === link).length;
    if (onLink >= this.#linkCount || this.#assemblies.length >= this.#nodeCount) {
      throw new LimitError('NXS-FRG-008', 'too many records are incomplete', { onLink, inAll: this.#assemblies.length });
    }
    return { link, rid, last, pieces: new Map(), heardAtMs: nowMs, quietSinceMs: nowMs, requests: 0 };
  }

  #complete(link: number, rids: number[]): void {
    this.#completed.delete(link);
    const [oldest] = this.#completed.keys();
    if (oldest !== undefined && this.#completed.size >= this.#completedLinkCount) this.#completed.delete(oldest); // NXS-FRG-016
    this.#completed.set(link, rids); // NXS-FRG-005
  }

  #reply(link: number, rid: number, missing: readonly number[]): void {
    this.putEvent({ type: 'reply', link, content: encodeFragmentRequest({ rid, missing }) });
  }
  #requestAtMs({ quietSinceMs, requests }: Assembly): number {
    const seconds = REQUEST_GAPS[requests];
    return seconds === undefined ? Infinity : quietSinceMs + seconds * Math.max(1_000, this.#airtimeMs);
  }
  #dropAtMs(assembly: Assembly): number {
    return assembly.heardAtMs + Math.max(DROP_MS, DROP_AIRTIMES * missingOf(assembly).length * this.#airtimeMs);
  }
}

function missingOf({ last, pieces }: Assembly): number[] {
  return Array.from({ length: last + 1 }, (_, index) => index).filter((index) => !pieces.has(index));
}
