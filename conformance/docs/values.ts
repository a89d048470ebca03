/** Functions, constants, transports, derivations and texts of a topic, or those that an area's topics share. */
import { wrap } from '../contract/text.ts';
import type { AreaSpec } from '../spec/types.ts';
import { anchorOf, type Links } from './atlas.ts';
import { functionRemarks } from './comments.ts';
import { CODE_WIDTH, formatExpression } from './expressions.ts';
import { code, fence, heading, literal, paragraph, table } from './markdown.ts';

/** The names of what is shown. */
export interface ValueNames {
  readonly functions: readonly string[];
  readonly constants: readonly string[];
  readonly transports: readonly string[];
  readonly derivations: readonly string[];
  readonly texts: readonly string[];
}

function functionsSection(root: string, folder: string, spec: AreaSpec, names: readonly string[], title: string): string[] {
  const functions = spec.functions.filter((f) => names.includes(f.function));
  if (functions.length === 0) return [];
  const remarks = functionRemarks(root, folder);
  const lines = functions.flatMap((f, i) => {
    const head = `${f.function}(${f.takes.join(', ')}) =`;
    const body = formatExpression(f.is, CODE_WIDTH - 2);
    const remark = remarks.get(f.function);
    const [first = ''] = body;
    return [
      ...(i === 0 ? [] : ['']),
      ...(remark === undefined ? [] : wrap(remark, 0, CODE_WIDTH - 2).map((line) => `# ${line}`)),
      ...(body.length === 1 && head.length + 1 + first.length <= CODE_WIDTH
        ? [`${head} ${first}`]
        : [head, ...body.map((line) => `  ${line}`)]),
    ];
  });
  return [...heading(2, title), ...fence(lines)];
}

/** The unit of a constant, which its name ends with. */
function unitOf(name: string): string {
  if (/_MS(_|$)/.test(name)) return 'milliseconds';
  return /(LENGTH|BYTES|SIZE)(_|$)/.test(name) ? 'bytes' : '';
}

function constantsSection(links: Links, spec: AreaSpec, { constants, transports }: ValueNames): string[] {
  const values = Object.entries(spec.constants).filter(([name]) => constants.includes(name));
  const carried = Object.entries(spec.transports).filter(([name]) => transports.includes(name));
  return [
    ...(values.length === 0
      ? []
      : [
          ...heading(2, 'Constants'),
          ...table(
            ['constant', 'value', 'unit', 'clause'],
            values.map(([name, c]) => [
              code(name),
              'bytes' in c ? literal(c.bytes) : code(c.value),
              'bytes' in c ? '' : unitOf(name),
              links.clause(c.req),
            ]),
          ),
        ]),
    ...(carried.length === 0
      ? []
      : [
          ...heading(2, 'Transports'),
          ...table(
            ['transport', 'frame size in bytes', 'waits for an answer', 'acknowledges', 'clause'],
            carried.map(([name, t]) => [code(name), String(t.size), t.blocking ? 'yes' : 'no', t.acks, links.clause(t.req)]),
          ),
        ]),
  ];
}

function derivationsSection(links: Links, spec: AreaSpec, names: readonly string[]): string[] {
  const derivations = spec.derivations.filter((d) => names.includes(d.derivation));
  if (derivations.length === 0) return [];
  return [
    ...heading(2, 'Derivations'),
    ...derivations.flatMap((d) => [
      ...heading(3, d.derivation, anchorOf('derivation', d.derivation)),
      ...paragraph(
        `The first ${String(d.output.length)} bytes of ${d.hash} over ${d.inputs
          .map((i) => `${code(i.name)} (${typeof i.length === 'object' ? i.length.join(' or ') : String(i.length)} bytes)`)
          .join(', then ')}. ${links.clause(d.req)}`,
      ),
    ]),
  ];
}

function textsSection(links: Links, spec: AreaSpec, names: readonly string[]): string[] {
  const texts = spec.texts.filter((t) => names.includes(t.text));
  if (texts.length === 0) return [];
  return [
    ...heading(2, 'Texts'),
    ...texts.flatMap((t) => [
      ...heading(3, t.text, anchorOf('text', t.text)),
      ...paragraph(
        `${String(t.bitsPerCharacter)} bits per character, the most significant first (${links.clause(t.req)}), in ${literal(t.alphabet)}`,
      ),
      ...table(
        ['fault', 'refused as', 'clause'],
        Object.entries(t.rejects).map(([fault, r]) => [fault, code(r.class), links.clause(r.req)]),
      ),
    ]),
  ];
}

/** Everything of these names. */
export function valuesSections(input: {
  readonly root: string;
  readonly folder: string;
  readonly spec: AreaSpec;
  readonly links: Links;
  readonly names: ValueNames;
  /** Heading of the functions. */
  readonly functionsTitle: string;
}): string[] {
  const { root, folder, spec, links, names } = input;
  return [
    ...functionsSection(root, folder, spec, names.functions, input.functionsTitle),
    ...constantsSection(links, spec, names),
    ...derivationsSection(links, spec, names.derivations),
    ...textsSection(links, spec, names.texts),
  ];
}
