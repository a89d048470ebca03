meta:
  id: e3x_cloaked
  title: Cloaked packet
  endian: be
doc: Generated from the wire layout e3x.cloaked (E3X-CLK-003).
seq:
  - id: nonce
    size: 8
  - id: ciphertext
    size-eos: true
# Revision e3x-2026.1, generated from spec/e3x/cloak/wire/; run `npm run docs` after a change there.
