/**
 * Generic cases of a layout: the edges of every partition, truncation at and inside every field, constants off by
 * one, values out of range, and bytes after the end. Works from the layout's data alone.
 */
import type { Oracle } from '../oracle/oracle.ts';
import { concatBytes, type Value } from '../oracle/values.ts';
import { widthOf } from '../oracle/wire.ts';
import type { Layout } from '../spec/types.ts';
import { seededBytes } from './seeded.ts';
import type { VectorKind } from '../vectors.ts';

export interface WireCase {
  readonly name: string;
  readonly title: string;
  readonly kind: VectorKind;
  readonly bytes: Uint8Array;
  /** The valid bytes from which they were made. */
  readonly base?: Uint8Array;
  readonly rejects?: string;
}

/** Fills a field of a given length; layouts whose fields have inner meaning pass their own. */
export type Filler = (field: string, length: number) => Uint8Array;

/** All cases of a layout. `sample` gives one valid encoding for the truncations. */
export function wireCases(
  oracle: Oracle,
  layout: Layout,
  sample: ReadonlyMap<string, Value>,
  fill: Filler,
  lengthsMax = 65_535,
): WireCase[] {
  const cases: WireCase[] = [];
  const encode = (values: ReadonlyMap<string, Value>): Uint8Array => {
    const encoding = oracle.wire.encode(layout.layout, values);
    if (encoding.kind === 'reject') throw new Error(`${layout.layout}: the sample does not encode`);
    return encoding.bytes;
  };
  const valid = encode(sample);
  const decoding = oracle.wire.decode(layout.layout, valid);
  if (decoding.kind !== 'ok') throw new Error(`${layout.layout}: the sample does not decode`);

  // Truncation: at the start of each field and, where the field is longer than a byte, inside it.
  for (const span of decoding.spans) {
    const field = layout.fields.find((f) => f.name === span.name);
    if (field === undefined || field.rejects === 'none') continue;
    const cuts = span.length > 1 ? [span.offset, span.offset + 1, span.offset + span.length - 1] : span.length === 1 ? [span.offset] : [];
    for (const cut of new Set(cuts)) {
      cases.push({
        name: `truncated-${span.name}-${String(cut - span.offset)}-of-${String(span.length)}`,
        title: `ends ${String(cut - span.offset)} bytes into ${span.name}`,
        kind: 'truncation',
        bytes: valid.slice(0, cut),
        rejects: 'truncated',
      });
    }
  }
  // Integers: constants off by one, ranges left, lengths that announce more than there is.
  for (const field of layout.fields) {
    const width = widthOf(field.type);
    if (width === undefined) continue;
    const at = decoding.spans.find((s) => s.name === field.name)?.offset ?? 0;
    const withValue = (value: bigint): Uint8Array => {
      const bytes = Uint8Array.from(valid);
      for (let i = 0; i < width; i++)
        bytes[at + (field.type.endsWith('le') ? i : width - 1 - i)] = Number((value >> BigInt(8 * i)) & 0xffn);
      return bytes;
    };
    const top = (1n << BigInt(8 * width)) - 1n;
    if (field.const !== undefined) {
      const right = BigInt(field.const);
      for (const value of new Set([right - 1n, right + 1n, 0n, top]))
        if (value >= 0n && value !== right)
          cases.push({
            name: `${field.name}-is-${String(value)}`,
            title: `${field.name} is ${String(value)} and not ${String(right)}`,
            kind: 'constant',
            bytes: withValue(value),
          });
    }
    if (field.minimum !== undefined)
      cases.push({
        name: `${field.name}-below-minimum`,
        title: `${field.name} is ${String(BigInt(field.minimum) - 1n)}`,
        kind: 'range',
        bytes: withValue(BigInt(field.minimum) - 1n),
      });
    if (field.maximum !== undefined)
      cases.push({
        name: `${field.name}-above-maximum`,
        title: `${field.name} is ${String(BigInt(field.maximum) + 1n)}`,
        kind: 'range',
        bytes: withValue(BigInt(field.maximum) + 1n),
      });
    if (field.lengthOf !== undefined) {
      const have = BigInt(valid.length - at - width);
      for (const value of new Set([have + 1n, top]))
        cases.push({
          name: `${field.name}-announces-${String(value)}`,
          title: `${field.name} announces ${String(value)} bytes where ${String(have)} follow`,
          kind: 'truncation',
          bytes: withValue(value),
          rejects: 'truncated',
        });
    }
  }
  // Partitions: both edges of each, followed by nothing, one byte and several bytes.
  for (const part of layout.partitions ?? []) {
    const measured = layout.fields.find((f) => f.name === part.field)?.lengthOf;
    if (measured === undefined) continue;
    for (const edge of new Set([Number(part.from), Math.min(Number(part.to), lengthsMax)])) {
      for (const behind of edge > 1000 ? [1] : [0, 1, 7]) {
        const values = new Map<string, Value>([...sample, [measured, fill(measured, edge)]]);
        const rest = layout.fields.find((f) => f.length === 'rest');
        if (rest !== undefined) values.set(rest.name, seededBytes(`${layout.layout}|${String(edge)}|${String(behind)}`, behind));
        cases.push({
          name: `${part.field}-${String(edge)}-with-${String(behind)}-behind`,
          title: `${part.field} ${String(edge)}, ${String(behind)} bytes after it`,
          kind: 'boundary',
          bytes: encode(values),
        });
      }
    }
  }
  if (layout.trailing !== undefined)
    cases.push({
      name: 'trailing-byte',
      title: 'one byte after the end',
      kind: 'trailing',
      bytes: concatBytes(valid, Uint8Array.of(0)),
      rejects: layout.trailing.class,
    });
  return cases.map((one) => (one.kind === 'boundary' ? one : { ...one, base: valid }));
}
