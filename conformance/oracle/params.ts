/** Parameters of a request as values of the interpreter. */
import type { Json, JsonObject } from '../contract/contract.ts';
import type { Operation, Param } from '../spec/types.ts';
import { fromHex, JsonValue, type Value } from './values.ts';

/** All parameters of an operation; those that the request leaves out are undefined. */
export function valuesOf(operation: Operation, params: JsonObject): Map<string, Value> {
  return new Map(
    Object.entries(operation.params).map(([param, declared]) => [
      param,
      param in params ? fromParam(declared, params[param] ?? null) : undefined,
    ]),
  );
}

/** A parameter as it is in a request, as a value of the interpreter. */
function fromParam(declared: Pick<Param, 'type'>, json: Json): Value {
  switch (declared.type) {
    case 'bytes':
      return fromHex(String(json));
    case 'bytesList':
      return (json as readonly Json[]).map((item) => fromHex(String(item)));
    case 'integerList':
      return (json as readonly number[]).map(BigInt);
    case 'bytesMap':
    case 'csidMap':
      return new Map(Object.entries(json as JsonObject).map(([csid, hex]) => [csid, fromHex(String(hex))]));
    case 'textList':
      return (json as readonly Json[]).map(String);
    case 'object':
    case 'objectMap':
    case 'json':
      return new JsonValue(json);
    case 'objectList':
      return (json as readonly Json[]).map((item) => new JsonValue(item));
    case 'text':
      return String(json);
    case 'boolean':
      return json === true;
    case 'integer':
    case 'time':
    case 'u64':
      return BigInt(json as number | string);
  }
}
