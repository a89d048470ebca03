/** CTypes: schemas of claims, in the restricted form of JSON Schema that KILT has for them. */
import { isInteger, isNumber, isOneOf, isText, listOf, mapOf, matching, structure, isFilledText } from '../checks.ts';
import type { Check } from '../checks.ts';
import { isJsonObject } from '../../../kernel/json.ts';
import { DecodeError } from '../../../kernel/errors.ts';

const CLAUSE = 'KLT-MSG-037';
const isCount: Check = isInteger(0, Number.MAX_SAFE_INTEGER);

const STRING = structure(
  CLAUSE,
  { type: isOneOf('string') },
  { format: isOneOf('date', 'time', 'uri'), enum: listOf(isText), minLength: isCount, maxLength: isCount },
);
const NUMBER = structure(CLAUSE, { type: isOneOf('integer', 'number') }, { enum: listOf(isNumber), minimum: isNumber, maximum: isNumber });
const BOOLEAN = structure(CLAUSE, { type: isOneOf('boolean') });
const REFERENCE = structure(CLAUSE, { $ref: matching('not a reference to a CType', /^kilt:ctype:0x[0-9a-f]+(?:#\/properties\/.+)?$/) });

const SCALARS: ReadonlyMap<unknown, Check> = new Map<unknown, Check>([
  ['string', STRING],
  ['integer', NUMBER],
  ['number', NUMBER],
  ['boolean', BOOLEAN],
]);

/** What a property can be, apart from a list. */
const isScalarProperty: Check = (value, clause, primitives) => {
  if (!isJsonObject(value)) throw new DecodeError('malformed', clause, 'not the schema of a property');
  const check = SCALARS.get(value['type']) ?? REFERENCE;
  check(value, clause, primitives);
};

const LIST = structure(CLAUSE, { type: isOneOf('array'), items: isScalarProperty }, { minItems: isCount, maxItems: isCount });

const isProperty: Check = (value, clause, primitives) => {
  const isList = isJsonObject(value) && value['type'] === 'array';
  (isList ? LIST : isScalarProperty)(value, clause, primitives);
};

/** The current metaschema of CTypes, version 1: by the hash of its content. */
const METASCHEMA = 'ipfs://bafybeiah66wbkhqbqn7idkostj2iqyan2tstc4tpqt65udlhimd7hcxjyq/';

/** KLT-MSG-037: a CType of the current metaschema. */
export const isCtype: Check = structure(CLAUSE, {
  $id: matching('not the id of a CType', /^kilt:ctype:0x[0-9a-f]{64}$/),
  $schema: isOneOf(METASCHEMA),
  title: isText,
  type: isOneOf('object'),
  additionalProperties: isOneOf(false),
  properties: mapOf(isFilledText, isProperty),
});
