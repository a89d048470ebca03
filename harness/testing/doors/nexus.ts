/** Scripts of what NEXUS exports. */
import { GROUP_SCRIPTS } from './nexus-group.ts';
import { NEXUS_RADIO_SCRIPTS } from './nexus-radio.ts';
import { NEXUS_OBJECTS_SCRIPTS } from './nexus-objects.ts';
import { NEXUS_RELAY_SCRIPTS } from './nexus-relay.ts';
import { NEXUS_PAYMENT_SCRIPTS } from './nexus-payment.ts';
import type { Script } from './script.ts';

export const NEXUS_SCRIPTS: readonly Script[] = [
  ...NEXUS_RADIO_SCRIPTS,
  ...NEXUS_OBJECTS_SCRIPTS,
  ...NEXUS_RELAY_SCRIPTS,
  ...NEXUS_PAYMENT_SCRIPTS,
  ...GROUP_SCRIPTS,
];
