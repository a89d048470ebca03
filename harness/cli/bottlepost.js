#!/usr/bin/env node
import { main } from '../../dist/harness/cli/main.js';

// Whoever reads our output may stop reading (`| head`); that is no fault.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? 0);
  });
}

process.exitCode = await main(process.argv.slice(2));
