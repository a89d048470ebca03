meta:
  id: e3x_cs2a_message
  title: Message body of cipher set 2a
  endian: be
doc: Generated from the wire layout e3x.cs2a-message (E3X-CS2-001).
seq:
  - id: keys
    size: 256
  - id: iv
    size: 12
  - id: sealed
    size-eos: true
# Revision e3x-2026.1, generated from spec/e3x/message/wire/; run `npm run docs` after a change there.
