export { AnnounceShare, announceShareUs } from './announce-share.ts';
export type { AnnounceLimits, AnnounceShareEvent } from './announce-share.ts';
export { BACK_OFF_COUNT, ChannelAccess, accessTimingOf } from './channel-access.ts';
export type { AccessEvent, AccessLink, AccessTiming } from './channel-access.ts';
export { PacketQueue, QUEUE_PACKET_COUNT } from './packet-queue.ts';
export type { QueueEvent, QueueOptions } from './packet-queue.ts';
export { decodeCongestionSignal, encodeCongestionSignal } from './signal.ts';
export type { CongestionSeverity, CongestionSignal } from './signal.ts';
