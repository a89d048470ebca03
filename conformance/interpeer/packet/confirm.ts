/** Who confirms vectors of packets besides the interpreter: parsers that Kaitai compiles from the exported layouts. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import { kaitaiReader, type KaitaiParsed } from '../../generate/kaitai-parser.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import type { AreaSpec } from '../../spec/types.ts';
import { crc32c } from './primitives.ts';
import { PUBLIC_HEADER_LENGTH } from './handmade.ts';

const FOOTER_LENGTH = 4;

/** What a compiled parser says; nothing where it refuses. */
type Parse = (bytes: Uint8Array) => KaitaiParsed | undefined;

/** Kaitai takes packets apart, read or written. Of checksums, protocol ids and encryption it knows nothing. */
export async function packetConfirmers(spec: AreaSpec): Promise<Confirmer[]> {
  const header = await kaitaiReader(spec.layouts, 'interpeer.public-header');
  const inside = await kaitaiReader(spec.layouts, 'interpeer.private-part');
  return [
    (operation, params, expect) => {
      if (!('ok' in expect)) return undefined;
      if (operation === 'interpeer.packet.decode') return says(header, inside, fromHex(String(params['datagram'])), expect.ok);
      if (operation === 'interpeer.packet.encode') {
        const { sender, recipient, channelId, sealed, payload, spin = false, sequenceNumber = 0 } = params;
        const written = {
          sender,
          recipient,
          channelId,
          spin,
          ...(sealed === undefined ? { payload, sequenceNumber } : { sealed }),
        } as JsonObject;
        return says(header, inside, fromHex(String(expect.ok['datagram'])), written);
      }
      return undefined;
    },
  ];
}

/** @throws Error if a field is another one */
function says(header: Parse, inside: Parse, datagram: Uint8Array, wanted: JsonObject): string {
  const front = header(datagram);
  const size = Number(front?.['packetSize']);
  const covered = datagram.slice(0, size - FOOTER_LENGTH);
  const isFooterRight = toHex(crc32c(covered)) === toHex(datagram.slice(size - FOOTER_LENGTH, size));
  const hex = (value: unknown): Json => toHex(Uint8Array.from(value as Uint8Array));
  const flags = Number(front?.['flags']);
  const found: Record<string, Json> = {
    sender: hex(front?.['sender']),
    recipient: hex(front?.['recipient']),
    channelId: hex(front?.['channelId']),
    spin: (flags & 2) !== 0,
    encrypted: (flags & 1) !== 0,
    packetSize: size,
  };
  if (found['encrypted'] === true) found['sealed'] = toHex(covered.slice(PUBLIC_HEADER_LENGTH));
  else {
    const rest = inside(covered.slice(PUBLIC_HEADER_LENGTH));
    Object.assign(found, {
      sequenceNumber: Number(rest?.['sequenceNumber']),
      payload: hex(rest?.['payload']),
      paddingLength: (rest?.['padding'] as Uint8Array).length,
    });
  }
  for (const [name, value] of Object.entries(wanted))
    if (found[name] !== value)
      throw new Error(`kaitai disagrees about ${name}: ${String(found[name]).slice(0, 80)}, and not ${String(value).slice(0, 80)}`);
  if (!isFooterRight) throw new Error('kaitai and the footer disagree about the end of a packet');
  return 'kaitai';
}
