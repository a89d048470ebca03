/** How channels of an engine end: closed by us or by the peer, and forgotten when nothing is left of them. */
import { drain } from '../../kernel/endpoint.ts';
import { StateError } from '../../kernel/errors.ts';
import { CLOSE_CONFIRMED } from '../data/constants.ts';
import type { Establishment } from '../establishment/establishment.ts';
import type { InterpeerMessage } from '../message/messages.ts';
import type { EngineChannel } from './engine-channel.ts';
import type { EngineChannels } from './engine-channels.ts';
import type { EnginePeer } from './engine-peers.ts';
import type { EngineOutput, EngineParts, EngineSender } from './engine-sender.ts';

/** Ends the channels of an engine. */
export class EngineEndings {
  readonly #establishment: Establishment;
  readonly #output: EngineOutput;
  readonly #channels: EngineChannels;
  readonly #sender: EngineSender;

  constructor({ establishment, output }: EngineParts, channels: EngineChannels, sender: EngineSender) {
    this.#establishment = establishment;
    this.#output = output;
    this.#channels = channels;
    this.#sender = sender;
  }

  /** Ends a channel: now, when everything written has arrived, or as soon as it is established. */
  close(channel: EngineChannel, reason: number, nowMs: number): void {
    if (channel.data === undefined) {
      if (channel.unwantedReason !== undefined) throw new StateError('IPR-API-013', 'the channel was closed before');
      channel.unwantedReason = reason; // IPR-API-004
      return;
    }
    channel.finish(reason);
    channel.flush(nowMs);
    this.settle(channel, nowMs);
  }

  /** Reports the events of a channel, and lets it rest when it is over. */
  settle(channel: EngineChannel, nowMs: number): void {
    this.takeEvents(channel);
    const state = channel.data?.state;
    if (channel.isEstablished && state !== 'open' && state !== 'finishing') this.end(channel, nowMs);
    this.forgetIfOver(channel);
  }

  /** Reports the events of a channel. */
  takeEvents(channel: EngineChannel): void {
    for (const event of drain(() => channel.pollEvent())) this.#output.event({ ...event, channel: channel.handle });
  }

  /** Lets the id of a channel rest. */
  end(channel: EngineChannel, nowMs: number): void {
    channel.cookieAtMs = undefined;
    if (!channel.isEstablished || channel.channelId === undefined) return;
    channel.isEstablished = false;
    this.#establishment.end(channel.peer, channel.channelId, nowMs);
  }

  /** Forgets a channel that has nothing left to send or read. */
  forgetIfOver(channel: EngineChannel): void {
    if (channel.isGone && channel.data?.isRead === true) this.#channels.forget(channel);
  }

  /** The end of a channel is confirmed even if the channel is gone here. */
  answerClose(peer: EnginePeer, channelId: Uint8Array, messages: readonly InterpeerMessage[]): void {
    const isAsked = messages.some((message) => message.type === 'CHANNEL_CLOSE' && message.reason !== CLOSE_CONFIRMED);
    if (isAsked) this.#sender.send(peer, channelId, [{ type: 'CHANNEL_CLOSE', reason: CLOSE_CONFIRMED }], 0); // IPR-API-014
  }
}
