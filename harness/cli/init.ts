/** `bottlepost init LANGUAGE`: writes a starter kit into a folder, and never over a file that is there. */
import { quoted } from '../../conformance/contract/text.ts';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../core/exit.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { quoteCommand } from '../core/command-line.ts';
import { didYouMean } from './nearest.ts';
import { complain, say } from './output.ts';

const KITS: { readonly [language: string]: { readonly files: readonly string[]; readonly run: string } } = {
  python: {
    files: ['bottlepost_adapter.py', 'README.md'],
    run: `${process.platform === 'win32' ? 'python' : 'python3'} bottlepost_adapter.py`,
  },
};

/** True if the command runs in a clone of this project, whose own package.json npx finds. */
function isOwnClone(): boolean {
  return process.cwd() === packageRoot();
}

/** Returns the exit code. */
export function init(language: string, folder: string): number {
  const kit = Object.hasOwn(KITS, language) ? KITS[language] : undefined;
  if (kit === undefined) {
    const near = didYouMean(language, Object.keys(KITS));
    complain(`bottlepost: no starter kit for ${quoted(language)}.${near} There is one for: ${Object.keys(KITS).join(', ')}\n`);
    return EXIT.usage;
  }
  const present = kit.files.filter((file) => existsSync(join(folder, file)));
  if (present.length > 0) {
    complain(
      `bottlepost: ${present.map((f) => join(folder, f)).join(' and ')} already exist(s); ` +
        `choose another folder: bottlepost init ${language} FOLDER\n`,
    );
    return EXIT.usage;
  }
  mkdirSync(folder, { recursive: true });
  for (const file of kit.files) copyFileSync(join(packageRoot(), 'harness/kits', language, file), join(folder, file));
  // Where the package is not installed, npx would ask the registry for it.
  const isInstalled = existsSync(join(folder, 'node_modules/bottlepost')) || existsSync('node_modules/bottlepost') || isOwnClone();
  const program = isInstalled ? 'npx bottlepost' : `node "${join(packageRoot(), 'harness/cli/bottlepost.js')}"`;
  const enter = folder === '.' ? '' : `  ${quoteCommand(['cd', folder])}\n`;
  say(
    `Written: ${kit.files.map((f) => join(folder, f)).join(', ')}\n\nNext:\n` +
      `${enter}  ${program} smoke --stdio "${kit.run}"\n` +
      `  ${program} verify --stdio "${kit.run}"\n`,
  );
  return EXIT.ok;
}
