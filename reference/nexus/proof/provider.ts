/** The provider's side: whose objects are kept, until when, and which challenges are answered. */
import { compare, toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { LimitError, MismatchError } from '../../kernel/errors.ts';
import { DESTINATION_HASH_LENGTH, NEXUS_KEY_LENGTH } from '../identity/identity.ts';
import { chunkCountOf } from '../object/merkle.ts';
import { writeErrorBody } from '../record/error-body.ts';
import { PROOF_BITS_PER_SECOND, SLOW_ROUNDS, readAgreement, requirePrimitives } from './agreement.ts';
import type { Agreement, AgreementPrimitives } from './agreement.ts';
import { ROUND_MS } from './audit.ts';
import { readChallenge } from './challenge.ts';

/** NXS-PRV-009: rounds of an epoch. */
const EPOCH_ROUNDS = 10_080;
const EPOCH_MS = EPOCH_ROUNDS * ROUND_MS;
/** NXS-PRV-012: agreements that are remembered. */
const AGREEMENT_COUNT = 4_096;
/** NXS-PRV-013: epochs that may be left of an agreement. */
const EPOCHS_MAX = 5_200;
/** Codes of errors (NXS-REC-013). */
const ERROR = { malformed: 1, unauthorized: 3, expired: 7, busy: 8, bandwidth: 9 } as const;

/** Who keeps objects, and over what link. */
export interface ProviderOptions {
  /** Of the provider, Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Of the link. */
  readonly bitsPerSecond: bigint;
  /** Agreements that are remembered, 1 to 4,096; 4,096 if absent. */
  readonly agreementCount?: number | undefined;
}
/** A challenge, as it came. */
export interface ChallengeInput {
  /** The destination hash of the other end of the link, 16 bytes. */
  readonly consumer: Uint8Array;
  /** Of CHALLENGE or TICKET_CHALLENGE. */
  readonly body: Uint8Array;
  /** Whether it is a TICKET_CHALLENGE. */
  readonly ticket: boolean;
}
/** What comes of agreements and challenges. */
export type ProviderEvent =
  | { readonly type: 'agreed' | 'ended' | 'forgotten'; readonly hash: Uint8Array; readonly consumer: Uint8Array }
  /** A challenge that is to be answered with a proof, or with error 2 if the chunk is gone. */
  | {
      readonly type: 'challenge';
      readonly hash: Uint8Array;
      readonly consumer: Uint8Array;
      readonly index: number;
      readonly nonce: Uint8Array;
      readonly ticket: boolean;
    };

/** An agreement that has been taken. */
interface Kept {
  readonly agreement: Agreement;
  /** As it came. */
  readonly body: Uint8Array;
  readonly endMs: number;
  /** Whether its end was told. */
  isTold: boolean;
  /** The challenge that was handed up last. */
  last: { readonly body: Uint8Array; readonly ticket: boolean; readonly atMs: number } | undefined;
}

const OPTIONS = door.members<ProviderOptions>({
  publicKey: door.copyOfLength(NEXUS_KEY_LENGTH, 'NXS-IDN-006'),
  bitsPerSecond: door.bigint,
  agreementCount: door.optional(door.between(1, AGREEMENT_COUNT)),
});
const CHALLENGE = door.members<ChallengeInput>({
  consumer: door.copyOfLength(DESTINATION_HASH_LENGTH, 'NXS-IDN-003'),
  body: door.copy,
  ticket: door.flag,
});

/** Keeps objects for others. What is put out are bodies of ERROR. Everything that a call put out is polled before the next call. */
export class Provider extends Endpoint<Uint8Array, ProviderEvent> {
  readonly #primitives: AgreementPrimitives;
  readonly #publicKey: Uint8Array;
  readonly #isSlow: boolean;
  readonly #agreementCount: number;
  /** By consumer and hash, in the order in which they were first taken. */
  readonly #kept: Map<string, Kept> = new Map();

  constructor(options: ProviderOptions, primitives: AgreementPrimitives) {
    super();
    const { publicKey, bitsPerSecond, agreementCount = AGREEMENT_COUNT } = OPTIONS(options, 'options');
    this.#primitives = requirePrimitives(primitives);
    this.#publicKey = publicKey;
    this.#isSlow = bitsPerSecond < PROOF_BITS_PER_SECOND;
    this.#agreementCount = agreementCount;
  }

  /**
   * Takes an agreement that both have signed.
   * @param agreement 230 bytes
   * @param consumerKey Ed25519, 32 bytes
   * @throws whatever `readAgreement` throws; MismatchError for a proposal; LimitError; nothing has changed
   * @see NXS-PRV-001
   */
  agree(agreement: Uint8Array, consumerKey: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const body = door.copy(agreement, 'agreement');
    const read = readAgreement({ body, providerKey: this.#publicKey, consumerKey }, this.#primitives);
    if (!read.whole) throw new MismatchError('NXS-PRV-001', 'a proposal that nobody has answered');
    const { hash, consumer, duration } = read;
    const found = this.#find(consumer, hash, nowMs);
    const isSame = found !== undefined && compare(found.body, body) === 0;
    const endMs = Math.max(found?.endMs ?? nowMs, nowMs) + duration * EPOCH_MS;
    if (!isSame && endMs - nowMs > EPOCHS_MAX * EPOCH_MS) throw new LimitError('NXS-PRV-013', 'too many epochs', { duration });
    if (found === undefined && this.#countAt(nowMs) >= this.#agreementCount) {
      throw new LimitError('NXS-PRV-012', 'too many agreements', { count: this.#agreementCount });
    }
    this.#elapse(nowMs);
    if (isSame) return; // NXS-PRV-011
    this.#kept.set(nameOf(consumer, hash), { agreement: read, body, endMs, isTold: false, last: found?.last });
    this.putEvent({ type: 'agreed', hash, consumer });
  }

  /**
   * Takes a challenge; it is handed up, or answered with an error.
   * @throws DecodeError truncated or trailing; nothing has changed
   * @see NXS-PRV-005
   */
  handleChallenge(input: ChallengeInput, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { consumer, body, ticket } = CHALLENGE(input, 'input');
    const { hash, index, nonce } = readChallenge(body);
    const found = this.#find(consumer, hash, nowMs);
    this.#elapse(nowMs);
    const isAgain = found?.last !== undefined && found.last.ticket === ticket && compare(found.last.body, body) === 0;
    const code = this.#faultOf(found, index, ticket, isAgain, nowMs);
    if (code !== undefined || found === undefined) {
      this.putTransmit(writeErrorBody({ code: code ?? ERROR.unauthorized, hash })); // NXS-PRV-008
      return;
    }
    if (!isAgain) found.last = { body, ticket, atMs: nowMs };
    this.putEvent({ type: 'challenge', hash, consumer, index, nonce, ticket });
  }

  /** Lets time pass: agreements end, and are forgotten. @see NXS-PRV-009 */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#elapse(nowMs);
  }

  /** @returns when the next agreement ends, or is forgotten */
  override pollTimeoutAtMs(): number | undefined {
    if (this.#kept.size === 0) return undefined;
    return Math.min(...Array.from(this.#kept.values(), ({ endMs, isTold }) => (isTold ? endMs + EPOCH_MS : endMs)));
  }

  /** Why a challenge is not handed up. */
  #faultOf(found: Kept | undefined, index: number, ticket: boolean, isAgain: boolean, nowMs: number): number | undefined {
    if (found === undefined || found.agreement.interval === 0) return ERROR.unauthorized; // NXS-PRV-002
    if (nowMs >= found.endMs) return ERROR.expired; // NXS-PRV-009
    if (index >= chunkCountOf(found.agreement.size)) return ERROR.malformed; // NXS-PRV-003
    if (this.#isSlow && !ticket) return ERROR.bandwidth; // NXS-PRV-004
    if (isAgain || found.last === undefined) return undefined; // NXS-PRV-006
    const spacingMs = ROUND_MS * (this.#isSlow ? SLOW_ROUNDS : 1);
    return nowMs < found.last.atMs + spacingMs ? ERROR.busy : undefined; // NXS-PRV-007
  }
  #find(consumer: Uint8Array, hash: Uint8Array, nowMs: number): Kept | undefined {
    const found = this.#kept.get(nameOf(consumer, hash));
    return found !== undefined && nowMs < found.endMs + EPOCH_MS ? found : undefined;
  }
  /** How many agreements are not forgotten by then. */
  #countAt(nowMs: number): number {
    return [...this.#kept.values()].filter(({ endMs }) => nowMs < endMs + EPOCH_MS).length;
  }
  /** Tells whose time is over. */
  #elapse(nowMs: number): void {
    const all = [...this.#kept];
    for (const [, kept] of all.filter(([, { isTold, endMs }]) => !isTold && nowMs >= endMs)) {
      kept.isTold = true;
      this.#tell('ended', kept);
    }
    for (const [name, kept] of all.filter(([, { endMs }]) => nowMs >= endMs + EPOCH_MS)) {
      this.#kept.delete(name); // NXS-PRV-010
      this.#tell('forgotten', kept);
    }
  }
  #tell(type: 'ended' | 'forgotten', { agreement: { hash, consumer } }: Kept): void {
    this.putEvent({ type, hash, consumer });
  }
}

function nameOf(consumer: Uint8Array, hash: Uint8Array): string {
  return `${toHex(consumer)} ${toHex(hash)}`;
}
