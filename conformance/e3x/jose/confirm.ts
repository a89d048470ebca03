/** Who confirms vectors of JWS: Node's own base64url. */
import type { Confirmer } from '../../generate/batch.ts';
import { disagree } from '../../generate/confirming.ts';

/** A JWS and its packet, put together from the three parts. */
export const joseConfirmer: Confirmer = (operation, params, expect) => {
  if (!('ok' in expect)) return undefined;
  if (operation === 'e3x.jws.decode' || operation === 'e3x.jws.encode') {
    const [jws, packet] = operation === 'e3x.jws.decode' ? [expect.ok['jws'], params['packet']] : [params['jws'], expect.ok['packet']];
    const [header, payload, signature] = String(jws)
      .split('.')
      .map((part) => Buffer.from(part, 'base64url'));
    if (header === undefined || payload === undefined || signature === undefined) return disagree('node:buffer', operation, params, jws);
    const length = (b: Buffer): Buffer => Buffer.from([b.length >> 8, b.length & 0xff]);
    const built = Buffer.concat([length(header), header, length(payload), payload, signature]).toString('hex');
    return built === packet ? 'node:buffer' : disagree('node:buffer', operation, params, built);
  }
  return undefined;
};
