/** Who confirms records: a parser that Kaitai compiles from the exported layout, and the bytes made by hand. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { disagree } from '../../generate/confirming.ts';
import { kaitaiReader } from '../../generate/kaitai-parser.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import type { AreaSpec } from '../../spec/types.ts';
import { recordByHand, varintByHand } from './made.ts';

export async function recordConfirmer(layouts: AreaSpec['layouts']): Promise<Confirmer> {
  const parse = await kaitaiReader(layouts, 'nexus.record');
  const byHand = (operation: string, params: JsonObject): string | undefined => {
    if (operation === 'nexus.record.prefix') {
      const record = String(params['record']);
      return `${varintByHand(record.length / 2)}${record}`;
    }
    if (operation === 'nexus.error.write') {
      const code = Number(params['code']).toString(16).padStart(2, '0');
      return params['hash'] === undefined ? `${code}00` : `${code}01${String(params['hash'])}`;
    }
    if (operation !== 'nexus.record.encode') return undefined;
    const requestId = Buffer.alloc(2);
    requestId.writeUInt16LE(Number(params['requestId']));
    const flags = params['answer'] === true ? '01' : '00';
    return recordByHand({ kind: Number(params['kind']), flags, requestId: requestId.toString('hex'), body: String(params['body']) });
  };
  return (operation, params, expect) => {
    if (!('ok' in expect)) return undefined;
    const made = byHand(operation, params);
    if (made !== undefined) {
      const [result] = Object.values(expect.ok);
      return made === result ? 'by hand' : disagree('by hand', operation, params, made);
    }
    if (operation !== 'nexus.record.decode') return undefined;
    const read = parse(fromHex(String(params['record'])));
    const { kind, requestId, answer, body } = expect.ok;
    const found = read as { kind: number; requestId: number; flags: number; body: Uint8Array } | undefined;
    const isRight =
      found !== undefined &&
      found.kind === kind &&
      found.requestId === requestId &&
      (found.flags === 1) === answer &&
      toHex(Uint8Array.from(found.body)) === body;
    return isRight ? 'kaitai' : disagree('kaitai', operation, params, read);
  };
}
