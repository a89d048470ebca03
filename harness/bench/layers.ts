/**
 * What each layer of a channel packet costs: from the token that finds its exchange to the acknowledgement that answers it.
 * Each is measured alone; its share of all of them together is what is printed.
 */
import { Channel, TokenTable, createChannelOpener, createChannelSealer, decodePacket, drain } from '../../reference/index.ts';
import { seededBytes } from '../../conformance/contract/notation.ts';
import { fastPrimitives } from '../primitives/fast.ts';
import { measure, median, type Contender, type Measurement } from './measure.ts';

const BODY_LENGTH = 1000;
const EXCHANGES = 100;
const NOW_MS = 1000;

/** A reliable channel of two ends, over which one packet after the other is sent, processed and acknowledged. */
function roundTrip(body: Uint8Array): () => void {
  const sender = new Channel({ c: 1, type: 'test', reliable: true });
  const receiver = new Channel({ c: 1, reliable: true, incoming: true });
  let nowMs = NOW_MS;
  return () => {
    sender.send({ body }, nowMs);
    for (const packet of drain(() => sender.pollTransmit())) receiver.handlePacket(packet, nowMs);
    drain(() => receiver.pollEvent());
    receiver.done(nowMs);
    nowMs = receiver.pollTimeoutAtMs() ?? nowMs; // an acknowledgement may wait for something to go with
    receiver.handleTimeout(nowMs);
    for (const packet of drain(() => receiver.pollTransmit())) sender.handlePacket(packet, nowMs);
    drain(() => sender.pollEvent());
  };
}

/** The inner packet that a channel sends first. */
function openPacket(body: Uint8Array): Uint8Array {
  const channel = new Channel({ c: 1, type: 'test', reliable: true });
  channel.send({ body }, NOW_MS);
  const [packet] = drain(() => channel.pollTransmit());
  if (packet === undefined) throw new Error('a channel sends nothing');
  return packet;
}

/** Prints the layers of a channel packet of cipher set 3a. */
export async function benchLayers(out: (text: string) => void): Promise<readonly Measurement[]> {
  const { primitives } = fastPrimitives();
  const key = seededBytes('layers key', 32);
  const token = seededBytes('layers token', 16);
  const body = seededBytes('layers body', BODY_LENGTH);
  const inner = openPacket(body);
  const entropy = seededBytes('layers nonce', 24);
  const packet = createChannelSealer({ csid: '3a', key, token }, primitives).seal({ inner, entropy });
  const opener = createChannelOpener({ csid: '3a', key }, primitives);
  const table = new TokenTable(EXCHANGES);
  for (let exchange = 1; exchange < EXCHANGES; exchange++) table.add(seededBytes(`token ${String(exchange)}`, 16), String(exchange));
  table.add(token, 'ours');
  const layers: readonly Contender[] = [
    { name: `token lookup among ${String(EXCHANGES)}`, run: () => table.find(token) },
    { name: 'outer packet and decrypting', run: () => opener.open(packet) },
    { name: 'inner packet and its head', run: () => decodePacket(inner) },
    { name: 'reliable window, both ends', run: roundTrip(body) },
  ];
  const measured = await measure(layers);
  const costs = measured.map(({ microseconds }) => median(microseconds));
  const sum = costs.reduce((total, cost) => total + cost, 0);
  out(`\na channel packet of 3a with ${String(BODY_LENGTH)} bytes: the share of each layer`);
  return layers.map(({ name }, at): Measurement => {
    const share = (costs[at] ?? 0) / sum;
    out(`  ${name.padEnd(32)}${(100 * share).toFixed(0).padStart(3)} %`);
    return { row: name, ours: 'fast', peer: 'all layers', ratio: share, least: share, greatest: share };
  });
}
