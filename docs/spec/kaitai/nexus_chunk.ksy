meta:
  id: nexus_chunk
  title: Body of CHUNK
  endian: be
doc: Generated from the wire layout nexus.chunk (NXS-XFR-006).
seq:
  - id: hash
    size: 32
  - id: index
    type: u4le
  - id: path_count
    type: u1
  - id: rest
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/object/wire/; run `npm run docs` after a change there.
