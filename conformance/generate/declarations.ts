/**
 * What operations take and answer, written as a module: a program that answers them reads its parameters and writes its
 * results by what the spec declares, and neither reads the spec at run time nor repeats it.
 */
import type { AreaSpec, Operation, Param, Profile, ResultMember } from '../spec/types.ts';

/** Columns of a line, as the project's formatter has them. */
const WIDTH = 140;
const HEADER = "// Written by 'npm run index' from spec/; do not edit.";

type Literal = string | number | boolean | readonly Literal[] | { readonly [name: string]: Literal };
type Declared = Pick<AreaSpec, 'operations' | 'profiles'>;

/** The text of the module. */
export function renderDeclarations(areas: readonly Declared[]): string {
  const operations = areas.flatMap((area) => area.operations.map((o) => [o.operation, operationOf(o)] as const));
  const profiles = areas.flatMap((area) => area.profiles.map(profileOf));
  return [
    HEADER,
    '',
    '/** What each operation takes and answers. */',
    `export const OPERATIONS = ${literal(Object.fromEntries(operations))} as const;`,
    '',
    '/** The operations that each profile needs, besides those of the profiles that it includes. */',
    `export const PROFILES = ${literal(profiles)} as const;`,
    '',
  ].join('\n');
}

function operationOf({ session, params, requiresOneOf, result }: Operation): Literal {
  return {
    ...(session === undefined ? {} : { session }),
    params: membersOf(params, paramOf),
    ...(requiresOneOf === undefined ? {} : { requiresOneOf }),
    result: membersOf(result, resultOf),
  };
}

function membersOf<Member>(members: { readonly [name: string]: Member }, of: (member: Member) => Literal): Literal {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, of(member)]));
}

function paramOf(param: Param): Literal {
  const { type, required, minimum, maximum, excludes, members } = param;
  return {
    type,
    ...(required === true ? { required } : {}),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(param.enum === undefined ? {} : { enum: param.enum }),
    ...(excludes === undefined ? {} : { excludes }),
    ...(members === undefined ? {} : { members: membersOf(members, paramOf) }),
  };
}

function resultOf({ type, optional }: ResultMember): Literal {
  return { type, ...(optional === true ? { optional } : {}) };
}

function profileOf({ profile, includes = [], operations = [] }: Profile): Literal {
  return { profile, includes, operations };
}

/** A value as source text, laid out as the formatter would. */
function literal(value: Literal, indent = '', before = 0): string {
  if (typeof value !== 'object') return typeof value === 'string' ? quoted(value) : String(value);
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return isList ? '[]' : '{}';
  const keysAreQuoted = !isList && entries.some(([name]) => !/^[A-Za-z_$][\w$]*$/.test(name));
  const key = (name: string): string => (isList ? '' : `${keysAreQuoted ? quoted(name) : name}: `);
  // One line if it fits; an object that holds another is easier to read as a block.
  const isFlat = entries.every(([, child]) => typeof child !== 'object' || Array.isArray(child));
  const line = entries.map(([name, child]) => `${key(name)}${literal(child)}`).join(', ');
  const oneLine = isList ? `[${line}]` : `{ ${line} }`;
  if (isFlat && indent.length + before + oneLine.length + 1 <= WIDTH && !oneLine.includes('\n')) return oneLine;
  const inner = `${indent}  `;
  const lines = entries.map(([name, child]) => `${inner}${key(name)}${literal(child, inner, key(name).length)},`);
  return [isList ? '[' : '{', ...lines, `${indent}${isList ? ']' : '}'}`].join('\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
