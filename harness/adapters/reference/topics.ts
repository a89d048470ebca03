// Written by 'npm run index' from spec/; do not edit.
import type { AdapterTopic } from './adapter-topic.ts';
import { operations as e3xChannel } from './e3x/channel.ts';
import { operations as e3xChannelTable } from './e3x/channel-table.ts';
import { operations as e3xChannelType } from './e3x/channel-type.ts';
import { operations as e3xChunk } from './e3x/chunk.ts';
import { operations as e3xCloak } from './e3x/cloak.ts';
import { operations as e3xCompression } from './e3x/compression.ts';
import { operations as e3xExchange } from './e3x/exchange.ts';
import { operations as e3xHashname } from './e3x/hashname.ts';
import { operations as e3xJose } from './e3x/jose.ts';
import { operations as e3xMessage } from './e3x/message.ts';
import { operations as e3xPacket } from './e3x/packet.ts';
import { operations as e3xRouter } from './e3x/router.ts';
import { operations as e3xToken } from './e3x/token.ts';
import { operations as interpeerConnection } from './interpeer/connection.ts';
import { operations as interpeerCookie } from './interpeer/cookie.ts';
import { operations as interpeerData } from './interpeer/data.ts';
import { operations as interpeerEngine } from './interpeer/engine.ts';
import { operations as interpeerEstablishment } from './interpeer/establishment.ts';
import { operations as interpeerMessage } from './interpeer/message.ts';
import { operations as interpeerPacket } from './interpeer/packet.ts';
import { operations as kiltDid } from './kilt/did.ts';
import { operations as kiltEnvelope } from './kilt/envelope.ts';
import { operations as kiltMessage } from './kilt/message.ts';
import { operations as kiltReplay } from './kilt/replay.ts';
import { operations as nexusIdentity } from './nexus/identity.ts';
import { operations as nexusLora } from './nexus/lora.ts';

export const TOPICS: readonly AdapterTopic[] = [
  { area: 'e3x', topic: 'packet', operations: e3xPacket },
  { area: 'e3x', topic: 'chunk', operations: e3xChunk },
  { area: 'e3x', topic: 'cloak', operations: e3xCloak },
  { area: 'e3x', topic: 'hashname', operations: e3xHashname },
  { area: 'e3x', topic: 'jose', operations: e3xJose },
  { area: 'e3x', topic: 'token', operations: e3xToken },
  { area: 'e3x', topic: 'message', operations: e3xMessage },
  { area: 'e3x', topic: 'exchange', operations: e3xExchange },
  { area: 'e3x', topic: 'channel', operations: e3xChannel },
  { area: 'e3x', topic: 'channel-table', operations: e3xChannelTable },
  { area: 'e3x', topic: 'channel-type', operations: e3xChannelType },
  { area: 'e3x', topic: 'compression', operations: e3xCompression },
  { area: 'e3x', topic: 'router', operations: e3xRouter },
  { area: 'interpeer', topic: 'packet', operations: interpeerPacket },
  { area: 'interpeer', topic: 'message', operations: interpeerMessage },
  { area: 'interpeer', topic: 'cookie', operations: interpeerCookie },
  { area: 'interpeer', topic: 'establishment', operations: interpeerEstablishment },
  { area: 'interpeer', topic: 'connection', operations: interpeerConnection },
  { area: 'interpeer', topic: 'data', operations: interpeerData },
  { area: 'interpeer', topic: 'engine', operations: interpeerEngine },
  { area: 'kilt', topic: 'did', operations: kiltDid },
  { area: 'kilt', topic: 'message', operations: kiltMessage },
  { area: 'kilt', topic: 'envelope', operations: kiltEnvelope },
  { area: 'kilt', topic: 'replay', operations: kiltReplay },
  { area: 'nexus', topic: 'identity', operations: nexusIdentity },
  { area: 'nexus', topic: 'lora', operations: nexusLora },
];
