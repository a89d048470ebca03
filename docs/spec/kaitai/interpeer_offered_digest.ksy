meta:
  id: interpeer_offered_digest
  title: A digest in a KEY_OFFER
  endian: be
doc: Generated from the wire layout interpeer.offered-digest (IPR-HSK-009).
seq:
  - id: csid
    type: u1
    valid:
      min: 1
  - id: digest
    size: 32
# Revision interpeer-2026.1, generated from spec/interpeer/connection/wire/; run `npm run docs` after a change there.
