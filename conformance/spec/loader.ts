/**
 * Loads `spec/` into memory: every file is parsed, checked against its meta-schema in strict mode with unknown
 * fields refused, and every expression in it is parsed; then the files of an area have to be consistent, and areas must not
 * share names. Errors name file, line and path where there is one.
 */
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import type * as Ajv from 'ajv/dist/2020.js';
import type * as Yaml from 'yaml';
import { packageRoot } from '../contract/paths.ts';
import { once } from '../oracle/once.ts';
import { CheckedFiles, codeFiles, contentsBelow } from './checked-files.ts';
import { consistencyFaults, sharedNameFaults } from './consistency.ts';
import { parseExpression, ExpressionError } from './expression.ts';
import { expressionsIn } from './file-expressions.ts';
import { joined, machineFaults, tracePolicyFault, trialsFaults, type MachineFault, type MachineFile } from './machines.ts';
import { lineAt, pathOf } from './places.ts';
import { orderOf } from './topics.ts';
import type {
  AreaSpec,
  ConstantValue,
  Derivation,
  Layout,
  Machine,
  NamedFunction,
  ContinuedTraces,
  NamedTrace,
  Operation,
  Profile,
  RejectClass,
  Requirement,
  System,
  TextCodec,
  TopicSpec,
  TransportDefaults,
  Trials,
} from './types.ts';

/** One fault of the spec's own files. */
export interface SpecFault {
  /** The file, or the folder of an area whose files do not fit together. */
  readonly file: string;
  readonly line?: number;
  /** Path inside the file, e.g. `/rows/3/when`. */
  readonly path?: string;
  readonly message: string;
}

/** Thrown if a spec file does not match its meta-schema, or files do not fit together; lists every fault found. */
export class SpecError extends Error {
  override readonly name = 'SpecError';
  readonly faults: readonly SpecFault[];
  constructor(faults: readonly SpecFault[]) {
    super(
      faults
        .map(({ file, line, path, message }) => `${file}${line === undefined ? '' : `:${String(line)} ${path ?? '/'}`}: ${message}`)
        .join('\n'),
    );
    this.faults = faults;
  }
}

/** What parses and checks a file, loaded when one is not known yet: most starts know every file, and loading takes longer than that. */
const load = createRequire(import.meta.url);
const yaml = once(() => load('yaml') as typeof Yaml);
const ajvModule = once(() => load('ajv/dist/2020.js') as typeof Ajv);

interface Parsed<T> {
  readonly value: T;
  readonly lineOf: (path: readonly (string | number)[]) => number;
}

/** Kinds of files, each with a schema in `spec/meta/`. */
type MetaKind =
  | 'area'
  | 'topic'
  | 'adapter'
  | 'requirements'
  | 'rejects'
  | 'wire'
  | 'derivations'
  | 'texts'
  | 'constants'
  | 'functions'
  | 'profiles'
  | 'operations'
  | 'machine'
  | 'trials'
  | 'traces'
  | 'system'
  | 'retired'
  | 'sources'
  | 'scope'
  | 'waivers';

/** What `area.yaml` says. */
type AreaHead = Pick<AreaSpec, 'area' | 'title' | 'revision' | 'documents'> & {
  readonly uses?: readonly string[];
  readonly retiredRequirements?: AreaSpec['retiredRequirements'];
};
/** What `topic.yaml` says. */
type TopicHead = Pick<TopicSpec, 'topic' | 'title' | 'about' | 'prefixes'> &
  Partial<Pick<TopicSpec, 'after' | 'profiles'>> & {
    readonly traces?: AreaSpec['tracePolicies'];
  };
/** What the files of one folder define, be it a topic's or that of the area. */
type Defined = Omit<
  AreaSpec,
  | 'area'
  | 'title'
  | 'revision'
  | 'documents'
  | 'retiredRequirements'
  | 'rejects'
  | 'jsonErrors'
  | 'jsonRules'
  | 'discards'
  | 'topics'
  | 'tracePolicies'
  | 'uses'
>;

/** Modules on whose text it depends what `consistencyFaults` says. */
const CONSISTENCY_CODE = [
  ...['consistency', 'doors', 'expression', 'layouts', 'machines', 'models', 'profiles', 'topics'],
  ...['../oracle/evaluate', '../oracle/values', '../oracle/wire'],
];

/** Reads and checks spec files below one root folder. */
export class SpecReader {
  readonly root: string;
  readonly #areas = new Map<string, AreaSpec>();
  readonly #faultsOf: (root: string, spec: AreaSpec) => readonly string[];
  readonly #checked: CheckedFiles;
  readonly #consistent: CheckedFiles;
  readonly #whole: CheckedFiles;
  readonly #schemaTexts = new Map<MetaKind, readonly string[]>();
  readonly #validator: (kind: MetaKind) => Ajv.ValidateFunction;

  /** @param faultsOf what an area must be free of; tests that load part of one pass something weaker */
  constructor(root: string = packageRoot(), faultsOf: (root: string, spec: AreaSpec) => readonly string[] = consistencyFaults) {
    this.root = root;
    this.#faultsOf = faultsOf;
    this.#checked = new CheckedFiles(root, codeFiles(['loader', 'expression', 'file-expressions']));
    this.#consistent = new CheckedFiles(root, codeFiles(['machines', 'expression']));
    this.#whole = new CheckedFiles(root, codeFiles(['loader', 'file-expressions', ...CONSISTENCY_CODE]));
    let ajv: Ajv.Ajv2020 | undefined;
    const compiled = new Map<MetaKind, Ajv.ValidateFunction>();
    this.#validator = (kind) => {
      ajv ??= new (ajvModule().Ajv2020)({ strict: true, allErrors: true, allowUnionTypes: true, strictRequired: false });
      const [own = '', ...referred] = this.#schemas(kind);
      for (const schema of referred.map((text) => JSON.parse(text) as { $id: string }))
        if (ajv.getSchema(schema.$id) === undefined) ajv.addSchema(schema);
      const known = compiled.get(kind) ?? ajv.getSchema(`bottlepost.meta.${kind}`) ?? ajv.compile(JSON.parse(own) as object);
      compiled.set(kind, known);
      return known;
    };
  }

  /** Parses one YAML file and checks it, unless the same text was found right before. @throws SpecError */
  read<T>(file: string, kind: MetaKind): T {
    const text = readFileSync(join(this.root, file), 'utf8');
    const key = this.#checked.key(this.#schemas(kind).join('\0'), text);
    const known = this.#checked.value(key);
    if (known !== undefined) return known as T;
    const { value } = this.check<T>(file, kind, text);
    this.#checked.keep(key, value);
    return value;
  }

  /** The schema of a kind, then those that it refers to. */
  #schemas(kind: MetaKind): readonly string[] {
    const known = this.#schemaTexts.get(kind);
    if (known !== undefined) return known;
    const text = readFileSync(join(this.root, 'spec', 'meta', `${kind}.schema.json`), 'utf8');
    const referred = [...text.matchAll(/"\$ref": *"bottlepost\.meta\.([a-z]+)/g)].map(([, other]) => other as MetaKind);
    const all = [text, ...referred.flatMap((other) => this.#schemas(other))];
    this.#schemaTexts.set(kind, all);
    return all;
  }

  /** Checks text as if it were the content of `file`. @throws SpecError */
  check<T>(file: string, kind: MetaKind, text: string): Parsed<T> {
    const { LineCounter, parseDocument } = yaml();
    const counter = new LineCounter();
    // 0x00 is a bytes literal of ours, not YAML's hexadecimal integer.
    const document = parseDocument(text, {
      lineCounter: counter,
      uniqueKeys: true,
      merge: true,
      customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !('format' in tag) || tag.format !== 'HEX'),
    });
    if (document.errors.length > 0) {
      throw new SpecError(
        document.errors
          .slice(0, 1)
          .map((e) => ({ file, line: counter.linePos(e.pos[0]).line, path: '/', message: e.message.split('\n')[0] ?? 'not YAML' })),
      );
    }
    const value: unknown = document.toJS();
    const lineOf = (path: readonly (string | number)[]): number => lineAt(document, counter, path);
    const validate = this.#validator(kind);
    const faults: SpecFault[] = [];
    if (!validate(value)) {
      for (const error of validate.errors ?? []) {
        const path = pathOf(error.instancePath);
        const extra =
          error.keyword === 'additionalProperties'
            ? ` '${String((error.params as { additionalProperty: string }).additionalProperty)}'`
            : '';
        faults.push({
          file,
          line: lineOf(path),
          path: error.instancePath === '' ? '/' : error.instancePath,
          message: `${error.message ?? error.keyword}${extra}`,
        });
      }
      throw new SpecError(faults);
    }
    for (const { path, source } of expressionsIn(kind, value)) {
      try {
        parseExpression(source);
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        faults.push({ file, line: lineOf(path), path: `/${path.join('/')}`, message: error.message });
      }
    }
    if (faults.length > 0) throw new SpecError(faults);
    return { value: value as T, lineOf };
  }

  /** Names of the areas present (folders of `spec/` that hold an area.yaml). */
  areas(): string[] {
    return this.#foldersWith('spec', 'area.yaml');
  }

  /** The prefixes of the clauses of an area, without loading it. @throws SpecError */
  prefixes(area: string): string[] {
    const folder = `spec/${area}`;
    return this.#foldersWith(folder, 'topic.yaml').flatMap(
      (name) => this.read<TopicHead>(`${folder}/${name}/topic.yaml`, 'topic').prefixes,
    );
  }

  /**
   * Loads one area whole, once.
   * @throws SpecError with every fault of the first file that has any, else with everything in which files do not fit together
   */
  area(area: string): AreaSpec {
    const known = this.#areas.get(area);
    if (known !== undefined) return known;
    const loaded = this.#faultsOf === consistencyFaults ? this.#checkedBefore(area) : this.#checkedNow(area);
    const faults = sharedNameFaults([...this.#areas.values(), loaded]);
    if (faults.length > 0) this.#refuseArea(area, faults);
    this.#areas.set(area, loaded);
    return loaded;
  }

  /** An area as it was found right when each text that its rightness depends on was what it is now; else as it is found now. */
  #checkedBefore(area: string): AreaSpec {
    const key = this.#keyOf(area);
    const kept = this.#whole.valueNamed(area, key) as (Omit<AreaSpec, 'uses'> & { readonly uses: readonly string[] }) | undefined;
    if (kept !== undefined) return { ...kept, uses: kept.uses.map((used) => this.area(used)) };
    const spec = this.#checkedNow(area);
    this.#whole.keepNamed(area, key, { ...spec, uses: spec.uses.map((used) => used.area) });
    return spec;
  }

  /** Changes with everything that loading and checking an area reads: its files, their schemas, the names of decisions, other areas. */
  #keyOf(area: string): string {
    const { uses = [] } = this.read<AreaHead>(`spec/${area}/area.yaml`, 'area');
    const decisions = join(this.root, 'docs/adr');
    return this.#whole.key(
      ...contentsBelow(this.root, `spec/${area}`),
      ...contentsBelow(this.root, 'spec/meta'),
      ...(existsSync(decisions) ? readdirSync(decisions) : []),
      ...uses.map((used) => this.#keyOf(used)),
    );
  }

  #checkedNow(area: string): AreaSpec {
    const spec = this.#load(area);
    const faults = this.#faultsOf(this.root, spec);
    if (faults.length > 0) this.#refuseArea(area, [...faults, ...sharedNameFaults([...this.#areas.values(), spec])]);
    return spec;
  }

  #refuseArea(area: string, faults: readonly string[]): never {
    throw new SpecError(faults.map((message) => ({ file: `spec/${area}`, message })));
  }

  #load(area: string): AreaSpec {
    const folder = `spec/${area}`;
    const head = this.read<AreaHead>(`${folder}/area.yaml`, 'area');
    if (head.area !== area) this.#refuse(`${folder}/area.yaml`, 'area', ['area'], `says '${head.area}' in the folder of '${area}'`);
    const rejects = this.read<{
      rejects: RejectClass[];
      jsonErrors?: RejectClass[];
      jsonRules?: AreaSpec['jsonRules'];
      discards?: RejectClass[];
    }>(`${folder}/rejects.yaml`, 'rejects');
    const topics = this.#topics(folder).map((topic) => {
      const defined = this.#defined(`${folder}/${topic.topic}`);
      const fault = tracePolicyFault(defined.machines, topic.traces ?? {});
      if (fault !== undefined) this.#refuse(`${folder}/${topic.topic}/topic.yaml`, 'topic', ['traces', ...fault.path], fault.message);
      return { topic, defined: { ...defined, profiles: topic.profiles ?? [] } };
    });
    const shared = this.#defined(folder);
    const all = topics.map(({ defined }) => defined);
    const assigned = <K extends 'constants' | 'transports'>(kind: K): Defined[K] =>
      Object.assign({}, ...[shared, ...all].map((defined) => defined[kind])) as Defined[K];
    return {
      area,
      title: head.title,
      revision: head.revision,
      documents: head.documents,
      rejects: rejects.rejects,
      jsonErrors: rejects.jsonErrors ?? [],
      jsonRules: rejects.jsonRules ?? {},
      discards: rejects.discards ?? [],
      requirements: all.flatMap((defined) => defined.requirements),
      retiredRequirements: head.retiredRequirements ?? {},
      operations: all.flatMap((defined) => defined.operations),
      functions: [shared, ...all].flatMap((defined) => defined.functions),
      derivations: [shared, ...all].flatMap((defined) => defined.derivations),
      texts: [shared, ...all].flatMap((defined) => defined.texts),
      constants: assigned('constants'),
      transports: assigned('transports'),
      layouts: all.flatMap((defined) => defined.layouts),
      schemas: all.flatMap((defined) => defined.schemas),
      machines: all.flatMap((defined) => defined.machines),
      systems: all.flatMap((defined) => defined.systems),
      traces: all.flatMap((defined) => defined.traces),
      continuedTraces: all.flatMap((defined) => defined.continuedTraces),
      tracePolicies: Object.assign({}, ...topics.map(({ topic }) => topic.traces ?? {})) as AreaSpec['tracePolicies'],
      // Those of single topics, then those that include them.
      profiles: [...all, shared].flatMap((defined) => defined.profiles),
      topics: topics.map(({ topic, defined }) => topicSpec(`${folder}/${topic.topic}`, topic, defined)),
      uses: (head.uses ?? []).map((used) => this.area(used)),
    };
  }

  /** The topics of an area, each after those that it names. @throws SpecError for a name that is not there, or a circle */
  #topics(folder: string): TopicHead[] {
    const heads = this.#foldersWith(folder, 'topic.yaml').map((name) => {
      const file = `${folder}/${name}/topic.yaml`;
      const head = this.read<TopicHead>(file, 'topic');
      if (head.topic !== name) this.#refuse(file, 'topic', ['topic'], `says '${head.topic}' in the folder of '${name}'`);
      return head;
    });
    const order = orderOf(heads);
    if ('message' in order) return this.#refuse(`${folder}/${order.topic}/topic.yaml`, 'topic', order.path, order.message);
    return order.topics.flatMap((name) => heads.filter((head) => head.topic === name));
  }

  /** What the files of a folder define; nothing of a kind that has no file there. */
  #defined(folder: string): Defined {
    const paths = (sub: string, suffix: string): string[] => {
      const path = join(this.root, folder, sub);
      if (!existsSync(path)) return [];
      return readdirSync(path)
        .filter((f) => f.endsWith(suffix))
        .sort()
        .map((f) => `${folder}/${sub}/${f}`);
    };
    const listed = <T>(sub: string, suffix: string, kind: MetaKind): T[] => paths(sub, suffix).map((path) => this.read<T>(path, kind));
    const file = <T extends object>(kind: MetaKind & string): Partial<T> => {
      const path = `${folder}/${kind}.yaml`;
      return existsSync(join(this.root, path)) ? this.read<T>(path, kind) : {};
    };
    const { constants = {}, transports = {} } = file<{
      constants: Record<string, ConstantValue>;
      transports: Record<string, TransportDefaults>;
    }>('constants');
    const named = file<{ traces: NamedTrace[]; afterRows: ContinuedTraces[] }>('traces');
    return {
      requirements: file<{ requirements: Requirement[] }>('requirements').requirements ?? [],
      operations: file<{ operations: Operation[] }>('operations').operations ?? [],
      functions: file<{ functions: NamedFunction[] }>('functions').functions ?? [],
      derivations: file<{ derivations: Derivation[] }>('derivations').derivations ?? [],
      texts: file<{ texts: TextCodec[] }>('texts').texts ?? [],
      traces: named.traces ?? [],
      continuedTraces: named.afterRows ?? [],
      profiles: file<{ profiles: Profile[] }>('profiles').profiles ?? [],
      constants,
      transports,
      layouts: listed<Layout>('wire', '.wire.yaml', 'wire'),
      schemas: paths('json', '.schema.json').map(
        (path) => JSON.parse(readFileSync(join(this.root, path), 'utf8')) as AreaSpec['schemas'][number],
      ),
      machines: this.#machines(paths('machines', '.machine.yaml'), paths('machines', '.trials.yaml')),
      systems: listed<System>('machines', '.system.yaml', 'system'),
    };
  }

  /**
   * Each machine, joined with the trials that are next to it; two that were found right before are not looked at again.
   * @throws SpecError with every fault of the first that has any
   */
  #machines(files: readonly string[], trialsFiles: readonly string[]): Machine[] {
    const trialsOf = (file: string): string => file.replace(/\.machine\.yaml$/, '.trials.yaml');
    const alone = trialsFiles.find((file) => !files.some((machine) => trialsOf(machine) === file));
    if (alone !== undefined) this.#refuse(alone, 'trials', ['trials'], 'there is no machine next to it');
    return files.map((file) => {
      const machine = this.read<MachineFile>(file, 'machine');
      const trialsFile = trialsOf(file);
      if (!trialsFiles.includes(trialsFile)) this.#refuse(file, 'machine', ['machine'], 'there are no trials next to it');
      const trials = this.read<Trials>(trialsFile, 'trials');
      const key = this.#consistent.key('machine', JSON.stringify([machine, trials]));
      if (this.#consistent.value(key) !== undefined) return joined(machine, trials);
      const apart = trialsFaults(machine, trials);
      if (apart.length > 0) this.#refuseMachine(file, trialsFile, apart);
      const whole = joined(machine, trials);
      const faults = machineFaults(whole);
      if (faults.length > 0) this.#refuseMachine(file, trialsFile, faults);
      this.#consistent.keep(key, true);
      return whole;
    });
  }

  #refuseMachine(machineFile: string, trialsFile: string, faults: readonly MachineFault[]): never {
    const lines = (file: string, kind: MetaKind): Parsed<unknown>['lineOf'] =>
      this.check(file, kind, readFileSync(join(this.root, file), 'utf8')).lineOf;
    const machineLines = lines(machineFile, 'machine');
    const trialsLines = lines(trialsFile, 'trials');
    throw new SpecError(
      faults.map(({ in: which, path, message }) => ({
        file: which === 'machine' ? machineFile : trialsFile,
        line: (which === 'machine' ? machineLines : trialsLines)(path),
        path: `/${path.join('/')}`,
        message,
      })),
    );
  }

  #foldersWith(folder: string, file: string): string[] {
    return readdirSync(join(this.root, folder))
      .filter((name) => existsSync(join(this.root, folder, name, file)))
      .sort();
  }

  #refuse(file: string, kind: MetaKind, path: readonly (string | number)[], message: string): never {
    const { lineOf } = this.check(file, kind, readFileSync(join(this.root, file), 'utf8'));
    throw new SpecError([{ file, line: lineOf(path), path: `/${path.join('/')}`, message }]);
  }

  /** Path of a file relative to the root, for messages. */
  relative(path: string): string {
    return relative(this.root, path);
  }
}

function topicSpec(folder: string, head: TopicHead, defined: Defined): TopicSpec {
  return {
    topic: head.topic,
    title: head.title,
    about: head.about,
    after: head.after ?? [],
    prefixes: head.prefixes,
    profiles: head.profiles ?? [],
    folder,
    requirements: defined.requirements.map((r) => r.id),
    operations: defined.operations.map((o) => o.operation),
    functions: defined.functions.map((f) => f.function),
    derivations: defined.derivations.map((d) => d.derivation),
    texts: defined.texts.map((t) => t.text),
    constants: Object.keys(defined.constants),
    transports: Object.keys(defined.transports),
    layouts: defined.layouts.map((l) => l.layout),
    schemas: defined.schemas.map((s) => String(s['$id'])),
    machines: defined.machines.map((m) => m.machine),
    systems: defined.systems.map((s) => s.system),
  };
}
