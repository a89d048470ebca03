meta:
  id: kilt_envelope
  title: Compact envelope
  endian: be
  imports:
    - kilt_key_uri
doc: Generated from the wire layout kilt.envelope (KLT-ENV-019).
seq:
  - id: flags
    type: u1
  - id: received_at
    type: u8be
  - id: nonce
    size: 24
  - id: sender_key_uri
    type: kilt_key_uri
  - id: receiver_key_uri
    type: kilt_key_uri
  - id: ciphertext
    size-eos: true
# Revision kilt-2026.1, generated from spec/kilt/envelope/wire/; run `npm run docs` after a change there.
