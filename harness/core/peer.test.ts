/** An adapter kept ready: it is started again after a loss, and nothing it does goes unsaid. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ECHO_SHAPES, pidFile, TRIGGER } from '../testing/support.ts';
import { parseTarget } from './connection.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { Peer } from './peer.ts';

function peer(mode: string, env: NodeJS.ProcessEnv = process.env): Peer {
  const target = parseTarget({
    stdio: `'${process.execPath}' '${join(packageRoot(), 'harness/testing/misbehaving-adapter.mjs')}' ${mode}`,
  });
  return new Peer('mine', target, { revision: 'test', seed: 'seed', shapes: ECHO_SHAPES, timeoutMs: 500, closeGraceMs: 250, env });
}
const echo = (p: Peer, value: string): ReturnType<Peer['call']> => p.call('test.echo', { value });

describe('a peer', () => {
  it('answers, and has a clean report', async () => {
    const p = peer('good');
    await p.start();
    expect(p.hello.name).toBe('misbehaving');
    expect(await echo(p, '00ff')).toEqual({ kind: 'ok', value: { value: '00ff' } });
    await p.close();
    expect(p.report()).toMatchObject({ check: { id: 'contract/mine' }, result: { verdict: 'pass' } });
  });
  it.each([
    ['crash-on-value', 'crash'],
    ['hang', 'timeout'],
  ])('is started again after a %s, which the request is answered with', async (mode, what) => {
    const pids = pidFile(onTestFinished);
    const p = peer(mode, { ...process.env, MISBEHAVING_PID_FILE: pids.path });
    expect(await echo(p, TRIGGER)).toMatchObject({ kind: 'misbehaviour', what });
    expect(await echo(p, '00')).toMatchObject({ kind: 'ok' });
    await p.close();
    expect(p.report()).toMatchObject({ result: { verdict: 'pass' } }); // the request has the verdict already
    expect(pids.all().length).toBe(2);
    expect(pids.alive()).toEqual([]);
  });
  it('ADP-013 reports a reply that was not requested', async () => {
    const p = peer('late-second-reply');
    expect(await echo(p, TRIGGER)).toMatchObject({ kind: 'ok' });
    await p.close();
    expect(p.report()).toMatchObject({ result: { verdict: 'broken', detail: expect.stringContaining('duplicate-reply') as unknown } });
  });
  it('ADP-027 reports an adapter that answers operations it does not have', async () => {
    const p = peer('ok-for-anything');
    await p.start();
    await p.close();
    expect(p.report()).toMatchObject({ result: { verdict: 'broken', detail: expect.stringContaining('ADP-027') as unknown } });
  });
  it('ADP-044 reports an adapter that ends with an exit code other than 0 once its input is closed', async () => {
    const p = peer('end-with-9');
    expect(await echo(p, '00')).toMatchObject({ kind: 'ok' });
    await p.close();
    expect(p.report()).toMatchObject({ result: { verdict: 'broken', detail: expect.stringContaining('[ADP-044]') as unknown } });
  });
  it('that does not start says why, to every request', async () => {
    const p = peer('crash-at-hello');
    await p.start();
    expect(p.started).toBe(false);
    expect(() => p.hello).toThrow('has not answered hello');
    expect(await echo(p, '00')).toMatchObject({ kind: 'misbehaviour', what: 'start-failed' });
    expect(p.report()).toMatchObject({ result: { verdict: 'broken', what: 'start-failed' } });
    await p.close();
  });
  it('is given up when it ends too often', async () => {
    const p = peer('crash-on-value');
    for (let loss = 0; loss < 20; loss++) await echo(p, TRIGGER);
    expect(await echo(p, '00')).toMatchObject({ kind: 'misbehaviour', detail: expect.stringContaining('20 times') as unknown });
    await p.close();
  });
});
