import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../contract/paths.ts';
import { SpecReader } from '../spec/loader.ts';
import { compareIndexes, floorFaults, importFaults, namedAreas, renderIndexes } from './floors.ts';

const root = packageRoot();
const reader = new SpecReader(root);
const areas = reader.areas().map((area) => reader.area(area));

describe('the topic on every floor', () => {
  it('has the same name everywhere', () => {
    expect(floorFaults(root, areas)).toEqual([]);
  });
  it('is reached through indexes that the spec makes', () => {
    expect(compareIndexes(root, renderIndexes(root, areas))).toEqual([]);
  });
  it('imports only what it comes after', () => {
    expect(importFaults(root, areas)).toEqual([]);
  });
  it('has each prefix of ids for itself', () => {
    const prefixes = areas.flatMap(({ topics }) => topics.flatMap((topic) => topic.prefixes));
    expect(prefixes.filter((prefix, i) => prefixes.indexOf(prefix) !== i)).toEqual([]);
  });
});

describe('the machinery', () => {
  it('names no area and no clause of one', () => {
    expect(namedAreas(root, areas)).toEqual([]);
  });
});

describe('these checks', () => {
  const small = [{ area: 'a', topics: [{ topic: 'one' }, { topic: 'two' }] }];
  let scratch = '';
  const put = (path: string, text = ''): void => {
    mkdirSync(dirname(join(scratch, path)), { recursive: true });
    writeFileSync(join(scratch, path), text);
  };
  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), 'floors-'));
    for (const floor of ['conformance', 'vectors', 'reference']) for (const topic of ['one', 'two']) put(`${floor}/a/${topic}/x.json`);
    for (const topic of ['one', 'two']) put(`harness/adapters/reference/a/${topic}.ts`);
  });
  afterEach(() => rmSync(scratch, { recursive: true, force: true }));

  it('find a topic that a floor lacks, and one that the spec does not know', () => {
    expect(floorFaults(scratch, small)).toEqual([]);
    rmSync(join(scratch, 'reference/a/two'), { recursive: true });
    put('vectors/a/three/x.json');
    expect(floorFaults(scratch, small)).toEqual([
      'vectors/a/three: spec/a/ has no topic with this name',
      'reference/a/two: missing; spec/a/two/ is a topic',
    ]);
  });
  it('find an index that was edited, or is missing', () => {
    const indexes = renderIndexes(scratch, small);
    expect(compareIndexes(scratch, indexes)).toHaveLength(indexes.size);
    for (const [path, text] of indexes) put(path, text);
    expect(compareIndexes(scratch, indexes)).toEqual([]);
    put('conformance/a/topics.ts', '// mine\n');
    expect(compareIndexes(scratch, indexes)).toEqual(['conformance/a/topics.ts: is not what spec/ generates']);
  });
  describe('of imports', () => {
    const ordered = [
      {
        area: 'a',
        topics: [
          { topic: 'one', after: [] },
          { topic: 'two', after: ['one'] },
          { topic: 'three', after: ['two'] },
        ],
        uses: [],
      },
      { area: 'b', topics: [{ topic: 'four', after: [] }], uses: [{ area: 'a' }] },
    ];
    it('include one that follows the order, through topics between and through used areas', () => {
      put('reference/a/three/x.ts', "import { y } from '../one/y.ts';\n");
      put('reference/a/one/x.ts', "import { y } from './y.ts';\n");
      put('reference/b/four/x.ts', "import { y } from '../../a/one/y.ts';\n");
      put('harness/adapters/reference/a/two.ts', "import { y } from './one.ts';\n");
      put('reference/a/one/x.test.ts', "import { y } from '../two/y.ts';\n");
      expect(importFaults(scratch, ordered)).toEqual([]);
    });
    it('find one against it on every floor, types, re-exports and imports while running included', () => {
      put('reference/a/one/x.ts', "import type { y } from '../two/y.ts';\n");
      put('reference/a/two/x.ts', "export { y } from '../three/y.ts';\n");
      put('conformance/a/one/x.ts', "const four = await import('../../b/four/y.ts');\n");
      put('harness/adapters/reference/a/one.ts', "import './two.ts';\n");
      expect(importFaults(scratch, ordered)).toEqual([
        'conformance/a/one/x.ts: imports b/four, which one does not come after',
        'reference/a/one/x.ts: imports a/two, which one does not come after',
        'reference/a/two/x.ts: imports a/three, which two does not come after',
        'harness/adapters/reference/a/one.ts: imports a/two, which one does not come after',
      ]);
    });
    it('find one that goes through files of the area', () => {
      put('conformance/a/shared.ts', "import { z } from './deeper.ts';\n");
      put('conformance/a/deeper.ts', "import { y } from './two/y.ts';\nimport { x } from './shared.ts';\n");
      put('conformance/a/one/x.ts', "import { z } from '../shared.ts';\n");
      expect(importFaults(scratch, ordered)).toEqual([
        'conformance/a/one/x.ts: imports a/two through conformance/a/shared.ts, conformance/a/deeper.ts, which one does not come after',
      ]);
    });
  });
  it('find the name of an area in the machinery', () => {
    for (const folder of ['conformance', 'harness'])
      cpSync(join(root, folder), join(scratch, folder), { recursive: true, filter: (path) => !path.endsWith('.json') });
    put('conformance/oracle/sly.ts', "export const sly = 'e3x.packet';\n");
    put('harness/report/slier.ts', '// E3X-LOB-001\n');
    expect(namedAreas(scratch, areas)).toEqual(['conformance/oracle/sly.ts:1 names e3x', 'harness/report/slier.ts:1 names E3X']);
  });
});
