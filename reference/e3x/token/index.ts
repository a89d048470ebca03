export { deriveToken } from './token.ts';
