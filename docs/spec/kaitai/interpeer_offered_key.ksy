meta:
  id: interpeer_offered_key
  title: A key in a KEY_OFFER
  endian: be
doc: Generated from the wire layout interpeer.offered-key (IPR-HSK-009).
seq:
  - id: csid
    type: u1
    valid:
      min: 1
  - id: length
    type: u2be
    valid:
      min: 1
  - id: key
    size: length
# Revision interpeer-2026.1, generated from spec/interpeer/connection/wire/; run `npm run docs` after a change there.
