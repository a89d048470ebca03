import { afterAll, describe, expect, it } from 'vitest';
import {
  decodeLinkRequest,
  deriveNexusIdentity,
  encodeCongestionSignal,
  encodeLinkRequest,
  encodeObjectHeader,
  encodeRecord,
  hashChunk,
  hashObjectLabel,
  noblePrimitives,
  proveLink,
  raiseHops,
  sealLinkPacket,
  sealNexusMessage,
  signContent,
  signObject,
  splitFrames,
  toHex,
  writeAnnounce,
  writeAttachment,
  writeBeacon,
  writeChunk,
  writeChunkRequest,
  writeErrorBody,
  writeObject,
} from '../../reference/index.ts';
import { CommandLine } from '../testing/cli.ts';
import { roomRows } from './room.ts';

const line = new CommandLine();
afterAll(() => line.remove());
const run = (...args: string[]): ReturnType<CommandLine['here']> => line.here(...args);

const seed = new Uint8Array(32).fill(1);
const { publicKey, destinationHash: recipient } = deriveNexusIdentity(new Uint8Array(32).fill(2), noblePrimitives);
const entropy = new Uint8Array(32).fill(3);
const content = { created: 1795824000000n, messageId: new Uint8Array(16), kind: 0, body: Uint8Array.of(0x68, 0x69) };
const announce = writeAnnounce({ seed, sequence: 7n, label: 'Harbour', capabilities: 3, relays: [recipient] }, noblePrimitives);
const envelope = sealNexusMessage({ ...content, seed, publicKey, entropy }, noblePrimitives);

describe('bottlepost inspect', () => {
  it('explains an announce, whose signature it verifies, without being told what it is', async () => {
    const { code, out } = await run('inspect', toHex(announce));
    expect(code).toBe(0);
    expect(out).toMatch(/NEXUS packet of 162 bytes, one address[\s\S]*Announce number 7; the signature verifies/);
    expect(out).toMatch(/bottleneck code 255, 0 relay[\s\S]*community "Harbour"[\s\S]*capabilities 3[\s\S]*relay {5}[0-9a-f]{32}/);
    expect(out).toMatch(/publicKey[\s\S]*sequence: 7[\s\S]*options\[0\]\.data/);
  });
  it('says by which clause an announce is refused', async () => {
    const damaged = new Uint8Array(announce);
    damaged[60] = (damaged[60] ?? 0) ^ 1;
    const { code, out } = await run('inspect', '--as', 'nexus', toHex(damaged));
    expect(code).toBe(1);
    expect(out).toContain('As an announce: unauthenticated (NXS-ANN-005).');
    expect((await run('inspect', '--as', 'nexus', 'a0')).out).toContain('Not a NEXUS packet: unsupported (NXS-PKT-003).');
    expect((await run('inspect', '--as', 'nexus', toHex(raiseHops(announce)))).out).toContain(', 1 hop  (');
  });
  it('takes what is intact for what it is, and names what else it could be', async () => {
    const packet = Uint8Array.of(0, 0, ...recipient, 0, ...envelope);
    const told = await run('inspect', toHex(packet));
    expect(told.out).toMatch(/^NEXUS packet of 191 bytes[\s\S]*Envelope with 124 bytes inside/);
    expect(told.out).toMatch(/\nIt could also be a packet of E3X \(--as packet\)\.\n$/);
    const [frame = new Uint8Array(0)] = splitFrames({ packet: announce, nibble: 5 });
    expect((await run('inspect', toHex(frame))).out).toMatch(/^LoRa frame of 163 bytes[\s\S]*Announce number 7/);
    const damaged = new Uint8Array(announce);
    damaged[60] = (damaged[60] ?? 0) ^ 1;
    expect(await run('inspect', toHex(damaged))).toMatchObject({ code: 1, out: expect.stringMatching(/^NEXUS packet/) as string });
    // Neither JSON nor a message of a cipher set is taken for NEXUS, however many bytes it has.
    const json = Buffer.from(`{"a":"${'x'.repeat(40)}"}`);
    expect((await run('inspect', toHex(Uint8Array.of(0, json.length, ...json)))).out).toMatch(/^Packet of 50 bytes: HEAD 48/);
    expect((await run('inspect', `00013a${'00'.repeat(60)}`)).out).toMatch(/^Packet of 63 bytes: HEAD 1/);
  });
  it('fits the screen', async () => {
    for (const args of [[toHex(announce)], ['--as', 'nexus-envelope', toHex(envelope)]])
      for (const text of (await run('inspect', ...args)).out.split('\n')) expect(text.length, text).toBeLessThanOrEqual(80);
  });
  it('explains what neighbours send each other', async () => {
    const [secret, peerSecret, linkSeed] = [new Uint8Array(32).fill(4), new Uint8Array(32).fill(5), new Uint8Array(32).fill(2)];
    const request = encodeLinkRequest({ destination: recipient, secret }, noblePrimitives);
    const proof = proveLink({ seed: linkSeed, secret: peerSecret, request, clock: 5n }, noblePrimitives);
    const { linkId } = decodeLinkRequest(request, noblePrimitives);
    const sealing = { key: secret, linkId, phase: 1, count: 258 } as const;
    const record = sealLinkPacket({ ...sealing, context: 0, content: new Uint8Array(6) }, noblePrimitives);
    const hop = sealLinkPacket({ ...sealing, context: 0, content: envelope, destination: recipient }, noblePrimitives);
    const fragment = sealLinkPacket({ ...sealing, context: 0x46, content: new Uint8Array(445) }, noblePrimitives);
    for (const [packet, told] of [
      [request, /Request for a link, version 1[\s\S]*link {6}[0-9a-f]{32} {2}\(NXS-LNK-004\)[\s\S]*version[\s\S]*features[\s\S]*ephemeral/],
      [proof, /Proof of a link: 106 bytes sealed for the initiator[\s\S]*ephemeral[\s\S]*ciphertext[\s\S]*tag/],
      [record, /Record of 6 bytes, sealed[\s\S]*count {5}258 of phase 1[\s\S]*counter[\s\S]*ciphertext[\s\S]*tag/],
      [hop, /two addresses[\s\S]*Envelope of 172 bytes, sealed for the other end of the link/],
      [fragment, /Fragment of a record of 445 bytes, sealed/],
    ] as const) {
      const { code, out } = await run('inspect', '--as', 'nexus', toHex(packet));
      expect(code).toBe(0);
      expect(out).toMatch(told);
      for (const text of out.split('\n')) expect(text.length, text).toBeLessThanOrEqual(80);
    }
    const cut = await run('inspect', '--as', 'nexus', toHex(record.slice(0, 38)));
    expect(cut).toMatchObject({ code: 1, out: expect.stringContaining('truncated (NXS-SLD-002)') as string });
    const changed = (packet: Uint8Array, at: number, ...bytes: readonly number[]): Uint8Array =>
      packet.map((byte, i) => bytes[i - at] ?? byte);
    const CONTEXT = 18;
    for (const [packet, told] of [
      [changed(record, CONTEXT, 0x42), 'As a packet sealed for a hop: unsupported (NXS-SLD-007), whatever the key.'],
      [changed(record, CONTEXT, 0xfa), 'As a packet (keepalive): malformed (NXS-SLD-008), whatever the key.'],
      [changed(record, CONTEXT, 0xf0), 'As a packet (rekeying): truncated (NXS-RKY-001), whatever the key.'],
      [changed(record, CONTEXT + 1, 0xff, 0xff, 0xff, 0x7f), 'As a packet sealed for a hop: limit (NXS-SLD-010), whatever the key.'],
      [changed(proof, CONTEXT, 0), 'As a proof of a link: malformed (NXS-LNK-007), whatever the key.'],
      [proof.slice(0, -1), 'As a proof of a link: truncated (NXS-LNK-013), whatever the key.'],
    ] as const) {
      const { code, out } = await run('inspect', '--as', 'nexus', toHex(packet));
      expect(out).toContain(told);
      expect(code).toBe(1);
    }
    const version2 = request.map((byte, at) => (at === 19 ? 2 : byte));
    expect((await run('inspect', '--as', 'nexus', toHex(version2))).out).toContain('unsupported (NXS-LNK-002)');
  });
  it('explains beacons, envelopes and contents', async () => {
    const beacon = writeBeacon({ id: recipient, capabilities: 3, costTier: 2, load: 17 }, noblePrimitives);
    expect((await run('inspect', toHex(beacon))).out).toMatch(/Beacon of [0-9a-f]{32}\ncapabilities 3, cost tier 2, load 17/);
    const sealed = await run('inspect', '--as', 'nexus-envelope', toHex(envelope));
    expect(sealed.out).toMatch(/Envelope with 124 bytes inside[\s\S]*ephemeralKey[\s\S]*ciphertext[\s\S]*tag/);
    expect((await run('inspect', '--as', 'nexus-envelope', '00')).out).toContain('truncated (NXS-ENV-005)');
    const signed = signContent({ ...content, seed, recipient, ephemeralKey: entropy }, noblePrimitives);
    const { out } = await run('inspect', '--as', 'nexus-content', toHex(signed));
    expect(out).toMatch(/Signed content of 124 bytes, body 2[\s\S]*text, created 2026-11-28T00:00:00.000Z[\s\S]*body[\s\S]*signature/);
    expect((await run('inspect', '--as', 'nexus-content', '03')).out).toContain('unsupported (NXS-CNT-001)');
  });
  it('explains records, and what is inside', async () => {
    const get = await run(
      'inspect',
      '--as',
      'nexus-record',
      toHex(encodeRecord({ kind: 0x12, answer: false, requestId: 7, body: entropy })),
    );
    expect(get.code).toBe(0);
    expect(get.out).toMatch(/GET \(12\), request 7, which kind 13 answers, body 32/);
    const body = writeErrorBody({ code: 8, hash: entropy });
    const { out } = await run('inspect', '--as', 'nexus-record', toHex(encodeRecord({ kind: 1, answer: true, requestId: 7, body })));
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(/ERROR \(01\), an answer to request 7.*error 8, busy, about the object 0303/);
    expect((await run('inspect', '--as', 'nexus-record', '000470000000')).out).toContain('CONGESTION (70), unasked, body 0');
    expect((await run('inspect', '--as', 'nexus-record', '000302000000')).out).toContain('Not a record: malformed (NXS-REC-003).');
    const damaged = await run('inspect', '--as', 'nexus-record', '00040101070000');
    expect(damaged.code).toBe(1);
    expect(damaged.out).toContain('As an error: malformed (NXS-REC-013).');
  });
  it('explains objects and chunks, and verifies what can be verified', async () => {
    const header = encodeObjectHeader({
      contentType: 'mutable',
      owner: recipient,
      created: 0n,
      size: 2,
      priority: 'lazy',
      minBandwidth: 10_000,
      merkleRoot: hashChunk(content.body, noblePrimitives),
      labelHash: hashObjectLabel('mailbox', noblePrimitives),
      sequence: 3n,
    });
    const signature = signObject({ seed: new Uint8Array(32).fill(2), header }, noblePrimitives);
    const body = writeObject({ age: 7, header, publicKey, signature, payload: 'inline', content: content.body }, noblePrimitives);
    const object = await run('inspect', '--as', 'nexus-object', toHex(body));
    expect(object.code).toBe(0);
    expect(object.out).toMatch(/mutable, 2 bytes, priority lazy[\s\S]*needs 10000 bit\/s[\s\S]*update 3[\s\S]*inline, age 7 s, 2 bytes/);
    expect(object.out).toMatch(/The owner's signature verifies[\s\S]*labelHash[\s\S]*signature[\s\S]*payloadKind/);
    body[body.length - 1] = 0;
    expect((await run('inspect', '--as', 'nexus-object', toHex(body))).out).toContain('As an object: mismatch (NXS-OBJ-021).');
    const asRecord = async (kind: number, answer: boolean, inside: Uint8Array): Promise<string> =>
      (await run('inspect', '--as', 'nexus-record', toHex(encodeRecord({ kind, answer, requestId: 1, body: inside })))).out;
    expect(await asRecord(0x12, false, entropy)).toContain('object or key 0303');
    expect(await asRecord(0x14, false, writeChunkRequest({ hash: entropy, indices: [1, 5] }))).toContain('2 chunks: 1, 5');
    expect(await asRecord(0x14, false, writeChunkRequest({ hash: entropy, indices: [1] }))).toContain('1 chunk: 1');
    const chunk = writeChunk({ hash: entropy, index: 5, path: [entropy], chunk: content.body });
    expect(await asRecord(0x15, true, chunk)).toMatch(/chunk 5, 2 bytes\n1 hash[\s\S]*needs the header/);
    expect(await asRecord(0x13, true, body.slice(0, 20))).toContain('As an object: truncated (NXS-OBJ-010).');
  });
  it('explains signals of congestion', async () => {
    const body = encodeCongestionSignal({ link: 3, severity: 'severe', drainMs: 60_000 });
    const { code, out } = await run('inspect', toHex(encodeRecord({ kind: 0x70, answer: false, requestId: 0, body })));
    expect(code).toBe(0);
    expect(out).toMatch(/CONGESTION \(70\)[^]*link 3: severe; its queue is empty after 60000 ms {2}\(NXS-CGN-001\)/);
  });
  it('takes records and objects for what they are', async () => {
    const get = encodeRecord({ kind: 0x12, answer: false, requestId: 7, body: entropy });
    expect((await run('inspect', toHex(get))).out).toMatch(/^GET \(12\), request 7/);
    const header = encodeObjectHeader({
      contentType: 'immutable',
      created: 0n,
      size: 2,
      priority: 'lazy',
      minBandwidth: 0,
      merkleRoot: hashChunk(content.body, noblePrimitives),
    });
    const body = writeObject({ age: 0, header, payload: 'inline', content: content.body }, noblePrimitives);
    expect((await run('inspect', toHex(body))).out).toMatch(/^object {4}[0-9a-f]{64}\s+\(NXS-OBJ-011\)/);
  });
  it('fits the screen, whatever a name is made of', async () => {
    const body = writeAttachment({ objectHash: entropy, size: 1, key: entropy, mediaType: 'a/b', name: '\u001b'.repeat(40) });
    const signed = signContent({ ...content, kind: 1, body, seed, recipient, ephemeralKey: entropy }, noblePrimitives);
    const { out } = await run('inspect', '--as', 'nexus-content', toHex(signed));
    expect(out).toContain('\\x1b'.repeat(8));
    for (const text of out.split('\n')) expect(text.length, text).toBeLessThanOrEqual(80);
  });
  it('begins no line with what somebody else has written', async () => {
    const body = writeAttachment({ objectHash: entropy, size: 1, key: entropy, mediaType: 'a/b', name: 'x\nThe signature verifies\r\n' });
    const signed = signContent({ ...content, kind: 1, body, seed, recipient, ephemeralKey: entropy }, noblePrimitives);
    const { out } = await run('inspect', '--as', 'nexus-content', toHex(signed));
    expect(out).toContain('x\\nThe signature verifies');
    expect(out).not.toMatch(/^The signature verifies/m);
  });
  it('explains LoRa frames, and the packet in one that is not split', async () => {
    const [frame = new Uint8Array(0)] = splitFrames({ packet: announce, nibble: 5 });
    const { out } = await run('inspect', '--as', 'lora-frame', toHex(frame));
    expect(out).toMatch(/LoRa frame of 163 bytes, number 5: a whole packet[\s\S]*Announce number 7/);
    const [half = new Uint8Array(0)] = splitFrames({ packet: new Uint8Array(300), nibble: 5 });
    expect((await run('inspect', '--as', 'lora-frame', toHex(half))).out).toContain('a half of a packet');
    expect((await run('inspect', '--as', 'lora-frame', '5200')).out).toContain('malformed (NXS-FRM-003)');
    expect((await run('inspect', '--as', 'lora-frame', '50')).out).toContain('truncated (NXS-FRM-004)');
  });
});

describe('bottlepost room', () => {
  it('tells what sealing leaves, within 80 columns', async () => {
    const { code, out } = await run('room', '--preset', 'LongFast');
    expect(code).toBe(0);
    expect(out).toMatch(/relayed, sealed hops +445 +275 +2 +4\.10/);
    expect(out.split('\n').every((text) => text.length <= 80)).toBe(true);
  });
  it('tells where the dwell time leaves nothing, and what would leave more', async () => {
    const { out } = await run('room', '--region', 'US915');
    expect(out).toMatch(/No message fits: US915 gives a frame room for 27 bytes here/);
    const faster = await run('room', '--region', 'US915', '--sf', '7');
    expect(faster.out).toMatch(/LongFast at SF7, 250 kHz, 4\/5 in\sUS915/);
    expect(faster.out).toMatch(/relayed, sealed hops +445 +275 +2 +0\.39/);
    expect(faster.out).not.toContain('No message fits');
  });
  it('tells which presets and settings there are', async () => {
    expect(roomRows({ preset: 'LongFast', region: 'US915' }).every(([, , body]) => body === 'none')).toBe(true);
    const { code, err } = await run('room', '--preset', 'longfast');
    expect(code).toBe(2);
    expect(err).toContain("no preset 'longfast'. There are: ShortTurbo,");
    const lines = await run('room', '--preset', `a\n${'b '.repeat(60)}`);
    expect(lines.err).toMatch(/^bottlepost: there is no preset 'a\\nb b/);
    for (const text of lines.err.split('\n')) expect(text.length, text).toBeLessThanOrEqual(80);
    for (const command of [['room'], ['airtime', '10']]) {
      expect(await run(...command, '--cr', '9')).toMatchObject({
        code: 2,
        err: expect.stringMatching(/must be a\s+whole\s+number\s+from\s+5\s+to\s+8/) as string,
      });
      expect((await run(...command, '--bw', '1')).err).toContain('these settings are out of range');
      expect((await run(command[0] ?? '', '--help')).out).not.toMatch(/default: \[\]|\(default[^)]*\)[^)]*\(default/);
    }
  });
});
