/** `npm run hunt`: random mutants of the reference against the whole bench; see `harness/hunt/command.ts`. */
import { command } from '../hunt/command.ts';

process.exitCode = await command(process.argv.slice(2));
