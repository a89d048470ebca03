/** The cases of compression: the examples of the source, each item of a payload, each way to be wrong once. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { packetOfJson } from '../packet/build.ts';
import { DECODE, ENCODE, type Read, type Refuse } from './cases.ts';
import { cborRead, cborRefused, cborWritten } from './cbor.ts';
import { deflated } from './deflate.ts';

export const vectors: TopicVectors = {
  subjects: [{ subject: 'compression', fill: ({ oracle, batch }) => compressionCases(oracle, batch) }],
  mutated: ['e3x.compression.'],
};

/** Every case of compression. */
function compressionCases(oracle: Oracle, batch: Batch): void {
  negotiation(batch);
  const read = (name: string, title: string, z: number, payload: string, about: string): void =>
    batch.add({ name: `z${String(z)}/${name}`, title, kind: 'example', operation: DECODE, params: { z, payload }, about, accepts: true });
  const refuse = (name: string, title: string, z: number, payload: string, about: string, rejects = 'malformed'): void =>
    batch.add({
      name: `z${String(z)}/${name}`,
      title,
      kind:
        rejects === 'truncated'
          ? 'truncation'
          : rejects === 'trailing'
            ? 'trailing'
            : rejects === 'non-canonical'
              ? 'non-canonical'
              : 'range',
      operation: DECODE,
      params: { z, payload },
      about,
      rejects,
    });
  const write = (name: string, title: string, z: number, inner: string, about: string): void =>
    batch.add({ name: `z${String(z)}/${name}`, title, kind: 'example', operation: ENCODE, params: { z, inner }, about, accepts: true });
  for (const [name, z] of [
    ['3', 3],
    ['255', 255],
  ] as const) {
    batch.add({
      name: `z-${name}`,
      title: `a z of ${name}`,
      kind: 'range',
      operation: DECODE,
      params: { z, payload: '01' },
      about: 'E3X-CMP-002',
      rejects: 'unsupported',
    });
    batch.add({
      name: `z-${name}`,
      title: `a z of ${name}`,
      kind: 'range',
      operation: ENCODE,
      params: { z, inner: packetOfJson({ c: 1 }) },
      about: 'E3X-CMP-002',
      rejects: 'unsupported',
    });
  }
  plain(read, refuse, write);
  cborRead(read);
  cborRefused(refuse);
  cborWritten(oracle, batch, write);
  deflated(oracle, batch, read, refuse, write);
}

function negotiation(batch: Batch): void {
  const say = (name: string, params: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name,
      title: `local ${String(params['local'] ?? 'says nothing')}, remote ${String(params['remote'] ?? 'says nothing')}`,
      kind: 'range',
      operation: 'e3x.compression.negotiate',
      params,
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  say('neither', {}, 'E3X-CMP-001');
  for (const z of [0, 1, 2]) say(`both-${String(z)}`, { local: z, remote: z }, 'E3X-CMP-001');
  for (const z of [1, 2]) {
    say(`local-alone-${String(z)}`, { local: z }, 'E3X-CMP-001');
    say(`remote-alone-${String(z)}`, { remote: z }, 'E3X-CMP-001');
  }
  for (const [local, remote] of [
    [1, 2],
    [2, 1],
    [0, 1],
    [1, 0],
    [2, 3],
    [7, 2],
  ] as const)
    say(`${String(local)}-and-${String(remote)}`, { local, remote }, 'E3X-CMP-001');
  for (const z of [3, 4, 255]) say(`both-${String(z)}`, { local: z, remote: z }, 'E3X-CMP-002', 'unsupported');
}

function plain(read: Read, refuse: Refuse, write: Read): void {
  const spaced = `0010${Buffer.from('{ "c":1, "x":2 }').toString('hex')}aa`;
  for (const [name, packet] of [
    ['smallest', packetOfJson({ c: 1 })],
    ['spaces', spaced],
    ['body', packetOfJson({ c: 9, seq: 1, type: 'x' }, '0001ff')],
  ] as const) {
    read(name, `the packet itself: ${name}`, 0, packet, 'E3X-CMP-004');
    write(name, `the packet itself: ${name}`, 0, packet, 'E3X-CMP-004');
  }
  for (const [name, packet] of [
    ['empty', ''],
    ['no-head', '0000'],
    ['no-id', packetOfJson({ type: 'x' })],
    ['id-zero', packetOfJson({ c: 0, x: 1 })],
    ['cut', packetOfJson({ c: 1 }).slice(0, -2)],
  ] as const)
    refuse(name, `not a channel packet: ${name}`, 0, packet, 'E3X-CMP-003');
}
