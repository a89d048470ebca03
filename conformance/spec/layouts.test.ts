/** Results that do not say what their bytes are, although the specification knows. */
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../contract/paths.ts';
import { layoutFaults } from './layouts.ts';
import { SpecReader } from './loader.ts';
import type { AreaSpec, Operation } from './types.ts';

const reader = new SpecReader(packageRoot());
const nexus = reader.area('nexus');

/** The area with one result that declares no layout. */
function silent(name: string, result: string): AreaSpec {
  const bare = (operation: Operation): Operation => {
    const { layout: _layout, ...member } = operation.result[result] ?? { type: 'bytes', req: '' };
    return { ...operation, result: { ...operation.result, [result]: member } };
  };
  return { ...nexus, operations: nexus.operations.map((operation) => (operation.operation === name ? bare(operation) : operation)) };
}

describe('layouts of results', () => {
  it('are declared everywhere', () => {
    expect(reader.areas().flatMap((area) => layoutFaults(reader.area(area)))).toEqual([]);
  });
  it.each([
    ['made with it', 'nexus.link.request', 'packet', 'nexus.packet-1'],
    ['returned by another operation', 'nexus.link.identify', 'packet', 'nexus.packet-1'],
    ['read with it by the operation beside', 'nexus.error.write', 'body', 'nexus.error'],
  ])('are missed where the bytes are %s', (_how, operation, result, layout) => {
    expect(layoutFaults(silent(operation, result))).toEqual([
      `operation ${operation}: its result '${result}' is ${layout} and declares no layout`,
    ]);
  });
});
