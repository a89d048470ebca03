import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ECHO_HELLO } from '../testing/support.ts';
import type { JsonObject } from '../../conformance/contract/contract.ts';
import { type Handler, serveStdio } from './serve.ts';

const handler: Handler = {
  hello: { ...ECHO_HELLO, limits: { lineBytes: 2000 } },
  handle(operation, params) {
    if (operation === 'test.reject') return { reject: { class: 'refused' } };
    if (operation === 'test.fail') throw new RangeError('out of range');
    if (params['later'] === true) return new Promise((resolve) => setTimeout(resolve, 5, { ok: { later: true } }));
    if (params['large'] === true) return { ok: { value: '00'.repeat(2000) } };
    return { ok: params };
  },
};

async function serve(input: readonly (string | Buffer)[], chosen: Handler = handler): Promise<JsonObject[]> {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  let text = '';
  stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const done = serveStdio(chosen, stdin, stdout);
  for (const chunk of input) stdin.write(chunk);
  stdin.end();
  await done;
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonObject);
}

const line = (id: number, op: string, params: JsonObject = {}): string => `${JSON.stringify({ id, op, params })}\n`;

describe('serveStdio', () => {
  it('answers hello, declared and undeclared operations', async () => {
    const replies = await serve([
      line(1, 'hello', { protocol: 1, spec: 'r' }),
      line(2, 'probe.x'),
      line(3, 'test.echo', { value: 'ä' }),
      line(4, 'test.reject'),
    ]);
    expect(replies).toEqual([
      { id: 1, ok: handler.hello },
      { id: 2, unsupported: true },
      { id: 3, ok: { value: 'ä' } },
      { id: 4, reject: { class: 'refused' } },
    ]);
  });

  it('turns exceptions of a handler into faults, and answers late replies before it ends', async () => {
    const replies = await serve([line(1, 'test.echo', { later: true }), line(2, 'test.fail')]);
    expect(replies).toEqual([
      { id: 2, fault: 'test.fail: RangeError: out of range' },
      { id: 1, ok: { later: true } },
    ]);
  });

  it('ADP-023 answers what is not a request with id null and goes on', async () => {
    const bad = [
      'nonsense\n',
      '\n',
      '[]\n',
      '{"id":1}\n',
      '{"id":-1,"op":"test.echo","params":{}}\n',
      Buffer.from([0xff, 0x0a]),
      `${'x'.repeat(3000)}\n`,
    ];
    const replies = await serve([...bad, line(7, 'test.echo')]);
    expect(replies).toHaveLength(bad.length + 1);
    for (const reply of replies.slice(0, -1)) expect(reply).toMatchObject({ id: null, fault: expect.any(String) as string });
    expect(replies.at(-1)).toEqual({ id: 7, ok: {} });
  });

  it('ADP-010 answers reply-too-large', async () => {
    expect(await serve([line(1, 'test.echo', { large: true })])).toEqual([
      { id: 1, fault: expect.stringMatching(/^reply-too-large: [0-9]+ bytes/) as string },
    ]);
  });

  it('stops reading while its output is full', async () => {
    const [stdin, stdout] = [new PassThrough(), new PassThrough({ highWaterMark: 1024 })];
    const done = serveStdio({ ...handler, hello: { ...handler.hello, limits: { lineBytes: 65536 } } }, stdin, stdout);
    for (let id = 1; id <= 2000; id++) stdin.write(line(id, 'test.echo', { value: '00'.repeat(500) }));
    stdin.end();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(stdin.isPaused()).toBe(true);
    expect(stdout.readableLength + stdout.writableLength).toBeLessThan(400_000);
    let lines = 0;
    stdout.setEncoding('utf8').on('data', (chunk: string) => (lines += chunk.split('\n').length - 1));
    await done;
    expect(lines).toBe(2000);
  });
});
