/** Operations: parameters, results, rejects, and the model as numbered steps. */
import type { ModelStep, Operation, Param, ResultMember } from '../spec/types.ts';
import { ADAPTER_PAGE, TYPES_TITLE } from './adapter.ts';
import { anchorOf, type Links } from './atlas.ts';
import { operationRemarks, type OperationRemarks } from './comments.ts';
import { LANGUAGE_PAGE } from './language.ts';
import { anchor, code, definitions, expression, heading, item, paragraph, prose, tableWithNotes } from './markdown.ts';
import { named, type Scope } from './scope.ts';

/** How a step is refused where it can be. */
function refused(links: Links, reject: string | undefined, req: string | undefined): string {
  return reject === undefined || req === undefined ? '' : ` If that fails, reject as ${code(reject)} (${links.clause(req)}).`;
}

/** One step as a sentence; what it contains follows in `blocksOf`. */
function sentence(links: Links, step: ModelStep): string {
  if ('let' in step) return `Let ${definitions(step.let)}.`;
  if ('decode' in step) {
    const { layout, from, as, req } = step.decode;
    const clause = req === undefined ? '' : ` (${links.clause(req)})`;
    return `Let ${code(as)} be ${expression(from)}, read as the layout ${links.to('layout', layout)}, and reject as it says${clause}.`;
  }
  if ('encode' in step) {
    const { layout, as } = step.encode;
    return `Let ${code(as)} be the layout ${links.to('layout', layout)} with ${definitions(step.encode.with)}.`;
  }
  if ('parseJson' in step) {
    const { from, as, errorAs } = step.parseJson;
    return `Let ${code(as)} be ${expression(from)}, read as a JSON object, or ${code(errorAs)} be the class of its error.`;
  }
  if ('readJson' in step) {
    const { from, as, reject, req } = step.readJson;
    return `Let ${code(as)} be ${expression(from)}, read as a JSON object.${refused(links, reject, req)}`;
  }
  if ('run' in step) {
    const { operation, as, reject, req } = step.run;
    const otherwise = reject === undefined ? ' Reject as it does.' : refused(links, reject, req);
    return `Let ${code(as)} be the result of ${links.to('operation', operation)} with ${definitions(step.run.with)}.${otherwise}`;
  }
  if ('writeJson' in step) {
    const { from, as, req } = step.writeJson;
    return `Let ${code(as)} be ${expression(from)}, written as JSON (${links.clause(req)}).`;
  }
  if ('validate' in step) {
    const { schema, from, reject, req, as } = step.validate;
    const read = `${expression(from)}, read as JSON of the schema ${links.to('schema', schema)}`;
    return `${as === undefined ? `Look at ${read}` : `Let ${code(as)} be ${read}`}.${refused(links, reject, req)}`;
  }
  if ('derive' in step) {
    const { derivation, as } = step.derive;
    return `Let ${code(as)} be the derivation ${links.to('derivation', derivation)} of ${definitions(step.derive.with)}.`;
  }
  if ('cipher' in step) {
    const { name, data, key, nonce, as } = step.cipher;
    return `Let ${code(as)} be the output of ${code(name)} for ${definitions({ data, key, nonce })}.`;
  }
  if ('primitive' in step) {
    const { name, as, reject, req } = step.primitive;
    const made = `Let ${code(as)} be the output of the primitive ${code(name)} for ${definitions(step.primitive.with)}.`;
    return `${made}${refused(links, reject, req)}`;
  }
  if ('encodeText' in step) {
    const { text, from, as } = step.encodeText;
    return `Let ${code(as)} be ${expression(from)}, written as ${links.to('text', text)}.`;
  }
  if ('decodeText' in step) {
    const { text, from, as } = step.decodeText;
    return `Let ${code(as)} be ${expression(from)}, read as ${links.to('text', text)}, and reject as it says.`;
  }
  if ('require' in step) {
    const { that, reject, req } = step.require;
    return `Unless ${expression(that)}, reject as ${code(reject)} (${links.clause(req)}).`;
  }
  if ('clause' in step) return `This was decided by ${links.clause(step.clause)}.`;
  if ('when' in step) return `If ${expression(step.when.if)}:`;
  if ('each' in step) return `For each ${code(step.each.as)} of ${expression(step.each.of)}:`;
  if ('while' in step) return `While ${expression(step.while.if)}:`;
  return `Return ${definitions(step.return)}.`;
}

function blocksOf(step: ModelStep): readonly (readonly ModelStep[])[] {
  if ('when' in step) return step.when.else === undefined ? [step.when.do] : [step.when.do, step.when.else];
  if ('each' in step) return [step.each.do];
  if ('while' in step) return [step.while.do];
  return [];
}

/** The steps of a model as a numbered list, nested as they are. */
function modelSteps(links: Links, steps: readonly ModelStep[], depth = 0): string[] {
  return steps.flatMap((step, i) => [
    ...item(sentence(links, step), depth, `${String(i + 1)}.`),
    ...blocksOf(step).flatMap((block, b) => [
      ...(b === 0 ? [] : ['', `${' '.repeat(3 * (depth + 1))}Otherwise:`, '']),
      ...modelSteps(links, block, depth + 1),
    ]),
  ]);
}

/** The unit of a number, which its name ends with. */
export function unitOf(name: string, type: string): string | undefined {
  if (type === 'time') return 'milliseconds';
  if (type === 'timeout') return 'milliseconds, or none';
  if (type !== 'integer' && type !== 'u64') return undefined;
  if (/(^ms|Ms)$/.test(name)) return 'milliseconds';
  return /(^size|Size|Bytes|Length)$/.test(name) ? 'bytes' : undefined;
}

function typeWithUnit(name: string, type: string): string {
  const unit = unitOf(name, type);
  return unit === undefined ? type : `${type} (${unit})`;
}

type RemarksOn = ReadonlyMap<string, string> | undefined;

function notesOf(links: Links, param: Param, remark?: string): string {
  const parts: string[] = remark === undefined ? [] : [prose(remark)];
  if (param.minimum !== undefined && param.maximum !== undefined) parts.push(`${String(param.minimum)} to ${String(param.maximum)}`);
  else if (param.minimum !== undefined) parts.push(`at least ${String(param.minimum)}`);
  else if (param.maximum !== undefined) parts.push(`at most ${String(param.maximum)}`);
  if (param.enum !== undefined) parts.push(`one of ${param.enum.map(code).join(', ')}`);
  if (Array.isArray(param.choice)) parts.push(`a choice of ${(param.choice as readonly string[]).map(code).join(', ')}`);
  else if (param.choice !== undefined)
    parts.push(param.choice === true ? 'a choice' : `names that are a choice of ${code(String(param.choice))}`);
  if (param.excludes !== undefined) parts.push(`not together with ${code(param.excludes)}`);
  if (param.layout !== undefined) parts.push(`layout ${links.to('layout', param.layout)}`);
  return parts.join('; ');
}

/** What is said of a result that has many right encodings. */
function readingOf(links: Links, { operation, when }: NonNullable<ResultMember['readBy']>): string {
  return `any value that ${links.to('operation', operation)} reads the same way${when === 'true' ? '' : `, where ${expression(when)}`}`;
}

/** What is between a parameter and its members, a list aside. */
const MEMBER_OF: { readonly [type in Param['type']]?: string } = { object: '.', bytesMap: '.', objectMap: '.*.' };

/** A row for each parameter, and one for each member that is declared of it; `path` is the parameter that they are members of. */
function paramRows(links: Links, params: { readonly [name: string]: Param }, remarks: RemarksOn, prefix = '', path = ''): string[][] {
  return Object.entries(params).flatMap(([name, param]) => [
    [
      code(`${prefix}${name}`),
      typeWithUnit(name, param.type),
      param.required === true ? 'yes' : '',
      notesOf(links, param, remarks?.get(`${path}${name}`)),
    ],
    ...paramRows(links, param.members ?? {}, remarks, `${prefix}${name}${MEMBER_OF[param.type] ?? '[].'}`, `${path}${name}.`),
  ]);
}

function resultRow(links: Links, name: string, r: ResultMember, remarks: RemarksOn): string[] {
  const remark = remarks?.get(name);
  const notes = [
    ...(remark === undefined ? [] : [prose(remark)]),
    ...(r.optional === true ? ['where it applies'] : []),
    ...(r.omittable === true ? ['may be omitted'] : []),
    ...(r.omittableEvents === undefined ? [] : [`of which ${r.omittableEvents.map(code).join(', ')} may be omitted`]),
    ...(r.layout === undefined ? [] : [`layout ${links.to('layout', r.layout)}`]),
    ...(r.readBy === undefined ? [] : [readingOf(links, r.readBy)]),
  ];
  return [code(name), typeWithUnit(name, r.type), links.clause(r.req), notes.join('; ')];
}

function operationSection({ spec, links }: Scope, o: Operation, remarks: OperationRemarks | undefined): string[] {
  const results = Object.entries(o.result);
  const ofSession = spec.machines.filter((m) => m.session === o.session);
  const calling = ofSession.filter((m) => Object.values(m.events).some((e) => e.call === o.operation));
  const machines = (calling.length > 0 ? calling : ofSession).map((m) => links.to('machine', m.machine));
  return [
    ...heading(3, o.operation, anchorOf('operation', o.operation)),
    ...paragraph(prose(remarks?.about === undefined ? o.summary : `${o.summary} ${remarks.about}`)),
    ...(o.session === undefined ? [] : paragraph(`Part of the session ${code(o.session)}, defined by ${machines.join(', ')}.`)),
    ...tableWithNotes(['parameter', 'type', 'required', 'notes'], paramRows(links, o.params, remarks?.members)),
    ...(o.requiresOneOf === undefined ? [] : paragraph(`At least one of ${o.requiresOneOf.map(code).join(', ')} is given.`)),
    ...(results.length === 0
      ? paragraph('The result has no members.')
      : tableWithNotes(
          ['result', 'type', 'clause', 'notes'],
          results.map(([name, r]) => resultRow(links, name, r, remarks?.members)),
        )),
    ...paragraph(
      `Rejects: ${o.rejects.length === 0 ? 'none' : o.rejects.map(code).join(', ')}.` +
        (o.also === undefined ? '' : ` It also shows ${o.also.map((id) => links.clause(id)).join(', ')}.`),
    ),
    ...(o.model === undefined ? [] : ['Steps:', '', ...modelSteps(links, o.model), '']),
  ];
}

/** The operations of a topic. */
export function operationsSection(scope: Scope): string[] {
  if (scope.topic.operations.length === 0) return [];
  const remarks = operationRemarks(scope.root, scope.topic.folder);
  return [
    ...heading(2, 'Operations'),
    ...paragraph(
      'Steps run in order, and the first fault found decides how an input is refused. If an input has several faults, any class ' +
        'that the operation declares is acceptable. [The adapter protocol](' +
        `${scope.links.path(ADAPTER_PAGE)}#${anchor(TYPES_TITLE)}) has what each type is in JSON, [the language](` +
        `${scope.links.path(LANGUAGE_PAGE)}) what expressions mean.`,
    ),
    ...named(scope.spec.operations, 'operation', scope.topic.operations).flatMap((o) =>
      operationSection(scope, o, remarks.get(o.operation)),
    ),
  ];
}
