meta:
  id: nexus_settle
  title: Body of SETTLE
  endian: be
doc: Generated from the wire layout nexus.settle (NXS-STL-001).
seq:
  - id: channel_id
    size: 16
  - id: party_a
    size: 16
  - id: party_b
    size: 16
  - id: amount
    type: u8le
  - id: sequence
    type: u8le
  - id: signature_a
    size: 64
  - id: signature_b
    size: 64
# Revision nexus-2026.1, generated from spec/nexus/payment/wire/; run `npm run docs` after a change there.
