/** The links of a node: how many there may be, and what is sent over a link too many. */
import { toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { ADDRESS_LENGTH } from '../packet/packet.ts';
import { ERROR_BUSY, writeErrorBody } from './error-body.ts';
import { ERROR_KIND } from './kinds.ts';
import { encodeRecord } from './record.ts';

/** NXS-REQ-019. */
const LINK_COUNT = 64;

/** What became of a link. */
export interface LinkTableEvent {
  readonly type: 'added' | 'refused' | 'removed';
}

/** How many links there may be. */
export interface LinkTableOptions {
  /** 1 to 64; 64 if absent. */
  readonly linkCount?: number | undefined;
}

const LINK_ID = door.copyOfLength(ADDRESS_LENGTH, 'NXS-LNK-004');
const OPTIONS = door.members<LinkTableOptions>({ linkCount: door.optional(door.between(1, LINK_COUNT)) });

/** Counts links. Everything that a call put out is polled before the next call. */
export class LinkTable extends Endpoint<Uint8Array, LinkTableEvent> {
  readonly #linkCount: number;
  readonly #links: Set<string> = new Set();

  constructor(options: LinkTableOptions) {
    super();
    this.#linkCount = OPTIONS(options, 'options').linkCount ?? LINK_COUNT;
  }

  /**
   * Takes a link that is up; what is put out for one too many is sent over it before it is closed.
   * @param linkId 16 bytes
   * @throws UsageError for another length
   * @see NXS-REQ-019
   */
  addLink(linkId: Uint8Array): void {
    this.requireCall();
    const id = toHex(LINK_ID(linkId, 'linkId'));
    if (this.#links.has(id)) return;
    if (this.#links.size >= this.#linkCount) {
      const body = writeErrorBody({ code: ERROR_BUSY });
      this.putTransmit(encodeRecord({ kind: ERROR_KIND, answer: false, requestId: 0, body }));
      this.putEvent({ type: 'refused' });
      return;
    }
    this.#links.add(id);
    this.putEvent({ type: 'added' });
  }

  /** Tells that a link has ended. @param linkId 16 bytes @see NXS-REQ-019 */
  removeLink(linkId: Uint8Array): void {
    this.requireCall();
    if (this.#links.delete(toHex(LINK_ID(linkId, 'linkId')))) this.putEvent({ type: 'removed' });
  }
}
