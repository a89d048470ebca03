meta:
  id: nexus_fragment_request
  title: Request for fragments
  endian: be
doc: Generated from the wire layout nexus.fragment-request (NXS-FRG-011).
seq:
  - id: rid
    type: u2le
  - id: from
    type: u1
  - id: count
    type: u1
  - id: bitmap
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/link/wire/; run `npm run docs` after a change there.
