/** The spec alone, an area at a time: what a command can say before vectors and suites are loaded. */
import { packageRoot } from '../../conformance/contract/paths.ts';
import { SpecReader } from '../../conformance/spec/loader.ts';

let reader: SpecReader | undefined;

/** The reader of this process, which reads each area once. */
export function specReader(): SpecReader {
  return (reader ??= new SpecReader(packageRoot()));
}
