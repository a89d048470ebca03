/** The cases of links from senders whose key nobody has: each cipher set, and everything that must not introduce anybody. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { memberOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { flipped, SETS, type Csid, type Pair } from '../message/evidence.ts';
import { lob, utf8 } from '../packet/build.ts';
import { CSIDS, evidenceOf } from './evidence.ts';

const OPERATION = 'e3x.handshake.introduce';
const AT = 1420070402;
/** What is not a key, and yet as long as one. */
const NO_KEY: { readonly [csid in Csid]: string } = {
  '1a': `02${'ff'.repeat(20)}`,
  '2a': '00'.repeat(294),
  '3a': '00'.repeat(32),
};

/** Links of unknown senders. */
export function introductionCases(root: string, oracle: Oracle, batch: Batch): void {
  const evidence = evidenceOf(root);
  const pair = (csid: Csid, of: 'A' | 'B'): Pair => evidence[csid].keys[of] ?? { key: '', secret: '' };
  for (const csid of CSIDS) casesOf(oracle, batch, csid, pair(csid, 'A'), pair(csid, 'B'), pair(csid === '3a' ? '1a' : '3a', 'A').key);
}

function casesOf(oracle: Oracle, batch: Batch, csid: Csid, sender: Pair, recipient: Pair, otherKey: string): void {
  const seal = (inner: string): string => {
    const drawn = seededBytes(`introduction-${csid}`, 84);
    return memberOf(
      oracle,
      'e3x.message.seal',
      {
        csid,
        sender: { ...sender },
        ephemeral: {
          // A scalar below the order of its group.
          secret: toHex(Uint8Array.from(drawn.slice(0, SETS[csid].secretLength), (byte, at) => (at === 0 ? 1 : byte))),
          ...(csid === '2a' ? { aes: toHex(drawn.slice(32, 64)), seed: toHex(drawn.slice(64)) } : {}),
        },
        recipientKey: recipient.key,
        inner,
        entropy: toHex(seededBytes(`introduction-nonce-${csid}`, SETS[csid].entropyLength)),
      },
      'packet',
    );
  };
  const link = (keys: JsonObject, at = AT): string => memberOf(oracle, 'e3x.handshake.link', { csid, keys, at }, 'inner');
  const keys = { [csid]: sender.key, [csid === '3a' ? '1a' : '3a']: otherKey };
  const asked = (packet: string, more: JsonObject = {}): JsonObject => ({
    csid,
    recipient: { ...recipient },
    packet,
    ...more,
  });
  const right = asked(seal(link({ [csid]: sender.key })));
  const add = (name: string, title: string, params: JsonObject, about = 'E3X-HSK-019'): void =>
    batch.add({
      name: `${csid}/${name}`,
      title: `${csid}: ${title}`,
      kind: 'example',
      operation: OPERATION,
      params,
      about,
      accepts: true,
    });
  const refuse = (name: string, title: string, params: JsonObject, about: string, rejects = 'malformed'): void =>
    batch.add({
      name: `${csid}/${name}`,
      title: `${csid}: ${title}`,
      kind: 'range',
      operation: OPERATION,
      params,
      about,
      rejects,
      base: right,
    });
  const hashname = memberOf(oracle, 'e3x.hashname.derive', { keys }, 'hashname');
  add('one-key', 'a link of a sender with one key', right);
  add('two-keys', 'a link of a sender with two keys', asked(seal(link(keys))));
  add('expected', 'a link of the sender who is expected', asked(seal(link(keys)), { hashname }), 'E3X-HSK-010');
  add('last-at', 'a link with the last at there is', asked(seal(link({ [csid]: sender.key }, Number.MAX_SAFE_INTEGER))), 'E3X-HSK-004');
  refuse(
    'others-key',
    "a link with somebody else's key, sealed by the sender",
    asked(seal(link({ [csid]: recipient.key }))),
    'E3X-HSK-019',
    'unauthenticated',
  );
  refuse('no-key', 'a link whose key is no key', asked(seal(link({ [csid]: NO_KEY[csid] }))), 'E3X-HSK-019', 'unauthenticated');
  refuse('others-hashname', 'a link of somebody who is not expected', { ...right, hashname }, 'E3X-HSK-010');
  const packet = String(right['packet']);
  refuse(
    'last-byte-changed',
    'the last byte of the message changed',
    asked(flipped(packet, -1)),
    csid === '2a' ? 'E3X-CS2-003' : 'E3X-HSK-021',
    'unauthenticated',
  );
  const json = (head: string, body = ''): string => seal(lob(utf8(head), fromHex(body)));
  const attached = lob(new Uint8Array(0), fromHex(sender.key));
  refuse('note', 'a handshake of another type', asked(json(`{"type":"note","at":${String(AT)}}`, attached)), 'E3X-HSK-020');
  refuse('uri', 'a uri handshake', asked(json(`{"type":"uri","at":${String(AT)},"uri":"link:x"}`)), 'E3X-HSK-020');
  refuse('at-absent', 'a link without at', asked(json('{"type":"link"}', attached)), 'E3X-HSK-004');
  refuse('no-json', 'a message that is no handshake', asked(seal('000068656c6c6f')), 'E3X-HSK-002');
  refuse('key-absent', 'a link without a key', asked(json(`{"type":"link","at":${String(AT)}}`, '0000')), 'E3X-HSK-006');
}
