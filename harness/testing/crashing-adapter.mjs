// The reference, which crashes at some inputs: `node crashing-adapter.mjs OPERATION PATTERN [exit | throw] [WRONG]`. A request to OPERATION
// that PATTERN matches ends the process, or is answered as crashed; one that WRONG matches is refused although it is right.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
const dist = join(import.meta.dirname, '../../dist/harness');
const load = (file) => import(pathToFileURL(join(dist, file)).href);
const { serveStdio } = await load('core/serve.js');
const { handlerOver } = await load('adapters/reference/built-in.js');
const [, , operation, pattern, how = 'exit', wrong] = process.argv;
const right = handlerOver('node');
await serveStdio({
  hello: { ...right.hello, name: 'crashing' },
  handle(op, params) {
    const asked = JSON.stringify(params);
    if (op === operation && new RegExp(pattern).test(asked)) {
      if (how === 'exit') process.exit(139);
      return { crashed: 'RangeError' };
    }
    const reply = right.handle(op, params);
    if (op !== operation || wrong === undefined || !new RegExp(wrong).test(asked)) return reply;
    return 'ok' in reply ? { reject: { class: 'malformed' } } : reply;
  },
});
