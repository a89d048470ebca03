/** Where the files of `spec/` hold expressions. */

/** Members that hold expressions, by the kind of file they are in. */
const EXPRESSION_MEMBERS: { readonly [kind: string]: readonly string[] } = {
  wire: ['when', 'count'],
  functions: ['is'],
  operations: ['let', 'if', 'of', 'that', 'from', 'with', 'return', 'key', 'nonce', 'data'],
  machine: [
    ...['values', 'guards', 'outputs', 'updates', 'when', 'set', 'transmit', 'emit', 'always', 'timeout'],
    ...['advance', 'eventDefaults'],
  ],
  trials: ['with', 'unless', 'arguments', 'values', 'constants'],
  traces: ['with'],
  system: ['when', 'always', 'eventually'],
};

/** The expressions in a file's data, and where they are. @param kind of the file, as its meta-schema is named */
export function expressionsIn(kind: string, value: unknown): { path: (string | number)[]; source: string | number | boolean }[] {
  const members = new Set(EXPRESSION_MEMBERS[kind] ?? []);
  const found: { path: (string | number)[]; source: string | number | boolean }[] = [];
  // What a machine itself says of its constants is their meaning, in words.
  const isProse = (path: readonly (string | number)[]): boolean => kind === 'machine' && path.length === 1 && path[0] === 'constants';
  const visit = (node: unknown, path: (string | number)[], inside: boolean): void => {
    if (isProse(path)) return;
    if (Array.isArray(node)) node.forEach((item, i) => visit(item, [...path, i], inside));
    else if (typeof node === 'object' && node !== null)
      for (const [key, child] of Object.entries(node)) visit(child, [...path, key], inside || members.has(key));
    else if (inside && (typeof node === 'string' || typeof node === 'number' || typeof node === 'boolean'))
      found.push({ path, source: node });
  };
  visit(value, [], false);
  return found;
}
