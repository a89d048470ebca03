/** A thread of `npm run vectors`: makes the vectors of some of the topics. */
import { REGISTRY } from '../areas.ts';
import { serveShare } from '../generate/shares.ts';

await serveShare(REGISTRY);
