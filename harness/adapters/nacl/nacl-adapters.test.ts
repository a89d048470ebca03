/** The adapters over tweetnacl and libsodium. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../conformance/contract/paths.ts';
import { committedVectors } from '../../../conformance/vectors.ts';

type Members = Readonly<Record<string, unknown>>;
interface Step {
  readonly operation: string;
  readonly params: Members;
  readonly expect: Members;
}

const root = packageRoot();
const vectors = committedVectors().files.flatMap((file) => file.vectors);
const stepOf = (id: string): Step => {
  const step = vectors.find((v) => v.id === id)?.steps[0];
  if (step === undefined) throw new Error(`no vector ${id}`);
  return step;
};
function ask(
  adapter: string,
  lines: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): { status: number | null; replies: Members[]; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'harness/adapters', adapter, 'adapter.cjs')], {
    input: lines.map((line) => `${line}\n`).join(''),
    encoding: 'utf8',
    env,
  });
  return {
    status,
    replies: stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Members),
    stderr,
  };
}
const request = (id: number, { operation, params }: Pick<Step, 'operation' | 'params'>, change: Members = {}): string =>
  JSON.stringify({ id, op: operation, params: { ...params, ...change } });
const fault = (text: string): Members => ({ fault: expect.stringContaining(text) as unknown });

describe.each([
  ['tweetnacl', expect.stringMatching(/^\d+\.\d+\.\d+ over tweetnacl 1\.0\.3$/) as unknown],
  ['libsodium', expect.stringMatching(/^\d+\.\d+\.\d+ over libsodium 1\.0\.\d+$/) as unknown],
])('the adapter over %s', (adapter, version) => {
  const seal = stepOf('e3x.message.seal/3a/inner-64');
  const open = stepOf('e3x.message.open/3a/inner-64');
  it('says what it claims, and that it is not code of the library, and leaves the rest unsupported', () => {
    const { replies } = ask(adapter, [
      'garbage',
      '{"id":1,"op":"hello","params":{"protocol":1,"spec":"x"}}',
      '{"id":2,"op":"toString","params":{}}',
    ]);
    expect(replies[0]).toMatchObject({ id: null, fault: expect.stringContaining('SyntaxError') as unknown });
    expect(replies[1]).toMatchObject({
      id: 1,
      ok: { name: `bottlepost-cs3a-${adapter}`, version, protocol: 1, deterministic: true, profiles: ['e3x-messages-3a', 'e3x-tokens'] },
    });
    expect(replies[2]).toEqual({ id: 2, unsupported: true });
  });
  it('seals and opens byte for byte', () => {
    const { replies } = ask(adapter, [request(1, seal), request(2, open)]);
    expect(replies).toEqual([
      { id: 1, ...seal.expect },
      { id: 2, ...open.expect },
    ]);
  });
  it('E3X-MSG-005 refuses the cipher sets it does not have, E3X-MSG-006 what is not a cipher set', () => {
    const { replies } = ask(adapter, [
      request(1, seal, { csid: '1a' }),
      request(2, seal, { csid: '2a' }),
      request(3, seal, { csid: '3A' }),
      request(4, seal, { csid: '00' }),
    ]);
    expect(replies.map((r) => r['reject'])).toEqual([
      { class: 'unsupported' },
      { class: 'unsupported' },
      { class: 'malformed' },
      { class: 'malformed' },
    ]);
  });
  it("E3X-CS3-004 refuses an all-zero agreement, with the sender's key too", () => {
    const { replies } = ask(adapter, [
      request(1, seal, { recipientKey: '00'.repeat(32) }),
      request(2, open, { senderKey: '00'.repeat(32) }),
    ]);
    expect(replies.map((r) => r['reject'])).toEqual([{ class: 'malformed' }, { class: 'malformed' }]);
  });
  it('ADP-032 answers a fault to entropy that is short or left over, and to an invalid secret', () => {
    const entropy = String(seal.params['entropy']);
    const { replies } = ask(adapter, [
      request(1, seal, { entropy: entropy.slice(2) }),
      request(2, seal, { entropy: `${entropy}00` }),
      request(3, seal, { sender: { secret: '00' } }),
      request(4, seal, { sender: undefined }),
    ]);
    expect(replies).toEqual([
      { id: 1, ...fault('entropy has 23 bytes') },
      { id: 2, ...fault('entropy has 25 bytes') },
      { id: 3, ...fault('sender.secret has 1 bytes') },
      { id: 4, ...fault('sender.secret is no hex') },
    ]);
  });
});
