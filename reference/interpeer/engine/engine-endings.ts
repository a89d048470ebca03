/** How channels of an engine end: closed by us or by the peer, and forgotten when nothing of them is left. */
import { drain } from '../../kernel/endpoint.ts';
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

  /** Ends a channel: now, when what was written has arrived, or as soon as it is established. */
  close(channel: EngineChannel, reason: number, nowMs: number): void {
    if (channel.data === undefined) {
      channel.isUnwanted = true; // IPR-API-004
      return;
    }
    channel.finish(reason);
    channel.flush(nowMs);
    this.settle(channel, nowMs);
  }

  /** Tells what happened on a channel, and lets it rest when it is over. */
  settle(channel: EngineChannel, nowMs: number): void {
    this.takeEvents(channel);
    const state = channel.data?.state;
    if (channel.isEstablished && state !== 'open' && state !== 'finishing') this.end(channel, nowMs);
    this.forgetIfOver(channel);
  }

  /** Tells what happened on a channel. */
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

  /** Forgets a channel of which nothing is left to be said or read. */
  forgetIfOver(channel: EngineChannel): void {
    if (channel.isGone && channel.data?.isRead === true) this.#channels.forget(channel);
  }

  /** The end of a channel that is gone here is confirmed anyway. */
  answerClose(peer: EnginePeer, channelId: Uint8Array, messages: readonly InterpeerMessage[]): void {
    const isAsked = messages.some((message) => message.type === 'CHANNEL_CLOSE' && message.reason !== CLOSE_CONFIRMED);
    if (isAsked) this.#sender.send(peer, channelId, [{ type: 'CHANNEL_CLOSE', reason: CLOSE_CONFIRMED }], 0); // IPR-DAT-072
  }
}
