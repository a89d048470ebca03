meta:
  id: e3x_chunk
  title: Chunk
  endian: be
doc: Generated from the wire layout e3x.chunk (E3X-CHK-001).
seq:
  - id: fragment_length
    type: u1
  - id: fragment
    size: fragment_length
# Revision e3x-2026.1, generated from spec/e3x/chunk/wire/; run `npm run docs` after a change there.
