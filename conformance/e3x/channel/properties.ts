/** How channels are tested beyond their vectors. */
import type { TopicProperties } from '../../suites/modules.ts';
import { hints } from './arbitraries.ts';
import { scenarioChecks } from './scenarios.ts';

export const properties: TopicProperties = { checks: scenarioChecks, hints };
