/** How channel types are tested beyond their vectors. */
import type { TopicProperties } from '../../suites/modules.ts';
import { hints } from './arbitraries.ts';

export const properties: TopicProperties = { hints };
