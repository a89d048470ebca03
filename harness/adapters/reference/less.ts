/**
 * The reference as a library that says less: it gives no reasons, or leaves out all that may be left out. What it does stays
 * right, so it shows what a claim is worth under such a hello.
 */
import { allowancesOf, EVENT_PREFIX, withoutOmitted, type Omittables } from '../../../conformance/contract/allowances.ts';
import type { Hello } from '../../../conformance/contract/contract.ts';
import type { Handler, ReplyBody } from '../../core/serve.ts';

/** What an adapter can be without. */
export type LessName = 'reasons' | 'members';

/** An adapter whose replies are changed. */
function changed(handler: Handler, hello: Hello, change: (body: ReplyBody, operation: string) => ReplyBody): Handler {
  return {
    hello,
    handle: (operation, params) => {
      const body = handler.handle(operation, params);
      return body instanceof Promise ? body.then((later) => change(later, operation)) : change(body, operation);
    },
  };
}

/** The adapter without the reasons of its refusals. */
export function withoutReasons(handler: Handler, hello: Partial<Hello> = {}): Handler {
  const said = { ...handler.hello, reasons: handler.hello.operations, ...hello };
  return changed(handler, said, (body) => ('reject' in body ? { refused: true } : body));
}

/**
 * The adapter without the members and events that may be left out.
 *
 * @param shapes what each operation answers, by its name
 */
export function withoutMembers(handler: Handler, shapes: ReadonlyMap<string, Omittables>): Handler {
  const omits = new Set(
    [...shapes.values()].flatMap(({ result }) =>
      Object.entries(result).flatMap(([name, { omittable, omittableEvents = [] }]) => [
        ...(omittable === true ? [name] : []),
        ...omittableEvents.map((type) => `${EVENT_PREFIX}${type}`),
      ]),
    ),
  );
  const hello: Hello = { ...handler.hello, omits: [...omits].sort() };
  const allowances = allowancesOf(hello);
  return changed(handler, hello, (body, operation) => {
    const shape = shapes.get(operation);
    return 'ok' in body && shape !== undefined ? { ok: withoutOmitted(shape, allowances, body.ok) } : body;
  });
}
