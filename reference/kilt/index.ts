// Written by 'npm run index' from spec/; do not edit.
export * from './did/index.ts';
export * from './message/index.ts';
export * from './envelope/index.ts';
export * from './replay/index.ts';
export * from './inbox/index.ts';
