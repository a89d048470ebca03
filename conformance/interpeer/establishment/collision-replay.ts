/**
 * Replays traces of the Quint model `spec/interpeer/establishment/models/collision.qnt` through the machine of both roles,
 * once for each peer: after every action both must be where the model is, and have sent what is in its network.
 */
import type { Json, JsonObject } from '../../contract/contract.ts';
import { MachineInterpreter, type MachineInput, type MachineState } from '../../oracle/machine.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { equalJson, toJson, type Value } from '../../oracle/values.ts';
import type { ItfState } from '../../explore/itf.ts';

const KINDS: { readonly [type: number]: string } = { 10: 'NEW', 11: 'ACKNOWLEDGE', 12: 'FINALIZE' };
/** The half of an answer of each peer, and after it what is drawn from when a half has to yield. */
const DRAWS = [Uint8Array.of(17, 2, 3, 4), Uint8Array.of(33, 2, 3, 4)] as const;

const input = (event: string, chosen: { readonly [param: string]: Value } = {}): MachineInput => ({
  event,
  with: new Map(Object.entries(chosen)),
});
const byte = (value: Json | undefined): Uint8Array => Uint8Array.of(Number(value));

/** What an action of the model is at one of the two machines. @throws Error for an unknown one */
function inputOf({ action, picks }: ItfState): [0 | 1, MachineInput] {
  const message = (picks['m'] ?? {}) as JsonObject;
  const halves = { h: byte(message['half']), r: byte(message['other']) };
  const proposer = Number(picks['p']) === 0 ? 0 : 1;
  const recipient = Number(message['from']) === 0 ? 1 : 0;
  switch (action) {
    case 'propose':
      return [proposer, input('propose', { draw: Uint8Array.of(1) })];
    case 'repeat':
      return [proposer, input('wait')];
    case 'receiveNew':
      return [recipient, input('newIn', { h: halves.h, draw: DRAWS[recipient] })];
    case 'receiveAcknowledge':
      return [recipient, input('acknowledgeIn', halves)];
    case 'receiveFinalize':
      return [recipient, input('finalizeIn', { ...halves, draw: DRAWS[recipient].slice(1) })];
    default:
      throw new Error(`the model has an action '${action}' that is not known here`);
  }
}

/** A machine as the model writes a peer. */
function peerAs({ state, variables }: MachineState): JsonObject {
  const bytesOf = (name: string): Uint8Array => variables.get(name) as Uint8Array;
  const rested = (variables.get('rests') as readonly Uint8Array[]).map((half) => half[0] ?? 0).sort((a, b) => a - b);
  return {
    state,
    half: bytesOf('own')[0] ?? 0,
    other: bytesOf('ownId')[1] ?? 0,
    peerHalf: bytesOf('peerId')[0] ?? 0,
    peerOther: bytesOf('peerId')[1] ?? 0,
    attempts: toJson(variables.get('attempts')),
    rested,
  };
}

/** Where machines and model part, with the number of the state; empty if they never do. */
export function replayCollision(oracle: Oracle, trace: readonly ItfState[]): string[] {
  const machine = oracle.spec.machines.find((m) => m.machine === 'interpeer.collision');
  const interpreters = ['abstract-lower', 'abstract-higher'].map((name) => {
    const configuration = machine?.configurations.find((c) => c.name === name);
    if (machine === undefined || configuration === undefined) throw new Error(`no machine interpeer.collision/${name}`);
    return new MachineInterpreter(oracle, machine, configuration);
  });
  const at = interpreters.map((interpreter) => interpreter.initial());
  let before: readonly JsonObject[] = [];
  for (const [index, model] of trace.entries()) {
    const faults: string[] = [];
    const sent: JsonObject[] = [];
    const network = model.variables['network'] as readonly JsonObject[];
    if (index > 0) {
      const [part, event] = inputOf(model);
      const [interpreter, state] = [interpreters[part], at[part]];
      if (interpreter === undefined || state === undefined) throw new Error('there are two peers');
      const step = interpreter.step(state, event);
      at[part] = step.after;
      sent.push(
        ...step.transmit.map(([type = 0, half = 0, other = 0]): JsonObject => ({
          from: part,
          kind: KINDS[type] ?? 'unknown',
          half,
          other,
        })),
      );
    }
    const has = (messages: readonly JsonObject[], message: JsonObject): boolean => messages.some((one) => equalJson(message, one));
    for (const message of sent)
      if (!has(network, message)) faults.push(`${JSON.stringify(message)} is sent, and is not in the network of the model`);
    for (const message of network)
      if (!has(before, message) && !has(sent, message)) faults.push(`${JSON.stringify(message)} is sent in the model alone`);
    for (const [p, peer] of model.variables['peers'] as readonly (readonly [number, JsonObject])[]) {
      const state = at[p];
      const rested = [...((peer['rested'] ?? []) as readonly number[])].sort((a, b) => a - b);
      if (state !== undefined && !equalJson(peerAs(state), { ...peer, rested }))
        faults.push(`peer ${String(p)} is ${JSON.stringify(peerAs(state))}, in the model ${JSON.stringify(peer)}`);
    }
    // What follows is not the model's trace any more.
    if (faults.length > 0) return faults.map((fault) => `state ${String(index)}, ${model.action}: ${fault}`);
    before = network;
  }
  return [];
}
