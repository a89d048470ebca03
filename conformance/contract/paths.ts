/** Where the package is, whether it runs from `dist/` or from source. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let found: string | undefined;

/**
 * The folder of Bottlepost's own package.json.
 * @throws Error if there is none above this file
 */
export function packageRoot(): string {
  if (found !== undefined) return found;
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'bottlepost') {
      found = folder;
      return folder;
    }
    if (dirname(folder) === folder) throw new Error('Bottlepost is not installed completely: no package.json above its code');
  }
}
