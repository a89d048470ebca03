export { hashRecipients, readPut, readPutOk, writePut, writePutOk } from './put.ts';
export type { Grant, PutBody, PutInput } from './put.ts';
export { readPending, readPendingList, writePending, writePendingList } from './pending.ts';
export type { PendingBody, PendingEntry, PendingListBody } from './pending.ts';
export { readReceipt, readReceiptOk, signReceipt } from './receipt.ts';
export type { Receipt, ReceiptInput, ReceiptPrimitives, ReceiptStatus } from './receipt.ts';
export {
  readNotify,
  readSubscribe,
  readSubscribeOk,
  readUnsubscribe,
  writeNotify,
  writeSubscribe,
  writeSubscribeOk,
} from './subscription.ts';
export type { NotifyDelivery, DigestEntry, NotifyBody, SubscribeBody, SubscribeOkBody, SubscriptionTopic } from './subscription.ts';
export { readMailbox, writeMailbox } from './mailbox.ts';
export type { Mailbox, MailboxRelay } from './mailbox.ts';
export { readAdvisory, readFork, signAdvisory, writeFork } from './advisory.ts';
export type { AdvisoryEvidence, AdvisoryInput, ForkBody, KeyAdvisory } from './advisory.ts';
export { Relay } from './relay.ts';
export type { RelayEvent, RelayLink, RelayOptions, RelayRequest } from './relay-doors.ts';
export type { KeptLists, StoreWrite } from './relay-memory.ts';
export type { CustodyLimits, KeptEntry, KeptObject, KeptReceipt } from './custody.ts';
export { Recipient } from './recipient.ts';
export type { InboxMessage, RecipientEvent, RecipientOptions, RecipientPrimitives, RecipientRecord } from './recipient.ts';
export { Depositor } from './depositor.ts';
export type { DepositInput, DepositRelay, DepositorEvent, StoredDeposit } from './depositor.ts';
