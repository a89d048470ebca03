meta:
  id: kilt_key_uri
  title: Compact key URI
  endian: be
doc: Generated from the wire layout kilt.key-uri (KLT-ENV-019).
seq:
  - id: kind
    type: u1
  - id: public_key
    size: 32
  - id: details_length
    type: u2be
  - id: details
    size: details_length
  - id: fragment_length
    type: u1
  - id: fragment
    size: fragment_length
# Revision kilt-2026.1, generated from spec/kilt/envelope/wire/; run `npm run docs` after a change there.
