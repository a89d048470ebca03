/** What people write to each other: bodies of ours, whose types have a colon so that they never collide with KILT's. */
import { isFilledText, isHex, isText, structure } from '../checks.ts';
import type { Check } from '../checks.ts';

/** The bodies for people. */
export const PEOPLE_BODIES: readonly (readonly [string, Check])[] = [
  ['bottlepost:text', structure('KLT-MSG-028', { text: isText })],
  ['bottlepost:attachment', structure('KLT-MSG-029', { name: isFilledText, mediaType: isFilledText, bytes: isHex })],
];
