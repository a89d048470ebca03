export { decodeBase64url, encodeBase64url } from './base64url.ts';
export { decodeJwe, decodeJws, encodeJwe, encodeJws } from './jose.ts';
