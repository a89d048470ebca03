/** What a script is, and whom all scripts know. */
import { fromHex, noblePrimitives } from '../../../reference/index.ts';
import type { Primitives } from '../../../reference/index.ts';

export type Args = readonly unknown[];
/** A call of a method of the object that the script has made. */
export type Call = readonly [method: string, args: (primitives: Primitives) => Args];
/** Valid calls of something that the reference exports. */
export interface Script {
  /** The function or class that is exported. */
  readonly name: string;
  /** Arguments of the function or constructor. */
  readonly args: (primitives: Primitives) => Args;
  readonly calls?: readonly Call[];
}

/** Scripts of functions, by their names. */
export function scriptsOf(functions: { readonly [name: string]: (primitives: Primitives) => Args }): readonly Script[] {
  return Object.entries(functions).map(([name, args]) => ({ name, args }));
}

export const bytes = (length: number, fill = 7): Uint8Array => new Uint8Array(length).fill(fill);
/** Arguments without primitives. */
export const at = (script: () => Args): (() => Args) => script;

/** Two ends of an exchange of CS3a. */
export const ODD: { readonly secret: Uint8Array; readonly key: Uint8Array } = {
  secret: fromHex('a5c1b2b459783cffbf5d46cae0f7e95f08cf3cb30886c4e9625eccce54a6e4cd'),
  key: fromHex('2c1775108365dca6b7e90f8765489f8eda62ec7101391af62419a51c540ed937'),
};
export const EVEN: typeof ODD = {
  secret: fromHex('1e48a1398268c82dfa699614e768dacf8d37537fd41f4721c620c765c7b5138b'),
  key: fromHex('198862ad040c4c09228c45d1665df06fb8fdc658d758a086cc873238e112e030'),
};
export const P: Primitives = noblePrimitives;
