meta:
  id: nexus_subscribe
  title: Body of SUBSCRIBE
  endian: be
doc: Generated from the wire layout nexus.subscribe (NXS-SUB-001).
seq:
  - id: id
    type: u2le
    valid:
      min: 1
  - id: topic
    type: u1
  - id: rest
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
