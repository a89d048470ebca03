/** The cases of messages of thtp. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { sessionTraces } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { packetOfJson } from '../packet/build.ts';

export const vectors: TopicVectors = {
  subjects: [
    {
      subject: 'thtp',
      fill: ({ oracle, batch }) => {
        cutting(batch);
        sessionTraces(oracle, batch, 'e3x.thtpmessage');
      },
    },
  ],
  mutated: ['e3x.thtpmessage.'],
};

const GET: JsonObject = { ':method': 'GET', ':path': '/' };
const MESSAGE_BYTES = 65536;

/** A message of so many bytes. */
function messageOf(length: number, json: JsonObject = GET): string {
  const bare = packetOfJson(json).length / 2;
  return packetOfJson(json, '5a'.repeat(length - bare));
}

function cutting(batch: Batch): void {
  const operation = 'e3x.thtpmessage.cut';
  const cut = (name: string, packet: string, size: number, about = 'E3X-THT-001'): void =>
    batch.add({ name, title: `in parts: ${name}`, kind: 'boundary', operation, params: { packet, size }, about, accepts: true });
  const refuse = (name: string, packet: string, about: string, rejects: string): void =>
    batch.add({ name, title: `not cut: ${name}`, kind: 'range', operation, params: { packet, size: 1000 }, about, rejects });
  const bare = packetOfJson(GET);
  const length = bare.length / 2;
  cut('in-one', bare, 1400);
  cut('just-in-one', bare, length);
  cut('a-byte-in-the-second', bare, length - 1);
  cut('byte-by-byte', bare, 1);
  cut('two-full', messageOf(2 * length), length);
  cut('three', messageOf(2 * length + 1), length);
  cut('response', packetOfJson({ ':status': 200 }, '00'.repeat(100)), 64);
  cut('without-contents', packetOfJson({ ':status': 204 }), 7);
  cut('longest', messageOf(MESSAGE_BYTES), 1400, 'E3X-THT-006');
  refuse('too-long', messageOf(MESSAGE_BYTES + 1), 'E3X-THT-006', 'limit');
  for (const [name, packet] of [
    ['nothing', ''],
    ['no-packet', '00'],
    ['no-head', '000061'],
    ['neither', packetOfJson({ accept: 'x' })],
    ['both', packetOfJson({ ...GET, ':status': 200 })],
    ['method', packetOfJson({ ':method': 'get', ':path': '/' })],
    ['uppercase', packetOfJson({ ...GET, Accept: 'x' })],
    ['line-feed', packetOfJson({ ...GET, accept: 'x\ny' })],
  ] as const)
    refuse(name, packet, 'E3X-THT-008', 'malformed');
}
