/** Lint of what hello may leave out: members and events that may be omitted, and values of choices. */
import type { AreaSpec, Param } from './types.ts';

/** What no implementation may leave unsaid: what it sends, what it delivers, and whether it authenticated. */
const NEVER_OMITTED = [
  'transmit',
  'events',
  'session',
  'packet',
  'packets',
  'inner',
  'verified',
  'message',
  'messages',
  'payload',
  'sealed',
];
const EVENTS_NEVER_OMITTED = ['packet', 'data', 'value', 'block', 'deliver', 'error', 'closed', 'failed'];

/** Faults in what hello may leave out: members, events and values of choices. */
export function doorFaults(spec: AreaSpec): string[] {
  const faults: string[] = [];
  const choices = new Map<string, string>();
  const visit = (where: string, params: { readonly [name: string]: Param }): void => {
    for (const [name, param] of Object.entries(params)) {
      if (param.members !== undefined) visit(`${where}.${name}`, param.members);
      const { choice } = param;
      if (choice === undefined || typeof choice === 'string') continue;
      const values = choice === true ? param.enum : choice;
      if (values === undefined) faults.push(`${where}.${name}: a choice without an enum lists its values`);
      const listed = [...(values ?? [])].sort().join(', ');
      if ((choices.get(name) ?? listed) !== listed) faults.push(`${where}.${name}: has other values here than elsewhere`);
      choices.set(name, listed);
    }
  };
  for (const o of spec.operations) visit(`operation ${o.operation}`, o.params);
  for (const o of spec.operations) {
    for (const [name, { choice, type }] of Object.entries(o.params))
      if (typeof choice === 'string' && (!type.endsWith('Map') || !choices.has(choice)))
        faults.push(`operation ${o.operation}.${name}: only names in a map are values of another choice, and '${choice}' must be one`);
    for (const [name, { omittable, omittableEvents = [] }] of Object.entries(o.result)) {
      if (omittable === true && NEVER_OMITTED.includes(name)) faults.push(`operation ${o.operation}: '${name}' may not be omittable`);
      for (const type of omittableEvents)
        if (EVENTS_NEVER_OMITTED.includes(type)) faults.push(`operation ${o.operation}: events '${type}' may not be omittable`);
    }
  }
  for (const p of spec.profiles)
    for (const parameter of Object.keys(p.without ?? {}))
      if (!choices.has(parameter)) faults.push(`profile ${p.profile}: leaves out values of '${parameter}', which is not a choice`);
  return faults;
}
