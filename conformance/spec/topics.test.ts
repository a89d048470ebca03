import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../contract/paths.ts';
import { sharedNameFaults } from './consistency.ts';
import { SpecError, SpecReader } from './loader.ts';
import { orderOf, topicFaults } from './topics.ts';
import type { AreaSpec, TopicSpec } from './types.ts';

const reader = new SpecReader();
const specs = reader.areas().map((area) => reader.area(area));
const kilt = reader.area('kilt');
const faults = (spec: AreaSpec): string[] => topicFaults(reader.root, spec);
const withTopic = (name: string, change: (topic: TopicSpec) => Partial<TopicSpec>): AreaSpec => ({
  ...kilt,
  topics: kilt.topics.map((topic) => (topic.topic === name ? { ...topic, ...change(topic) } : topic)),
});
const withoutAfter = (name: string): AreaSpec => withTopic(name, () => ({ after: [] }));

describe('the order of topics', () => {
  const topic = (name: string, ...after: string[]): { topic: string; after: string[] } => ({ topic: name, after });
  it('puts each after those that it names, in alphabetical order if several may be next', () => {
    expect(orderOf([topic('d', 'b'), topic('c'), topic('b', 'c'), topic('a', 'd'), topic('e')])).toEqual({
      topics: ['c', 'b', 'd', 'a', 'e'],
    });
  });
  it('does not depend on the order of what is given', () => {
    const heads = specs.flatMap((spec) => spec.topics.filter((t) => spec.area === 'e3x' && t.topic !== ''));
    expect(orderOf([...heads].reverse())).toEqual(orderOf(heads));
  });
  it('refuses an unknown name, and a cycle', () => {
    expect(orderOf([topic('a'), topic('b', 'a', 'x')])).toEqual({ topic: 'b', path: ['after', 1], message: "there is no topic 'x'" });
    expect(orderOf([topic('a', 'c'), topic('b'), topic('c', 'a')])).toMatchObject({
      topic: 'a',
      message: expect.stringMatching(/a, c$/) as string,
    });
  });
});

describe('topics', () => {
  it('are right as they are', () => {
    for (const spec of specs) expect(faults(spec)).toEqual([]);
  });
  it('own everything in their folders, once', () => {
    for (const spec of specs) {
      expect(spec.topics.flatMap((t) => t.requirements)).toEqual(spec.requirements.map((r) => r.id));
      expect(spec.topics.flatMap((t) => t.operations)).toEqual(spec.operations.map((o) => o.operation));
      expect(spec.topics.flatMap((t) => t.machines)).toEqual(spec.machines.map((m) => m.machine));
      expect(spec.topics.flatMap((t) => t.systems)).toEqual(spec.systems.map((s) => s.system));
      expect(spec.topics.flatMap((t) => t.layouts)).toEqual(spec.layouts.map((l) => l.layout));
      expect(spec.topics.flatMap((t) => t.schemas)).toEqual(spec.schemas.map((s) => s['$id']));
    }
  });
  it('share no prefix, within an area or over areas', () => {
    expect(faults(withTopic('message', (t) => ({ prefixes: [...t.prefixes, 'KLT-DID'] })))).toContain(
      'prefix KLT-DID: belongs to topic did and to topic message',
    );
    expect(sharedNameFaults(specs)).toEqual([]);
    expect(sharedNameFaults([...specs, { ...kilt, area: 'x', requirements: [], operations: [], profiles: [], machines: [] }])).toContain(
      'KLT-DID: named in kilt and in x',
    );
  });
  it('have requirements of each of their prefixes, and of no other', () => {
    expect(faults(withTopic('replay', (t) => ({ prefixes: [...t.prefixes, 'KLT-NEW'] })))).toEqual([
      'prefix KLT-NEW: topic replay has no requirement with it',
    ]);
    expect(faults(withTopic('replay', (t) => ({ requirements: [...t.requirements, 'KLT-NEW-001'] })))).toEqual([
      'KLT-NEW-001: is in topic replay, which has the prefixes KLT-RPL',
    ]);
  });
  it('define no name that another one defines', () => {
    expect(faults(withTopic('replay', (t) => ({ constants: [...t.constants, 'KEY_LENGTH'] })))).toContain(
      'constant KEY_LENGTH: belongs to topic did and to topic replay',
    );
  });
  it.each<[string, RegExp]>([
    [
      'an operation',
      /^operation kilt\.envelope\.seal: cites operation kilt\.keyuri\.parse of topic did, which topic envelope does not come after$/,
    ],
    ['a constant', /: cites constant SS58_PREFIX of topic did,/],
    ['a derivation', /: cites derivation kilt\.ss58-checksum of topic did,/],
    ['a requirement', /^layout kilt\.key-uri: cites requirement KLT-DID-026 of topic did,/],
  ])('cite %s only of topics before them', (_, fault) => {
    expect(faults(withoutAfter('envelope'))).toEqual(expect.arrayContaining([expect.stringMatching(fault)]));
  });
  it('cite no layout, schema, function or machine of a topic that they do not come after', () => {
    const moved = (kind: 'layouts' | 'schemas' | 'functions' | 'machines', name: string, from: string, to: string): string[] =>
      faults({
        ...kilt,
        topics: kilt.topics.map((t) => ({
          ...t,
          [kind]: t.topic === from ? t[kind].filter((own) => own !== name) : t.topic === to ? [...t[kind], name] : t[kind],
        })),
      });
    expect(moved('layouts', 'kilt.envelope', 'envelope', 'replay').join('\n')).toMatch(/cites layout kilt\.envelope of topic replay/);
    expect(moved('schemas', 'kilt.quote', 'message', 'replay').join('\n')).toMatch(
      /schema kilt\.body\.submit-terms: cites schema kilt\.quote of topic replay/,
    );
    expect(moved('functions', 'isUri', 'did', 'replay').join('\n')).toMatch(/cites function isUri of topic replay/);
    const interpeer = reader.area('interpeer');
    const machine = 'interpeer.data-sender';
    expect(
      faults({
        ...interpeer,
        topics: interpeer.topics.map((t) => ({
          ...t,
          machines: [...t.machines.filter((m) => m !== machine), ...(t.topic === 'engine' ? [machine] : [])],
        })),
      }).join('\n'),
    ).toMatch(/system interpeer\.data-pair: cites machine interpeer\.data-sender of topic engine/);
  });
  it('cite what a function next to area.yaml cites, where they call it', () => {
    const e3x = reader.area('e3x');
    const chunkFirst = { ...e3x, topics: e3x.topics.map((t) => (t.topic === 'chunk' ? { ...t, after: [] } : t)) };
    expect(faults(chunkFirst)).toContain(
      'operation e3x.chunks.split, through function isPacket: cites operation e3x.packet.decode of topic packet, ' +
        'which topic chunk does not come after',
    );
  });
  it('share a function next to area.yaml, which one topic alone must have itself', () => {
    expect(faults(withTopic('replay', (t) => ({ functions: t.functions.filter((f) => f !== 'replayName') })))).toEqual([
      'function replayName: is next to area.yaml, but only topic replay calls it',
    ]);
  });
});

describe('the folders of an area', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'bottlepost-topics-'));
    for (const folder of ['meta', 'kilt']) cpSync(join(packageRoot(), 'spec', folder), join(root, 'spec', folder), { recursive: true });
    cpSync(join(packageRoot(), 'docs/adr'), join(root, 'docs/adr'), { recursive: true });
  });
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const path = (file: string): string => join(root, 'spec/kilt', file);
  /** What is wrong while a file has another text. */
  const changed = (file: string, change: (text: string) => string): string => {
    const before = readFileSync(path(file), 'utf8');
    writeFileSync(path(file), change(before));
    try {
      new SpecReader(root).area('kilt');
      return '';
    } catch (error) {
      if (error instanceof SpecError) return error.message;
      throw error;
    } finally {
      writeFileSync(path(file), before);
    }
  };
  it('are found by area.yaml and topic.yaml', () => {
    expect(new SpecReader(root).areas()).toEqual(['kilt']);
    expect(new SpecReader(root).area('kilt')).toEqual(kilt);
  });
  it('are refused by the loader if their files do not fit together, once more each time', () => {
    const unknown = (text: string): string => text.replace('rejects: [', 'rejects: [nonsense, ');
    for (let time = 0; time < 2; time++) {
      expect(changed('replay/operations.yaml', unknown)).toMatch(
        /^spec\/kilt: operation .*: 'nonsense' is not in the vocabulary of rejects$/m,
      );
      expect(changed('replay/operations.yaml', (text) => text)).toBe('');
    }
    expect(changed('replay/requirements.yaml', (text) => text.replace('id: KLT-RPL-001', 'id: KLT-RPL-099'))).toMatch(
      /KLT-RPL-099: nothing in the spec's data cites it/,
    );
  });
  it('name file and line of a topic that comes after none or after itself', () => {
    expect(changed('replay/topic.yaml', (text) => text.replace('[envelope, message]', '[envelope, massage]'))).toMatch(
      /^spec\/kilt\/replay\/topic\.yaml:\d+ \/after\/1: there is no topic 'massage'$/,
    );
    expect(changed('did/topic.yaml', (text) => `${text}after: [replay]\n`)).toMatch(
      /^spec\/kilt\/did\/topic\.yaml:\d+ \/after: comes after itself; the cycle is among did, envelope, inbox, message, replay$/,
    );
  });
  it('have the names that their files say', () => {
    expect(changed('did/topic.yaml', (text) => text.replace('topic: did', 'topic: dad'))).toBe(
      "spec/kilt/did/topic.yaml:1 /topic: says 'dad' in the folder of 'did'",
    );
    expect(changed('area.yaml', (text) => text.replace('area: kilt', 'area: kelt'))).toMatch(
      /area\.yaml:3 \/area: says 'kelt' in the folder/,
    );
  });
  it('say their area once', () => {
    expect(changed('did/requirements.yaml', (text) => `area: kilt\n${text}`)).toMatch(/must NOT have additional properties 'area'/);
    expect(changed('rejects.yaml', (text) => `area: kilt\n${text}`)).toMatch(/must NOT have additional properties 'area'/);
    expect(changed('did/requirements.yaml', (text) => `revision: x\n${text}`)).toMatch(/must NOT have additional properties 'revision'/);
    expect(changed('did/topic.yaml', (text) => `area: kilt\n${text}`)).toMatch(/must NOT have additional properties 'area'/);
  });
  it('check the profiles of a topic as those of an area', () => {
    expect(changed('did/topic.yaml', (text) => text.replace('    title: Light', '    titel: Light'))).toMatch(
      /did\/topic\.yaml:\d+ \/profiles\/0: must NOT have additional properties 'titel'/,
    );
  });
  it('hold no file that no kind claims', () => {
    const stray = (file: string): string[] => {
      mkdirSync(join(path(file), '..'), { recursive: true });
      writeFileSync(path(file), 'x: 1\n');
      const found = topicFaults(root, kilt);
      rmSync(path(file));
      return found;
    };
    for (const file of [
      'did/notes.yaml',
      'did/wire/x.yaml',
      'did/rejects.yaml',
      'did/deep/wire/x.wire.yaml',
      'requirements.yaml',
      'other/functions.yaml',
    ])
      expect(stray(file), file).toEqual([`spec/kilt/${file}: this is not the name of any kind of file expected here`]);
    expect(stray('did/evidence/x.json')).toEqual([]);
    renameSync(path('did/topic.yaml'), path('did/topics.yaml'));
    expect(topicFaults(root, kilt)).toEqual(['spec/kilt/did/topics.yaml: this is not the name of any kind of file expected here']);
    renameSync(path('did/topics.yaml'), path('did/topic.yaml'));
  });
});
