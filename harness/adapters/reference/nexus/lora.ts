import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, session }) => ({
  'nexus.lora.airtime': (transmission) => ({ airtimeUs: engine.loraAirtimeUs(transmission) }),
  'nexus.lora.preset': ({ preset }) => engine.loraPreset(preset),
  'nexus.lora.region': (channel) => engine.loraBandOf(channel),
  'nexus.lora.limits': (link) => engine.chunkLimitsOf(link),
  'nexus.lora.chunk': (input) => ({ frames: engine.chunkForLora(input) }),
  'nexus.frames.split': (input) => ({ frames: engine.splitFrames(input) }),
  ...session('nexus.frames', {
    open: ({ frameUs }) => new engine.FrameReceiver(frameUs),
    calls: {
      receive: (receiver, { frame, now }) => receiver.handleFrame(frame, now),
      tick: (receiver, { now }) => receiver.handleTimeout(now),
    },
    poll: (receiver) => receiver,
  }),
  ...session('nexus.duty', {
    open: ({ now, ...budget }) => new engine.DutyMeter(budget, now),
    calls: {
      send: (meter, { airtimeUs, acknowledgement, now }) => meter.send({ airtimeUs, acknowledgement }, now),
      tick: (meter, { now }) => meter.handleTimeout(now),
    },
    poll: (meter) => meter,
  }),
});
