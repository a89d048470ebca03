/** Profiles: which requirements and operations each stands for. */
import type { AreaSpec, Profile } from './types.ts';

/** A profile as what it demands: `without` names values of parameters that it leaves out, and does not carry over to who includes it. */
export interface ExpandedProfile {
  readonly requirements: Set<string>;
  readonly operations: Set<string>;
  readonly without: NonNullable<Profile['without']>;
}

/** Whether a pattern of a profile names a requirement: ids that begin alike (`ABC-DEF-*`), a range (`ABC-DEF-001..015`), or one id. */
export function isNamedBy(pattern: string, id: string): boolean {
  if (pattern.endsWith('*')) return id.startsWith(pattern.slice(0, -1));
  const [, prefix, first, last] = /^(.+-)(\d{3})\.\.(\d{3})$/.exec(pattern) ?? [];
  if (prefix === undefined || first === undefined || last === undefined) return id === pattern;
  const number = id.startsWith(prefix) ? id.slice(prefix.length) : '';
  return number.length === first.length && number >= first && number <= last;
}

/** Expands a profile of one area or of several to requirement ids and operations, `includes` and `*` resolved. */
export function expandProfile(areas: AreaSpec | readonly AreaSpec[], name: string): ExpandedProfile {
  const specs = 'area' in areas ? [areas] : areas;
  const spec = specs.find((s) => s.profiles.some((p) => p.profile === name));
  const profile = spec?.profiles.find((p) => p.profile === name);
  if (spec === undefined || profile === undefined)
    throw new Error(`no profile '${name}'; there are ${specs.flatMap((s) => s.profiles.map((p) => p.profile)).join(', ')}`);
  const requirements = new Set<string>();
  const operations = new Set<string>(profile.operations ?? []);
  for (const pattern of profile.requirements ?? []) {
    for (const { id } of spec.requirements) if (isNamedBy(pattern, id)) requirements.add(id);
  }
  for (const included of profile.includes ?? []) {
    const inner = expandProfile(specs, included);
    inner.requirements.forEach((r) => requirements.add(r));
    inner.operations.forEach((o) => operations.add(o));
  }
  return { requirements, operations, without: profile.without ?? {} };
}
