/** Quotes: what an attestation will cost, signed by the attester and, once agreed, by the claimer. */
import { isDid, isFilledText, isHash, isNumber, isObject, structure } from '../checks.ts';
import type { Check } from '../checks.ts';
import { DecodeError } from '../../kernel/errors.ts';
import { isSignature } from './claims.ts';

/** RFC 3339 section 5.6, with the numbers in groups. */
const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:[Zz]|[+-](\d{2}):(\d{2}))$/;

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function isDay(year: number, month: number, day: number): boolean {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (month === 2 && isLeap ? 29 : DAYS[month - 1] ?? 0);
}

/** A date and a time that exist. */
const isDateTime: Check = (value, clause) => {
  const match = typeof value === 'string' ? DATE_TIME.exec(value) : null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offsetHour = 0, offsetMinute = 0] = (match ?? []).slice(1).map((digits: string | undefined) => Number(digits ?? 0));
  if (match === null || !isDay(year, month, day) || hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) {
    throw new DecodeError('malformed', clause, 'not a date and time');
  }
};

const QUOTE = {
  attesterDid: isDid,
  attesterSignature: isSignature,
  cTypeHash: isHash,
  cost: structure('KLT-MSG-quote', { gross: isNumber, net: isNumber, tax: isObject }),
  currency: isFilledText,
  termsAndConditions: isFilledText,
  timeframe: isDateTime,
} as const;

/** KLT-MSG-quote: an offer, signed by the attester. */
export const isSignedQuote: Check = structure('KLT-MSG-quote', QUOTE);

/** KLT-MSG-quote: the offer accepted, signed by the claimer over the root hash of the credential. */
export const isQuoteAgreement: Check = structure('KLT-MSG-quote', { ...QUOTE, claimerDid: isDid, claimerSignature: isSignature, rootHash: isHash });
