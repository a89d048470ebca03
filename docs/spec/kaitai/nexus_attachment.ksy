meta:
  id: nexus_attachment
  title: Body of an attachment
  endian: be
doc: Generated from the wire layout nexus.attachment (NXS-CNT-007).
seq:
  - id: object_hash
    size: 32
  - id: size
    type: u4le
  - id: key
    size: 32
  - id: media_type_length
    type: u2le
  - id: media_type
    size: media_type_length
  - id: name_length
    type: u2le
  - id: name
    size: name_length
# Revision nexus-2026.1, generated from spec/nexus/envelope/wire/; run `npm run docs` after a change there.
