import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { lossyProxy } from '../testing/lossy-proxy.ts';
import { ECHO_HELLO, ECHO_SHAPES, echoChecks } from '../testing/support.ts';
import { type Connection, connect, describeTarget, parseTarget, TargetError, TIMEOUT_MS_DEFAULT } from './connection.ts';
import type { Hello, JsonObject } from '../../conformance/contract/contract.ts';
import { runChecks } from './runner.ts';
import type { ReplyBody } from './serve.ts';
import { serveUdp } from './serve-udp.ts';

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const BIG: Hello = { ...ECHO_HELLO, limits: { lineBytes: 65536, datagramBytes: 1200 } };
const answerEcho = (_: string, params: JsonObject): ReplyBody => ({ ok: { value: params['value'] ?? null } });

async function serve(handle: (operation: string, params: JsonObject) => ReplyBody | Promise<ReplyBody>, hello = BIG): Promise<number> {
  const server = await serveUdp({ hello, handle }, 0);
  open.push(server);
  return server.port;
}

async function reach(port: number, timeoutMs = 3000): Promise<Connection> {
  const connection = await connect(parseTarget({ udp: `127.0.0.1:${String(port)}` }), {
    revision: 'r',
    seed: 's',
    shapes: ECHO_SHAPES,
    timeoutMs,
    startTimeoutMs: 3000,
  });
  open.push(connection);
  return connection;
}

/** A device that answers each datagram with whatever it likes. */
async function device(answer: (request: { id: number; op: string; params: JsonObject }) => string[], hello = BIG): Promise<number> {
  const socket = createSocket('udp4');
  socket.on('message', (message, remote) => {
    const request = JSON.parse(message.toString('utf8')) as { id: number; op: string; params: JsonObject };
    const replies =
      request.op === 'hello'
        ? [JSON.stringify({ id: request.id, ok: hello })]
        : request.op.startsWith('probe.')
          ? [JSON.stringify({ id: request.id, unsupported: true })]
          : answer(request);
    for (const reply of replies) socket.send(reply, remote.port, remote.address);
  });
  open.push(socket);
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  return socket.address().port;
}

describe('ADP-005 to ADP-008 UDP', () => {
  it('runs checks over a healthy port', async () => {
    const port = await serve(answerEcho);
    const summary = await runChecks(echoChecks(200), () => reach(port), { seed: 's', timeoutMs: 3000 });
    expect(summary.reports.filter(({ result }) => result.verdict !== 'pass')).toEqual([]);
  });

  it('survives loss and duplication, and executes every request once (ADP-007, ADP-008)', async () => {
    const executed = new Map<string, number>();
    const port = await serve(async (operation, params) => {
      const key = JSON.stringify(params);
      executed.set(key, (executed.get(key) ?? 0) + 1);
      // Slow enough for some repetitions to arrive while the first is at work.
      if (executed.size % 7 === 0) await new Promise((resolve) => setTimeout(resolve, 250));
      return answerEcho(operation, params);
    });
    // Half of all datagrams: one request in four gets its reply at once.
    const proxy = await lossyProxy(port, { loss: 0.5, doubled: 0.3 });
    open.push(proxy);
    const summary = await runChecks(echoChecks(60), () => reach(proxy.port, TIMEOUT_MS_DEFAULT), {
      seed: 's',
      timeoutMs: TIMEOUT_MS_DEFAULT,
    });
    expect(summary.reports.filter(({ result }) => result.verdict !== 'pass')).toEqual([]);
    expect(executed.size).toBe(60);
    expect([...executed.values()].filter((times) => times !== 1)).toEqual([]);
  });

  it('does not send what is too large (ADP-006, ADP-009)', async () => {
    const connection = await reach(await serve(answerEcho));
    expect(await connection.call('test.echo', { value: '00'.repeat(600) })).toMatchObject({
      kind: 'unreachable',
      reason: expect.stringContaining('1200') as string,
    });
    const wide = await reach(await serve(answerEcho, { ...BIG, limits: { lineBytes: 65536, datagramBytes: 9000 } }));
    expect(await wide.call('test.echo', { value: '00'.repeat(600) })).toMatchObject({ kind: 'ok' });
  });

  it('answers a reply that would be too large as such (ADP-010)', async () => {
    const connection = await reach(await serve(() => ({ ok: { value: '00'.repeat(600) } })));
    expect(await connection.call('test.echo', { value: '00' })).toMatchObject({
      kind: 'unreachable',
      reason: expect.stringContaining('reply-too-large') as string,
    });
  });

  it('lets a repeated reply pass if it is the same, and not if it differs (ADP-013)', async () => {
    const same = await reach(
      await device(({ id }) => [`{"id":${String(id)},"ok":{"value":"00"}}`, `{"id":${String(id)},"ok":{"value":"00"}}`]),
    );
    for (let again = 0; again < 5; again++) expect(await same.call('test.echo', { value: '00' })).toMatchObject({ kind: 'ok' });
    expect(same.alive).toBe(true);
    const other = await reach(
      await device(({ id }) => [`{"id":${String(id)},"ok":{"value":"00"}}`, `{"id":${String(id)},"ok":{"value":"01"}}`]),
    );
    await other.call('test.echo', { value: '00' });
    await other.barrier();
    expect(other.failure).toMatchObject({ what: 'duplicate-reply', clause: 'ADP-013' });
  });

  it.each([
    ['not JSON', 'garbage', ['hello?']],
    ['an id of nobody', 'unknown-id', ['{"id":77777,"ok":{}}']],
    ['a datagram above the limit', 'line-too-long', [`{"id":3,"ok":{"value":"${'00'.repeat(700)}"}}`]],
    ['repetitions without end', 'flood', Array.from({ length: 900 }, () => '{"id":2,"unsupported":true}')],
  ])('%s is %s', async (_, what, replies) => {
    const connection = await reach(await device(() => replies), 5000);
    expect(await connection.call('test.echo', { value: '00' })).toMatchObject({ kind: 'misbehaviour', what });
    expect(connection.alive).toBe(false);
  });

  it('a reply nested 20,000 deep is garbage', async () => {
    const nested = `{"id":3,"ok":{"value":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`;
    const connection = await reach(await device(() => [nested], { ...BIG, limits: { ...BIG.limits, datagramBytes: 60_000 } }), 5000);
    expect(await connection.call('test.echo', { value: '00' })).toMatchObject({ kind: 'misbehaviour', what: 'garbage', clause: 'ADP-043' });
  });

  it('silence is a timeout that says how often the request was sent', async () => {
    const connection = await reach(await device(() => []), 700);
    expect(await connection.call('test.echo', { value: '00' })).toMatchObject({
      kind: 'misbehaviour',
      what: 'timeout',
      detail: expect.stringMatching(/within 700 ms; it was sent [2-5] times/) as string,
    });
  });

  it('a port on which nothing listens is reported at once', async () => {
    const probe = createSocket('udp4');
    await new Promise<void>((resolve) => {
      probe.bind(0, '127.0.0.1', resolve);
    });
    const { port } = probe.address();
    probe.close();
    await expect(reach(port)).rejects.toThrow(/nothing listens at 127\.0\.0\.1|no reply to hello/);
  });

  it('the server goes on after what is not a request (ADP-023)', async () => {
    const port = await serve(answerEcho);
    const socket = createSocket('udp4');
    open.push(socket);
    const replies: string[] = [];
    socket.on('message', (message) => replies.push(message.toString('utf8')));
    for (const bad of ['nonsense', '[1]', '{"id":1}', Buffer.from([0xff, 0xfe])]) socket.send(bad, port, '127.0.0.1');
    for (let wait = 0; wait < 100 && replies.length < 4; wait++) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(replies).toHaveLength(4);
    for (const reply of replies) expect(JSON.parse(reply)).toMatchObject({ id: null, fault: expect.any(String) as string });
    expect(await (await reach(port)).call('test.echo', { value: '00' })).toEqual({ kind: 'ok', value: { value: '00' } });
  });
});

describe('parseTarget', () => {
  it('reads both kinds', () => {
    expect(parseTarget({ stdio: 'node a.js' })).toEqual({ kind: 'stdio', command: 'node a.js', words: ['node', 'a.js'] });
    expect(parseTarget({ udp: 'device.local:4000' })).toEqual({ kind: 'udp', host: 'device.local', port: 4000 });
    expect(describeTarget(parseTarget({ udp: '[::1]:4000' }))).toBe('udp [::1]:4000');
  });

  it.each([
    {},
    { stdio: 'a', udp: 'b:1' },
    { stdio: '' },
    { stdio: '"' },
    { udp: 'host' },
    { udp: ':4000' },
    { udp: 'host:0' },
    { udp: 'host:65536' },
    { udp: '::1:4000' },
  ])('refuses %j', (options) => {
    expect(() => parseTarget(options)).toThrow(TargetError);
  });
});
