meta:
  id: nexus_receipt_ok
  title: Body of RECEIPT_OK
  endian: be
doc: Generated from the wire layout nexus.receipt-ok (NXS-RCP-007).
seq:
  - id: hash
    size: 32
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
