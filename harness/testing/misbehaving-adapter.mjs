/**
 * An adapter for a trivial protocol, test.echo {value} → {value}, that misbehaves on command:
 *
 *     node misbehaving-adapter.mjs MODE [N]
 *
 * Most modes misbehave when asked to echo the value "bad0" and behave otherwise, so that a test can say who is to
 * blame. No dependencies, and nothing of Bottlepost is imported: this is what a stranger's program looks like.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, closeSync } from 'node:fs';
import process from 'node:process';

const [mode = 'good', count = '20'] = process.argv.slice(2);
const TRIGGER = 'bad0';
const PID_FILE = process.env.MISBEHAVING_PID_FILE;

const hello = {
  name: 'misbehaving',
  version: '1.0.0',
  language: 'JavaScript',
  protocol: 1,
  operations: ['test.echo', 'test.fail', 'test.reject'],
  profiles: ['test-basic'],
  deterministic: true,
  limits: { lineBytes: 65536 },
};

const writeLine = (text) => process.stdout.write(mode === 'carriage-returns' ? `${text}\r\n` : `${text}\n`);
const reply = (id, body) => writeLine(JSON.stringify({ id, ...body }));
const notePid = (pid) => {
  if (PID_FILE !== undefined) appendFileSync(PID_FILE, `${pid}\n`);
};

let requests = 0;
let hung = false;
let held = [];
let overdue;
let unansweredInTurn = 0;

const echo = (id, params) => ({ id, ok: { value: params.value } });

/** What each mode does on the trigger; returns true if the request must be answered as usual after it. */
const onTrigger = {
  'crash-on-value': () => process.exit(7),
  'crash-by-signal': () => process.kill(process.pid, 'SIGKILL'),
  'exit-with-work-pending': () => process.exit(0),
  'exit-when-idle': () => setTimeout(() => process.exit(0), 1) && true,
  hang: () => {
    hung = true;
  },
  'busy-loop': () => {
    for (;;);
  },
  'slow-drip': (id) => {
    hung = true;
    const text = JSON.stringify({ id, ok: { value: '00'.repeat(4000) } });
    let at = 0;
    setInterval(() => process.stdout.write(text.charAt(at++)), 15);
  },
  'garbage-line': () => {
    writeLine('panic: something went wrong');
    return true;
  },
  'empty-line': () => {
    writeLine('');
    return true;
  },
  'json-array': (id) => {
    writeLine(JSON.stringify([id]));
  },
  'bad-utf8': (id) => {
    process.stdout.write(Buffer.concat([Buffer.from(`{"id":${id},"ok":{"value":"`), Buffer.from([0xc3, 0x28]), Buffer.from('"}}\n')]));
  },
  'reply-to-nothing': () => {
    reply(999_999, { ok: { value: '00' } });
    return true;
  },
  'two-replies': (id, params) => {
    writeLine(JSON.stringify(echo(id, params)));
    return true;
  },
  'late-second-reply': (id, params) => {
    // A moment later, or before the next request is answered: on a busy machine a moment may be long.
    const late = () => {
      overdue = undefined;
      clearTimeout(timer);
      writeLine(JSON.stringify(echo(id, params)));
    };
    const timer = setTimeout(late, 2);
    setImmediate(() => (overdue ??= late));
    return true;
  },
  'huge-line': (id) => {
    hung = true;
    process.stdout.write(`{"id":${id},"ok":{"value":"`);
    let left = 100;
    const megabyte = '0'.repeat(1024 * 1024);
    const more = () => {
      if (left-- > 0) process.stdout.write(megabyte, more);
      else process.stdout.write('"}}\n');
    };
    more();
  },
  'endless-output': () => {
    hung = true;
    const more = () => process.stdout.write('x'.repeat(65536), more);
    more();
  },
  'endless-lines': () => {
    hung = true;
    const more = () => process.stdout.write('{"id":1,"ok":{}}\n'.repeat(4096), more);
    more();
  },
  'close-output': () => {
    hung = true;
    closeSync(1);
  },
  'extra-member': (id, params) => {
    writeLine(JSON.stringify({ ...echo(id, params), elapsed: 3 }));
  },
  'two-results': (id, params) => {
    writeLine(JSON.stringify({ ...echo(id, params), fault: 'and a fault' }));
  },
  'bad-reject': (id) => {
    reply(id, { reject: { class: 'Not A Class' } });
  },
  'no-id': (id, params) => {
    writeLine(JSON.stringify({ ok: echo(id, params).ok }));
  },
  'null-fault': () => {
    reply(null, { fault: 'cannot read that' });
  },
  'upper-case-hex': (id) => {
    reply(id, { ok: { value: 'BAD0' } });
  },
  'unsupported-for-declared': (id) => {
    reply(id, { unsupported: true });
  },
  fault: (id) => {
    reply(id, { fault: 'out of luck' });
  },
  'too-large': (id) => {
    reply(id, { fault: 'reply-too-large: 70000 bytes' });
  },
};

function answerHello(id) {
  switch (mode) {
    case 'crash-at-hello':
      process.stderr.write('fatal: no configuration\n');
      process.exit(3);
      break;
    case 'silent-at-hello':
      break;
    case 'banner-at-hello':
      writeLine('Welcome to my adapter v1.0');
      reply(id, { ok: hello });
      break;
    case 'bad-hello':
      reply(id, { ok: { ...hello, operations: 'test.echo' } });
      break;
    case 'extra-hello':
      reply(id, { ok: { ...hello, mood: 'fine' } });
      break;
    case 'newer-protocol':
      reply(id, { ok: { ...hello, protocol: 2 } });
      break;
    case 'hello-fault':
      reply(id, { fault: 'not today' });
      break;
    case 'different-hello':
      reply(id, { ok: { ...hello, version: `1.0.${process.pid}` } });
      break;
    default:
      reply(id, { ok: hello });
  }
}

function handle({ id, op, params }) {
  if (op === 'hello') return answerHello(id);
  if (mode === 'ok-for-anything' && !hello.operations.includes(op)) return reply(id, { ok: {} });
  if (!hello.operations.includes(op)) return reply(id, { unsupported: true });
  requests += 1;
  if (mode === 'crash-mid-run' && requests > Number(count)) process.exit(9);
  if (mode === 'crash-always' || (mode === 'different-hello' && params.value === TRIGGER)) process.exit(11);
  if (mode === 'stderr-chatter') process.stderr.write(`${'chatter '.repeat(8192)}\n`);
  if (mode === 'concurrent-crash') {
    unansweredInTurn += 1;
    if (unansweredInTurn > 1) process.exit(13);
    setTimeout(() => {
      unansweredInTurn -= 1;
      writeLine(JSON.stringify(echo(id, params)));
    }, 2);
    return undefined;
  }
  if (mode === 'out-of-order') {
    held.push(JSON.stringify(echo(id, params)));
    if (held.length === 1) {
      setTimeout(() => {
        for (const text of held.reverse()) writeLine(text);
        held = [];
      }, 3);
    }
    return undefined;
  }
  if (params.value === TRIGGER && Object.hasOwn(onTrigger, mode) && onTrigger[mode](id, params) !== true) return undefined;
  if (op === 'test.reject') return reply(id, { reject: { class: 'refused', detail: 'as asked' } });
  if (op === 'test.fail') return reply(id, { ok: { value: 'ff' } });
  return writeLine(JSON.stringify(echo(id, params)));
}

notePid(process.pid);
if (mode === 'spawn-grandchild') {
  // It holds the pipes of its parent open, as a careless wrapper script does.
  const grandchild = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
  notePid(grandchild.pid);
}
if (mode === 'ignore-sigterm') {
  process.on('SIGTERM', () => {});
  setInterval(() => {}, 1000);
}

let rest = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  const lines = (rest + text).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) {
    overdue?.();
    if (!hung) handle(JSON.parse(line));
  }
});
process.stdin.on('end', () => {
  if (mode !== 'ignore-sigterm') process.exit(mode === 'end-with-9' ? 9 : 0);
});
process.stdout.on('error', () => process.exit(0));
