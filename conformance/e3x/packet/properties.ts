/** What holds for every packet, and what two implementations do with one. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import { toHex } from '../../oracle/values.ts';
import { bytesUpTo, jsonObject } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { mutatedBytes } from '../../suites/mutations.ts';
import { demand, propertyChecks, type Bind } from '../../suites/property.ts';
import { anyHead, anyPacket, hints, JSON_HEAD_LENGTH_MIN } from './arbitraries.ts';
import { packetFlows } from './cross.ts';

export const properties: TopicProperties = {
  checks: (input) => propertyChecks(input, packetProperties),
  hints,
  flows: packetFlows,
};

function packetProperties(property: Bind): Check[] {
  const encode = 'e3x.packet.encode';
  const decode = 'e3x.packet.decode';
  const json = jsonObject().filter(
    (value) => Object.keys(value).length === 0 || Buffer.byteLength(JSON.stringify(value)) >= JSON_HEAD_LENGTH_MIN,
  );
  return [
    property({
      name: 'e3x.packet.encode/head-round-trip',
      requirement: 'E3X-LOB-013',
      title: 'A packet built from head bytes and a body gives both back',
      operations: [encode, decode],
      arbitrary: fc.record({ head: anyHead().map(toHex), body: bytesUpTo(260).map(toHex) }),
      trial: async ({ head, body }, talk) => {
        const { packet = '' } = await talk.want(encode, { head, body });
        const decoded = await talk.want(decode, { packet });
        demand(talk, decoded, 'head', head, 'E3X-LOB-013', 'Decoding did not give back the head.');
        demand(talk, decoded, 'headLength', head.length / 2, 'E3X-LOB-001', 'The head that went in has another length.');
        demand(talk, decoded, 'body', body, 'E3X-LOB-008', 'Decoding did not give back the body.');
        demand(talk, decoded, 'bodyLength', body.length / 2, 'E3X-LOB-008', 'The body that went in has another length.');
      },
    }),
    property({
      name: 'e3x.packet.encode/json-round-trip',
      requirement: 'E3X-LOB-006',
      title: 'A packet built from a JSON object and a body gives both back',
      operations: [encode, decode],
      arbitrary: fc.record({ json, body: bytesUpTo(120).map(toHex) }),
      trial: async (params, talk) => {
        const { packet = '' } = await talk.want(encode, params);
        const decoded = await talk.want(decode, { packet });
        if (Object.keys(params.json).length > 0)
          demand(talk, decoded, 'json', params.json, 'E3X-LOB-006', 'Decoding did not give back the object.');
        else demand(talk, decoded, 'headLength', 0, 'E3X-LOB-010', 'The empty object became a head.');
        demand(talk, decoded, 'body', params.body, 'E3X-LOB-008', 'Decoding did not give back the body.');
      },
    }),
    property({
      name: 'e3x.packet.decode/total',
      requirement: 'E3X-LOB-003',
      title: 'Any bytes are a packet unless truncated, and head and body recompose them',
      operations: [decode],
      arbitrary: fc.oneof(
        { weight: 2, arbitrary: anyPacket() },
        { weight: 2, arbitrary: mutatedBytes(anyPacket()) },
        { weight: 1, arbitrary: bytesUpTo(40) },
      ),
      trial: async (packet, talk) => {
        const params = { packet: toHex(packet) };
        const got = await talk.ask(decode, params);
        const headLength = (packet[0] ?? 0) * 256 + (packet[1] ?? 0);
        const whole = packet.length >= 2 && headLength <= packet.length - 2;
        if (!whole) {
          const requirement = packet.length < 2 ? 'E3X-LOB-002' : 'E3X-LOB-003';
          if (got.kind === 'ok' || got.class !== 'truncated')
            talk.violated({
              requirement,
              expect: { reject: 'truncated' },
              explanation: `${String(packet.length)} bytes that announce a head of ${String(headLength)} were not refused as truncated.`,
            });
          return;
        }
        if (got.kind === 'reject')
          return talk.violated({
            requirement: 'E3X-LOB-003',
            expect: { ok: {} },
            explanation: `A packet whose length fits is always valid, but was refused as '${got.class}'.`,
          });
        const { value } = got;
        demand(talk, value, 'headLength', headLength, 'E3X-LOB-001', 'The head length is not what the first two bytes say.');
        demand(
          talk,
          value,
          'head',
          toHex(packet.subarray(2, 2 + headLength)),
          'E3X-LOB-001',
          'Length, head and body do not recompose the packet: the head differs.',
        );
        demand(
          talk,
          value,
          'body',
          toHex(packet.subarray(2 + headLength)),
          'E3X-LOB-008',
          'Length, head and body do not recompose the packet: the body differs.',
        );
        demand(talk, value, 'bodyLength', packet.length - 2 - headLength, 'E3X-LOB-008', 'The body length is not the length of the body.');
        const read = ['json', 'jsonError'].filter((member) => member in value);
        const due = headLength < JSON_HEAD_LENGTH_MIN ? 0 : 1;
        if (read.length !== due)
          talk.violated({
            requirement: due === 0 ? 'E3X-LOB-005' : 'E3X-LOB-007',
            expect: { ok: {} },
            explanation:
              due === 0
                ? 'A head shorter than 7 bytes was read as JSON.'
                : 'A head of 7 bytes or more has either an object or an error beside it, never both or neither.',
          });
      },
    }),
  ];
}
