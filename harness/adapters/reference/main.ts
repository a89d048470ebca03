/**
 * Runs the reference as an adapter: on stdio, or with `--udp PORT [HOST]` over UDP.
 */
import { serveUdp } from '../../core/serve-udp.ts';
import { serveStdio } from '../../core/serve.ts';
import { referenceHandler } from './handler.ts';

const [flag, port = '', host = '127.0.0.1'] = process.argv.slice(2);
if (flag === undefined) {
  await serveStdio(referenceHandler);
} else if (flag === '--udp' && /^[0-9]{1,5}$/.test(port) && Number(port) <= 65535) {
  await serveUdp(referenceHandler, Number(port), host);
} else {
  process.stderr.write('usage: main [--udp PORT [HOST]]\n');
  process.exitCode = 2;
}
