meta:
  id: interpeer_key_offer
  title: Body of KEY_OFFER
  endian: be
  imports:
    - interpeer_offered_digest
    - interpeer_offered_key
doc: Generated from the wire layout interpeer.key-offer (IPR-HSK-009).
seq:
  - id: key_count
    type: u1
    valid:
      min: 1
  - id: keys
    type: interpeer_offered_key
    repeat: expr
    repeat-expr: key_count
  - id: digest_count
    type: u1
  - id: digests
    type: interpeer_offered_digest
    repeat: expr
    repeat-expr: digest_count
# Revision interpeer-2026.1, generated from spec/interpeer/connection/wire/; run `npm run docs` after a change there.
