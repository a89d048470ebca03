meta:
  id: e3x_cs3a_message
  title: Message body of cipher set 3a
  endian: be
doc: Generated from the wire layout e3x.cs3a-message (E3X-CS3-001).
seq:
  - id: key
    size: 32
  - id: nonce
    size: 24
  - id: sealed
    size-eos: true
# Revision e3x-2026.1, generated from spec/e3x/message/wire/; run `npm run docs` after a change there.
