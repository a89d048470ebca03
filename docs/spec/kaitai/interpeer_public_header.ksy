meta:
  id: interpeer_public_header
  title: Public header of a packet and what follows it
  endian: be
doc: Generated from the wire layout interpeer.public-header (IPR-PKT-001).
seq:
  - id: protocol_id
    size: 4
  - id: sender
    size: 16
  - id: recipient
    size: 16
  - id: channel_id
    size: 4
  - id: flags
    type: u2be
  - id: packet_size
    type: u2be
    valid:
      min: 52
  - id: behind
    size-eos: true
# Revision interpeer-2026.1, generated from spec/interpeer/packet/wire/; run `npm run docs` after a change there.
