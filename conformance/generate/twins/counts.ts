/** How many refused requests have which twin, by topic and by clause. */
import type { Json } from '../../contract/contract.ts';
import type { Requirement } from '../../spec/types.ts';
import { equalJson } from '../../oracle/values.ts';
import { twinRequest, type NoTwinReason, type Twin, type VectorFile, type VectorStep } from '../../vectors.ts';

/** The kinds of twins, in the order in which tables have them. */
export const TWIN_KINDS: readonly Twin['kind'][] = ['input', 'session', 'state', 'none'];

/** Of some refused requests. */
export interface TwinCount {
  readonly refused: number;
  readonly kinds: { readonly [kind in Twin['kind']]: number };
  /** Those with a twin of another length, in a parameter that is bytes or text. */
  readonly resized: number;
  /** Those that are refused without their clause as well. */
  readonly unshown: number;
  readonly reasons: { readonly [reason in NoTwinReason]?: number };
}
export interface TopicTwinCount extends TwinCount {
  /** As `area/topic`. */
  readonly topic: string;
  readonly clauses: { readonly [clause: string]: TwinCount };
}

/** Counts the twins of each topic, in the order of the files. @throws Error for a refused request without a member for its twin */
export function countTwins(files: readonly VectorFile[]): TopicTwinCount[] {
  const steps = new Map<string, VectorStep[]>();
  for (const { area, topic, vectors } of files) {
    const own = steps.get(`${area}/${topic}`) ?? [];
    steps.set(`${area}/${topic}`, own);
    for (const vector of vectors)
      for (const step of vector.steps) {
        if (!('reject' in step.expect)) continue;
        if (step.twin === undefined) throw new Error(`${vector.id}: a refused request without a twin, or a reason why it has none`);
        own.push(step);
      }
  }
  return [...steps].map(([topic, own]) => {
    const clauses = [...new Set(own.map(({ requirement }) => requirement))].sort();
    return {
      topic,
      ...counted(own),
      clauses: Object.fromEntries(clauses.map((clause) => [clause, counted(own.filter(({ requirement }) => requirement === clause))])),
    };
  });
}

function counted(steps: readonly VectorStep[]): TwinCount {
  const of = (kind: Twin['kind']): number => steps.filter(({ twin }) => twin?.kind === kind).length;
  const reasons: { [reason in NoTwinReason]?: number } = {};
  for (const { twin } of steps) if (twin?.kind === 'none') reasons[twin.reason] = (reasons[twin.reason] ?? 0) + 1;
  return {
    refused: steps.length,
    kinds: { input: of('input'), session: of('session'), state: of('state'), none: of('none') },
    resized: steps.filter(isResized).length,
    unshown: steps.filter(({ twin }) => twin?.reasonShown === false).length,
    reasons,
  };
}

/**
 * What the clauses say of their refusals and the vectors do not bear out, or the other way round: a clause none of whose
 * refusals would be a sign of it, if no reason were given, says why; no other does.
 */
export function unshownFaults(counts: readonly TopicTwinCount[], requirements: readonly Requirement[]): string[] {
  const standing = new Map<string, { refused: number; unshown: number }>();
  for (const { clauses } of counts)
    for (const [clause, { refused, unshown, kinds }] of Object.entries(clauses)) {
      const before = standing.get(clause) ?? { refused: 0, unshown: 0 };
      standing.set(clause, { refused: before.refused + refused, unshown: before.unshown + unshown + kinds.none });
    }
  return requirements.flatMap(({ id, refusedAnyway }) => {
    const found = standing.get(id);
    const isUnshown = found !== undefined && found.refused > 0 && found.unshown === found.refused;
    if (isUnshown && refusedAnyway === undefined)
      return [
        `${id}: what it refuses is refused without it as well, or has no twin. Add a vector whose one fault is this clause's, ` +
          "or say what else refuses it in 'refusedAnyway'",
      ];
    return !isUnshown && refusedAnyway !== undefined ? [`${id}: it has 'refusedAnyway', but a vector shows it by its twin; remove it`] : [];
  });
}

/** Whether lengths alone tell a request from its twin. */
function isResized(step: VectorStep): boolean {
  const request = twinRequest(step);
  if (request === undefined || request.operation !== step.operation) return false;
  const length = (value: Json | undefined): Json => (typeof value === 'string' ? value.length : null);
  return [...new Set([...Object.keys(step.params), ...Object.keys(request.params)])].some(
    (name) => !equalJson(length(step.params[name]), length(request.params[name])),
  );
}

/** The counts as rows of text cells, the names of the columns first. */
export function twinTable(counts: readonly (TwinCount & { readonly name: string })[]): string[][] {
  return [
    ['', 'refused', ...TWIN_KINDS, 'resized', 'unshown'],
    ...counts.map(({ name, refused, kinds, resized, unshown }) => [
      name,
      String(refused),
      ...TWIN_KINDS.map((kind) => String(kinds[kind])),
      String(resized),
      String(unshown),
    ]),
  ];
}
