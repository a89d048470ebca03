export {
  CLOAKED_LENGTH_MIN,
  CLOAK_KEY,
  CLOAK_NONCE_LENGTH,
  CLOAK_PATH_ROUND_COUNT_MAX,
  CLOAK_ROUND_COUNT_MAX,
  applyCloak,
  drawCloakNonces,
  removeCloak,
} from './cloaking.ts';
export type { Uncloaked } from './cloaking.ts';
export { CloakPath } from './cloak-path.ts';
export type { CloakPathEvent, CloakPathOptions } from './cloak-path.ts';
