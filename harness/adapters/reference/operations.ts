/**
 * The operations without a session: one call of the reference each.
 */
import type { JsonObject } from '../../../conformance/contract/contract.ts';
import type { Primitives } from '../../../reference/index.ts';
import { plainChannelOperations } from './e3x/channel-table.ts';
import type { Engine } from './engine.ts';
import { missOperations } from './e3x/channel.ts';
import { handshakeOperations } from './e3x/exchange.ts';
import { interpeerBundleOperations } from './interpeer/data.ts';
import { interpeerSealedOperations } from './interpeer/connection.ts';
import { interpeerWireOperations } from './interpeer/wire.ts';
import { messageOperations } from './e3x/message.ts';
import { hexMap, hexOf } from './params.ts';
import type { Params } from './params.ts';
import type { Operations } from './sessions.ts';

/** An operation of one parameter of bytes. */
function ofBytes(name: string, run: (bytes: Uint8Array) => JsonObject): (params: Params) => JsonObject {
  return (params) => {
    const bytes = params.bytes(name);
    params.finish();
    return run(bytes);
  };
}

/** An operation of one parameter of text. */
function ofText(name: string, run: (text: string) => JsonObject): (params: Params) => JsonObject {
  return (params) => {
    const text = params.text(name);
    params.finish();
    return run(text);
  };
}

function packetOperations(engine: Engine, primitives: Primitives): Operations {
  return [
    [
      'e3x.packet.decode',
      ofBytes('packet', (bytes) => {
        const { headLength, head, json, jsonError, bodyLength, body } = engine.decodePacket(bytes);
        return {
          headLength,
          head: hexOf(head),
          ...(json === undefined ? {} : { json }),
          ...(jsonError === undefined ? {} : { jsonError: jsonError.jsonClass }),
          bodyLength,
          body: hexOf(body),
        };
      }),
    ],
    [
      'e3x.packet.encode',
      (params) => {
        params.exclusive('json', 'head');
        const json = params.optionalObject('json');
        const head = params.optionalBytes('head');
        const body = params.optionalBytes('body');
        params.finish();
        return { packet: hexOf(engine.encodePacket({ json, head, body })) };
      },
    ],
    ['e3x.token.derive', ofBytes('packet', (packet) => ({ token: hexOf(engine.deriveToken(packet, primitives)) }))],
  ];
}

function chunkOperations(engine: Engine): Operations {
  return [
    [
      'e3x.chunks.split',
      (params) => {
        params.exclusive('size', 'transport');
        const packet = params.bytes('packet');
        const transport = params.optionalChoice('transport', ['tcp', 'ble', '802.15.4', 'serial']);
        const size = transport === undefined ? params.integer('size', 0, 65535) : engine.transportOf(transport).size;
        params.finish();
        return { frames: engine.splitChunks(packet, size).map(hexOf) };
      },
    ],
    ['e3x.chunks.join', ofBytes('stream', (stream) => ({ packets: engine.joinChunks(stream).map(hexOf) }))],
  ];
}

function cloakOperations(engine: Engine, primitives: Primitives): Operations {
  return [
    [
      'e3x.cloak.apply',
      (params) => {
        const packet = params.bytes('packet');
        const nonces = params.bytesList('nonces');
        params.finish();
        return { cloaked: hexOf(engine.applyCloak(packet, nonces, primitives)) };
      },
    ],
    [
      'e3x.cloak.remove',
      ofBytes('cloaked', (cloaked) => {
        const { packet, rounds } = engine.removeCloak(cloaked, primitives);
        return { packet: hexOf(packet), rounds };
      }),
    ],
  ];
}

function nameOperations(engine: Engine, primitives: Primitives): Operations {
  return [
    [
      'e3x.hashname.derive',
      (params) => {
        const keys = params.csidMap('keys');
        const intermediates = params.optionalCsidMap('intermediates');
        params.finish();
        return { hashname: engine.deriveHashname({ keys, intermediates }, primitives) };
      },
    ],
    [
      'e3x.hashname.intermediates',
      (params) => {
        const keys = params.csidMap('keys');
        params.finish();
        return { intermediates: hexMap(engine.deriveIntermediates(keys, primitives)) };
      },
    ],
    ['e3x.hashname.parse', ofText('hashname', (hashname) => ({ digest: hexOf(engine.parseHashname(hashname)) }))],
    ['e3x.base32.encode', ofBytes('bytes', (bytes) => ({ text: engine.encodeBase32(bytes) }))],
    ['e3x.base32.decode', ofText('text', (text) => ({ bytes: hexOf(engine.decodeBase32(text)) }))],
  ];
}

function selectionOperations(engine: Engine): Operations {
  return [
    [
      'e3x.csid.select',
      (params) => {
        const local = params.csidMap('local');
        const remote = params.csidMap('remote');
        const legacy = params.optionalBoolean('legacy');
        params.finish();
        return { csid: engine.selectCsid({ local: local.keys(), remote: remote.keys(), legacy }) };
      },
    ],
  ];
}

function joseOperations(engine: Engine): Operations {
  return [
    ['e3x.jws.encode', ofText('jws', (jws) => ({ packet: hexOf(engine.encodeJws(jws)) }))],
    ['e3x.jws.decode', ofBytes('packet', (packet) => ({ jws: engine.decodeJws(packet) }))],
    ['e3x.jwe.encode', ofText('jwe', (jwe) => ({ packet: hexOf(engine.encodeJwe(jwe)) }))],
    ['e3x.jwe.decode', ofBytes('packet', (packet) => ({ jwe: engine.decodeJwe(packet) }))],
  ];
}

/** The operations of an engine that need no session. */
export function plainOperations(engine: Engine, primitives: Primitives): Operations {
  return [
    ...packetOperations(engine, primitives),
    ...chunkOperations(engine),
    ...cloakOperations(engine, primitives),
    ...nameOperations(engine, primitives),
    ...joseOperations(engine),
    ...selectionOperations(engine),
    ...messageOperations(engine, primitives),
    ...missOperations(engine),
    ...handshakeOperations(engine, primitives),
    ...plainChannelOperations(engine),
    ...interpeerWireOperations(engine, primitives),
    ...interpeerBundleOperations(engine),
    ...interpeerSealedOperations(engine, primitives),
  ];
}
