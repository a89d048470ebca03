/** Notices and payments, which KILT declares and its library does not read: errors, refusals, payments. */
import { isHash, isText, structure } from '../checks.ts';
import type { Check } from '../checks.ts';

/** The bodies about what went wrong and what was paid. */
export const NOTICE_BODIES: readonly (readonly [string, Check])[] = [
  ['error', structure('KLT-MSG-024', {}, { name: isText, message: isText })],
  ['reject', structure('KLT-MSG-025', {}, { name: isText, message: isText })],
  ['request-payment', structure('KLT-MSG-026', { claimHash: isHash })],
  ['confirm-payment', structure('KLT-MSG-027', { claimHash: isHash, txHash: isHash, blockHash: isHash })],
];
