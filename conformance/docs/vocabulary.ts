/** The pages of rejects, profiles and constants. */
import { expandProfile } from '../spec/complete.ts';
import type { AreaSpec, RejectClass } from '../spec/types.ts';
import { clause, code, item, link, paragraph, table, type Page } from './markdown.ts';

/** The closed vocabularies: reject classes, JSON errors, and what can end an assembly. */
export function rejectsPage(spec: AreaSpec): Page {
  const plain = (classes: readonly RejectClass[]): string[] =>
    table(
      ['class', 'means', 'clauses'],
      classes.map((c) => [code(c.class), c.means, (c.reqs ?? []).map(clause).join(', ')]),
    );
  const lines = [
    ...paragraph('The class is normative; the text of a message is not.'),
    ...table(
      ['class', 'means', 'declared by'],
      spec.rejects.map((r) => [
        code(r.class),
        r.means,
        spec.operations
          .filter((o) => o.rejects.includes(r.class))
          .map((o) => link(o.operation, 'operations.md'))
          .join(', '),
      ]),
    ),
    '## JSON errors',
    '',
    ...paragraph('What stands beside the bytes of a packet whose HEAD failed as JSON (member `jsonError`).'),
    ...plain(spec.jsonErrors),
    '## Discards',
    '',
    ...paragraph('What can end an assembly of chunks (member `class` of a `discarded` event).'),
    ...table(
      ['class', 'means'],
      spec.discards.map((d) => [code(d.class), d.means]),
    ),
  ];
  return { title: `Reject classes of ${spec.area}`, lines, from: `spec/${spec.area}/rejects.yaml`, revision: spec.revision };
}

/** What an implementation can claim, with everything that `includes` and `*` stand for. */
export function profilesPage(spec: AreaSpec): Page {
  const lines = [
    ...paragraph(
      'An adapter claims profiles in its answer to hello; `--profile` names them. ' +
        'A claimed profile with an operation missing is a failure.',
    ),
    ...spec.profiles.flatMap((p) => {
      const { requirements, operations } = expandProfile(spec, p.profile);
      return [
        `## ${p.profile}`,
        '',
        ...paragraph(`${p.title}. ${String(requirements.size)} requirements, ${String(operations.size)} operations.`),
        ...(p.includes === undefined ? [] : item(`Includes: ${p.includes.map((name) => link(name)).join(', ')}`)),
        ...(p.operations === undefined ? [] : item(`Operations: ${p.operations.map((o) => link(o, 'operations.md')).join(', ')}`)),
        ...(p.without === undefined
          ? []
          : item(
              `Leaves out: ${Object.entries(p.without)
                .map(([parameter, values]) => `${code(parameter)} ${values.map((v) => code(v)).join(', ')}`)
                .join('; ')}. A check that asks with one of them is no part of the claim.`,
            )),
        ...(p.requirements === undefined
          ? []
          : item(`Requirements: ${p.requirements.map((r) => (r.endsWith('*') ? code(r) : clause(r))).join(', ')}`)),
        '',
      ];
    }),
  ];
  return {
    title: `Profiles of ${spec.area}`,
    lines,
    from: `spec/${spec.area}/profiles.yaml and spec/${spec.area}/*/topic.yaml`,
    revision: spec.revision,
  };
}

/** Named values, transports, derivations and texts. */
export function constantsPage(spec: AreaSpec): Page {
  const lines = [
    ...paragraph('Lengths are in bytes, times in milliseconds.'),
    ...table(
      ['constant', 'value', 'clause'],
      Object.entries(spec.constants).map(([name, c]) => [code(name), code('bytes' in c ? c.bytes : c.value), clause(c.req)]),
    ),
    '## Transports',
    '',
    ...table(
      ['transport', 'size', 'blocking', 'acks', 'clause'],
      Object.entries(spec.transports).map(([name, t]) => [code(name), String(t.size), t.blocking ? 'yes' : 'no', t.acks, clause(t.req)]),
    ),
    '## Derivations',
    '',
    ...spec.derivations.flatMap((d) => {
      const inputs = d.inputs.map(
        (i) => `${code(i.name)} (${typeof i.length === 'object' ? i.length.join(' or ') : String(i.length)} bytes)`,
      );
      return [
        `### ${d.derivation}`,
        '',
        ...paragraph(`The first ${String(d.output.length)} bytes of ${d.hash} over ${inputs.join(', then ')}. ${clause(d.req)}`),
      ];
    }),
    '## Texts',
    '',
    ...spec.texts.flatMap((t) => [
      `### ${t.text}`,
      '',
      ...paragraph(
        `${String(t.bitsPerCharacter)} bits a character, most significant bit first, alphabet ${code(t.alphabet)}. ${clause(t.req)}`,
      ),
      ...table(
        ['fault', 'reject', 'clause'],
        Object.entries(t.rejects).map(([fault, r]) => [fault, code(r.class), clause(r.req)]),
      ),
    ]),
  ];
  return {
    title: `Constants, derivations and texts of ${spec.area}`,
    lines,
    from: `spec/${spec.area}/*/constants.yaml, derivations.yaml and texts.yaml`,
    revision: spec.revision,
  };
}
