/** Models of operations: their steps, and what can refuse a call. */
import type { AreaSpec, ModelStep, Reject } from './types.ts';

/** Every step of the models of an area (of one operation), nested ones included. */
export function stepsOf(spec: AreaSpec, operation?: string): ModelStep[] {
  const all: ModelStep[] = [];
  const visit = (steps: readonly ModelStep[]): void => {
    for (const step of steps) {
      all.push(step);
      if ('when' in step) {
        visit(step.when.do);
        visit(step.when.else ?? []);
      } else if ('each' in step) visit(step.each.do);
      else if ('while' in step) visit(step.while.do);
    }
  };
  for (const o of spec.operations) if (operation === undefined || o.operation === operation) visit(o.model ?? []);
  return all;
}

/**
 * Every reject that the model of an operation, or the machines of its session, can answer with. A nested model that the step
 * gives a reject of its own counts as that reject.
 */
export function rejectsOf(spec: AreaSpec, operation: string): Reject[] {
  const bySteps = stepsOf(spec, operation).flatMap((step) => ofStep(spec, step));
  const byRows = spec.machines.flatMap(({ rows, events }) =>
    rows.flatMap(({ reject, req, on }) => (reject !== undefined && events[on]?.call === operation ? [{ class: reject, req }] : [])),
  );
  return [...bySteps, ...byRows];
}

/** The clauses of an operation that refuse as a class. */
export function clausesRefusing(spec: AreaSpec, operation: string, reject: string): string[] {
  return [
    ...new Set(
      rejectsOf(spec, operation)
        .filter((r) => r.class === reject)
        .map((r) => r.req),
    ),
  ].sort();
}

function ofStep(spec: AreaSpec, step: ModelStep): Reject[] {
  if ('require' in step) return [{ class: step.require.reject, req: step.require.req }];
  if ('readJson' in step) return [{ class: step.readJson.reject, req: step.readJson.req }];
  if ('validate' in step) {
    const schema = spec.schemas.find((s) => s['$id'] === step.validate.schema);
    return [
      { class: step.validate.reject, req: step.validate.req },
      ...ofSchema(schema, { class: step.validate.reject, req: step.validate.req }),
    ];
  }
  if ('primitive' in step) return given(step.primitive);
  if ('run' in step) {
    const own = given(step.run);
    return own.length > 0 ? own : rejectsOf(spec, step.run.operation);
  }
  if ('decode' in step) {
    const { layout, req } = step.decode;
    const found = ofLayout(spec, layout);
    return req === undefined ? found : found.map((r) => ({ class: r.class, req }));
  }
  if ('decodeText' in step) return Object.values(spec.texts.find((t) => t.text === step.decodeText.text)?.rejects ?? {});
  return [];
}

function given({ reject, req }: { readonly reject?: string; readonly req?: string }): Reject[] {
  return reject === undefined || req === undefined ? [] : [{ class: reject, req }];
}

function ofLayout(spec: AreaSpec, name: string): Reject[] {
  const layout = spec.layouts.find((l) => l.layout === name);
  if (layout === undefined) return [];
  return [
    // Of the layout's own fields: what is nested is a part of a stream that may still come, and refuses nothing by itself.
    ...layout.fields.flatMap(({ rejects }) => (rejects === 'none' ? [] : Object.values(rejects))),
    ...(layout.trailing === undefined ? [] : [layout.trailing]),
  ];
}

/** The rejects that parts of a schema name for themselves; what a part leaves out is the whole's. */
function ofSchema(schema: unknown, whole: Reject): Reject[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { 'x-reject': reject, 'x-req': req } = schema as { readonly 'x-reject'?: unknown; readonly 'x-req'?: unknown };
  const own =
    typeof reject === 'string' || typeof req === 'string'
      ? [{ class: typeof reject === 'string' ? reject : whole.class, req: typeof req === 'string' ? req : whole.req }]
      : [];
  return [...own, ...Object.values(schema).flatMap((part) => ofSchema(part, whole))];
}
