meta:
  id: nexus_receipt
  title: Body of RECEIPT
  endian: be
doc: Generated from the wire layout nexus.receipt (NXS-RCP-001).
seq:
  - id: hash
    size: 32
  - id: public_key
    size: 32
  - id: status
    type: u1
  - id: rest
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
