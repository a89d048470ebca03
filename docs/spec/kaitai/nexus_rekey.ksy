meta:
  id: nexus_rekey
  title: Content of a packet about new keys
  endian: be
doc: Generated from the wire layout nexus.rekey (NXS-RKY-001).
seq:
  - id: type
    type: u1
  - id: ephemeral
    size: 32
# Revision nexus-2026.1, generated from spec/nexus/link/wire/; run `npm run docs` after a change there.
