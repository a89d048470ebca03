meta:
  id: e3x_chunk_stream
  title: Stream of chunks
  endian: be
  imports:
    - e3x_chunk
doc: Generated from the wire layout e3x.chunk-stream (E3X-CHK-001).
seq:
  - id: chunks
    type: e3x_chunk
    repeat: eos
  - id: incomplete
    size-eos: true
# Revision e3x-2026.1, generated from spec/e3x/chunk/wire/; run `npm run docs` after a change there.
