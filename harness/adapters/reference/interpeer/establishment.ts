import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  ...session('interpeer.establishment', {
    open: ({ suite, halfOrder, local, secret, rotationMs, limits }) => ({
      suite,
      establishment: new engine.Establishment({ suite, halfOrder, local, secret, rotationMs, limits, primitives }),
    }),
    calls: {
      propose: ({ establishment }, { peer, half, capabilities, airtimeMs, entropy, now }) =>
        establishment.propose({ peer, half, capabilities, airtimeMs }, entropy, now),
      receive: ({ establishment, suite }, { peer, channel: channelId, message, dataWaiting: isDataWaiting, airtimeMs, entropy, now }) =>
        establishment.handleMessage(
          { peer, channelId, message: engine.decodeEstablishmentMessage(message, suite), isDataWaiting, airtimeMs },
          entropy,
          now,
        ),
      heard: ({ establishment }, { peer, channel, now }) => establishment.markHeard(peer, channel, now),
      front: ({ establishment }, { peer, channel }) => establishment.putInFront(peer, channel),
      end: ({ establishment }, { peer, channel, now }) => establishment.end(peer, channel, now),
      count: ({ establishment }, { now }) => ({ events: [{ type: 'count', ...establishment.count(now) }] }),
      tick: ({ establishment }, { now }) => establishment.handleTimeout(now),
    },
    poll: ({ establishment, suite }) => ({
      pollTransmit: () => {
        const transmit = establishment.pollTransmit();
        return transmit === undefined ? undefined : engine.encodeEstablishmentTransmit(transmit, suite);
      },
      pollEvent: () => renamed(establishment.pollEvent()),
      pollTimeoutAtMs: () => establishment.pollTimeoutAtMs(),
    }),
  }),
});

/** An event whose `channelId` is called `channel`, as in the requests. */
function renamed(event: object | undefined): object | undefined {
  if (event === undefined || !('channelId' in event)) return event;
  const { channelId, ...members } = event;
  return { ...members, channel: channelId };
}
