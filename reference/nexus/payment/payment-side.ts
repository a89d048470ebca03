/** One party of a channel: whose keys it has, what it signs, and how its balance is told from the other's. */
import { compare } from '../../kernel/bytes.ts';
import { MismatchError } from '../../kernel/errors.ts';
import { deriveDestinationHash, deriveNexusIdentity } from '../identity/identity.ts';
import { derivePaymentChannelId, partsOfState, signPaymentState, writePaymentState } from './channel-state.ts';
import type { PaymentBalances, PaymentKeys, PaymentPrimitives } from './channel-state.ts';
import { proposerOf } from './proposal.ts';
import type { PaymentParty } from './proposal.ts';
import { partsOfSettlement, settledAmount, signSettlement, writeSettlement } from './settle.ts';
import { partsOfTerms, signPaymentTerms, writePaymentTerms } from './terms.ts';

/** What both sides have, as one of them sees it. */
export interface OwnBalances {
  readonly own: bigint;
  readonly other: bigint;
}

/** Signs for one party. */
export class PaymentSide {
  readonly party: PaymentParty;
  readonly keys: PaymentKeys;
  /** The neighbour's destination hash. */
  readonly peerHash: Uint8Array;
  readonly #seed: Uint8Array;
  readonly #primitives: PaymentPrimitives;
  readonly #parties: { readonly partyA: Uint8Array; readonly partyB: Uint8Array };

  /** @throws MismatchError for a neighbour with the key of this node */
  constructor(seed: Uint8Array, peerKey: Uint8Array, primitives: PaymentPrimitives) {
    const { publicKey, destinationHash } = deriveNexusIdentity(seed, primitives);
    this.peerHash = deriveDestinationHash(peerKey, primitives);
    const { peerHash } = this;
    const order = compare(destinationHash, peerHash);
    if (order === 0) throw new MismatchError('NXS-PCH-003', 'a channel with oneself');
    this.party = order < 0 ? 'a' : 'b';
    this.keys = order < 0 ? { keyA: publicKey, keyB: peerKey } : { keyA: peerKey, keyB: publicKey };
    this.#parties = order < 0 ? { partyA: destinationHash, partyB: peerHash } : { partyA: peerHash, partyB: destinationHash };
    this.#seed = seed;
    this.#primitives = primitives;
  }

  channelId(nonce: Uint8Array): Uint8Array {
    return derivePaymentChannelId({ ...this.#parties, nonce }, this.#primitives);
  }
  /** The next number that this side may propose above another one. @see NXS-CHN-003 */
  numberAbove(signed: bigint): bigint {
    return proposerOf(signed + 1n) === this.party ? signed + 1n : signed + 2n;
  }
  balancesOf({ balanceA, balanceB }: PaymentBalances): OwnBalances {
    return this.party === 'a' ? { own: balanceA, other: balanceB } : { own: balanceB, other: balanceA };
  }
  /** A new state, with the own signature. */
  propose(channelId: Uint8Array, { own, other }: OwnBalances, sequence: bigint): Uint8Array {
    const [balanceA, balanceB] = this.party === 'a' ? [own, other] : [other, own];
    const balances = { channelId, ...this.#parties, balanceA, balanceB, sequence };
    return this.sign(writePaymentState(balances));
  }
  /** A state, with the own signature beside what it has. */
  sign(state: Uint8Array): Uint8Array {
    const parts = partsOfState(state);
    const signature = signPaymentState({ seed: this.#seed, state }, this.#primitives);
    return writePaymentState({ ...parts, [this.party === 'a' ? 'signatureA' : 'signatureB']: signature });
  }
  /** A settlement of what was paid, with the own signature beside what it has. */
  settle(first: Uint8Array, last: Uint8Array, signed?: Uint8Array): Uint8Array {
    const { channelId, sequence } = partsOfState(last);
    const bare = writeSettlement({ channelId, ...this.#parties, ...settledAmount({ first, last }), sequence });
    const signature = signSettlement({ seed: this.#seed, body: bare }, this.#primitives);
    const parts = partsOfSettlement(signed ?? bare);
    return writeSettlement({ ...parts, [this.party === 'a' ? 'signatureA' : 'signatureB']: signature });
  }
  /** Terms, with the own signature beside what they have. */
  signTerms(body: Uint8Array): Uint8Array {
    const signature = signPaymentTerms({ seed: this.#seed, body }, this.#primitives);
    return writePaymentTerms({ ...partsOfTerms(body), [this.party === 'a' ? 'signatureA' : 'signatureB']: signature });
  }
  /** Whether something that was read has the neighbour's signature. */
  isSignedByOther({ byA, byB }: { readonly byA: boolean; readonly byB: boolean }): boolean {
    return this.party === 'a' ? byB : byA;
  }
}
