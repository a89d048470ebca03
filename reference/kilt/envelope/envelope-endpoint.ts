/**
 * One owner of a DID, who seals and opens envelopes with the same people again and again.
 *
 * Parsing a key URI and agreeing on a key cost far more than the box itself, and give the same each time: for a light
 * DID, whose keys are its name, and for a pair of keys. So an endpoint remembers both, up to a limit, the oldest going
 * first. The keys of other DIDs are asked of the resolver each time: they may be revoked.
 */
import { toHex } from '../../kernel/bytes.ts';
import { UnknownError, UsageError } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { freshContext, openIn, sealIn } from './envelope.ts';
import type { Envelope, EnvelopeContext, LocalKey } from './envelope.ts';
import type { DidResolver } from '../did/resolver.ts';

/** Peers that an endpoint remembers unless told otherwise. */
export const PEER_COUNT_MAX = 1024;

/** How an endpoint is set up. */
export interface EnvelopeEndpointOptions {
  /** Its own key agreement keys; the first seals unless another is named. */
  readonly keys: readonly LocalKey[];
  readonly resolver?: DidResolver | undefined;
  /** Who does the arithmetic. */
  readonly primitives: Primitives;
  readonly peerCountMax?: number | undefined;
}

/** What is given to seal. */
export interface EndpointSealInput {
  readonly message: JsonObject;
  readonly receiverKeyUri: string;
  /** One of the endpoint's own. */
  readonly senderKeyUri?: string | undefined;
  /** 24 bytes. */
  readonly entropy: Uint8Array;
}

/** Remembers results by name, the oldest going first. */
class Memory<Value> {
  readonly #values: Map<string, Value> = new Map();
  readonly #countMax: number;

  constructor(countMax: number) {
    this.#countMax = countMax;
  }

  get(name: string, compute: () => Value): Value {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const value = compute();
    if (this.#countMax === 0) return value;
    if (this.#values.size >= this.#countMax) {
      for (const oldest of this.#values.keys()) {
        this.#values.delete(oldest);
        break;
      }
    }
    this.#values.set(name, value);
    return value;
  }
}

/** Seals and opens envelopes for one owner. */
export class EnvelopeEndpoint {
  readonly #keys: ReadonlyMap<string, LocalKey>;
  readonly #context: EnvelopeContext;

  /**
   * @throws UsageError where there is no key
   */
  constructor({ keys, resolver, primitives, peerCountMax = PEER_COUNT_MAX }: EnvelopeEndpointOptions) {
    if (keys.length === 0) throw new UsageError('KLT-ENV-003', 'an endpoint needs a key of its own');
    this.#keys = new Map(keys.map(({ secret, keyUri }) => [keyUri, { secret: secret.slice(), keyUri }]));
    const fresh = freshContext(resolver, primitives);
    const parsed = new Memory<ReturnType<EnvelopeContext['parse']>>(peerCountMax + keys.length);
    const shared = new Map([...this.#keys.values()].map(({ secret }) => [secret, new Memory<Uint8Array>(peerCountMax)]));
    this.#context = {
      ...fresh,
      parse: (keyUri) => parsed.get(keyUri, () => fresh.parse(keyUri)),
      agree: (secret, publicKey) =>
        shared.get(secret)?.get(toHex(publicKey), () => fresh.agree(secret, publicKey)) ?? fresh.agree(secret, publicKey),
    };
  }

  /**
   * Seals a message.
   * @throws as sealEnvelope; UnknownError for a sender's key that is not the endpoint's
   * @see KLT-ENV-003
   */
  seal({ message, receiverKeyUri, senderKeyUri, entropy }: EndpointSealInput): Envelope {
    return sealIn(this.#context, { message, sender: this.#keyOf(senderKeyUri), receiver: { keyUri: receiverKeyUri }, entropy });
  }

  /**
   * Opens an envelope for any of the endpoint's keys.
   * @throws as openEnvelope; UnknownError for an envelope to somebody else
   * @see KLT-ENV-003
   */
  open(envelope: Envelope): JsonObject {
    return openIn(this.#context, { envelope, receiver: this.#keyOf(envelope.receiverKeyUri) });
  }

  #keyOf(keyUri: string | undefined): LocalKey {
    for (const key of this.#keys.values()) {
      if (keyUri === undefined || key.keyUri === keyUri) return key;
    }
    throw new UnknownError('KLT-DID-023', "a key that is not one's own");
  }
}
