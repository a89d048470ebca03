// Written by 'npm run index' from spec/; do not edit.
export * from './packet/index.ts';
export * from './message/index.ts';
export * from './cookie/index.ts';
export * from './establishment/index.ts';
export * from './connection/index.ts';
export * from './data/index.ts';
export * from './engine/index.ts';
export * from './stream/index.ts';
