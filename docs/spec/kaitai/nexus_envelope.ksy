meta:
  id: nexus_envelope
  title: Envelope
  endian: be
doc: Generated from the wire layout nexus.envelope (NXS-ENV-001).
seq:
  - id: ephemeral_key
    size: 32
  - id: sealed
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/envelope/wire/; run `npm run docs` after a change there.
