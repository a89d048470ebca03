import type { LinkInitiator, LinkResponder } from '../../../../reference/index.ts';
import type { TopicOperations } from '../adapter-topic.ts';

const NOTHING = new Uint8Array(0);
type Link = LinkInitiator | LinkResponder;

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  'nexus.link.parse': ({ request }) => engine.decodeLinkRequest(request, primitives),
  'nexus.link.request': (input) => ({ packet: engine.encodeLinkRequest(input, primitives) }),
  'nexus.link.keys': (input) => engine.deriveLinkKeys(input, primitives),
  'nexus.link.prove': (input) => ({ packet: engine.proveLink(input, primitives) }),
  'nexus.link.verify': (input) => {
    const { publicKey, clock, linkId } = engine.verifyLinkProof(input, primitives);
    return { publicKey, clock, linkId };
  },
  'nexus.link.identify': (input) => ({ packet: engine.identifyOnLink(input, primitives) }),
  'nexus.link.recognize': (input) => engine.recognizeOnLink(input, primitives),
  'nexus.link.crossed': ({ local, remote }) => ({ keep: engine.crossedLink(local, remote) }),
  'nexus.link.wait': (input) => ({ waitMs: engine.linkWaitMs(input) }),
  'nexus.sealed.seal': (input) => ({ packet: engine.sealLinkPacket(input, primitives) }),
  'nexus.sealed.open': (input) => engine.openLinkPacket(input, primitives),
  'nexus.rekey.decode': ({ content }) => engine.decodeRekey(content),
  'nexus.fragments.split': ({ record, rid }) => ({ contents: engine.splitIntoFragments(record, rid) }),
  'nexus.fragments.read': ({ content }) => engine.readFragment(content),
  'nexus.fragments.request': (input) => ({ content: engine.encodeFragmentRequest(input) }),
  'nexus.fragments.requested': ({ content }) => engine.decodeFragmentRequest(content),
  'nexus.fragments.resend': ({ record, rid, content }) => ({ contents: engine.resendFragments(record, rid, content) }),
  ...session('nexus.link', {
    open: ({ role, destination = NOTHING, secret = NOTHING, ...options }): Link =>
      role === 'initiator'
        ? new engine.LinkInitiator({ ...options, destination, secret }, primitives)
        : new engine.LinkResponder(options, primitives),
    calls: {
      begin: (link, { now }) => {
        if (link instanceof engine.LinkInitiator) link.begin(now);
      },
      receive: (link, { packet, entropy, now }) => link.handlePacket(packet, entropy, now),
      send: (link, { linkId, context, content, destination, entropy, now }) =>
        link.send(linkId, { context, content, destination }, entropy, now),
      rekey: (link, { linkId, entropy, now }) => link.rekey(linkId, entropy, now),
      tick: (link, { now }) => link.handleTimeout(now),
    },
    poll: (link) => link,
  }),
  ...session('nexus.linkkeys', {
    open: ({ now, keys, ...options }) => {
      const pair = { initiatorKey: keys.slice(0, engine.LINK_KEY_LENGTH), responderKey: keys.slice(engine.LINK_KEY_LENGTH) };
      return new engine.LinkKeys({ ...options, keys: pair }, primitives, now);
    },
    calls: {
      seal: (keys, { context, content, destination, entropy, now }) => keys.seal({ context, content, destination }, entropy, now),
      receive: (keys, { packet, entropy, now }) => keys.handlePacket(packet, entropy, now),
      rekey: (keys, { entropy, now }) => keys.rekey(entropy, now),
      tick: (keys, { now }) => keys.handleTimeout(now),
    },
    poll: (keys) => keys,
  }),
  ...session('nexus.idle', {
    open: ({ bitsPerSecond }) => new engine.IdleWatch(bitsPerSecond),
    calls: {
      heard: (watch, { now }) => watch.heard(now),
      lapse: (watch, { now }) => watch.lapse(now),
      tick: (watch, { now }) => watch.handleTimeout(now),
    },
    poll: (watch) => watch,
  }),
  ...session('nexus.assembly', {
    open: ({ airtimeMs, linkCount, nodeCount, completedLinkCount }) =>
      new engine.RecordAssembly({ airtimeMs, linkCount, nodeCount, completedLinkCount }),
    calls: {
      receive: (assembly, { link, content, now }) => assembly.handleFragment(link, content, now),
      forget: (assembly, { link, now }) => assembly.forgetLink(link, now),
      tick: (assembly, { now }) => assembly.handleTimeout(now),
    },
    poll: (assembly) => assembly,
  }),
});
