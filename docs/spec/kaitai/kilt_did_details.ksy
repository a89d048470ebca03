meta:
  id: kilt_did_details
  title: Details of a light DID
  endian: be
doc: Generated from the wire layout kilt.did-details (KLT-DID-006).
seq:
  - id: version
    type: u1
    valid:
      eq: 0
  - id: cbor
    size-eos: true
# Revision kilt-2026.1, generated from spec/kilt/did/wire/; run `npm run docs` after a change there.
