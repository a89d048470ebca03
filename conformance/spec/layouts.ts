/** The layouts of results: a failure names the field that is wrong, and its clause, only where the result says what its bytes are. */
import { stepsOf } from './models.ts';
import type { AreaSpec, Operation } from './types.ts';

/** Results whose bytes have a layout that the specification knows, and do not say so. */
export function layoutFaults(spec: AreaSpec): string[] {
  return spec.operations.flatMap((operation) =>
    Object.entries(operation.result).flatMap(([name, { type, layout }]) => {
      if (type !== 'bytes' || layout !== undefined) return [];
      // A result has one layout; where several fit, any of them says what is missing.
      const [known] = [...madeWith(spec, operation, name), ...readAs(spec, operation, name)];
      return known === undefined ? [] : [`operation ${operation.operation}: its result '${name}' is ${known} and declares no layout`];
    }),
  );
}

/** Layouts of what the model gives back under a name: bytes that it encodes, or that another model returns. */
function madeWith(spec: AreaSpec, { operation }: Operation, name: string): string[] {
  const steps = stepsOf(spec, operation);
  const returned = steps.flatMap((step) => ('return' in step ? [String(step.return[name] ?? '')] : []));
  return steps.flatMap((step) => {
    if ('encode' in step) return returned.includes(step.encode.as) ? [step.encode.layout] : [];
    if (!('run' in step)) return [];
    const result = spec.operations.find((other) => other.operation === step.run.operation)?.result ?? {};
    return Object.entries(result).flatMap(([member, { layout }]) =>
      layout !== undefined && returned.includes(`${step.run.as}.${member}`) ? [layout] : [],
    );
  });
}

/** Layouts of the parameters of the same name of the operations beside it, such as those of a decoder. */
function readAs(spec: AreaSpec, { operation }: Operation, name: string): string[] {
  const family = operation.slice(0, operation.lastIndexOf('.') + 1);
  return spec.operations
    .filter((other) => other.operation.startsWith(family) && !other.operation.slice(family.length).includes('.'))
    .flatMap(({ params }) => params[name]?.layout ?? []);
}
