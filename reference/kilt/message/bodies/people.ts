/** What people write to each other: bodies of ours, whose types have a colon so that they never collide with KILT's. */
import { bodyType, isFilledText, isHexText, isText, structure } from '../checks.ts';
import type { BodyType } from '../checks.ts';

/** The bodies for people. */
export const PEOPLE_BODIES: readonly BodyType[] = [
  bodyType('bottlepost:text', 'KLT-MSG-028', structure('KLT-MSG-028', { text: isText })),
  bodyType(
    'bottlepost:attachment',
    'KLT-MSG-029',
    structure('KLT-MSG-029', { name: isFilledText, mediaType: isFilledText, bytes: isHexText }),
  ),
];
