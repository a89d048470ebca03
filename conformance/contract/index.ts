/**
 * What is needed to write an implementation or a check in TypeScript: the shapes of the contract and nothing else, so that
 * importing this runs no code.
 */
export type { Hello, Implementation, Json, JsonObject, MisbehaviourKind, Outcome } from './contract.ts';
export type { Basis, DifferenceKind } from './basis.ts';
export type { AnnotatedBytes, Check, CheckContext, CheckReport, CheckResult, Failure, Step, SuiteName } from './check.ts';
