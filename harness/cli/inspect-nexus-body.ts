/** What the explanations of bodies of records share. */
import type { Oracle } from '../../conformance/oracle/oracle.ts';
import type { FieldSpan } from '../../conformance/oracle/wire.ts';

/** What is inside a record: lines that explain it, and its fields, whose offsets count from the body. */
export interface InspectedBody {
  readonly lines: readonly string[];
  readonly spans: readonly FieldSpan[];
  readonly known: boolean;
}

/** The fields of some bytes. */
export function fieldsOf(oracle: Oracle, layout: string, bytes: Uint8Array, offset = 0): FieldSpan[] {
  const decoding = oracle.wire.decode(layout, bytes);
  return decoding.kind === 'ok' ? decoding.spans.map((span) => ({ ...span, offset: span.offset + offset })) : [];
}
/** What a body is that is refused. */
export function refusedBody(
  what: string,
  { class: rejectClass, clause }: { readonly class: string; readonly clause: string },
): InspectedBody {
  return { lines: [`As ${what}: ${rejectClass} (${clause}).`], spans: [], known: false };
}
