/**
 * The rows of KILT: envelopes by the reference, over both implementations of its primitives, next to
 * @kiltprotocol/messaging doing the same work. What is compared is first held against each other, byte for byte.
 */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import {
  EnvelopeEndpoint,
  checkMessage,
  encodeLightDid,
  noblePrimitives,
  openEnvelope,
  readEnvelope,
  sealEnvelope,
  toHex,
  writeEnvelope,
} from '../../reference/index.ts';
import type { JsonObject, LocalKey, Primitives } from '../../reference/index.ts';
import { fastPrimitives } from '../primitives/fast.ts';
import { createNodePrimitives } from '../primitives/node.ts';
import { printRows } from './measure.ts';
import type { Contender, Measurement, Row } from './measure.ts';

/** What is used of the library; its own types are those of a chain. */
interface Messaging {
  encrypt(
    message: JsonObject,
    callback: (input: { data: Uint8Array; peerPublicKey: Uint8Array }) => Promise<object>,
    receiverKeyUri: string,
    options: object,
  ): Promise<object>;
  decrypt(
    envelope: object,
    callback: (input: { data: Uint8Array; nonce: Uint8Array; peerPublicKey: Uint8Array }) => Promise<object>,
    options: object,
  ): Promise<object>;
  verify(message: object): void;
}
interface DidLibrary {
  parse(uri: string): { did: string; fragment: string };
  parseDocumentFromLightDid(did: string, failIfFragmentPresent: boolean): object;
  getKey(document: object, fragment: string): object;
  keyToResolvedKey(key: object, did: string): object;
}
interface BoxLibrary {
  Crypto: {
    encryptAsymmetric(data: Uint8Array, peer: Uint8Array, secret: Uint8Array): { box: Uint8Array; nonce: Uint8Array };
    decryptAsymmetric(input: { box: Uint8Array; nonce: Uint8Array }, peer: Uint8Array, secret: Uint8Array): Uint8Array;
  };
}

function bytesOf(name: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(name).digest());
}

interface Person extends LocalKey {
  readonly did: string;
}

function personOf(name: string): Person {
  const secret = bytesOf(`${name} secret`);
  const did = encodeLightDid(
    {
      authentication: { type: 'ed25519', publicKey: noblePrimitives.deriveEd25519Public({ secret: bytesOf(`${name} seed`) }) },
      keyAgreement: { type: 'x25519', publicKey: noblePrimitives.deriveX25519Public({ secret }) },
    },
    noblePrimitives,
  );
  return { secret, did, keyUri: `${did}#encryption` };
}

/** A message between two, and the envelope it comes in. */
interface Scene {
  readonly sender: Person;
  readonly receiver: Person;
  readonly message: JsonObject;
  readonly entropy: Uint8Array;
  readonly envelope: JsonObject;
}

/** A type that the library validates as well, with as much to say as a page of text. */
function sceneOf(): Scene {
  const [sender, receiver] = [personOf('a'), personOf('b')];
  const entropy = bytesOf('nonce').slice(0, 24);
  const content = {
    cTypeHash: `0x${toHex(bytesOf('ctype'))}`,
    owner: sender.did,
    contents: { text: 'A message in a bottle. '.repeat(44).slice(0, 1000) },
  };
  const message: JsonObject = {
    body: { type: 'request-terms', content },
    createdAt: 1_700_000_000_000,
    sender: sender.did,
    receiver: receiver.did,
    messageId: '3b7d0a0c-2b1f-4f5a-9c0d-4a2fc4f6e328',
  };
  return {
    sender,
    receiver,
    message,
    entropy,
    envelope: writeEnvelope(sealEnvelope({ message, sender, receiver, entropy }, noblePrimitives)),
  };
}

type Work = Readonly<Record<'seal' | 'open', () => unknown>>;

function oneShot({ sender, receiver, message, entropy, envelope }: Scene, primitives: Primitives): Work {
  return {
    seal: () => writeEnvelope(sealEnvelope({ message, sender, receiver, entropy }, primitives)),
    open: () => openEnvelope({ envelope: readEnvelope(envelope), receiver }, primitives),
  };
}

/** An endpoint that already knows the other. */
function standing({ sender, receiver, message, entropy, envelope }: Scene, primitives: Primitives): Work {
  const from = new EnvelopeEndpoint({ keys: [sender], primitives });
  const to = new EnvelopeEndpoint({ keys: [receiver], primitives });
  return {
    seal: () => writeEnvelope(from.seal({ message, receiverKeyUri: receiver.keyUri, entropy })),
    open: () => to.open(readEnvelope(envelope)),
  };
}

/** The library as its documents use it, offline; undefined if it is not installed. */
function libraryWork({
  sender,
  receiver,
  message,
  envelope,
}: Scene): { readonly seal: () => Promise<unknown>; readonly open: () => Promise<unknown>; readonly validate: () => unknown } | undefined {
  const require = createRequire(import.meta.url);
  let libraries: readonly [Messaging, DidLibrary, BoxLibrary];
  try {
    libraries = [
      require('@kiltprotocol/messaging') as Messaging,
      require('@kiltprotocol/did') as DidLibrary,
      require('@kiltprotocol/utils') as BoxLibrary,
    ];
  } catch {
    return undefined;
  }
  const [messaging, did, { Crypto }] = libraries;
  const resolveKey = (uri: string): Promise<object> => {
    const { did: owner, fragment } = did.parse(uri);
    return Promise.resolve(did.keyToResolvedKey(did.getKey(did.parseDocumentFromLightDid(owner, false), fragment), owner));
  };
  return {
    seal: () =>
      messaging.encrypt(
        message,
        ({ data, peerPublicKey }) => {
          const { box, nonce } = Crypto.encryptAsymmetric(data, peerPublicKey, sender.secret);
          return Promise.resolve({ data: box, nonce, keyUri: sender.keyUri });
        },
        receiver.keyUri,
        { resolveKey },
      ),
    open: () =>
      messaging.decrypt(
        envelope,
        ({ data, nonce, peerPublicKey }) =>
          Promise.resolve({ data: Crypto.decryptAsymmetric({ box: data, nonce }, peerPublicKey, receiver.secret) }),
        { resolveKey },
      ),
    validate: () => {
      messaging.verify(message);
    },
  };
}

/** The library draws its own nonce, so both are compared by what the other one opens. */
async function requireSameWork(scene: Scene, library: NonNullable<ReturnType<typeof libraryWork>>): Promise<void> {
  const sealed = (await library.seal()) as JsonObject;
  const members = Object.fromEntries(Object.entries(sealed).filter(([, value]) => (value as unknown) !== undefined));
  const ours = JSON.stringify(openEnvelope({ envelope: readEnvelope(members), receiver: scene.receiver }, noblePrimitives));
  const theirs = (await library.open()) as { readonly body: object; readonly messageId: string };
  if (ours !== JSON.stringify(scene.message) || JSON.stringify(theirs.body) !== JSON.stringify(scene.message['body']))
    throw new Error('the reference and the library do not do the same work');
}

/** Prints the rows of KILT. */
export async function benchKilt(out: (text: string) => void): Promise<readonly Measurement[]> {
  const scene = sceneOf();
  const library = libraryWork(scene);
  if (library === undefined) {
    out('\n@kiltprotocol/messaging is not installed: no comparison');
    return [];
  }
  await requireSameWork(scene, library);
  const node = createNodePrimitives();
  const fast = fastPrimitives().primitives;
  const row = (title: string, kind: (scene: Scene, primitives: Primitives) => Work, verb: 'seal' | 'open'): Row => {
    const ours: Contender[] = [
      { name: 'fast', run: kind(scene, fast)[verb] },
      { name: 'node', run: kind(scene, node)[verb] },
      { name: 'noble', run: kind(scene, noblePrimitives)[verb] },
    ];
    return { title, ours, others: [{ name: 'messaging', run: library[verb] }] };
  };
  return printRows(
    'KILT envelopes between light DIDs, 1,000 characters, JSON to JSON',
    [
      row('seal, known peer', standing, 'seal'),
      row('open, known peer', standing, 'open'),
      row('seal, one-shot', oneShot, 'seal'),
      row('open, one-shot', oneShot, 'open'),
      {
        title: 'validate',
        ours: [{ name: 'reference', run: () => checkMessage(scene.message, noblePrimitives) }],
        others: [{ name: 'messaging', run: library.validate }],
        why: { messaging: 'ours parses the details of every DID, the library looks only at addresses' },
      },
    ],
    out,
  );
}
