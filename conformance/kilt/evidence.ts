/**
 * Imported evidence: what @kiltprotocol/messaging 0.35.2 and @kiltprotocol/did 0.35.2 answered. Where they answer as
 * the oracle does, they confirm the vector; where not, a flag explains why we differ.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { JsonObject } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { equalJson } from '../oracle/values.ts';
import type { Expectation, Flag } from '../vectors.ts';
import { slug, type VectorSink } from '../generate/batch.ts';
import type { DescribedCase } from './described.ts';
import { describedDids } from './did/described.ts';
import { describedEnvelopes } from './envelope/described.ts';
import { describedMessages } from './message/described.ts';
import { readKiltEvidence } from './people.ts';

const LIBRARY = '@kiltprotocol';
interface FlagFile {
  readonly flags: { readonly [id: string]: Flag & { readonly cases: readonly string[] } };
  readonly notExpressible: { readonly [name: string]: string };
}

class Importer {
  readonly #oracle: Oracle;
  readonly #batch: VectorSink;
  readonly #file: FlagFile;
  readonly #used = new Set<string>();
  constructor(oracle: Oracle, batch: VectorSink, file: FlagFile) {
    this.#oracle = oracle;
    this.#batch = batch;
    this.#file = file;
  }

  /** Adds what was asked and what the library said: its answer, 'accepted', or 'refused'. */
  add(name: string, operation: string, params: JsonObject, said: Expectation | 'accepted' | 'refused'): void {
    const answer = this.#oracle.answer(operation, params);
    const expect: Expectation = answer.kind === 'ok' ? { ok: answer.value } : { reject: answer.class };
    const agrees =
      said === 'accepted'
        ? answer.kind === 'ok'
        : said === 'refused'
          ? answer.kind === 'reject'
          : 'ok' in said && answer.kind === 'ok' && equalJson(answer.value, said.ok);
    const flag = Object.entries(this.#file.flags).find(([, f]) => f.cases.includes(name))?.[0];
    if (flag !== undefined) this.#used.add(name);
    if (!agrees && flag === undefined)
      throw new Error(
        `${name}: the library says ${JSON.stringify(said).slice(0, 120)}, ` +
          `the oracle ${JSON.stringify(expect).slice(0, 120)}, and no flag explains it`,
      );
    if (agrees && flag !== undefined) throw new Error(`${name}: flag ${flag} explains nothing, the library agrees`);
    this.#batch.put({
      id: `evidence/${operation}/${slug(name.replace('{}', 'empty-object').replace('[]', 'empty-list'))}`,
      title: `known answer of ${LIBRARY} 0.35.2: ${name}`,
      kind: 'evidence',
      requirement: answer.clause,
      steps: [{ operation, params, expect, requirement: answer.clause }],
      oracles: ['interpreter', ...(agrees ? [LIBRARY] : [])],
      ...(flag === undefined ? {} : { flags: [flag] }),
    });
  }

  /** Adds a request that somebody built from a description. */
  described({ name, request, accepted }: DescribedCase): void {
    if (request !== undefined) this.add(name, request.operation, request.params, accepted ? 'accepted' : 'refused');
    else if (this.#file.notExpressible[name] === undefined)
      throw new Error(`${name}: not tested by anything, and flags.yaml does not say why`);
    else this.#used.add(name);
  }

  /** @throws Error for a flag, or a reason, that nothing needed */
  finish(): void {
    for (const name of [...Object.values(this.#file.flags).flatMap((f) => f.cases), ...Object.keys(this.#file.notExpressible)])
      if (!this.#used.has(name)) throw new Error(`flags.yaml lists '${name}', which deviates nowhere`);
  }
}

/** Imports the evidence. @throws Error for a deviation without a flag, or a flag that explains nothing */
export function importKiltEvidence(root: string, oracle: Oracle, batch: VectorSink): { [id: string]: Flag } {
  const evidence = readKiltEvidence(root);
  const file = parse(readFileSync(join(root, 'spec/kilt/evidence/flags.yaml'), 'utf8')) as FlagFile;
  const importer = new Importer(oracle, batch, file);
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
  for (const described of [...describedMessages(evidence), ...describedEnvelopes(evidence), ...describedDids(evidence)])
    importer.described(described);
  importer.finish();
  return Object.fromEntries(
    Object.entries(file.flags).map(([id, { bugType, effect, description, links }]) => [id, { bugType, effect, description, links }]),
  );
}
