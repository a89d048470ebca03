meta:
  id: nexus_terms
  title: Body of TERMS
  endian: be
doc: Generated from the wire layout nexus.terms (NXS-TRM-001).
seq:
  - id: channel_id
    size: 16
  - id: from
    type: u8le
  - id: price
    type: u8le
  - id: difficulty
    type: u4le
  - id: custody_price
    type: u8le
  - id: signature_a
    size: 64
  - id: signature_b
    size: 64
# Revision nexus-2026.1, generated from spec/nexus/payment/wire/; run `npm run docs` after a change there.
