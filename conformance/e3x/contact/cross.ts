/** What two implementations can do together with contacts. */
import { flow, type Flow } from '../../cross/flow.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { Arbitraries } from '../../suites/arbitraries.ts';
import { textIn } from '../../suites/property.ts';
import { contact, keysAndPaths, peerParts, uriParts } from './arbitraries.ts';

/** Cases at effort 1. */
const RUNS = 12;

/** The flows of contacts. */
export function contactFlows(oracle: Oracle): Flow[] {
  const make = new Arbitraries(oracle, []);
  return [
    flow({
      id: 'e3x.linkjson',
      title: 'a link as JSON',
      requirement: 'E3X-CON-011',
      producer: ['e3x.linkjson.write'],
      consumer: ['e3x.linkjson.read'],
      runs: RUNS,
      arbitrary: contact(make),
      trial: async (given, talk) => {
        const json = textIn(await talk.produce('e3x.linkjson.write', given), 'json');
        await talk.demand(await talk.consume('e3x.linkjson.read', { json }), 'keys', given['keys'] ?? {});
      },
    }),
    flow({
      id: 'e3x.linkjwk',
      title: 'a link as a JSON Web Key',
      requirement: 'E3X-CON-018',
      producer: ['e3x.linkjwk.write'],
      consumer: ['e3x.linkjwk.read'],
      runs: RUNS,
      arbitrary: keysAndPaths(make),
      trial: async (given, talk) => {
        const jwk = textIn(await talk.produce('e3x.linkjwk.write', given), 'jwk');
        await talk.demand(await talk.consume('e3x.linkjwk.read', { jwk }), 'keys', given['keys'] ?? {});
      },
    }),
    flow({
      id: 'e3x.linkuri',
      title: 'a link as a URI',
      requirement: 'E3X-URI-014',
      producer: ['e3x.linkuri.format'],
      consumer: ['e3x.linkuri.parse'],
      runs: RUNS,
      arbitrary: uriParts(make),
      trial: async (given, talk) => {
        const uri = textIn(await talk.produce('e3x.linkuri.format', given), 'uri');
        await talk.demand(await talk.consume('e3x.linkuri.parse', { uri }), 'keys', given['keys'] ?? {});
      },
    }),
    flow({
      id: 'e3x.linkuri/peer',
      title: 'the URI of a peer, and its answer',
      requirement: 'E3X-URI-015',
      producer: ['e3x.linkuri.attach'],
      consumer: ['e3x.linkuri.verify'],
      runs: RUNS,
      arbitrary: peerParts(make),
      trial: async (given, talk) => {
        const uri = textIn(await talk.produce('e3x.linkuri.attach', given), 'uri');
        const answer = { uri, answer: uri, hashname: given['hashname'] ?? '' };
        await talk.demand(await talk.consume('e3x.linkuri.verify', answer), 'value', given['value'] ?? '');
      },
    }),
  ];
}
