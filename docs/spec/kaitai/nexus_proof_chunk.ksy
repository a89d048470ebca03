meta:
  id: nexus_proof_chunk
  title: The chunk in a PROOF
  endian: be
doc: Generated from the wire layout nexus.proof-chunk (NXS-PRF-004).
seq:
  - id: length
    type: u2le
    valid:
      min: 1
  - id: data
    size: length
# Revision nexus-2026.1, generated from spec/nexus/proof/wire/; run `npm run docs` after a change there.
