meta:
  id: kilt_ss58
  title: SS58 address of a KILT account
  endian: be
doc: Generated from the wire layout kilt.ss58 (KLT-DID-002).
seq:
  - id: prefix
    type: u1
    valid:
      eq: 38
  - id: public_key
    size: 32
  - id: checksum
    size: 2
# Revision kilt-2026.1, generated from spec/kilt/did/wire/; run `npm run docs` after a change there.
