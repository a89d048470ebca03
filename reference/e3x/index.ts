// Written by 'npm run index' from spec/; do not edit.
export * from './packet/index.ts';
export * from './chunk/index.ts';
export * from './cloak/index.ts';
export * from './hashname/index.ts';
export * from './jose/index.ts';
export * from './token/index.ts';
export * from './message/index.ts';
export * from './exchange/index.ts';
export * from './channel/index.ts';
export * from './channel-table/index.ts';
export * from './channel-type/index.ts';
export * from './compression/index.ts';
export * from './contact/index.ts';
export * from './link-state/index.ts';
export * from './router/index.ts';
export * from './thtp/index.ts';
