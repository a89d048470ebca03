export {
  BANDWIDTH_CODE_MAX,
  COST_CODE_MAX,
  addPathCost,
  carriesBandwidth,
  decodePathCost,
  encodeBandwidth,
  encodePathCost,
  readPathCost,
  relayPathCost,
  writePathCost,
} from './path-cost.ts';
export type { PathCost, PathRelay } from './path-cost.ts';
