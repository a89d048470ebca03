/** Primitives that do public-key arithmetic: the same keys occur thousands of times in a run, and an answer depends on nothing else. */
import type { Primitive, Primitives } from './primitive.ts';
import { identify, type Value } from './values.ts';

/** Answers that one primitive keeps; the oldest go first. About 300 bytes each. */
const ANSWERS_KEPT_MAX = 4096;

/** The same primitive, which answers arguments that it had lately without computing anew. Whoever gets an answer must not write to it. */
function remembered(primitive: Primitive): Primitive {
  const answers = new Map<string, Value>();
  return (args) => {
    const key = [...args].map(([name, value]) => `${name}=${identify(value)}`).join(' ');
    if (answers.has(key)) return answers.get(key);
    const answer = primitive(args);
    const [oldest] = answers.keys();
    if (answers.size >= ANSWERS_KEPT_MAX && oldest !== undefined) answers.delete(oldest);
    answers.set(key, answer);
    return answer;
  };
}

/** Primitives that remember their answers. */
export function remembering(primitives: Primitives): Primitives {
  return Object.fromEntries(Object.entries(primitives).map(([name, primitive]) => [name, remembered(primitive)]));
}
