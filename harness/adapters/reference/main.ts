/**
 * Runs the reference as an adapter: on stdio, or with `--udp PORT [HOST]` over UDP. `--primitives` says what computes: `noble` in
 * plain JavaScript, `node` over node:crypto, `sodium` over libsodium, `fast` with the fastest that there is, which is the
 * default. `--engine PATH` puts another engine in its place: the index.js of a mutated copy, which computes in plain JavaScript.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serveUdp } from '../../core/serve-udp.ts';
import { serveStdio } from '../../core/serve.ts';
import { handlerOver, isPrimitivesName } from './built-in.ts';
import type { Engine } from './engine.ts';
import { createHandler } from './handler.ts';

const args = process.argv.slice(2);
const enginePath = args[0] === '--engine' ? args.splice(0, 2)[1] : undefined;
const primitives = args[0] === '--primitives' && enginePath === undefined ? args.splice(0, 2)[1] : 'fast';
const [flag, port = '', host = '127.0.0.1'] = args;

const known = isPrimitivesName(primitives);
const handler =
  enginePath === undefined
    ? handlerOver(known ? primitives : 'fast')
    : createHandler((await import(pathToFileURL(resolve(enginePath)).href)) as Engine);
if (known && flag === undefined) {
  await serveStdio(handler);
} else if (known && flag === '--udp' && /^[0-9]{1,5}$/.test(port) && Number(port) <= 65535) {
  await serveUdp(handler, Number(port), host);
} else {
  process.stderr.write('usage: main [--engine INDEX.JS | --primitives noble|node|sodium|fast] [--udp PORT [HOST]]\n');
  process.exitCode = 2;
}
