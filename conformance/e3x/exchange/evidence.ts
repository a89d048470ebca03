/** What e3x-js made of exchanges, as the cases read it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../contract/contract.ts';
import type { Csid } from '../message/evidence.ts';

export interface HighLevel {
  readonly keys: { readonly [endpoint: string]: { readonly key: string; readonly secret: string } };
  readonly order: { readonly [endpoint: string]: string };
  readonly handshakes: readonly { readonly from: string; readonly inner: string; readonly json: JsonObject }[];
  readonly highLevel: {
    readonly handshakeA: string;
    readonly handshakeAinner: { readonly json: JsonObject; readonly body: string };
    readonly handshakeB: string;
  };
}
export const CSIDS: readonly Csid[] = ['1a', '2a', '3a'];

export function evidenceOf(root: string): { readonly [csid in Csid]: HighLevel } {
  return (JSON.parse(readFileSync(join(root, 'spec/e3x/evidence/e3x-js.json'), 'utf8')) as { cs: { readonly [csid in Csid]: HighLevel } })
    .cs;
}
