/** Which values of parameters a check uses, for profiles that leave some out, such as cipher sets. */
import type { Check } from '../contract/check.ts';
import type { Json } from '../contract/contract.ts';
import type { AreaSpec, Profile } from '../spec/types.ts';
import type { VectorStep } from '../vectors.ts';

type Values = NonNullable<Check['asksWith']>;

const restricted = new WeakMap<AreaSpec, readonly string[]>();

/** Parameters for which some profile leaves out values. */
export function restrictedParameters(spec: AreaSpec): readonly string[] {
  const found = restricted.get(spec) ?? [...new Set(spec.profiles.flatMap((profile) => Object.keys(profile.without ?? {})))].sort();
  restricted.set(spec, found);
  return found;
}

/** The values that steps use of some parameters, for the member `asksWith` of a check; looked for at the first call. */
export function asksWith(vector: { readonly steps: readonly Pick<VectorStep, 'params'>[] }, parameters: readonly string[]): () => Values {
  let found: Values | undefined;
  return () => (found ??= valuesOf(vector.steps, parameters));
}

function valuesOf(steps: readonly Pick<VectorStep, 'params'>[], parameters: readonly string[]): Values {
  const found = parameters.flatMap((parameter): [string, readonly string[]][] => {
    const values = new Set(steps.flatMap(({ params }) => textsAt(params, parameter)));
    return values.size === 0 ? [] : [[parameter, [...values]]];
  });
  return Object.fromEntries(found);
}

/** The text of a member, or the texts of its list, at any depth of an object. */
function textsAt(value: Json, member: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => textsAt(item, member));
  return Object.entries(value).flatMap(([name, held]) =>
    name === member
      ? (Array.isArray(held) ? (held as readonly Json[]) : [held]).filter((text) => typeof text === 'string')
      : textsAt(held, member),
  );
}

/** True if a check uses a value that a profile leaves out. */
export function isLeftOut(check: Pick<Check, 'asksWith'>, without: NonNullable<Profile['without']>): boolean {
  return Object.entries(without).some(
    ([parameter, values]) => check.asksWith?.[parameter]?.some((value) => values.includes(value)) === true,
  );
}

/** What a profile leaves out, for people: `csid 1a, 2a`. */
export function leftOutBy(without: NonNullable<Profile['without']>): string {
  return Object.entries(without)
    .map(([parameter, values]) => `${parameter} ${values.join(', ')}`)
    .join('; ');
}
