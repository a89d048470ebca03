/** Services: what a DID says about where its owner can be reached. */
import { isUri } from '@hyperjump/uri';
import * as door from '../../kernel/door.ts';
import { DecodeError } from '../../kernel/errors.ts';
import { AUTHENTICATION_FRAGMENT, ENCRYPTION_FRAGMENT } from './constants.ts';

/** One service of a DID. */
export interface Service {
  /** `#` and a fragment (RFC 3986 3.5). */
  readonly id: string;
  readonly type: readonly string[];
  /** URIs (RFC 3986). */
  readonly serviceEndpoint: readonly string[];
}

/** A service at the door. */
export const serviceDoor: door.Door<Service> = door.members<Service>({
  id: door.text,
  type: door.list(door.text),
  serviceEndpoint: door.list(door.text),
});

/** RFC 3986 section 3.5: what a fragment consists of. */
const FRAGMENT = /^#(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})+$/;

/** RFC 3986, by the library; it throws for a host of a version of IP that does not exist (3.2.2). */
function isKnownUri(text: string): boolean {
  try {
    return isUri(text);
  } catch {
    return false;
  }
}

/**
 * Holds a service against the rules.
 * @returns the service
 * @throws DecodeError malformed
 * @see KLT-DID-013
 */
export function checkService(service: Service): Service {
  const { id, type, serviceEndpoint } = service;
  if (!FRAGMENT.test(id)) throw new DecodeError('malformed', 'KLT-DID-013', 'a service id that is no fragment');
  if (id === `#${AUTHENTICATION_FRAGMENT}` || id === `#${ENCRYPTION_FRAGMENT}`) {
    throw new DecodeError('malformed', 'KLT-DID-013', 'a service id that belongs to a key', { id });
  }
  if (serviceEndpoint.some((uri) => !isKnownUri(uri))) {
    throw new DecodeError('malformed', 'KLT-DID-014', 'a service endpoint that is no URI', { id });
  }
  return { id, type, serviceEndpoint };
}
