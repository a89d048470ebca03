/**
 * Overwrites secrets that are no longer needed, with zeros. Only arrays of our own may be passed: what a caller gave is
 * copied where it is kept (ADR-0027). Copies that JavaScript or a library has made meanwhile are out of reach.
 * Choice: ADR-0067.
 */
export function wipe(...secrets: readonly (Uint8Array | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0);
}
