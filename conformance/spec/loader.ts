/**
 * Loads `spec/` into memory: every file is parsed, checked against its meta-schema in strict mode with unknown
 * fields refused, and every expression in it is parsed. Errors name file, line and path.
 */
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { packageRoot } from '../contract/paths.ts';
import { CheckedFiles } from './checked-files.ts';
import { parseExpression, ExpressionError } from './expression.ts';
import type {
  AreaSpec,
  ConstantValue,
  Derivation,
  Layout,
  Machine,
  NamedFunction,
  Operation,
  Profile,
  RejectClass,
  Requirement,
  System,
  TextCodec,
  TransportDefaults,
} from './types.ts';

/** One fault of the spec's own files. */
export interface SpecFault {
  readonly file: string;
  readonly line: number;
  /** Path inside the file, e.g. `/rows/3/when`. */
  readonly path: string;
  readonly message: string;
}

/** Thrown when a spec file is not what its meta-schema says; lists every fault found. */
export class SpecError extends Error {
  override readonly name = 'SpecError';
  readonly faults: readonly SpecFault[];
  constructor(faults: readonly SpecFault[]) {
    super(faults.map((f) => `${f.file}:${String(f.line)} ${f.path}: ${f.message}`).join('\n'));
    this.faults = faults;
  }
}

interface Parsed<T> {
  readonly value: T;
  readonly lineOf: (path: readonly (string | number)[]) => number;
}

/** Kinds of files, each with a schema in `spec/meta/`. */
type MetaKind =
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
  | 'system'
  | 'waivers';

/** Reads and checks spec files below one root folder. */
export class SpecReader {
  readonly root: string;
  readonly #areas = new Map<string, AreaSpec>();
  readonly #checked: CheckedFiles;
  readonly #validator: (kind: MetaKind) => ValidateFunction;

  constructor(root: string = packageRoot()) {
    this.root = root;
    const here = fileURLToPath(import.meta.url);
    this.#checked = new CheckedFiles(root, [here, join(dirname(here), `expression${extname(here)}`)]);
    let ajv: Ajv2020 | undefined;
    const compiled = new Map<MetaKind, ValidateFunction>();
    this.#validator = (kind) => {
      ajv ??= new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, strictRequired: false });
      const known = compiled.get(kind) ?? ajv.compile(JSON.parse(this.#schema(kind)) as object);
      compiled.set(kind, known);
      return known;
    };
  }

  /** Parses one YAML file and checks it, unless the same text was found right before. @throws SpecError */
  read<T>(file: string, kind: MetaKind): T {
    const text = readFileSync(join(this.root, file), 'utf8');
    const key = this.#checked.key(this.#schema(kind), text);
    const known = this.#checked.value(key);
    if (known !== undefined) return known as T;
    const { value } = this.check<T>(file, kind, text);
    this.#checked.keep(key, value);
    return value;
  }

  #schema(kind: MetaKind): string {
    return readFileSync(join(this.root, 'spec', 'meta', `${kind}.schema.json`), 'utf8');
  }

  /** Checks text as if it were the content of `file`. @throws SpecError */
  check<T>(file: string, kind: MetaKind, text: string): Parsed<T> {
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
        const path = pointer(error.instancePath);
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

  /** Names of the areas present (folders of `spec/` that hold a requirements.yaml). */
  areas(): string[] {
    return readdirSync(join(this.root, 'spec'))
      .filter((name) => name !== 'adapter' && existsSync(join(this.root, 'spec', name, 'requirements.yaml')))
      .sort();
  }

  /** Loads one area whole, once. @throws SpecError with every fault of the first file that has any */
  area(area: string): AreaSpec {
    const loaded = this.#areas.get(area) ?? this.#load(area);
    this.#areas.set(area, loaded);
    return loaded;
  }

  #load(area: string): AreaSpec {
    const folder = `spec/${area}`;
    const listed = <T>(sub: string, suffix: string, kind: MetaKind): T[] => {
      const path = join(this.root, folder, sub);
      if (!existsSync(path)) return [];
      return readdirSync(path)
        .filter((f) => f.endsWith(suffix))
        .sort()
        .map((f) => this.read<T>(sub === '.' ? `${folder}/${f}` : `${folder}/${sub}/${f}`, kind));
    };
    // A file may stand in parts: `requirements.yaml`, `exchange-requirements.yaml` and so on are one list.
    const parts = <T>(name: string, kind: MetaKind): T[] => listed<T>('.', `${name}.yaml`, kind);
    const requirements = parts<{ revision?: string; uses?: string[]; documents?: AreaSpec['documents']; requirements: Requirement[] }>(
      'requirements',
      'requirements',
    );
    const revisions = requirements.flatMap((file) => file.revision ?? []);
    const [revision] = revisions;
    if (revision === undefined || revisions.length > 1)
      throw new SpecError([
        {
          file: `${folder}/requirements.yaml`,
          line: 1,
          path: '/revision',
          message: `an area has one revision, in one of its files; found ${String(revisions.length)}`,
        },
      ]);
    const rejects = this.read<{ rejects: RejectClass[]; jsonErrors?: RejectClass[]; jsonRules?: AreaSpec['jsonRules']; discards?: RejectClass[] }>(
      `${folder}/rejects.yaml`,
      'rejects',
    );
    const constants = parts<{ constants: Record<string, ConstantValue>; transports?: Record<string, TransportDefaults> }>(
      'constants',
      'constants',
    );
    const schemaFolder = join(this.root, folder, 'json');
    return {
      area,
      revision,
      documents: Object.assign({}, ...requirements.map((file) => file.documents ?? {})) as AreaSpec['documents'],
      requirements: requirements.flatMap((file) => file.requirements),
      rejects: rejects.rejects,
      jsonErrors: rejects.jsonErrors ?? [],
      jsonRules: rejects.jsonRules ?? {},
      discards: rejects.discards ?? [],
      operations: parts<{ operations: Operation[] }>('operations', 'operations').flatMap((file) => file.operations),
      functions: parts<{ functions: NamedFunction[] }>('functions', 'functions').flatMap((file) => file.functions),
      derivations: parts<{ derivations: Derivation[] }>('derivations', 'derivations').flatMap((file) => file.derivations),
      texts: parts<{ texts: TextCodec[] }>('texts', 'texts').flatMap((file) => file.texts),
      constants: Object.assign({}, ...constants.map((file) => file.constants)) as AreaSpec['constants'],
      transports: Object.assign({}, ...constants.map((file) => file.transports ?? {})) as AreaSpec['transports'],
      layouts: listed<Layout>('wire', '.wire.yaml', 'wire'),
      schemas: existsSync(schemaFolder)
        ? readdirSync(schemaFolder)
            .filter((f) => f.endsWith('.schema.json'))
            .sort()
            .map((f) => JSON.parse(readFileSync(join(schemaFolder, f), 'utf8')) as AreaSpec['schemas'][number])
        : [],
      machines: listed<Machine>('machines', '.machine.yaml', 'machine'),
      systems: listed<System>('machines', '.system.yaml', 'system'),
      profiles: parts<{ profiles: Profile[] }>('profiles', 'profiles').flatMap((file) => file.profiles),
      uses: [...new Set(requirements.flatMap((file) => file.uses ?? []))].map((used) => this.area(used)),
    };
  }

  /** Path of a file relative to the root, for messages. */
  relative(path: string): string {
    return relative(this.root, path);
  }
}

function pointer(path: string): (string | number)[] {
  return path
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
}

function lineAt(document: Document, counter: LineCounter, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly [number, number, number] } | undefined;
    if (node?.range !== undefined) return counter.linePos(node.range[0]).line;
  }
  return 1;
}

/** Members that hold expressions, by the kind of file they stand in. */
const EXPRESSION_MEMBERS: { readonly [kind in MetaKind]?: readonly string[] } = {
  wire: ['when', 'count'],
  functions: ['is'],
  operations: ['let', 'if', 'of', 'that', 'from', 'with', 'return', 'key', 'nonce', 'data'],
  machine: ['when', 'set', 'transmit', 'emit', 'always', 'timeout', 'arguments', 'advance', 'unless', 'eventDefaults', 'constants'],
  system: ['when', 'always', 'eventually'],
};

function expressionsIn(kind: MetaKind, value: unknown): { path: (string | number)[]; source: string | number | boolean }[] {
  const members = new Set(EXPRESSION_MEMBERS[kind] ?? []);
  const found: { path: (string | number)[]; source: string | number | boolean }[] = [];
  const visit = (node: unknown, path: (string | number)[], inside: boolean): void => {
    if (Array.isArray(node)) node.forEach((item, i) => visit(item, [...path, i], inside));
    else if (typeof node === 'object' && node !== null)
      for (const [key, child] of Object.entries(node)) visit(child, [...path, key], inside || members.has(key));
    else if (inside && (typeof node === 'string' || typeof node === 'number' || typeof node === 'boolean'))
      found.push({ path, source: node });
  };
  visit(value, [], false);
  return found;
}
