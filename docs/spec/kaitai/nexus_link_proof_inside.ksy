meta:
  id: nexus_link_proof_inside
  title: What a proof of a link seals
  endian: be
doc: Generated from the wire layout nexus.link-proof-inside (NXS-LNK-007).
seq:
  - id: public_key
    size: 32
  - id: signature
    size: 64
  - id: clock
    type: u8le
  - id: features
    type: u2le
# Revision nexus-2026.1, generated from spec/nexus/link/wire/; run `npm run docs` after a change there.
