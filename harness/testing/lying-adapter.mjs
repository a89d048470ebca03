// The reference with one lie: from its N-th answer to an operation on, a member is another than it gave, the first one if none is named.
// `node lying-adapter.mjs OPERATION N NAME MEMBER`
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
const dist = join(import.meta.dirname, '../../dist/harness');
const load = (file) => import(pathToFileURL(join(dist, file)).href);
const { serveStdio } = await load('core/serve.js');
const { handlerOver } = await load('adapters/reference/built-in.js');
const [, , operation, nth = '1', name = 'liar', lied] = process.argv;
const honest = handlerOver('node');
let asked = 0;
await serveStdio({
  hello: { ...honest.hello, name },
  handle(op, params) {
    const reply = honest.handle(op, params);
    if (op !== operation || ++asked < Number(nth) || !('ok' in reply)) return reply;
    const [member, value] = Object.entries(reply.ok).find(([given]) => lied === undefined || given === lied) ?? [];
    const lie = Array.isArray(value) ? [] : typeof value === 'string' ? '00' : typeof value === 'boolean' ? !value : value;
    return { ok: { ...reply.ok, [member]: lie } };
  },
});
