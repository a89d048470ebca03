/** The topics of E3X: each line is one file below `vectors/e3x/`. */
import { partOf } from '../mutants/spec-mutations.ts';
import type { AreaSpec } from '../spec/types.ts';
import type { Confirmer } from '../generate/batch.ts';
import { channelTableCases, routerCases } from './channel-table/vectors.ts';
import { channelTypeCases } from './channel-type/vectors.ts';
import { compressionCases } from './compression/vectors.ts';
import { channelCases, missCases, quotaCases } from './channel/vectors.ts';
import { codecConfirmer, kaitaiConfirmer, libraryConfirmers } from './confirm.ts';
import {
  base32Cases,
  chunkingCases,
  cloakingCases,
  defaultBoundCases,
  defaultBounds,
  hashnameCases,
  jsonHeadCases,
  NAMED_TRACES,
  namedTraces,
  packetCases,
  tokenCases,
} from './wire-cases.ts';
import { joseCases } from './jose/vectors.ts';
import { importEvidence } from './evidence.ts';
import { counterCases } from './message/counter.ts';
import { exchangeCases, exchangeTraces, handshakeCases, orderCases, tokenTableCases } from './exchange/vectors.ts';
import { messageCases } from './message/vectors.ts';
import { selectionCases } from './exchange/selection.ts';
import { lifecycle, machineTraces, recutStreams } from '../generate/sessions.ts';
import type { AreaTopics, Topic } from '../generate/topics.ts';

/** Who confirms vectors of E3X beside the interpreter. */
export async function e3xConfirmers(spec: AreaSpec): Promise<Confirmer[]> {
  return [await kaitaiConfirmer(spec.layouts), ...libraryConfirmers(), codecConfirmer];
}

export const E3X_TOPICS: readonly Topic[] = [
  { topic: 'packet', fill: ({ oracle, batch }) => packetCases(oracle, batch) },
  { topic: 'json-heads', fill: ({ oracle, batch }) => jsonHeadCases(oracle, batch) },
  { topic: 'chunking', fill: ({ oracle, batch }) => chunkingCases(oracle, batch) },
  {
    topic: 'chunk-endpoint',
    fill: ({ oracle, batch }) => {
      machineTraces(oracle, batch, 'e3x.chunks');
      namedTraces(oracle, batch, 'e3x.chunks');
      defaultBounds(oracle, batch);
      recutStreams(oracle, batch);
      lifecycle(
        oracle,
        batch,
        'e3x.chunks',
        'E3X-CHK-028',
        { size: 64, blocking: false, acks: 'none' },
        { 'e3x.chunks.receive': { bytes: '00' }, 'e3x.chunks.send': { packet: '0000' } },
      );
    },
  },
  { topic: 'cloaking', fill: ({ oracle, batch }) => cloakingCases(oracle, batch) },
  {
    topic: 'cloak-path',
    fill: ({ oracle, batch }) => {
      machineTraces(oracle, batch, 'e3x.cloakpath');
      namedTraces(oracle, batch, 'e3x.cloakpath');
      lifecycle(
        oracle,
        batch,
        'e3x.cloakpath',
        'E3X-CLK-014',
        {},
        { 'e3x.cloakpath.receive': { bytes: '0000' }, 'e3x.cloakpath.send': { packet: '0000', entropy: '040102030405060708' } },
      );
    },
  },
  { topic: 'hashname', fill: ({ oracle, batch }) => hashnameCases(oracle, batch) },
  { topic: 'base32', fill: ({ batch }) => base32Cases(batch) },
  { topic: 'token', fill: ({ oracle, batch }) => tokenCases(oracle, batch) },
  { topic: 'jose', fill: ({ oracle, batch }) => joseCases(oracle, batch) },
  { topic: 'messages', fill: ({ root, oracle, batch }) => messageCases(root, oracle, batch) },
  { topic: 'channel-counter', fill: ({ oracle, batch }) => counterCases(oracle, batch) },
  { topic: 'order', fill: ({ root, batch }) => orderCases(root, batch) },
  { topic: 'handshake', fill: ({ root, oracle, batch }) => handshakeCases(root, oracle, batch) },
  {
    topic: 'exchange',
    fill: ({ root, oracle, batch }) => {
      exchangeTraces(oracle, batch);
      exchangeCases(root, oracle, batch);
    },
  },
  { topic: 'token-table', fill: ({ oracle, batch }) => tokenTableCases(oracle, batch) },
  { topic: 'channel-table', fill: ({ oracle, batch }) => channelTableCases(oracle, batch) },
  { topic: 'compression', fill: ({ oracle, batch }) => compressionCases(oracle, batch) },
  { topic: 'channel-types', fill: ({ oracle, batch }) => channelTypeCases(oracle, batch) },
  { topic: 'router', fill: ({ oracle, batch }) => routerCases(oracle, batch) },
  { topic: 'selection', fill: ({ batch }) => selectionCases(batch) },
  {
    topic: 'channels',
    fill: ({ oracle, batch }) => {
      missCases(batch);
      quotaCases(batch);
      channelCases(oracle, batch);
    },
  },
  {
    topic: 'evidence-lob-enc',
    fill: ({ root, oracle, batch, also, explain }) => explain(importEvidence(root, oracle, batch, also('evidence-hashname'))),
  },
];

/**
 * What spec mutation asks again. Answers over keys cost curve arithmetic or RSA, and the machines of exchanges and channels
 * have the largest rows there are: hundreds of mutations times thousands of their vectors would take hours. Mutants of
 * the reference stand for those.
 */
const MUTATED: readonly string[] = [
  'e3x.packet.',
  'e3x.chunks.',
  'e3x.cloak.',
  'e3x.cloakpath.',
  'e3x.hashname.',
  'e3x.base32.',
  'e3x.token.',
  'e3x.jws.',
  'e3x.jwe.',
  'e3x.csid.',
];

/** Spec mutation of E3X: everything below the cipher sets. */
export const E3X_MUTATION: NonNullable<AreaTopics['mutation']> = {
  part: (spec) => partOf(spec, MUTATED),
  survivors: 'spec-survivors.yaml',
  namedTraces: NAMED_TRACES,
  constantSessions: (oracle) => defaultBoundCases(oracle).map(({ id, steps }) => ({ vector: `e3x.chunks/default-${id}`, steps })),
};
