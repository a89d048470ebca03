meta:
  id: nexus_challenge
  title: Body of CHALLENGE and TICKET_CHALLENGE
  endian: be
doc: Generated from the wire layout nexus.challenge (NXS-PRF-002).
seq:
  - id: hash
    size: 32
  - id: index
    type: u4le
  - id: nonce
    size: 16
# Revision nexus-2026.1, generated from spec/nexus/proof/wire/; run `npm run docs` after a change there.
