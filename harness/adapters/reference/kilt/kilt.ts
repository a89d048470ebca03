/** The operations of KILT: DIDs, envelopes, messages, and replay guards behind handles. */
import type { Primitives } from '../../../../reference/index.ts';
import type { Json, JsonObject } from '../../../../conformance/contract/contract.ts';
import type { Engine } from '../engine.ts';
import { ParamError, Params, hexOf } from '../params.ts';
import type { Operation, Operations } from '../sessions.ts';

/** Profiles of this area, all of them. */
export const KILT_PROFILES: readonly string[] = ['kilt', 'kilt-dids', 'kilt-envelopes', 'kilt-sealing', 'kilt-messages', 'kilt-replay'];

type LightDidInput = Parameters<Engine['encodeLightDid']>[0];
type Did = ReturnType<Engine['parseDid']>;
type Resolver = InstanceType<Engine['DocumentDirectory']>;
type ReplayGuard = InstanceType<Engine['ReplayGuard']>;

function textsOf(name: string, value: Json | undefined): string[] {
  if (!Array.isArray(value)) throw new ParamError(`${name} is no list`);
  return value.map((item: Json) => {
    if (typeof item !== 'string') throw new ParamError(`${name} holds something that is no text`);
    return item;
  });
}

function serviceOf({ id, type, serviceEndpoint }: JsonObject): NonNullable<LightDidInput['services']>[number] {
  if (typeof id !== 'string') throw new ParamError('services.id is no text');
  return { id, type: textsOf('services.type', type), serviceEndpoint: textsOf('services.serviceEndpoint', serviceEndpoint) };
}

/** A key as it was given: whether there is such a type is for the engine to say, and it takes no other member. */
function keyOf<Key>(object: JsonObject): Key {
  const members = new Params(object);
  return { ...object, type: members.text('type'), publicKey: members.bytes('publicKey') } as Key;
}

/** The members of a DID as the contract writes them. */
function didMembers(did: Did): JsonObject {
  const { kind, address, fragment } = did;
  const front = { kind, address, ...(fragment === undefined ? {} : { fragment }) };
  if (did.kind === 'full') return front;
  const { authentication, keyAgreement, services } = did;
  return {
    ...front,
    authentication: { type: authentication.type, publicKey: hexOf(authentication.publicKey) },
    ...(keyAgreement === undefined ? {} : { keyAgreement: { type: keyAgreement.type, publicKey: hexOf(keyAgreement.publicKey) } }),
    ...(services === undefined
      ? {}
      : { services: services.map(({ id, type, serviceEndpoint }) => ({ id, type: [...type], serviceEndpoint: [...serviceEndpoint] })) }),
  };
}

function didOperations(engine: Engine, primitives: Primitives): Operations {
  const encode: Operation = (params) => {
    const authentication = params.object('authentication');
    const keyAgreement = params.optionalObject('keyAgreement');
    const services = params.optionalObjects('services');
    params.finish();
    const input: LightDidInput = {
      authentication: keyOf(authentication),
      ...(keyAgreement === undefined ? {} : { keyAgreement: keyOf(keyAgreement) }),
      ...(services === undefined ? {} : { services: services.map(serviceOf) }),
    };
    return { did: engine.encodeLightDid(input, primitives) };
  };
  const parse: Operation = (params) => {
    const did = params.text('did');
    params.finish();
    return didMembers(engine.parseDid(did, primitives));
  };
  const document: Operation = (params) => {
    const did = params.text('did');
    const form = params.choice('form', ['json', 'jsonld']);
    params.finish();
    return { document: engine.encodeDidDocument(did, form, primitives) as JsonObject };
  };
  const keyUri: Operation = (params) => {
    const uri = params.text('keyUri');
    params.finish();
    const { did, fragment } = engine.parseKeyUri(uri, primitives);
    return { did, fragment };
  };
  const resolve: Operation = (params) => {
    const uri = params.text('keyUri');
    const resolver = resolverOf(engine, params);
    params.finish();
    return { publicKey: hexOf(engine.resolveAgreementKey(engine.parseKeyUri(uri, primitives), resolver)) };
  };
  const migrate: Operation = (params) => {
    const light = params.text('light');
    const full = params.text('full');
    params.finish();
    engine.checkMigration(light, full, primitives);
    return {};
  };
  return [
    ['kilt.did.encode', encode],
    ['kilt.did.parse', parse],
    ['kilt.did.document', document],
    ['kilt.keyuri.parse', keyUri],
    ['kilt.keyuri.resolve', resolve],
    ['kilt.did.migrate', migrate],
  ];
}

/** The directory that a request carries. */
function resolverOf(engine: Engine, params: Params): Resolver {
  return new engine.DocumentDirectory(params.optionalObjects('documents') ?? []);
}

function localKeyOf(object: JsonObject): { readonly secret: Uint8Array; readonly keyUri: string } {
  const members = new Params(object);
  const secret = members.bytes('secret');
  const keyUri = members.text('keyUri');
  members.finish();
  return { secret, keyUri };
}

function keyUriOf(object: JsonObject): { readonly keyUri: string } {
  const members = new Params(object);
  const keyUri = members.text('keyUri');
  members.finish();
  return { keyUri };
}

function envelopeOperations(engine: Engine, primitives: Primitives): Operations {
  const seal: Operation = (params) => {
    const message = params.object('message');
    const sender = localKeyOf(params.object('sender'));
    const receiver = keyUriOf(params.object('receiver'));
    const resolver = resolverOf(engine, params);
    const entropy = params.bytes('entropy');
    params.finish();
    return {
      envelope: engine.writeEnvelope(engine.sealEnvelope({ message, sender, receiver, resolver, entropy }, primitives)) as JsonObject,
    };
  };
  const open: Operation = (params) => {
    const envelope = params.object('envelope');
    const receiver = localKeyOf(params.object('receiver'));
    const resolver = resolverOf(engine, params);
    params.finish();
    return { message: engine.openEnvelope({ envelope: engine.readEnvelope(envelope), receiver, resolver }, primitives) as JsonObject };
  };
  const pack: Operation = (params) => {
    const envelope = params.object('envelope');
    params.finish();
    return { bytes: hexOf(engine.packEnvelope(engine.readEnvelope(envelope), primitives)) };
  };
  const unpack: Operation = (params) => {
    const bytes = params.bytes('bytes');
    params.finish();
    return { envelope: engine.writeEnvelope(engine.unpackEnvelope(bytes, primitives)) as JsonObject };
  };
  const validate: Operation = (params) => {
    const message = params.object('message');
    params.finish();
    return { type: engine.checkMessage(message, primitives) };
  };
  return [
    ['kilt.envelope.seal', seal],
    ['kilt.envelope.open', open],
    ['kilt.envelope.pack', pack],
    ['kilt.envelope.unpack', unpack],
    ['kilt.message.validate', validate],
  ];
}

function replayOperations(engine: Engine, nextHandle: () => string, primitives: Primitives): Operations {
  const table = engine.replaySessions(nextHandle);
  const reply = (guard: ReplayGuard): JsonObject => {
    const event = guard.pollEvent();
    return { transmit: [], events: event === undefined ? [] : [{ ...event }], timeoutAt: guard.pollTimeoutAtMs() ?? null };
  };

  const identity: Operation = (params) => {
    const senderKey = params.bytes('senderKey');
    const ciphertext = params.bytes('ciphertext');
    params.finish();
    return { identity: hexOf(engine.deriveReplayIdentity({ senderKey, ciphertext }, primitives)) };
  };
  const open: Operation = (params) => {
    const windowMs = params.integer('windowMs', 1, Number.MAX_SAFE_INTEGER);
    const skewMs = params.integer('skewMs', 0, Number.MAX_SAFE_INTEGER);
    const entryCount = params.optionalInteger('entryCount', 1, Number.MAX_SAFE_INTEGER);
    const restored = params.optionalBytes('restored');
    const now = params.time('now');
    params.finish();
    const guard = new engine.ReplayGuard({ windowMs, skewMs, entryCount, restored }, now, primitives);
    return { session: table.open(guard), ...reply(guard) };
  };
  const check: Operation = (params) => {
    const handle = params.text('session');
    const ciphertext = params.bytes('ciphertext');
    const senderKey = params.bytes('senderKey');
    const createdAt = params.optionalJson('createdAt');
    const messageId = params.optionalJson('messageId');
    const now = params.time('now');
    params.finish();
    const guard = table.get(handle);
    guard.check({ ciphertext, senderKey, createdAt, messageId }, now);
    return reply(guard);
  };
  const tick: Operation = (params) => {
    const handle = params.text('session');
    const now = params.time('now');
    params.finish();
    const guard = table.get(handle);
    guard.handleTimeout(now);
    return reply(guard);
  };
  const snapshot: Operation = (params) => {
    const handle = params.text('session');
    params.finish();
    return { snapshot: hexOf(table.get(handle).snapshot()) };
  };
  const close: Operation = (params) => {
    const handle = params.text('session');
    params.finish();
    table.close(handle);
    return {};
  };
  return [
    ['kilt.replay.identity', identity],
    ['kilt.replay.open', open],
    ['kilt.replay.check', check],
    ['kilt.replay.tick', tick],
    ['kilt.replay.snapshot', snapshot],
    ['kilt.replay.close', close],
  ];
}

/** The operations of this area; handles come from the source that all sessions share. */
export function kiltOperations(engine: Engine, nextHandle: () => string, primitives: Primitives): Operations {
  return [
    ...didOperations(engine, primitives),
    ...envelopeOperations(engine, primitives),
    ...replayOperations(engine, nextHandle, primitives),
  ];
}
