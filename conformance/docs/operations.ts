/** The page of operations: parameters, results, rejects, and the model as numbered steps. */
import type { AreaSpec, ExpressionSource, ModelStep, Operation, Param, ResultMember } from '../spec/types.ts';
import type { Vector } from '../vectors.ts';
import { clause, code, item, link, paragraph, table, type Page } from './markdown.ts';

function pairs(values: { readonly [name: string]: ExpressionSource }): string {
  return Object.entries(values)
    .map(([name, source]) => (name === source ? code(name) : `${code(name)} = ${code(source)}`))
    .join(', ');
}

/** One step as a sentence; what it contains follows in `blocksOf`. */
function sentence(step: ModelStep): string {
  if ('let' in step) return `Let ${pairs(step.let)}.`;
  if ('decode' in step) {
    const { layout, from, as, req } = step.decode;
    return (
      `Read ${code(from)} as ${link(layout, 'wire.md')}: ${code(as)}. ` +
      `Reject as the layout says${req === undefined ? '' : `, by ${clause(req)}`}.`
    );
  }
  if ('encode' in step) return `Write ${link(step.encode.layout, 'wire.md')} with ${pairs(step.encode.with)}: ${code(step.encode.as)}.`;
  if ('parseJson' in step)
    return (
      `Read ${code(step.parseJson.from)} as a JSON object: ${code(step.parseJson.as)}, ` +
      `or the error class ${code(step.parseJson.errorAs)}.`
    );
  if ('readJson' in step)
    return (
      `Read ${code(step.readJson.from)} as a JSON object: ${code(step.readJson.as)}; ` +
      `else reject as ${code(step.readJson.reject)} (${clause(step.readJson.req)}).`
    );
  if ('run' in step) {
    const { operation, as, reject, req } = step.run;
    return (
      `Run ${link(operation)} with ${pairs(step.run.with)}: ${code(as)}. ` +
      `Reject as ${reject === undefined || req === undefined ? 'it does' : `${code(reject)} (${clause(req)}) if it does`}.`
    );
  }
  if ('writeJson' in step) return `Write ${code(step.writeJson.from)} as JSON: ${code(step.writeJson.as)} (${clause(step.writeJson.req)}).`;
  if ('validate' in step) {
    const { schema, from, reject, req, as } = step.validate;
    return (
      `Read ${code(from)} as JSON of the schema ${code(schema)}${as === undefined ? '' : `: ${code(as)}`}; ` +
      `else reject as ${code(reject)} (${clause(req)}).`
    );
  }
  if ('derive' in step)
    return `Derive ${link(step.derive.derivation, 'constants.md')} with ${pairs(step.derive.with)}: ${code(step.derive.as)}.`;
  if ('cipher' in step)
    return (
      `Encipher ${code(step.cipher.data)} with ${code(step.cipher.name)}, ` +
      `key ${code(step.cipher.key)}, nonce ${code(step.cipher.nonce)}: ${code(step.cipher.as)}.`
    );
  if ('primitive' in step) {
    const { name, as, reject, req } = step.primitive;
    return (
      `Run the primitive ${code(name)} with ${pairs(step.primitive.with)}: ` +
      `${code(as)}.${reject === undefined || req === undefined ? '' : ` If it fails, reject as ${code(reject)} (${clause(req)}).`}`
    );
  }
  if ('encodeText' in step)
    return `Write ${code(step.encodeText.from)} as ${link(step.encodeText.text, 'constants.md')}: ${code(step.encodeText.as)}.`;
  if ('decodeText' in step)
    return (
      `Read ${code(step.decodeText.from)} as ${link(step.decodeText.text, 'constants.md')}: ` +
      `${code(step.decodeText.as)}. Reject as the text says.`
    );
  if ('require' in step) return `Unless ${code(step.require.that)}, reject as ${code(step.require.reject)} (${clause(step.require.req)}).`;
  if ('clause' in step) return `Decided by ${clause(step.clause)}.`;
  if ('when' in step) return `If ${code(step.when.if)}:`;
  if ('each' in step) return `For each ${code(step.each.as)} of ${code(step.each.of)}:`;
  if ('while' in step) return `While ${code(step.while.if)}:`;
  return `Return ${pairs(step.return)}.`;
}

function blocksOf(step: ModelStep): readonly (readonly ModelStep[])[] {
  if ('when' in step) return step.when.else === undefined ? [step.when.do] : [step.when.do, step.when.else];
  if ('each' in step) return [step.each.do];
  if ('while' in step) return [step.while.do];
  return [];
}

/** The steps of a model as a numbered list, nested as they are. */
export function modelSteps(steps: readonly ModelStep[], depth = 0): string[] {
  return steps.flatMap((step, i) => [
    ...item(sentence(step), depth, `${String(i + 1)}.`),
    ...blocksOf(step).flatMap((block, b) => [
      ...(b === 0 ? [] : ['', `${' '.repeat(3 * (depth + 1))}Otherwise:`, '']),
      ...modelSteps(block, depth + 1),
    ]),
  ]);
}

function describeParam(param: Param, required: boolean): string {
  const parts = [required ? 'required' : 'optional'];
  if (param.enum !== undefined) parts.push(`one of ${param.enum.map(code).join(', ')}`);
  if (param.minimum !== undefined) parts.push(`from ${String(param.minimum)}`);
  if (param.maximum !== undefined) parts.push(`to ${String(param.maximum)}`);
  if (param.excludes !== undefined) parts.push(`not together with ${code(param.excludes)}`);
  if (param.layout !== undefined) parts.push(`a ${link(param.layout, 'wire.md')}`);
  return parts.join('; ');
}

/** What is said of a result that has many right encodings. */
function describeReading({ operation, when }: NonNullable<ResultMember['readBy']>): string {
  return `; any value that ${code(operation)} reads alike${when === 'true' ? '' : `, where ${code(when)}`}`;
}

/** A row for each parameter, and one for each member that is declared of it. */
function paramRows(params: { readonly [name: string]: Param }, prefix = ''): string[][] {
  return Object.entries(params).flatMap(([name, param]) => [
    [code(`${prefix}${name}`), param.type, describeParam(param, param.required === true)],
    ...paramRows(param.members ?? {}, `${prefix}${name}${param.type === 'object' ? '.' : param.type === 'objectMap' ? '.*.' : '[].'}`),
  ]);
}

function operationSection(spec: AreaSpec, o: Operation, vectors: readonly Vector[]): string[] {
  const lines = [`## ${o.operation}`, '', ...paragraph(o.summary)];
  lines.push(...table(['parameter', 'type', ''], paramRows(o.params)));
  if (o.requiresOneOf !== undefined) lines.push(...paragraph(`At least one of ${o.requiresOneOf.map(code).join(', ')} is given.`));
  const results = Object.entries(o.result);
  if (results.length === 0) lines.push(...paragraph('The result has no members.'));
  else
    lines.push(
      ...table(
        ['result', 'type', 'clause'],
        results.map(([name, r]) => [
          code(name),
          `${r.type}${r.optional === true ? ', where it applies' : ''}${r.readBy === undefined ? '' : describeReading(r.readBy)}`,
          clause(r.req),
        ]),
      ),
    );
  lines.push(...paragraph(`Rejects: ${o.rejects.length === 0 ? 'none' : o.rejects.map(code).join(', ')}.`));
  if (o.also !== undefined) lines.push(...paragraph(`It also shows ${o.also.map(clause).join(', ')}.`));
  lines.push(
    ...paragraph(`Vectors that ask it: ${String(vectors.filter((v) => v.steps.some((s) => s.operation === o.operation)).length)}.`),
  );
  if (o.model !== undefined) lines.push('Model:', '', ...modelSteps(o.model), '');
  if (o.session !== undefined) {
    const machines = spec.machines.filter((m) => m.session === o.session && Object.values(m.events).some((e) => e.call === o.operation));
    const own = machines.length > 0 ? machines : spec.machines.filter((m) => m.session === o.session);
    lines.push(
      ...paragraph(
        `An operation of the session ${code(o.session)}; ` +
          `what it answers is in ${own.map((m) => link(m.machine, 'machines.md')).join(', ')}.`,
      ),
    );
  }
  return lines;
}

/** The page of operations of an area. */
export function operationsPage(spec: AreaSpec, vectors: readonly Vector[]): Page {
  const lines = [
    ...paragraph(
      'What an implementation can be asked to do. A model is the meaning of its operation: ' +
        'the steps run in order, and the first fault found decides the reject class. ' +
        'An input with several faults may be refused with any class that the operation declares; a vector has one fault only.',
    ),
    ...spec.operations.map((o) => `- ${link(o.operation)}`),
    '',
    ...spec.operations.flatMap((o) => operationSection(spec, o, vectors)),
    '## Named functions',
    '',
    ...paragraph('Called by models and machines.'),
    ...table(
      ['function', 'is'],
      spec.functions.map((f) => [code(`${f.function}(${f.takes.join(', ')})`), code(f.is)]),
    ),
  ];
  return {
    title: `Operations of ${spec.area}`,
    lines,
    from: `spec/${spec.area}/*/operations.yaml, their functions.yaml and vectors/`,
    revision: spec.revision,
  };
}
