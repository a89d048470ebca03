// Written by 'npm run index' from spec/; do not edit.
export * from './identity/index.ts';
export * from './envelope/index.ts';
export * from './lora/index.ts';
export * from './packet/index.ts';
export * from './congestion/index.ts';
export * from './link/index.ts';
export * from './path-cost/index.ts';
export * from './announce/index.ts';
export * from './record/index.ts';
export * from './object/index.ts';
export * from './group/index.ts';
export * from './proof/index.ts';
export * from './relay/index.ts';
export * from './payment/index.ts';
