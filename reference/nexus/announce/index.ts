export { readAnnounce, readAnnouncedRelays, relayAnnounce, scorePath, writeAnnounce } from './announce.ts';
export type { Announce, AnnounceInput, AnnouncePrimitives, AnnounceRelay } from './announce.ts';
export { Announcer } from './announcer.ts';
export type { AnnounceEvent, AnnouncerOptions } from './announcer.ts';
export { beaconIntervalMs, readBeacon, writeBeacon } from './beacon.ts';
export type { Beacon } from './beacon.ts';
export { ROUTE_ID_COUNT, RouteTable } from './routes.ts';
export type { RouteEvent, RouteOptions } from './routes.ts';
