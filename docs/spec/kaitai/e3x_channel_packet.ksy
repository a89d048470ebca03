meta:
  id: e3x_channel_packet
  title: Channel packet
  endian: be
doc: Generated from the wire layout e3x.channel-packet (E3X-CHP-002).
seq:
  - id: head_length
    type: u2be
    valid:
      eq: 0
  - id: token
    size: 16
  - id: sealed
    size-eos: true
# Revision e3x-2026.1, generated from spec/e3x/message/wire/; run `npm run docs` after a change there.
