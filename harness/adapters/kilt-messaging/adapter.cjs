/**
 * Bottlepost adapter over the npm packages @kiltprotocol/messaging and @kiltprotocol/did: it translates calls and
 * repairs nothing, so that what the bench reports is what the libraries do. Run it with `node adapter.cjs`; see README.md
 * for the mapping and its limits.
 */
'use strict';
for (const name of ['log', 'info', 'warn']) console[name] = console.error; // stdout belongs to the replies
const libraryOf = require('../library.cjs');
const Did = libraryOf('@kiltprotocol/did');
const Messaging = libraryOf('@kiltprotocol/messaging');
const { Crypto, SDKErrors } = libraryOf('@kiltprotocol/utils');
const { base58Decode } = libraryOf('@polkadot/util-crypto');
const nacl = libraryOf('tweetnacl');

const fromHex = (text) => Uint8Array.from(Buffer.from(text, 'hex'));
const toHex = (bytes) => Buffer.from(bytes).toString('hex');
/** What a name stands for, without the members that are undefined. */
const plain = (value) => JSON.parse(JSON.stringify(value));
/** The contract writes fragments without their #, the libraries with it. */
const bare = (fragment) => fragment.slice(1);

// ---------------------------------------------------------------- refusals

/** Reject classes of the errors that the libraries declare; every other SDK error says that something is malformed. */
const CLASSES = {
  DecodingMessageError: 'unauthenticated',
  DidNotFoundError: 'unknown',
  IdentityMismatchError: 'mismatch',
  UnknownMessageBodyTypeError: 'unsupported',
  UnsupportedKeyError: 'unsupported',
};
/** DidError has one class for everything; its text tells what the libraries do not support. */
const UNSUPPORTED_TEXTS = /is not supported|does not match any supported key type|Serialization algorithm not supported/;
const UNKNOWN_TEXTS = /^No key .* for the verification method|does not refer to a light DID/;

function refusal(error) {
  const name = error.constructor.name;
  const detail = `${name}: ${error.message}`.slice(0, 200);
  if (CLASSES[name] !== undefined) return { reject: { class: CLASSES[name], ...(name === 'DecodingMessageError' ? {} : { detail }) } };
  if (error instanceof SDKErrors.SDKError) {
    const kind = UNSUPPORTED_TEXTS.test(error.message) ? 'unsupported' : UNKNOWN_TEXTS.test(error.message) ? 'unknown' : 'malformed';
    return { reject: { class: kind, detail } };
  }
  // Some checks throw TypeErrors of their own; the engine's own TypeErrors are not refusals.
  if (error instanceof TypeError && /expected/.test(error.message) && !/Cannot/.test(error.message))
    return { reject: { class: 'malformed', detail } };
  if (/Expected ipfs-compatible base58|Invalid base58 character/.test(error.message)) return { reject: { class: 'malformed', detail } };
  return undefined;
}

// ---------------------------------------------------------------- keys

/** The library writes members in the order in which they are given: this is the order of its own key pairs. */
function keyOf({ publicKey, secretKey, type, ...rest }) {
  return { publicKey: fromHex(publicKey), ...(secretKey === undefined ? {} : { secretKey: fromHex(secretKey) }), type, ...rest };
}

/** The library reads no documents, so this takes of one what its resolver would have got from the chain. */
function documentOf(json) {
  const idOf = (uri) => uri.slice(uri.indexOf('#'));
  const agreement = new Set((json.keyAgreement ?? []).map(idOf));
  const keys = (json.verificationMethod ?? []).filter(({ id }) => agreement.has(idOf(id)));
  const keyAgreement = keys.map(({ id, publicKeyBase58 }) => ({ id: idOf(id), type: 'x25519', publicKey: base58Decode(publicKeyBase58) }));
  return { uri: json.id, authentication: [], keyAgreement };
}

/** Did.resolveKey without its chain: light DIDs, and the documents given. */
function resolverOf(documents = []) {
  const known = new Map(documents.map((json) => [json.id, json]));
  return async (keyUri, relation) => {
    const { did, type, fragment } = Did.parse(keyUri);
    if (!fragment) throw new SDKErrors.DidError(`Key URI "${keyUri}" is not a valid DID resource`);
    if (type === 'full' && !known.has(did)) throw new SDKErrors.DidNotFoundError();
    const document = type === 'light' ? Did.parseDocumentFromLightDid(did, false) : documentOf(known.get(did));
    const key = Did.getKey(document, fragment);
    if (!key) throw new SDKErrors.DidNotFoundError('Key not found in DID');
    if (!document[relation]?.some(({ id }) => id === fragment))
      throw new SDKErrors.DidError(`No key "${keyUri}" for the verification method "${relation}"`);
    return Did.keyToResolvedKey(key, did);
  };
}

/** Runs something with the entropy given in place of the machine's; shortage and leftover are faults. */
function drawing(entropy, run) {
  let drawn = 0;
  nacl.setPRNG((bytes, length) => {
    if (drawn + length > entropy.length) throw new RangeError('too little entropy');
    bytes.set(entropy.subarray(drawn, drawn + length));
    drawn += length;
  });
  const result = run();
  if (drawn < entropy.length) throw new RangeError('entropy is left over');
  return result;
}

// ---------------------------------------------------------------- operations

const operations = {
  'kilt.did.encode'({ authentication, keyAgreement, services }) {
    const document = Did.createLightDidDocument({
      authentication: [keyOf(authentication)],
      ...(keyAgreement === undefined ? {} : { keyAgreement: [keyOf(keyAgreement)] }),
      ...(services === undefined ? {} : { service: services }),
    });
    return { did: document.uri };
  },

  'kilt.did.parse'({ did }) {
    Did.validateUri(did);
    const { type, address, fragment } = Did.parse(did);
    const front = { kind: type, address, ...(fragment === undefined ? {} : { fragment: bare(fragment) }) };
    if (type === 'full') return front;
    const { authentication, keyAgreement, service } = Did.parseDocumentFromLightDid(did, false);
    const shown = (key) => ({ type: key.type, publicKey: toHex(key.publicKey) });
    return {
      ...front,
      authentication: shown(authentication[0]),
      ...(keyAgreement === undefined ? {} : { keyAgreement: shown(keyAgreement[0]) }),
      ...(service === undefined ? {} : { services: service }),
    };
  },

  'kilt.did.document'({ did, form }) {
    const document = Did.parseDocumentFromLightDid(did);
    return { document: plain(Did.exportToDidDocument(document, form === 'json' ? 'application/json' : 'application/ld+json')) };
  },

  'kilt.keyuri.parse'({ keyUri }) {
    Did.validateUri(keyUri, 'ResourceUri');
    const { did, fragment } = Did.parse(keyUri);
    return { did, fragment: bare(fragment) };
  },

  async 'kilt.keyuri.resolve'({ keyUri, documents }) {
    const { publicKey } = await resolverOf(documents)(keyUri, 'keyAgreement');
    return { publicKey: toHex(publicKey) };
  },

  'kilt.did.migrate'({ light, full }) {
    Did.validateUri(light, 'Did');
    Did.validateUri(full, 'Did');
    if (!Did.isSameSubject(light, full)) throw new SDKErrors.IdentityMismatchError('light DID', 'full DID');
    return {};
  },

  async 'kilt.envelope.seal'({ message, sender, receiver, documents, entropy }) {
    const encrypt = async ({ data, peerPublicKey }) => {
      const { box, nonce } = drawing(fromHex(entropy), () => Crypto.encryptAsymmetric(data, peerPublicKey, fromHex(sender.secret)));
      return { data: box, nonce, keyUri: sender.keyUri };
    };
    return { envelope: plain(await Messaging.encrypt(message, encrypt, receiver.keyUri, { resolveKey: resolverOf(documents) })) };
  },

  async 'kilt.envelope.open'({ envelope, receiver, documents }) {
    const decrypt = async ({ data, nonce, peerPublicKey }) => {
      const opened = Crypto.decryptAsymmetric({ box: data, nonce }, peerPublicKey, fromHex(receiver.secret));
      if (!opened) throw new Error('decryption failed');
      return { data: opened };
    };
    return { message: plain(await Messaging.decrypt(envelope, decrypt, { resolveKey: resolverOf(documents) })) };
  },

  'kilt.message.validate'({ message }) {
    Messaging.verify(message);
    return { type: message.body.type };
  },
};

const hello = {
  name: 'kilt-messaging',
  version: '0.35.2',
  language: 'JavaScript',
  protocol: 1,
  operations: Object.keys(operations),
  profiles: ['kilt-dids', 'kilt-sealing', 'kilt-messages'],
  deterministic: true,
  limits: { lineBytes: 4194304 },
};

// ---------------------------------------------------------------- requests

async function answer(line) {
  let id = null; // what is not a request is answered by a fault without an id
  try {
    const request = JSON.parse(line);
    if (!Number.isInteger(request?.id)) throw new TypeError('not a request');
    const { op, params } = request;
    id = request.id;
    if (op === 'hello') return { id, ok: hello };
    if (!Object.hasOwn(operations, op)) return { id, unsupported: true };
    return { id, ok: await operations[op](params) };
  } catch (error) {
    return { id, ...(refusal(error) ?? { fault: `${error.constructor.name}: ${error.message}` }) }; // an undeclared throw is not a refusal
  }
}

// Lines end at the byte 0a alone: readline would also split at U+2028, which JSON strings may hold.
let pending = [];
process.stdin.on('data', (data) => {
  let start = 0;
  for (let end = data.indexOf(10); end >= 0; start = end + 1, end = data.indexOf(10, start)) {
    const line = Buffer.concat([...pending, data.subarray(start, end)]).toString('utf8');
    pending = [];
    void answer(line).then((reply) => process.stdout.write(`${JSON.stringify(reply)}\n`));
  }
  pending.push(data.subarray(start));
});
