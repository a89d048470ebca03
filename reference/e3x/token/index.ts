export { TOKEN_LENGTH, deriveToken } from './token.ts';
