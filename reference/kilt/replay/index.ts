export { LIVE_SKEW_MS, LIVE_WINDOW_MS, REPLAY_ENTRY_COUNT, ReplayGuard } from './replay-guard.ts';
export type { AcceptedEvent, ReplayCheck, ReplayGuardOptions, ReplayStore } from './replay-guard.ts';
export { decodeReplaySnapshot, encodeReplaySnapshot } from './replay-snapshot.ts';
export type { ReplayEntry, ReplaySnapshot } from './replay-snapshot.ts';
export { deriveReplayIdentity } from './replay-identity.ts';
export type { ReplayIdentityInput } from './replay-identity.ts';
