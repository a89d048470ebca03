meta:
  id: e3x_cs1a_message
  title: Message body of cipher set 1a
  endian: be
doc: Generated from the wire layout e3x.cs1a-message (E3X-CS1-001).
seq:
  - id: key
    size: 21
  - id: iv
    size: 4
  - id: sealed
    size-eos: true
# Revision e3x-2026.1, generated from spec/e3x/message/wire/; run `npm run docs` after a change there.
