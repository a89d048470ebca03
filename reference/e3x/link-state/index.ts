export { LINK_PATH_COUNT, LinkState, TCP_KEEPALIVE_MS, UDP_KEEPALIVE_MS } from './link-state.ts';
export type { LinkStateEvent, LinkStateLimits, LinkStateName, LinkStateOptions, OfferedPath } from './link-state.ts';
