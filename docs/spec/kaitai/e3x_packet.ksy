meta:
  id: e3x_packet
  title: Packet
  endian: be
doc: Generated from the wire layout e3x.packet (E3X-LOB-001).
seq:
  - id: head_length
    type: u2be
  - id: head
    size: head_length
  - id: body
    size-eos: true
# Revision e3x-2026.1, generated from spec/e3x/packet/wire/; run `npm run docs` after a change there.
