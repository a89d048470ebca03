meta:
  id: nexus_proof
  title: Body of PROOF
  endian: be
doc: Generated from the wire layout nexus.proof (NXS-PRF-004).
seq:
  - id: challenge
    size: 52
  - id: path_count
    type: u1
  - id: rest
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/proof/wire/; run `npm run docs` after a change there.
