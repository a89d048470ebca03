export { applyCloak, drawCloakNonces, removeCloak } from './cloaking.ts';
export type { Uncloaked } from './cloaking.ts';
export { CloakPath } from './cloak-path.ts';
export type { CloakPathEvent, CloakPathOptions } from './cloak-path.ts';
