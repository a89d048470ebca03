meta:
  id: nexus_pending
  title: Body of PENDING
  endian: be
doc: Generated from the wire layout nexus.pending (NXS-PND-001).
seq:
  - id: cursor
    type: u8le
  - id: max
    type: u2le
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
