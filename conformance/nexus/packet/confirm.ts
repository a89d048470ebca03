/** Who confirms packets: parsers that Kaitai compiles from the exported layouts. They know nothing of what the flags mean. */
import type { Json } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { disagree } from '../../generate/confirming.ts';
import { kaitaiReader } from '../../generate/kaitai-parser.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import type { AreaSpec } from '../../spec/types.ts';

export async function packetConfirmer(layouts: AreaSpec['layouts']): Promise<Confirmer> {
  const one = await kaitaiReader(layouts, 'nexus.packet-1');
  const two = await kaitaiReader(layouts, 'nexus.packet-2');
  return (operation, params, expect) => {
    if (!('ok' in expect) || !['nexus.packet.encode', 'nexus.packet.decode'].includes(operation)) return undefined;
    const [packet, parts] = operation === 'nexus.packet.encode' ? [expect.ok['packet'], params] : [params['packet'], expect.ok];
    const bytes = fromHex(String(packet));
    const read = ((bytes[0] ?? 0) & 0x40) === 0 ? one(bytes) : two(bytes);
    const isRight = Object.entries(read ?? {}).every(([name, value]) => {
      if (name === 'flags' || parts[name] === undefined) return true;
      const found: Json = typeof value === 'number' ? value : toHex(Uint8Array.from(value as Uint8Array));
      return found === parts[name];
    });
    return read !== undefined && isRight ? 'kaitai' : disagree('kaitai', operation, params, read);
  };
}
