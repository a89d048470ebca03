/**
 * Runs the reference as an adapter: on stdio, or with `--udp PORT [HOST]` over UDP. `--engine PATH` puts another
 * engine in its place: the index.js of a mutated copy.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serveUdp } from '../../core/serve-udp.ts';
import { serveStdio } from '../../core/serve.ts';
import type { Engine } from './engine.ts';
import { createHandler, referenceHandler } from './handler.ts';

const args = process.argv.slice(2);
const enginePath = args[0] === '--engine' ? args.splice(0, 2)[1] : undefined;
const [flag, port = '', host = '127.0.0.1'] = args;
const handler = enginePath === undefined ? referenceHandler : createHandler((await import(pathToFileURL(resolve(enginePath)).href)) as Engine);
if (flag === undefined) {
  await serveStdio(handler);
} else if (flag === '--udp' && /^[0-9]{1,5}$/.test(port) && Number(port) <= 65535) {
  await serveUdp(handler, Number(port), host);
} else {
  process.stderr.write('usage: main [--engine INDEX.JS] [--udp PORT [HOST]]\n');
  process.exitCode = 2;
}
