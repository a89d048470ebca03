/** How the commands for developers end if the specification is broken: all in the same way. */
import { SpecError } from '../spec/loader.ts';

/** Runs a command. @returns its exit code; 1, after printing the faults, if the loader refuses the specification */
export async function refusingBrokenSpecs(main: () => number | Promise<number>): Promise<number> {
  try {
    return await main();
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    console.error(`The specification is broken:\n${error.message}`);
    return 1;
  }
}
