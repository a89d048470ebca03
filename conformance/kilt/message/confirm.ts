/** Who confirms vectors of messages besides the interpreter: @kiltprotocol/messaging. */
import { createRequire } from 'node:module';
import type { JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';

interface MessagingLibrary {
  /** @throws Error for a message that is not well formed */
  verify(message: JsonObject): void;
}

/** The published library takes or refuses the same message. Where it does not, the flags of the evidence say why. */
export function messageConfirmer(): Confirmer {
  const library = createRequire(import.meta.url)('@kiltprotocol/messaging') as MessagingLibrary;
  return (operation, params, expect) => {
    if (operation !== 'kilt.message.validate') return undefined;
    try {
      library.verify(params['message'] as JsonObject);
      return 'ok' in expect ? '@kiltprotocol/messaging' : undefined;
    } catch {
      return 'reject' in expect ? '@kiltprotocol/messaging' : undefined;
    }
  };
}
