export { takeFromInbox } from './inbox.ts';
export type { Delivery, InboxInput } from './inbox.ts';
