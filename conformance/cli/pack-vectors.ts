/** `npm run pack:vectors`, before a package is made: gzips `vectors/`, one file a topic. */
import { packageRoot } from '../contract/paths.ts';
import { packVectors } from '../vectors.ts';

console.log(`${(packVectors(packageRoot()) / 1000).toFixed(0)} kB of vectors packed.`);
