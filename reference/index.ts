/**
 * The reference engine of Bottlepost: readable, sans-IO, without a clock, sockets or randomness of its own.
 * Everything public is exported here, and by area and topic in the indexes that this one joins. Bytes come in as
 * Uint8Arrays or Buffers and are copied where they are kept; they go out as plain Uint8Arrays (ADR-0027).
 */
export {
  AuthenticationError,
  DecodeError,
  EncodeError,
  ExpiredError,
  LimitError,
  MismatchError,
  ProtocolError,
  ReplayError,
  StateError,
  UnknownError,
  UnsupportedError,
  UsageError,
} from './kernel/errors.ts';
export type { ErrorValues, RejectClass } from './kernel/errors.ts';
export { compare, concat, fromHex, toHex } from './kernel/bytes.ts';
export { Endpoint, drain } from './kernel/endpoint.ts';
export { JSON_DEPTH_MAX, JsonError, readJsonObject, writeJson } from './kernel/json.ts';
export type { JsonErrorClass, JsonObject, JsonValue } from './kernel/json.ts';

export { noblePrimitives } from './primitives/noble.ts';
export type { Primitives, SecretInput } from './primitives/primitives.ts';

export { siphash24 } from './primitives/siphash.ts';

export * from './e3x/index.ts';
export * from './interpeer/index.ts';
export * from './kilt/index.ts';
export * from './nexus/index.ts';
