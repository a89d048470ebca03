/** Version of the bench. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../conformance/contract/paths.ts';

export const VERSION: string = (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
