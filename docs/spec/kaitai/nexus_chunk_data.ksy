meta:
  id: nexus_chunk_data
  title: The chunk in a CHUNK
  endian: be
doc: Generated from the wire layout nexus.chunk-data (NXS-XFR-006).
seq:
  - id: length
    type: u2le
    valid:
      min: 1
  - id: data
    size: length
# Revision nexus-2026.1, generated from spec/nexus/object/wire/; run `npm run docs` after a change there.
