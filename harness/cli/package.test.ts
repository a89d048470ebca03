/** The package as npm makes it and installs it where there is no network, as its users see it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { packVectors } from '../../conformance/vectors.ts';

interface Manifest {
  readonly scripts: { readonly [name: string]: string };
  readonly exports: { readonly [path: string]: string | { readonly types: string; readonly default: string } };
  readonly dependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
}

const root = packageRoot();
const project = mkdtempSync(join(tmpdir(), 'bottlepost-package-'));
const installed = join(project, 'node_modules/bottlepost');
const tarballs = join(project, 'tarballs');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
/** The files of the package, as paths below it. */
let files: readonly string[] = [];
let size = { packed: 0, unpacked: 0 };
const read = (file: string): string => readFileSync(join(installed, file), 'utf8');

interface Packed {
  readonly name: string;
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}
const npm = (cwd: string, ...args: string[]): string =>
  execFileSync('npm', [...args, '--ignore-scripts'], { cwd, encoding: 'utf8', maxBuffer: 1e8, stdio: ['ignore', 'pipe', 'pipe'] });
const pack = (...folders: string[]): Packed[] =>
  JSON.parse(npm(root, 'pack', '--json', '--pack-destination', tarballs, ...folders)) as Packed[];

/** The dependencies of a user, and theirs. */
function everyDependency(): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: { readonly [path: string]: { readonly dependencies?: { readonly [name: string]: string } } };
  };
  const found = new Set<string>();
  const open = Object.keys(manifest.dependencies);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...Object.keys(packages[`node_modules/${name}`]?.dependencies ?? {}));
  }
  return [...found];
}

/** What npm prints when it installs the package into an empty project: all that it may have is what it is given as files. */
let told = '';
/** Packs what is built, and has npm install it with its dependencies and nothing else, without a network or a cache. */
beforeAll(() => {
  mkdirSync(tarballs);
  packVectors(root);
  const [made] = pack('.');
  if (made === undefined) throw new Error('npm packs nothing');
  size = { packed: made.size, unpacked: made.unpackedSize };
  files = made.files.map(({ path }) => path);
  const file = ({ filename }: Packed): string => `file:${join(tarballs, filename)}`;
  const overrides = Object.fromEntries(
    pack(...everyDependency().map((name) => `./node_modules/${name}`)).map((one) => [one.name, file(one)]),
  );
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ name: 'empty', version: '1.0.0', private: true, dependencies: { bottlepost: file(made) }, overrides }),
  );
  const { stdout, stderr, status } = spawnSync(
    'npm',
    ['install', '--offline', '--no-audit', '--no-fund', '--cache', join(project, 'cache')],
    { cwd: project, encoding: 'utf8' },
  );
  told = stdout + stderr;
  if (status !== 0) throw new Error(told);
  // For what the compiler is asked, and not npm.
  mkdirSync(join(project, 'node_modules/@types'), { recursive: true });
  symlinkSync(join(root, 'node_modules/@types/node'), join(project, 'node_modules/@types/node'));
});
afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

/** What a file imports: at once, or when a function needs it. */
function importsOf(file: string): { readonly path: string; readonly isLate: boolean }[] {
  return [...read(file).matchAll(/(^import |\bfrom |\bimport\(|\brequire\()\s*['"]([^'"\n]+)['"]/gm)].map(([, how = '', path = '']) => ({
    path,
    isLate: how.endsWith('('),
  }));
}
const isCode = (file: string): boolean => /\.[cm]?js$/.test(file);

/** Every file that the program and the exports reach, and what the program starts as a process. */
function reached(): Set<string> {
  const found = new Set<string>();
  const open = [
    'harness/cli/bottlepost.js',
    // The program chooses it by its name: a clone may have it in fewer files.
    'dist/harness/cli/main.js',
    'dist/harness/adapters/reference/main.js',
    ...Object.values(manifest.exports).flatMap((target) => (typeof target === 'string' ? [] : [target.default.slice(2)])),
  ];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const from = dirname(file);
    open.push(...importsOf(file).flatMap(({ path }) => (path.startsWith('.') ? [normalize(join(from, path))] : [])));
  }
  return found;
}

describe('the package', () => {
  it('is small: 4 MB packed and 12 MB unpacked, the vectors included', () => {
    expect(files.filter((file) => /^dist\/vectors\/.*\.json\.gz$/.test(file)).length).toBeGreaterThan(20);
    expect(size.packed).toBeLessThan(4e6);
    expect(size.unpacked).toBeLessThan(12e6);
  });
  it('is installed without a word about it, in an empty project without a network', () => {
    expect(told).toMatch(/added \d+ packages/);
    // npm warns of scripts that others have in their clones, because here it gets them as files.
    expect(told).not.toMatch(/bottlepost|deprecated|npm error/i);
    expect(Object.keys(manifest.scripts).filter((name) => /^(prepare|(pre|post)?install)$/.test(name))).toEqual([]);
  });
  it('holds no tests, sources, maps or build information', () => {
    expect(files.filter((file) => /\.test\.|(?<!\.d)\.ts$|\.map$|\.tsbuildinfo$/.test(file))).toEqual([]);
  });
  it('holds everything its program and exports import, and no folder that they do not need', () => {
    const needed = reached();
    expect([...needed].filter((file) => !files.includes(file))).toEqual([]);
    const folderOf = (file: string): string => file.split('/').slice(0, 3).join('/');
    const needless = new Set(files.filter((file) => file.startsWith('dist/') && isCode(file)).map(folderOf));
    for (const file of needed) needless.delete(folderOf(file));
    expect([...needless]).toEqual([]);
  });
  it('declares every package that it imports', () => {
    // A package needed only at run time may be left to developers, and to users who install the library that an adapter wraps.
    const undeclared = files.filter(isCode).flatMap((file) =>
      importsOf(file)
        .filter(({ path }) => !/^(\.|node:)/.test(path))
        .map(({ path, isLate }) => ({ name: path.split('/', path.startsWith('@') ? 2 : 1).join('/'), isLate }))
        .filter(({ name, isLate }) => !(name in manifest.dependencies) && !(isLate && name in manifest.devDependencies))
        .map(({ name }) => `${file}: ${name}`),
    );
    expect(undeclared).toEqual([]);
    const imported = new Set(files.filter(isCode).flatMap((file) => importsOf(file).map(({ path }) => path)));
    const isImported = (name: string): boolean => [...imported].some((path) => path === name || path.startsWith(`${name}/`));
    expect(Object.keys(manifest.dependencies).filter((name) => !isImported(name))).toEqual([]);
  });
  it('has the pages to which its messages and its own pages point', () => {
    const named = files
      .filter((file) => isCode(file) || file.endsWith('.py'))
      .flatMap((file) => read(file).match(/\bdocs\/[\w/-]+\.md\b/g) ?? []);
    expect(named).toContain('docs/guides/e3x-js.md');
    const linked = files
      .filter((file) => /^(README\.md$|docs\/guides\/|harness\/)/.test(file) && file.endsWith('.md'))
      .flatMap((file) =>
        [...read(file).matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, path = '']) => normalize(join(dirname(file), path))),
      );
    expect([...named, ...linked].filter((path) => !existsSync(join(installed, path)))).toEqual([]);
  });
});

/** Declarations of the language and of Node, parsed once for all programs. */
const parsed = new Map<string, ts.SourceFile | undefined>();
function sharingHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const isShared = (file: string): boolean => /node_modules\/(typescript\/lib|@types\/node|undici-types)\//.test(file);
  const getSourceFile: ts.CompilerHost['getSourceFile'] = (file, ...rest) => {
    if (!isShared(file)) return host.getSourceFile(file, ...rest);
    if (!parsed.has(file)) parsed.set(file, host.getSourceFile(file, ...rest));
    return parsed.get(file);
  };
  return { ...host, getSourceFile };
}

describe('a user who installs the package', () => {
  const guide = readFileSync(join(root, 'docs/guides/typescript.md'), 'utf8');
  const blocksOf = (language: string): string[] =>
    [...guide.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, name, text = '']) => (name === language ? [text] : []));
  const paths = Object.keys(manifest.exports).filter((path) => path !== './package.json');
  const everything = paths.map((path, i) => `import * as all${String(i)} from '${path.replace('.', 'bottlepost')}';\n`).join('');
  const program = [...blocksOf('ts'), everything, `void [${paths.map((_, i) => `all${String(i)}`).join(', ')}];\n`].join('\n');

  it.each([
    ['nodenext', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
    ['bundler', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
  ])('compiles what the guide shows, and every export, with moduleResolution %s', (name, module, moduleResolution) => {
    const source = join(project, `${name}.mts`);
    writeFileSync(source, program);
    const options: ts.CompilerOptions = {
      module,
      moduleResolution,
      target: ts.ScriptTarget.ES2023,
      lib: ['lib.es2023.d.ts'],
      types: ['node'],
      typeRoots: [join(project, 'node_modules/@types')],
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noPropertyAccessFromIndexSignature: true,
    };
    const compiled = ts.createProgram([source], options, sharingHost(options));
    // Only the program and the package's own declarations; those of others are not ours to check.
    const checked = compiled.getSourceFiles().filter(({ fileName }) => fileName === source || fileName.startsWith(installed));
    expect(checked.length).toBeGreaterThan(paths.length);
    const faults = [
      ...compiled.getOptionsDiagnostics(),
      ...compiled.getGlobalDiagnostics(),
      ...checked.flatMap((file) => [...compiled.getSyntacticDiagnostics(file), ...compiled.getSemanticDiagnostics(file)]),
    ];
    expect(faults.map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)).toEqual(
      [],
    );
  });
  it('runs it, and gets the output that the guide shows', () => {
    const input = '{"id":1,"op":"example.echo","params":{"n":1}}\n';
    const { outputText } = ts.transpileModule(program, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
    });
    writeFileSync(join(project, 'guide.mjs'), outputText);
    const { stdout, stderr } = spawnSync(process.execPath, [join(project, 'guide.mjs')], { input, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toBe(`${blocksOf('').join('')}{"id":1,"ok":{"n":1}}\n`);
  });
  it('verifies with the vectors that it holds', () => {
    const ran = spawnSync(join(project, 'node_modules/.bin/bottlepost'), ['verify', '--self', '--only', 'E3X-TOK-001', '--no-repros'], {
      cwd: project,
      encoding: 'utf8',
    });
    expect(ran.status, ran.stdout + ran.stderr).toBe(0);
    expect(ran.stdout).toMatch(/e3x\/token[\s\S]*PASS: everything that ran passed\n$/);
  });
  it('has a program that serves the reference, and adapters that say which library they lack', () => {
    const run = (file: string, ...args: string[]): string => {
      const input = '{"id":1,"op":"e3x.packet.decode","params":{"packet":"0000ff"}}\n';
      const { stdout, stderr } = spawnSync(process.execPath, [join(installed, file), ...args], { input, encoding: 'utf8' });
      return stdout + stderr;
    };
    expect(run('harness/cli/bottlepost.js', 'adapter')).toBe('{"id":1,"ok":{"headLength":0,"head":"","bodyLength":1,"body":"ff"}}\n');
    for (const [adapter, library, version] of [
      ['lob-enc', 'lob-enc', '0.0.17'],
      ['hashname', 'hashname', '0.3.1'],
      ['kilt-messaging', '@kiltprotocol/did', '0.35.2'],
    ] as const)
      expect(run(`harness/adapters/${adapter}/adapter.cjs`)).toBe(`${library} is not installed: npm install ${library}@${version}\n`);
  });
});
