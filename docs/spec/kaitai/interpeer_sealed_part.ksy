meta:
  id: interpeer_sealed_part
  title: Sealed part
  endian: be
doc: Generated from the wire layout interpeer.sealed-part (IPR-ENC-002).
seq:
  - id: counter
    type: u8le
  - id: ciphertext
    size-eos: true
# Revision interpeer-2026.1, generated from spec/interpeer/connection/wire/; run `npm run docs` after a change there.
