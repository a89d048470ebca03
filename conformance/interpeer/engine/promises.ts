/** What an application was promised, compared with what a scenario found. */
import { CLOSE_ON_LOSS, ORDERED, REASON_FINISHED, RESEND, type Channel, type Plan } from './plan.ts';

/** Ends a trial because of a violation. */
type Violated = (requirement: string, explanation: string) => never;

/** Requires what the capabilities of a channel promise of its reader, once it has ended. */
export function requirePromises(plan: Plan, { capabilities, written, given, closed }: Channel, violated: Violated): void {
  const isGood = plan.lossPercent === 0 && plan.delayMs <= 1;
  const requirement = `IPR-DAT-09${String(capabilities)}`;
  const isStream = (capabilities & (RESEND | ORDERED)) === (RESEND | ORDERED);
  const byLoss = (capabilities & CLOSE_ON_LOSS) !== 0 && closed.some((event) => event?.['reason'] === 1);
  if (byLoss && isGood) violated(requirement, 'A channel closed because of loss on a link that loses nothing.');
  if (isStream) {
    if (!byLoss && given.join('') !== written.join(''))
      violated(requirement, 'The reader of a stream was not given the bytes that were written.');
    return;
  }
  const left = [...written];
  let from = 0;
  for (const data of given) {
    const place = left.indexOf(data);
    if (place < 0) violated(requirement, 'The reader was given something that was not written, or something twice.');
    left.splice(place, 1);
    const at = written.indexOf(data, from);
    if ((capabilities & ORDERED) !== 0 && at < 0)
      violated(requirement, 'The reader of an ordered channel was given something after something later.');
    if ((capabilities & ORDERED) !== 0) from = at + 1;
  }
  const mustBeWhole = isGood || ((capabilities & RESEND) !== 0 && !byLoss);
  if (mustBeWhole && left.length > 0)
    violated(requirement, `The reader was not given ${String(left.length)} of ${String(written.length)} writes.`);
  if (plan.suite === 'interpeer-1' && !byLoss && isGood && closed.some((event) => event?.['reason'] !== REASON_FINISHED))
    violated('IPR-API-004', 'Both ends are notified of the reason for the end.');
}
