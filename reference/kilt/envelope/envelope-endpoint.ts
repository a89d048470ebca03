/**
 * One owner of a DID, who seals and opens envelopes with the same people again and again.
 *
 * Parsing a key URI and agreeing on a key cost far more than the box itself, and give the same each time: for a light
 * DID, whose keys are its name, and for a pair of keys. So an endpoint remembers both, up to a limit, the oldest going
 * first. The keys of other DIDs are asked of the resolver each time: they may be revoked.
 */
import { toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { UnknownError, UsageError } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/json.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { envelopeDoor, freshContext, localKeyDoor, openIn, sealIn } from './envelope.ts';
import type { Envelope, EnvelopeContext, LocalKey } from './envelope.ts';
import { resolverDoor } from '../did/resolver.ts';
import type { DidResolver } from '../did/resolver.ts';

/** Peers that an endpoint remembers by default. */
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

const OPTIONS = door.members<EnvelopeEndpointOptions>({
  keys: door.list(localKeyDoor(door.copy)),
  resolver: door.optional(resolverDoor),
  primitives: primitivesDoor.primitives,
  peerCountMax: door.optional(door.count),
});
const SEAL = door.members<EndpointSealInput>({
  message: door.json,
  receiverKeyUri: door.text,
  senderKeyUri: door.optional(door.text),
  entropy: door.bytes,
});

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
   * @throws UsageError if there is no key
   */
  constructor(options: EnvelopeEndpointOptions) {
    const { keys, resolver, primitives, peerCountMax = PEER_COUNT_MAX } = OPTIONS(options, 'options');
    if (keys.length === 0) throw new UsageError('KLT-ENV-003', 'an endpoint needs a key of its own');
    this.#keys = new Map(keys.map((key) => [key.keyUri, key]));
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
  seal(input: EndpointSealInput): Envelope {
    const { message, receiverKeyUri, senderKeyUri, entropy } = SEAL(input, 'input');
    return sealIn(this.#context, { message, sender: this.#keyOf(senderKeyUri), receiver: { keyUri: receiverKeyUri }, entropy });
  }

  /**
   * Opens an envelope for any of the endpoint's keys.
   * @throws as openEnvelope; UnknownError for an envelope to another receiver
   * @see KLT-ENV-003
   */
  open(given: Envelope): JsonObject {
    const envelope = envelopeDoor(given, 'envelope');
    return openIn(this.#context, { envelope, receiver: this.#keyOf(envelope.receiverKeyUri) });
  }

  /**
   * Opens an envelope that one of the endpoint's keys sealed.
   * @throws as openEnvelope; UnknownError for an envelope of another sender
   * @see KLT-ENV-026
   */
  openSent(given: Envelope): JsonObject {
    const envelope = envelopeDoor(given, 'envelope');
    return openIn(this.#context, { envelope, sender: this.#keyOf(envelope.senderKeyUri) });
  }

  #keyOf(keyUri: string | undefined): LocalKey {
    for (const key of this.#keys.values()) {
      if (keyUri === undefined || key.keyUri === keyUri) return key;
    }
    throw new UnknownError('KLT-DID-023', "a key that is not one's own");
  }
}
