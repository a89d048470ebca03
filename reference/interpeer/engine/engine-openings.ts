/** How channels of an engine are opened: the results of establishment become channels that carry data, or fail. */
import { drain } from '../../kernel/endpoint.ts';
import { CAPABILITY_RESEND } from '../message/constants.ts';
import { RESEND_MS } from '../data/constants.ts';
import type { EstablishmentEvent } from '../establishment/establishment-io.ts';
import type { Establishment } from '../establishment/establishment.ts';
import { DRAW_LENGTH } from '../establishment/establishment-constants.ts';
import { splitChannelId } from '../packet/channel-id.ts';
import type { EngineChannel } from './engine-channel.ts';
import type { EngineChannels } from './engine-channels.ts';
import type { EngineEndings } from './engine-endings.ts';
import type { InterpeerEngineOptions, OpenOptions } from './engine-events.ts';
import { drawSequenceNumber } from './engine-peers.ts';
import type { EnginePeer, EnginePeers } from './engine-peers.ts';
import type { EngineOutput, EngineParts, EngineSender } from './engine-sender.ts';

/** What is needed to open channels. */
export interface EngineOpeningsParts extends EngineParts {
  readonly channels: EngineChannels;
  readonly sender: EngineSender;
  /** The most bytes of a payload. */
  readonly payloadBytes: number;
  readonly endings: EngineEndings;
}

/** Opens channels with the peers of an engine. */
export class EngineOpenings {
  readonly #options: InterpeerEngineOptions;
  readonly #peers: EnginePeers;
  readonly #establishment: Establishment;
  readonly #output: EngineOutput;
  readonly #channels: EngineChannels;
  readonly #sender: EngineSender;
  readonly #payloadBytes: number;
  readonly #endings: EngineEndings;

  constructor({ options, peers, establishment, output, channels, sender, payloadBytes, endings }: EngineOpeningsParts) {
    this.#options = options;
    this.#peers = peers;
    this.#establishment = establishment;
    this.#output = output;
    this.#channels = channels;
    this.#sender = sender;
    this.#payloadBytes = payloadBytes;
    this.#endings = endings;
  }

  /** Proposes a channel. */
  propose(peer: EnginePeer, channel: EngineChannel, { half, capabilities }: OpenOptions, nowMs: number): void {
    const { airtimeMs } = peer;
    this.#establishment.propose({ peer: peer.id, half, capabilities, airtimeMs }, this.#options.entropy.draw(DRAW_LENGTH), nowMs);
    this.take(nowMs, channel);
  }

  /**
   * Takes the output of the establishment.
   * @param proposing the channel being proposed, which learns its half
   */
  take(nowMs: number, proposing?: EngineChannel): void {
    const transmits = drain(() => this.#establishment.pollTransmit());
    const events = drain(() => this.#establishment.pollEvent());
    for (const { peer: id, channelId, message } of transmits) {
      const peer = this.#peers.get(id);
      if (peer !== undefined) this.#sender.send(peer, channelId, [message]);
    }
    for (const event of events) {
      if (event.type === 'proposed' && proposing !== undefined) proposing.half = event.half;
      else this.#takeEvent(event, nowMs);
    }
  }

  #takeEvent(event: EstablishmentEvent, nowMs: number): void {
    const proposed = 'half' in event ? this.#channels.ofHalf(event.peer, event.half) : undefined;
    switch (event.type) {
      case 'proposed':
        return;
      case 'yielded':
        if (proposed !== undefined) proposed.half = event.next;
        return; // IPR-API-001
      case 'conflict':
        if (proposed !== undefined) this.fail(proposed, 'conflict');
        return; // IPR-API-001
      case 'failed':
        if (proposed !== undefined) this.fail(proposed, 'unanswered');
        return;
      case 'established':
        this.#handleEstablished(event, nowMs);
        return;
      case 'closed': {
        const channel = this.#channels.ofId(event.peer, event.channelId);
        if (channel === undefined) return;
        channel.isEstablished = false;
        this.#channels.forget(channel);
        this.#output.event({ type: 'closed', channel: channel.handle, by: 'silence' });
      }
    }
  }

  #handleEstablished(
    { peer: id, channelId, role, capabilities }: EstablishmentEvent & { readonly type: 'established' },
    nowMs: number,
  ): void {
    const peer = this.#peers.require(id);
    const channel = role === 'initiator' ? this.#proposedAs(id, channelId) : this.#newChannel(peer);
    if (channel === undefined) return;
    const { suite, windowPackets, sendPackets } = this.#options;
    const isPlainSuite = suite === 'interpeer-0.1';
    channel.begin(channelId, {
      capabilities: isPlainSuite ? capabilities & ~CAPABILITY_RESEND : capabilities, // IPR-API-008
      sequenceNumber: drawSequenceNumber(this.#options.entropy),
      windowPackets,
      sendPackets,
      payloadBytes: this.#payloadBytes,
      airtimeMs: peer.airtimeMs,
      saysClose: !isPlainSuite,
    });
    this.#channels.nameById(channel, channelId);
    if (role === 'initiator') channel.cookieAtMs = nowMs + RESEND_MS; // IPR-API-007
    if (channel.unwantedReason !== undefined)
      this.#endings.close(channel, channel.unwantedReason, nowMs); // IPR-API-013
    else
      this.#output.event({
        type: 'opened',
        channel: channel.handle,
        peer: peer.id,
        channelId,
        capabilities,
        by: role === 'initiator' ? 'self' : 'peer',
      });
  }

  /** A channel was not established. */
  fail(channel: EngineChannel, why: 'conflict' | 'unanswered'): void {
    this.#channels.forget(channel);
    this.#output.event({ type: 'unopened', channel: channel.handle, why });
  }

  /** Our channel that got this id. */
  #proposedAs(peer: Uint8Array, channelId: Uint8Array): EngineChannel | undefined {
    const { suite, halfOrder } = this.#options;
    const { initiatorHalf } = splitChannelId({ suite, halfOrder, channelId });
    return initiatorHalf === undefined ? undefined : this.#channels.ofHalf(peer, initiatorHalf);
  }

  #newChannel(peer: EnginePeer): EngineChannel {
    const channel = this.#channels.prepare(peer.id, undefined);
    this.#channels.remember(channel);
    return channel;
  }
}
