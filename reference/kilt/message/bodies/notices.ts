/** Notices and payments, which KILT declares and its library does not read: errors, refusals, payments. */
import { bodyType, isHash, isText, structure } from '../checks.ts';
import type { BodyType } from '../checks.ts';

/** The bodies about what went wrong and what was paid. */
export const NOTICE_BODIES: readonly BodyType[] = [
  bodyType('error', 'KLT-MSG-024', structure('KLT-MSG-024', {}, { name: isText, message: isText })),
  bodyType('reject', 'KLT-MSG-025', structure('KLT-MSG-025', {}, { name: isText, message: isText })),
  bodyType('request-payment', 'KLT-MSG-026', structure('KLT-MSG-026', { claimHash: isHash })),
  bodyType('confirm-payment', 'KLT-MSG-027', structure('KLT-MSG-027', { claimHash: isHash, txHash: isHash, blockHash: isHash })),
];
