/**
 * Replays traces of the Quint model `spec/interpeer/establishment/models/establishment.qnt` through the machines of the
 * initiator and the responder: after every action both must be where the model is, and have sent what is in its network.
 */
import type { Json, JsonObject } from '../../contract/contract.ts';
import { MachineInterpreter, type MachineInput, type MachineState } from '../../oracle/machine.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { equalJson, isBytes, toJson, type Value } from '../../oracle/values.ts';
import type { ItfState } from '../../explore/itf.ts';

type Part = 'initiator' | 'responder';
const KINDS: { readonly [type: number]: string } = { 10: 'NEW', 11: 'ACKNOWLEDGE', 12: 'FINALIZE', 13: 'COOKIE' };
const HALF = Uint8Array.of(1);

const input = (event: string, chosen: { readonly [param: string]: Value } = {}): MachineInput => ({
  event,
  with: new Map(Object.entries(chosen)),
});
const byte = (value: Json | undefined): Uint8Array => Uint8Array.of(Number(value));

/** What an action of the model is at the machines. @throws Error for an unknown one */
function inputOf({ action, picks }: ItfState): [Part, MachineInput] {
  const message = (picks['m'] ?? {}) as JsonObject;
  const halves = { h: byte(message['half']), r: byte(message['other']) };
  switch (action) {
    case 'propose':
      return ['initiator', input('propose', { draw: HALF, c: BigInt(Number(picks['c'])) })];
    case 'repeat':
    case 'giveUp':
    case 'fallSilent':
      return ['initiator', input('wait')];
    case 'putInFront':
      return ['initiator', input('front', { h: HALF })];
    case 'receiveAcknowledge':
      return ['initiator', input('acknowledgeIn', { ...halves, madeAt: 1000n, waiting: false })];
    case 'receiveNew':
      return ['responder', input('newIn', { p: new Uint8Array(0), h: halves.h, draw: byte(picks['drawn']) })];
    case 'receiveFinalize':
      return [
        'responder',
        input(message['kind'] === 'COOKIE' ? 'cookieIn' : 'finalizeIn', {
          p: new Uint8Array(0),
          ...halves,
          c: BigInt(Number(message['caps'])),
          back: 0n,
        }),
      ];
    case 'responderFallsSilent':
      return ['responder', input('wait')];
    default:
      throw new Error(`the model has an action '${action}' that is not known here`);
  }
}

/** A message of the abstract machines as the model writes it. */
function messageOf(bytes: Uint8Array): JsonObject {
  const [type = 0, half = 0, other = 0, caps = 0] = bytes;
  return { kind: KINDS[type] ?? 'unknown', half, other, caps };
}

function initiatorAs({ state, variables }: MachineState): JsonObject {
  const id = variables.get('id');
  const rest = variables.get('rest');
  const isPlain = (value: Value): value is Uint8Array => isBytes(value);
  return {
    state,
    other: isPlain(id) && id.length === 2 ? (id[1] ?? 0) : 0,
    caps: toJson(variables.get('capabilities')),
    attempts: toJson(variables.get('attempts')),
    rested: isPlain(rest) && rest.length > 0,
  };
}

function channelsAs({ variables }: MachineState, name: 'channels' | 'rests'): JsonObject[] {
  return (variables.get(name) as readonly (readonly Value[])[]).map(([, id, , capabilities]) => ({
    half: (id as Uint8Array)[0] ?? 0,
    other: (id as Uint8Array)[1] ?? 0,
    ...(name === 'rests' ? {} : { caps: toJson(capabilities) }),
  }));
}

/** What was sent must be in the network of the model, and what is new there must have been sent. */
function networkFaults(before: ItfState | undefined, after: ItfState, part: Part, sent: readonly JsonObject[]): string[] {
  const networkOf = (state: ItfState | undefined): readonly JsonObject[] =>
    (state?.variables[part === 'initiator' ? 'toResponder' : 'toInitiator'] ?? []) as readonly JsonObject[];
  const has = (messages: readonly JsonObject[], message: JsonObject): boolean => messages.some((other) => equalJson(message, other));
  return [
    ...sent
      .filter((message) => !has(networkOf(after), message))
      .map((message) => `the ${part} sends ${JSON.stringify(message)}, which is not in the network of the model`),
    ...networkOf(after)
      .filter((message) => !has(networkOf(before), message) && !has(sent, message))
      .map((message) => `the ${part} of the model sends ${JSON.stringify(message)}, the machine does not`),
  ];
}

/** Where machines and model part, with the number of the state; empty if they never do. */
export function replayEstablishment(oracle: Oracle, trace: readonly ItfState[]): string[] {
  const interpreterOf = (name: string): MachineInterpreter => {
    const machine = oracle.spec.machines.find((m) => m.machine === name);
    const configuration = machine?.configurations.find((c) => c.name === 'abstract');
    if (machine === undefined || configuration === undefined) throw new Error(`no machine ${name}/abstract`);
    return new MachineInterpreter(oracle, machine, configuration);
  };
  const interpreters = { initiator: interpreterOf('interpeer.initiator'), responder: interpreterOf('interpeer.responder') };
  const at = { initiator: interpreters.initiator.initial(), responder: interpreters.responder.initial() };
  const faults: string[] = [];
  for (const [index, model] of trace.entries()) {
    const where = `state ${String(index)}, ${model.action}`;
    const sent: JsonObject[] = [];
    let part: Part = 'initiator';
    if (index > 0) {
      const [which, event] = inputOf(model);
      part = which;
      const step = interpreters[part].step(at[part], event);
      at[part] = step.after;
      sent.push(...step.transmit.map(messageOf));
    }
    const own = initiatorAs(at.initiator);
    for (const [name, value] of Object.entries(own))
      if (!equalJson(value, model.variables[name]))
        faults.push(`${where}: the initiator's ${name} is ${JSON.stringify(value)}, in the model ${JSON.stringify(model.variables[name])}`);
    for (const name of ['channels', 'rests'] as const) {
      const theirs = (model.variables[name] as readonly JsonObject[]).map(({ half = 0, other = 0, caps = 0 }): JsonObject => ({
        half,
        other,
        ...(name === 'rests' ? {} : { caps }),
      }));
      const ours = channelsAs(at.responder, name);
      const isSame = ours.length === theirs.length && ours.every((one) => theirs.some((other) => equalJson(one, other)));
      if (!isSame) faults.push(`${where}: the responder's ${name} are ${JSON.stringify(ours)}, in the model ${JSON.stringify(theirs)}`);
    }
    faults.push(...networkFaults(trace[index - 1], model, part, sent).map((fault) => `${where}: ${fault}`));
    if (faults.length > 0) break; // what follows is not the model's trace any more
  }
  return faults;
}
