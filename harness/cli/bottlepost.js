#!/usr/bin/env node
import { main } from '../../dist/harness/cli/main.js';
import { outliveReaders } from '../../dist/harness/cli/output.js';

outliveReaders();
process.exitCode = await main(process.argv.slice(2));
