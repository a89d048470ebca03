meta:
  id: nexus_subscribe_terms
  title: What a SUBSCRIBE has after its topic
  endian: be
doc: Generated from the wire layout nexus.subscribe-terms (NXS-SUB-001).
seq:
  - id: delivery
    type: u1
  - id: lifetime
    type: u4le
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
