import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  'nexus.challenge.write': (challenge) => ({ body: engine.writeChallenge(challenge) }),
  'nexus.challenge.read': ({ body }) => engine.readChallenge(body),
  'nexus.proof.write': (proof) => ({ body: engine.writeProof(proof) }),
  'nexus.proof.answer': (input) => ({ body: engine.answerChallenge(input, primitives) }),
  'nexus.proof.read': ({ body }) => engine.readProof(body),
  'nexus.proof.verify': (check) => {
    engine.verifyProof(check, primitives);
    return { verified: true };
  },
  'nexus.ticket.digest': (source) => ({ digest: engine.digestForTicket(source, primitives) }),
  'nexus.ticket.make': (source) => ({ ticket: engine.makeTicket(source, primitives) }),
  'nexus.ticket.read': ({ ticket }) => engine.readTicket(ticket),
  'nexus.ticket.answer': (input) => ({ body: engine.answerTicket(input, primitives) }),
  'nexus.ticket.verify': (check) => {
    engine.verifyTicket(check);
    return { verified: true };
  },
  'nexus.agreement.interval': ({ priority, bitsPerSecond }) => ({ interval: engine.challengeInterval(priority, bitsPerSecond) }),
  'nexus.agreement.terms': (terms) => ({ terms: engine.writeAgreementTerms(terms) }),
  'nexus.agreement.sign': (input) => ({ signature: engine.signAgreement(input, primitives) }),
  'nexus.agreement.write': (input) => ({ body: engine.writeAgreement(input) }),
  'nexus.agreement.read': (input) => engine.readAgreement(input, primitives),
  'nexus.agreement.conclude': (input) => {
    engine.concludeAgreement(input, primitives);
    return { concluded: true };
  },
  ...session('nexus.audit', {
    open: ({ now: _now, ...options }) => new engine.Audit(options, primitives),
    calls: {
      begin: (audit, { header, tickets, entropy, now }) => audit.begin({ header, tickets }, entropy, now),
      challenge: (audit, { entropy, now }) => audit.challenge(entropy, now),
      receive: (audit, { body, now }) => audit.handleProof(body, now),
      error: (audit, { code, now }) => audit.handleError(code, now),
      heard: (audit, { now }) => audit.heard(now),
      tick: (audit, { now }) => audit.handleTimeout(now),
    },
    poll: (audit) => audit,
  }),
  ...session('nexus.provider', {
    open: ({ now: _now, ...options }) => new engine.Provider(options, primitives),
    calls: {
      agree: (provider, { agreement, consumerKey, now }) => provider.agree(agreement, consumerKey, now),
      challenge: (provider, { consumer, body, ticket, now }) => provider.handleChallenge({ consumer, body, ticket }, now),
      tick: (provider, { now }) => provider.handleTimeout(now),
    },
    poll: (provider) => provider,
  }),
});
