export { CHANNEL_COUNT, CHANNEL_ID_MAX, ChannelTable, SKIPPED_COUNT, readChannelHead } from './channel-table.ts';
export type { ChannelHead, ChannelOrder, ChannelTableEvent, ChannelTableLimits, ChannelTableOptions } from './channel-table.ts';
