meta:
  id: nexus_sealed
  title: Data of a packet that is sealed for a hop
  endian: be
doc: Generated from the wire layout nexus.sealed (NXS-SLD-002).
seq:
  - id: counter
    type: u4le
  - id: ciphertext
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/link/wire/; run `npm run docs` after a change there.
