/**
 * What must hold for two engines at the ends of a link that may lose, duplicate and reorder: what an application was
 * promised. What is resent arrives whole, in order where order was promised, nothing comes twice, and both ends see a channel
 * end.
 */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { Talk } from '../../suites/talk.ts';
import { campaignCheck } from '../../suites/campaign-check.ts';
import type { SuiteInput, TopicProperties } from '../../suites/modules.ts';
import { engineFlows } from './cross.ts';
import type { LinkPlan, Plan } from './plan.ts';
import {
  closedEarly,
  connectsAgain,
  fullOfPeers,
  handlesStay,
  lostConfirmations,
  restingHalf,
  silentLink,
  takesTurns,
} from './scenarios.ts';
import { DRAWN_CALL_NAMES, EngineWorld } from './world.ts';

const RUNS = 6;
/** Over a bad link it is a matter of luck what is lost. */
const BAD_LINK_RUNS = 20;

/** Handshakes of a plan that are replaced by another. */
type Replaced = { readonly [handshake in Plan['handshake']]?: Plan['handshake'] };
const ALWAYS_PLAIN: Replaced = { 'known-keys': 'none', 'key-exchange': 'none' };
/** Something that happens rarely: name, clause, title, how it is played, and which handshakes it is played without. */
type Rare = readonly [string, string, string, (world: EngineWorld) => Promise<void>, Replaced];

/** The checks of engines. */
function engineChecks(input: SuiteInput): Check[] {
  if (!input.oracle.spec.operations.some(({ operation }) => operation === 'interpeer.engine.open')) return [];
  const operations = ['open', 'connect', 'accept', 'channel', 'write', 'read', 'finish', 'receive', 'tick', 'close'].map(
    (call) => `interpeer.engine.${call}`,
  );
  const check = <T>(
    name: string,
    requirement: string,
    title: string,
    arbitrary: fc.Arbitrary<T>,
    trial: (input: T, talk: Talk) => Promise<void>,
    {
      suite = 'interpeer-1',
      asked = operations,
      runs = RUNS,
    }: { readonly suite?: Plan['suite']; readonly asked?: readonly string[]; readonly runs?: number } = {},
  ): Check =>
    campaignCheck(input, {
      id: `scenario/interpeer.engine/${name}`,
      suite: 'property',
      requirement,
      title,
      operations: asked,
      asksWith: { suite: [suite] },
      runs,
      arbitrary,
      trial,
    });
  const plan = (link: LinkPlan, capabilities: fc.Arbitrary<number>, always = 3): fc.Arbitrary<Plan> =>
    fc
      .record({
        seed: fc.integer(),
        suite: fc.constant('interpeer-1' as const),
        handshake: fc.constantFrom('none' as const, 'known-keys' as const, 'key-exchange' as const),
        channels: fc.array(capabilities, { minLength: 1, maxLength: 3 }),
        writes: fc.integer({ min: 2, max: 12 }),
      })
      .map((rest) => ({ ...link, ...rest, channels: [always, ...rest.channels] }));
  const any = fc.nat(7);
  const moves = (input: Plan, talk: Talk): Promise<void> => new EngineWorld(input, talk).run();
  return [
    check(
      'good-link',
      'IPR-API-002',
      'Engines move data over channels of any capabilities, over a link that keeps every promise',
      plan({ lossPercent: 0, copyPercent: 0, delayMs: 1 }, any).map((input): Plan => ({ ...input, isLong: true })),
      moves,
    ),
    check(
      'bad-link',
      'IPR-API-004',
      'Engines keep what capabilities promise over a link that loses, duplicates and reorders',
      plan({ lossPercent: 12, copyPercent: 10, delayMs: 60 }, any),
      moves,
      { runs: BAD_LINK_RUNS },
    ),
    check(
      'damaging-link',
      'IPR-API-006',
      'A damaged copy before each datagram changes nothing',
      plan({ lossPercent: 0, copyPercent: 0, delayMs: 1, isDamaging: true }, any),
      moves,
    ),
    check(
      'compatible',
      'IPR-API-008',
      'Engines of interpeer-0.1 move data over channels without resend',
      plan({ lossPercent: 0, copyPercent: 60, delayMs: 1 }, fc.constantFrom(0, 2, 4, 6), 0).map((input): Plan => ({
        ...input,
        suite: 'interpeer-0.1',
        handshake: 'none',
      })),
      moves,
      { suite: 'interpeer-0.1' },
    ),
    check(
      'stalled-channel',
      'IPR-API-009',
      'A channel whose packets are all lost leaves the others flowing',
      plan({ lossPercent: 0, copyPercent: 0, delayMs: 1 }, fc.constantFrom(1, 3)).map((input): Plan => ({
        ...input,
        channels: [3, ...input.channels],
      })),
      (input, talk) => new EngineWorld(input, talk).runStalled(),
    ),
    check(
      'same-half',
      'IPR-API-001',
      'When two ends choose the same half at once, one gets a channel and the other is notified',
      fc.record({ seed: fc.integer(), delayMs: fc.integer({ min: 1, max: 50 }) }),
      ({ seed, delayMs }, talk) =>
        new EngineWorld(
          { seed, lossPercent: 0, copyPercent: 0, delayMs, suite: 'interpeer-1', handshake: 'none', channels: [], writes: 3 },
          talk,
        ).runConflict(),
    ),
    ...(
      [
        // Without keys a further connect does nothing that can be seen.
        ['connects-again', 'IPR-API-011', 'Peers that are connected connect again', connectsAgain, { none: 'key-exchange' }],
        ['handles', 'IPR-API-012', 'Whatever is reported of a channel bears the handle that the call gave', handlesStay, {}],
        ['closed-early', 'IPR-API-013', 'A channel is closed before it is established', closedEarly, {}],
        ['silence', 'IPR-API-013', 'An idle channel ends when its link falls silent', silentLink, {}],
        ['rests', 'IPR-API-013', 'The half of an ended channel is free after its cooldown, not before', restingHalf, {}],
        ['turns', 'IPR-API-009', 'Of several channels that have packets to send, each sends one in turn', takesTurns, {}],
        ['full-of-peers', 'IPR-API-006', 'As many peers are remembered as there may be, and no further one', fullOfPeers, ALWAYS_PLAIN],
        // What is lost is chosen by what it says.
        ['lost-confirmations', 'IPR-API-014', 'The confirmations of an end are lost', lostConfirmations, ALWAYS_PLAIN],
      ] as const satisfies readonly Rare[]
    ).map(([name, requirement, title, play, only]: Rare) =>
      check(name, requirement, title, plan({ lossPercent: 0, copyPercent: 0, delayMs: 1 }, any), (input, talk) =>
        play(new EngineWorld({ ...input, channels: [3], handshake: only[input.handshake] ?? input.handshake }, talk)),
      ),
    ),
    check(
      'after-close',
      'IPR-API-005', // and ADP-042, which is not a clause of an area
      'Keys are accepted and refused, channels opened and used; nothing of it once the session is closed',
      fc.record({ seed: fc.integer() }),
      async ({ seed }, talk) => {
        for (const call of DRAWN_CALL_NAMES) {
          const handshake = call === 'accept' || call === 'refuse' ? 'key-exchange' : 'none';
          const link = { lossPercent: 0, copyPercent: 0, delayMs: 1 };
          const input: Plan = { ...link, seed, suite: 'interpeer-1', handshake, channels: [], writes: 0, isPatient: true };
          await new EngineWorld(input, talk).runTaken(call);
          await new EngineWorld(input, talk).runEnded(call);
        }
      },
      { asked: [...operations, 'interpeer.engine.refuse'] },
    ),
  ];
}

export const properties: TopicProperties = { checks: engineChecks, flows: engineFlows };
