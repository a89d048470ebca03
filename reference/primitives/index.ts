/**
 * The port for anyone who brings other primitives: the interface and its parts, the table of what each operation takes, the checks that
 * every implementation makes by it, the errors that it throws, and the implementation in plain JavaScript to start from.
 */
export type {
  AadInput,
  AgreementInput,
  ChachaInput,
  CipherPrimitives,
  CurvePrimitives,
  DigestPrimitives,
  HashPrimitives,
  OpenInput,
  PrimitiveName,
  Primitives,
  RsaPrimitives,
  SealInput,
  SecretInput,
} from './primitives.ts';
export { PRIMITIVES } from './table.ts';
export type { Permitted, PrimitiveDescription } from './table.ts';
export {
  AUTHENTICATION_CLAUSE,
  P256_ORDER,
  SECP160R1_ORDER,
  checkBlake3Mode,
  checkChachaBlocks,
  checkInput,
  checkScalar,
  isRefusedEd25519Public,
  notAPoint,
  notAuthentic,
} from './checks.ts';
export { AuthenticationError, DecodeError, LimitError, ProtocolError, UsageError } from '../kernel/errors.ts';
export { noblePrimitives } from './noble.ts';
