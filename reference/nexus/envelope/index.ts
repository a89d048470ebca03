export { openAttachment, readAttachment, sealAttachment, writeAttachment } from './attachment.ts';
export type { Attachment } from './attachment.ts';
export { CONTENT_OVERHEAD, checkContent, readContent, signContent } from './content.ts';
export type { ContentBinding, ContentInput, ContentKind, KiltContent, SignedContent } from './content.ts';
export { ENVELOPE_OVERHEAD, ephemeralKeyOf, openNexusEnvelope, sealNexusEnvelope } from './envelope.ts';
export type { EnvelopePrimitives, EnvelopeUse, NexusEnvelopeInput, NexusEnvelopeOpening } from './envelope.ts';
export { messageRoomOf, openNexusMessage, sealNexusMessage } from './message.ts';
export type { MessagePrimitives, NexusMessageInput } from './message.ts';
