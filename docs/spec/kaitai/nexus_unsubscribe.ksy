meta:
  id: nexus_unsubscribe
  title: Body of UNSUBSCRIBE
  endian: be
doc: Generated from the wire layout nexus.unsubscribe (NXS-SUB-007).
seq:
  - id: id
    type: u2le
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
