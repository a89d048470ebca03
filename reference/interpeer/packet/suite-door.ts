import { oneOf } from '../../kernel/door.ts';
import type { Door } from '../../kernel/door.ts';
import { INTERPEER_SUITES } from './constants.ts';
import type { InterpeerSuite } from './constants.ts';

/** A suite at the door. */
export const suiteDoor: Door<InterpeerSuite> = oneOf(...INTERPEER_SUITES);
