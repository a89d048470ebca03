meta:
  id: nexus_link_proof
  title: Data of the proof of a link
  endian: be
doc: Generated from the wire layout nexus.link-proof (NXS-LNK-007).
seq:
  - id: ephemeral
    size: 32
  - id: sealed
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/link/wire/; run `npm run docs` after a change there.
