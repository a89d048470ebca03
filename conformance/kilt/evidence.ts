/**
 * Imported evidence: what @kiltprotocol/messaging 0.35.2 and @kiltprotocol/did 0.35.2 answered. Where they answer as
 * the oracle does, they confirm the vector; where not, a flag explains why we differ.
 */
import type { Oracle } from '../oracle/oracle.ts';
import type { Flag } from '../vectors.ts';
import { slug, type VectorSink } from '../generate/batch.ts';
import { EvidenceFlags, EvidenceImporter } from '../generate/evidence.ts';
import { describedDids } from './did/described.ts';
import { describedEnvelopes } from './envelope/described.ts';
import { describedMessages } from './message/described.ts';
import { readKiltEvidence } from './people.ts';

const LIBRARY = '@kiltprotocol';
/** Imports the evidence. @throws Error for a deviation without a flag, or a flag that explains nothing */
export function importKiltEvidence(root: string, oracle: Oracle, batch: VectorSink): { [id: string]: Flag } {
  const evidence = readKiltEvidence(root);
  const flags = new EvidenceFlags(root, 'kilt');
  const importer = new EvidenceImporter(oracle, batch, flags, {
    library: LIBRARY,
    idOf: (operation, name) => `evidence/${operation}/${slug(name.replace('{}', 'empty-object').replace('[]', 'empty-list'))}`,
    titleOf: (name) => `known answer of ${LIBRARY} 0.35.2: ${name}`,
  });
  for (const d of evidence.lightDids) {
    const authentication = { type: d.authType, publicKey: d.authPublicKey };
    const keyAgreement = d.encPublicKey === null ? {} : { keyAgreement: { type: 'x25519', publicKey: d.encPublicKey } };
    const services = d.service === null ? {} : { services: d.service };
    importer.add(`light/${d.name}`, 'kilt.did.encode', { authentication, ...keyAgreement, ...services }, { ok: { did: d.uri } });
    importer.add(
      `light/${d.name}`,
      'kilt.did.parse',
      { did: d.uri },
      { ok: { kind: 'light', address: d.address, authentication, ...keyAgreement, ...services } },
    );
    importer.add(`light/${d.name}/json`, 'kilt.did.document', { did: d.uri, form: 'json' }, { ok: { document: d.didDocumentJson } });
    importer.add(`light/${d.name}/jsonld`, 'kilt.did.document', { did: d.uri, form: 'jsonld' }, { ok: { document: d.didDocumentJsonLd } });
    importer.add(`light/${d.name}`, 'kilt.did.migrate', { light: d.uri, full: d.fullDidUri }, 'accepted');
  }
  for (const v of evidence.cborVariants)
    importer.add(`cbor/${v.name}`, 'kilt.did.parse', { did: v.uri }, v.error === undefined ? 'accepted' : 'refused');
  for (const e of evidence.envelopes) {
    const sender = { secret: e.senderEncSecret, keyUri: e.envelope['senderKeyUri'] ?? null };
    const receiver = { secret: e.receiverEncSecret, keyUri: e.envelope['receiverKeyUri'] ?? null };
    importer.add(
      e.type,
      'kilt.envelope.seal',
      { message: e.message, sender, receiver: { keyUri: receiver.keyUri }, entropy: e.nonce },
      { ok: { envelope: e.envelope } },
    );
    importer.add(e.type, 'kilt.envelope.open', { envelope: e.envelope, receiver }, { ok: { message: e.message } });
    importer.add(e.type, 'kilt.message.validate', { message: e.message }, { ok: { type: e.type } });
  }
  // If the evidence only describes a request, it was built by hand.
  for (const { name, request, accepted } of [...describedMessages(evidence), ...describedEnvelopes(evidence), ...describedDids(evidence)])
    if (request === undefined) flags.leaveOut(name);
    else importer.add(name, request.operation, request.params, accepted ? 'accepted' : 'refused');
  return flags.finish();
}
