/** lob-enc, the published library of packets, chunks and cloaking. */
import { requireOld } from '../../generate/confirming.ts';

export interface LobEnc {
  encode(head: unknown, body: Buffer | undefined): Buffer;
  decloak(bytes: Buffer): (Buffer & { cloaked: number }) | undefined;
}

/** Loads it, which only those need who make vectors. */
export function lobEnc(): LobEnc {
  return requireOld('lob-enc') as LobEnc;
}
