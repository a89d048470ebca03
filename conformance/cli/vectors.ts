/** `npm run vectors`: writes `vectors/` from the spec; with `--check`, compares bytes and writes nothing. */
import { REGISTRY } from '../areas.ts';
import { packageRoot } from '../contract/paths.ts';
import { MANIFEST, type TopicManifest } from '../vectors.ts';
import { compareVectors, generateVectors, writeVectors } from '../generate/vectors.ts';
import { validateVectors } from '../generate/schema.ts';
import { completenessFaults, sharedNameFaults } from '../spec/complete.ts';
import { SpecError, SpecReader } from '../spec/loader.ts';

async function main(args: readonly string[]): Promise<number> {
  const root = packageRoot();
  const unknown = args.filter((a) => a !== '--check');
  if (unknown.length > 0) {
    console.error(`vectors: unknown argument ${unknown.join(' ')}\nusage: npm run vectors [-- --check]`);
    return 2;
  }
  const reader = new SpecReader(root);
  const specs = reader.areas().map((area) => reader.area(area));
  const incomplete = [...specs.flatMap((spec) => completenessFaults(root, spec, REGISTRY.primitives)), ...sharedNameFaults(specs)];
  if (incomplete.length > 0) {
    console.error(`The spec is not complete:\n${incomplete.map((f) => `  ${f}`).join('\n')}`);
    return 1;
  }
  const generated = await generateVectors(REGISTRY, root, reader);
  const invalid = validateVectors(root, generated);
  if (invalid.length > 0) {
    console.error(`Generated vectors break their own schema:\n${invalid.map((f) => `  ${f}`).join('\n')}`);
    return 1;
  }
  const manifests = [...generated].filter(([name]) => name.endsWith(`/${MANIFEST}`)).map(([, text]) => JSON.parse(text) as TopicManifest);
  const files = manifests.flatMap((manifest) => manifest.files);
  const count = files.reduce((sum, f) => sum + f.vectors, 0);
  if (!args.includes('--check')) {
    writeVectors(root, generated);
    console.log(`${String(count)} vectors written in ${String(files.length)} files.`);
    return 0;
  }
  const faults = compareVectors(root, generated);
  if (faults.length > 0) {
    console.error(
      "vectors/ is not what the spec generates. Run 'npm run vectors' and look at the difference.\n" +
        `${faults.map((f) => `  ${f}`).join('\n')}`,
    );
    return 1;
  }
  console.log(`${String(count)} vectors in ${String(files.length)} files are what the spec generates, byte for byte.`);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SpecError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
