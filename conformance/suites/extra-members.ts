/** What an implementation put into packets although nothing asked for it, where a clause says when it is sent. */
import type { Json, JsonObject } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { equalJson, fromHex, isBytes, toHex } from '../oracle/values.ts';
import type { ResultMember } from '../spec/types.ts';

/** One member of JSON that should not be there, or a packet of nothing but such members. */
export interface Extra {
  readonly clause: string;
  /** Where it is: a JSON pointer without its leading slash. */
  readonly pointer: string;
  readonly explanation: string;
}

/** A packet as JSON and the bytes next to it. */
interface Parts {
  readonly json: JsonObject;
  readonly rest: readonly string[];
}

/**
 * The extra members of the packets of a list, if they are all that differs in it; nothing otherwise.
 *
 * @param top name of the list
 */
export function extrasIn(oracle: Oracle, declared: ResultMember | undefined, top: string, want: Json, got: Json): Extra[] {
  const { only, layout } = declared ?? {};
  if (only === undefined || layout === undefined || !Array.isArray(want) || !Array.isArray(got)) return [];
  const [expected, sent] = [want, got].map((list) => (list as readonly Json[]).map((item) => partsOf(oracle, layout, item)));
  const found: Extra[] = [];
  let next = 0;
  for (const [at, parts] of (sent ?? []).entries()) {
    const due = expected?.[next];
    const pointer = `${top}/${String(at)}`;
    const names = due && parts && extraNames(due, parts, only);
    if (names !== undefined || want[next] === got[at]) {
      next += 1;
      for (const name of names ?? [])
        found.push({ clause: only[name]?.req ?? '', pointer, explanation: `'${pointer}' has '${name}', which nothing asks for here.` });
      continue;
    }
    const alone = parts && nameAlone(parts, only);
    const clause = alone === undefined ? undefined : only[alone]?.alone;
    if (clause === undefined) return [];
    found.push({ clause, pointer, explanation: `'${pointer}' carries nothing but '${String(alone)}', which nothing asks for here.` });
  }
  return next === want.length ? found : [];
}

/** The members that a packet has beyond another, if there is no other difference. */
function extraNames(due: Parts, sent: Parts, only: NonNullable<ResultMember['only']>): string[] | undefined {
  const names = Object.keys(only).filter((name) => name in sent.json && !(name in due.json));
  const left = Object.fromEntries(Object.entries(sent.json).filter(([name]) => !names.includes(name)));
  return equalJson(left, due.json) && equalJson(sent.rest, due.rest) ? names : undefined;
}

/** The first of the members, if a packet has no bytes and nothing else but what is the same for its whole channel. */
function nameAlone({ json, rest }: Parts, only: NonNullable<ResultMember['only']>): string | undefined {
  const [name] = Object.keys(only).filter((one) => one in json && only[one]?.alone !== undefined);
  const allowed = [...Object.keys(only), ...(name === undefined ? [] : (only[name]?.with ?? []))];
  return rest.every((bytes) => bytes === '') && Object.keys(json).every((one) => allowed.includes(one)) ? name : undefined;
}

function partsOf(oracle: Oracle, layout: string, item: Json): Parts | undefined {
  if (typeof item !== 'string' || !/^([0-9a-f]{2})*$/.test(item)) return undefined;
  const decoding = oracle.wire.decode(layout, fromHex(item));
  if (decoding.kind !== 'ok') return undefined;
  let json: JsonObject | undefined;
  const rest: string[] = [];
  for (const field of decoding.fields.values()) {
    if (!isBytes(field)) continue;
    const read = json === undefined ? objectIn(field) : undefined;
    if (read === undefined) rest.push(toHex(field));
    else json = read;
  }
  return json && { json, rest };
}

function objectIn(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value = JSON.parse(Buffer.from(bytes).toString('utf8')) as Json;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
