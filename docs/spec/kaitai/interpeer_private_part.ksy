meta:
  id: interpeer_private_part
  title: Private header, payload and padding
  endian: be
doc: Generated from the wire layout interpeer.private-part (IPR-PKT-009).
seq:
  - id: sequence_number
    type: u2be
  - id: payload_size
    type: u2be
  - id: payload
    size: payload_size
  - id: padding
    size-eos: true
# Revision interpeer-2026.1, generated from spec/interpeer/packet/wire/; run `npm run docs` after a change there.
