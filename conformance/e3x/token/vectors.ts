/** The cases of routing tokens. */
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { wireCases } from '../../generate/wire.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { concatBytes, fromHex, toHex, type Value } from '../../oracle/values.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { lob, textHex } from '../packet/build.ts';

export const vectors: TopicVectors = {
  subjects: [{ subject: 'token', fill: ({ oracle, batch }) => tokenCases(oracle, batch) }],
  mutated: ['e3x.token.'],
};

function tokenCases(oracle: Oracle, batch: Batch): void {
  const op = 'e3x.token.derive';
  const prefix = seededBytes('token-prefix', 16);
  const message = (csid: number, body: Uint8Array): string => lob(Uint8Array.of(csid), body);
  for (const [name, body] of [
    ['exactly-16', prefix],
    ['zeros', new Uint8Array(16)],
    ['ones', new Uint8Array(16).fill(255)],
  ] as const)
    batch.add({
      name,
      title: `a BODY of 16 bytes: ${name}`,
      kind: 'boundary',
      operation: op,
      params: { packet: message(0x3a, body) },
      about: 'E3X-TOK-001',
      accepts: true,
    });
  for (const csid of [0x01, 0x1a, 0x2a, 0x3a, 0xff])
    batch.add({
      name: `csid-${csid.toString(16).padStart(2, '0')}`,
      title: `the same 16 bytes under CSID ${csid.toString(16)}`,
      kind: 'example',
      operation: op,
      params: { packet: message(csid, concatBytes(prefix, seededBytes('rest', 60))) },
      about: 'E3X-TOK-005',
      accepts: true,
    });
  for (const length of [17, 32, 100, 1300])
    batch.add({
      name: `body-${String(length)}`,
      title: `a BODY of ${String(length)} bytes with the same prefix`,
      kind: 'example',
      operation: op,
      params: { packet: message(0x3a, concatBytes(prefix, seededBytes(`rest-${String(length)}`, length - 16))) },
      about: 'E3X-TOK-005',
      accepts: true,
    });
  for (const [name, head] of [
    ['no-head', ''],
    ['two-bytes', '3a3a'],
    ['six-bytes', '3a3a3a3a3a3a'],
    ['json', textHex('{"type":"x"}')],
  ] as const)
    batch.add({
      name: `head-${name}`,
      title: `HEAD is not a CSID: ${name}`,
      kind: 'constant',
      operation: op,
      params: { packet: lob(fromHex(head), seededBytes('rest', 40)) },
      about: 'E3X-TOK-002',
      rejects: 'malformed',
    });
  batch.add({
    name: 'csid-00',
    title: 'CSID 00',
    kind: 'range',
    operation: op,
    params: { packet: message(0, seededBytes('rest', 40)) },
    about: 'E3X-TOK-003',
    rejects: 'malformed',
  });
  for (const length of [0, 1, 8, 15])
    batch.add({
      name: `body-too-short-${String(length)}`,
      title: `a BODY of ${String(length)} bytes`,
      kind: 'truncation',
      operation: op,
      params: { packet: message(0x3a, seededBytes('short', length)) },
      about: 'E3X-TOK-004',
      rejects: 'truncated',
    });
  const outer = oracle.wire.layout('e3x.outer-message');
  for (const c of wireCases(
    oracle,
    outer,
    new Map<string, Value>([
      ['csid', 0x3an],
      ['stablePrefix', prefix],
      ['restOfBody', Uint8Array.of(1, 2)],
    ]),
    () => new Uint8Array(0),
  )) {
    const short = /truncated-(headLength|csid)/.test(c.name);
    if (c.kind !== 'truncation' && c.kind !== 'constant') continue;
    const wide = /headLength-is-65535|headLength-is-(\d{3,})/.test(c.name); // a LENGTH beyond the packet is truncated first
    batch.add({
      name: `layout-${c.name}`,
      title: c.title,
      kind: c.kind,
      operation: op,
      params: { packet: toHex(c.bytes) },
      ...(c.base === undefined ? {} : { base: { packet: toHex(c.base) } }),
      ...(short || wide ? { about: wide ? 'E3X-LOB-003' : undefined } : {}),
      ...(c.rejects === undefined ? {} : { rejects: c.rejects }),
    } as Parameters<Batch['add']>[0]);
  }
}
