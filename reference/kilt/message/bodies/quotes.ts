/** Quotes: what an attestation will cost, signed by the attester and, once agreed, by the claimer. */
import { isDid, isFilledText, isHash, isNumber, isObject, structure } from '../checks.ts';
import type { Check } from '../checks.ts';
import { DecodeError } from '../../../kernel/errors.ts';
import { isSignature } from './claims.ts';

/** KLT-MSG-036: months of 31 and 30 days, and February. */
const DATE = /^[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))$/;
/** KLT-MSG-036: hours, minutes and seconds, and how far from UTC they are. */
const TIME = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$/;

/** A date and a time (RFC 3339 5.6), without leap seconds; leap years are not checked. */
const isDateTime: Check = (value, clause) => {
  const [date = '', time = '', ...more] = typeof value === 'string' ? value.split(/[Tt]/) : [];
  if (!DATE.test(date) || !TIME.test(time) || more.length > 0) throw new DecodeError('malformed', clause, 'not a date and time');
};

const QUOTE = {
  attesterDid: isDid,
  attesterSignature: isSignature,
  cTypeHash: isHash,
  cost: structure('KLT-MSG-036', { gross: isNumber, net: isNumber, tax: isObject }),
  currency: isFilledText,
  termsAndConditions: isFilledText,
  timeframe: isDateTime,
} as const;

/** KLT-MSG-036: an offer, signed by the attester. */
export const isSignedQuote: Check = structure('KLT-MSG-036', QUOTE);

/** KLT-MSG-036: the offer accepted, signed by the claimer over the root hash of the credential. */
export const isQuoteAgreement: Check = structure('KLT-MSG-036', {
  ...QUOTE,
  claimerDid: isDid,
  claimerSignature: isSignature,
  rootHash: isHash,
});
