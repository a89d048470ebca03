/**
 * Generated checks of integers, packets and channel ids: what is written reads back as it went in and as the model has it,
 * and what is damaged is read or refused as the model does.
 */
import fc from 'fast-check';
import type { JsonObject } from '../../contract/contract.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { concatBytes, toHex } from '../../oracle/values.ts';
import { bytesUpTo } from '../../suites/arbitraries.ts';
import { campaignCheck, type CampaignCheck } from '../../suites/campaign-check.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { mutatedBytes } from '../../suites/mutations.ts';
import { crc32c } from './primitives.ts';
import { demand, made, suiteCheck } from '../property.ts';
import { SUITES, type Suite } from './suites.ts';
import { halves, packet, varint } from './arbitraries.ts';

const RUNS = 60;
const VARINT = { encode: 'interpeer.varint.encode', decode: 'interpeer.varint.decode' } as const;
const PACKET = { encode: 'interpeer.packet.encode', decode: 'interpeer.packet.decode' } as const;
const CHANNEL_ID = { join: 'interpeer.channelid.join', split: 'interpeer.channelid.split' } as const;

function varintRoundTrip(): CampaignCheck<readonly [string, string]> {
  return {
    id: 'property/interpeer.varint/round-trip',
    suite: 'property',
    requirement: 'IPR-VAR-002',
    title: 'an integer reads back as written, whatever follows it',
    operations: [VARINT.encode, VARINT.decode],
    runs: RUNS,
    arbitrary: fc.tuple(varint(), bytesUpTo(4).map(toHex)),
    trial: async ([value, behind], talk) => {
      await talk.agree(VARINT.encode, { value });
      const { bytes = '' } = await talk.want(VARINT.encode, { value });
      const read = await talk.want(VARINT.decode, { bytes: `${String(bytes)}${behind}` });
      demand(talk, read, 'value', value, 'IPR-VAR-002');
      demand(talk, read, 'length', String(bytes).length / 2, 'IPR-VAR-005');
    },
  };
}

function varintFuzz(): CampaignCheck<Uint8Array> {
  const continued = fc.array(fc.integer({ min: 0x80, max: 0xff }), { maxLength: 11 });
  const arbitrary = fc.oneof(
    bytesUpTo(12),
    fc.tuple(continued, bytesUpTo(2)).map(([front, end]) => concatBytes(Uint8Array.from(front), end)),
  );
  return {
    id: 'fuzz/interpeer.varint.decode',
    suite: 'fuzz',
    requirement: 'IPR-VAR-004',
    title: 'any bytes are an integer or refused, as the model does',
    operations: [VARINT.decode],
    runs: RUNS,
    arbitrary,
    trial: (bytes, talk) => talk.agree(VARINT.decode, { bytes: toHex(bytes) }),
  };
}

function packetRoundTrip(of: Suite): CampaignCheck<JsonObject> {
  return {
    id: 'property/interpeer.packet/round-trip',
    suite: 'property',
    requirement: 'IPR-PKT-001',
    title: 'a packet reads back as it was written',
    operations: [PACKET.encode, PACKET.decode],
    runs: RUNS,
    arbitrary: packet(of),
    trial: async (params, talk) => {
      await talk.agree(PACKET.encode, params);
      const { datagram = null } = await talk.want(PACKET.encode, params);
      const read = await talk.want(PACKET.decode, {
        suite: of,
        datagram,
        ...(params['protocolId'] === undefined ? {} : { protocolId: params['protocolId'] }),
      });
      for (const member of ['sender', 'recipient', 'channelId', 'sequenceNumber', 'payload', 'sealed'])
        if (params[member] !== undefined) demand(talk, read, member, params[member] ?? null, 'IPR-PKT-001');
      demand(talk, read, 'spin', params['spin'] ?? false, 'IPR-PKT-012');
      demand(talk, read, 'encrypted', params['sealed'] !== undefined, 'IPR-PKT-012');
    },
  };
}

/** A checksum for what is in front of the last four bytes that the packet size counts, so that a reader gets past it. */
function mended(datagram: Uint8Array): Uint8Array {
  const size = ((datagram[42] ?? 0) << 8) | (datagram[43] ?? 0);
  if (size < 52 || size > datagram.length) return datagram;
  const covered = datagram.slice(0, size - 4);
  return concatBytes(covered, crc32c(covered), datagram.slice(size));
}

function packetFuzz(of: Suite, oracle: Oracle): CampaignCheck<readonly [JsonObject, Uint8Array]> {
  const written = packet(of).map(({ protocolId: _, ...params }): JsonObject => params);
  // Damage in the sizes and after them, where it means something else than another peer.
  const arbitrary = written.chain((params) => {
    const right = made(oracle, PACKET.encode, params, 'datagram');
    const damaged = fc.oneof(
      mutatedBytes(fc.constant(right)),
      mutatedBytes(fc.constant(right.slice(40))).map((end) => concatBytes(right.slice(0, 40), end)),
    );
    return fc.tuple(
      fc.constant(params),
      fc.tuple(damaged, fc.boolean()).map(([bytes, mend]) => (mend ? mended(bytes) : bytes)),
    );
  });
  return {
    id: 'fuzz/interpeer.packet.decode',
    suite: 'fuzz',
    requirement: 'IPR-PKT-007',
    title: 'damaged packets are read or refused as the model does, and the next right one is read',
    operations: [PACKET.decode],
    runs: RUNS,
    arbitrary,
    trial: async ([params, datagram], talk) => {
      const ask = { suite: of };
      await talk.agree(PACKET.decode, { ...ask, datagram: toHex(datagram) }, { anyClass: true });
      await talk.agree(PACKET.decode, { ...ask, datagram: toHex(made(talk.oracle, PACKET.encode, params, 'datagram')) });
    },
  };
}

function halvesRoundTrip(of: Suite): CampaignCheck<JsonObject> {
  return {
    id: 'property/interpeer.channelid/round-trip',
    suite: 'property',
    requirement: 'IPR-PKT-018',
    title: 'joining and splitting a channel id gives back its halves',
    operations: [CHANNEL_ID.join, CHANNEL_ID.split],
    runs: RUNS,
    arbitrary: halves(of),
    trial: async (params, talk) => {
      await talk.agree(CHANNEL_ID.join, params);
      const { channelId = null } = await talk.want(CHANNEL_ID.join, params);
      const order = params['halfOrder'] === undefined ? {} : { halfOrder: params['halfOrder'] };
      await talk.agree(CHANNEL_ID.split, { suite: of, ...order, channelId });
      const split = await talk.want(CHANNEL_ID.split, { suite: of, ...order, channelId });
      for (const name of ['initiatorHalf', 'responderHalf'])
        if (params[name] !== undefined && params[name] !== 'f0f0') demand(talk, split, name, params[name], 'IPR-PKT-018');
    },
  };
}

export const properties: TopicProperties = {
  checks: (input) => [
    campaignCheck(input, varintRoundTrip()),
    campaignCheck(input, varintFuzz()),
    ...SUITES.flatMap((of) => [
      suiteCheck(input, of, packetRoundTrip(of)),
      suiteCheck(input, of, packetFuzz(of, input.oracle)),
      suiteCheck(input, of, halvesRoundTrip(of)),
    ]),
  ],
};
