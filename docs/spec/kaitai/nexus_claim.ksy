meta:
  id: nexus_claim
  title: Body of CLAIM
  endian: be
doc: Generated from the wire layout nexus.claim (NXS-CLM-001).
seq:
  - id: channel_id
    size: 16
  - id: packet_id
    size: 32
  - id: proof
    size: 80
  - id: state
    size: 200
# Revision nexus-2026.1, generated from spec/nexus/payment/wire/; run `npm run docs` after a change there.
