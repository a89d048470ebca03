meta:
  id: e3x_outer_message
  title: Outer message
  endian: be
doc: Generated from the wire layout e3x.outer-message (E3X-TOK-002).
seq:
  - id: head_length
    type: u2be
    valid:
      eq: 1
  - id: csid
    type: u1
    valid:
      min: 1
  - id: stable_prefix
    size: 16
  - id: rest_of_body
    size-eos: true
# Revision e3x-2026.1, generated from spec/e3x/token/wire/; run `npm run docs` after a change there.
