meta:
  id: nexus_chunk_request
  title: Body of CHUNK_REQUEST
  endian: be
doc: Generated from the wire layout nexus.chunk-request (NXS-XFR-002).
seq:
  - id: hash
    size: 32
  - id: count
    type: u2le
    valid:
      min: 1
  - id: indices
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/object/wire/; run `npm run docs` after a change there.
