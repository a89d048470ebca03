/** Who confirms vectors of contacts: WHATWG's URL, as Node has it, for schemes, hosts and ports. */
import type { Confirmer } from '../../generate/batch.ts';
import { disagree } from '../../generate/confirming.ts';

/** E3X-URI-003 */
const PORT = 42424;
/** Schemes to which WHATWG gives ports and hosts of their own. */
const SPECIAL: ReadonlySet<string> = new Set(['http:', 'https:', 'ws:', 'wss:', 'ftp:', 'file:']);

/** The URL of Node. IPv6 addresses have one spelling there, so they are not compared. */
export const contactConfirmer: Confirmer = (operation, params, expect) => {
  if (operation !== 'e3x.linkuri.parse' || !('ok' in expect)) return undefined;
  const { protocol, hostname, port, hash } = new URL(String(params['uri']));
  if (SPECIAL.has(protocol)) return undefined;
  const isSame =
    protocol === `${String(expect.ok['scheme'])}:` &&
    (port === '' ? PORT : Number(port)) === expect.ok['port'] &&
    (hash === '') === (expect.ok['check'] === undefined) &&
    (hostname.startsWith('[') || hostname === expect.ok['host']);
  return isSame ? 'node:url' : disagree('node:url', operation, params, expect);
};
