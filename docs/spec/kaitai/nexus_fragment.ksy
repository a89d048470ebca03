meta:
  id: nexus_fragment
  title: Fragment of a record
  endian: be
doc: Generated from the wire layout nexus.fragment (NXS-FRG-001).
seq:
  - id: rid
    type: u2le
  - id: index
    type: u1
  - id: last
    type: u1
  - id: bytes
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/link/wire/; run `npm run docs` after a change there.
