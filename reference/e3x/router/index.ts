export { ROUTE_COUNT, ROUTE_MS, Router } from './router.ts';
export type { RouterEvent, RouterLimits, RouterOptions } from './router.ts';
