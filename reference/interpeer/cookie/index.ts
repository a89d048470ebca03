export { COOKIE_ROTATION_MS, checkCookie, makeCookie } from './cookies.ts';
export type { CookieInput, CookieRole } from './cookies.ts';
