meta:
  id: nexus_object_header
  title: Header of an object
  endian: be
doc: Generated from the wire layout nexus.object-header (NXS-OBJ-002).
seq:
  - id: version
    type: u1
    valid:
      eq: 1
  - id: content_type
    type: u1
  - id: has_owner
    type: u1
  - id: owner
    size: 16
  - id: created
    type: u8le
  - id: has_ttl
    type: u1
  - id: ttl
    type: u4le
    valid:
      min: 1
  - id: size
    type: u4le
  - id: priority
    type: u1
  - id: min_bandwidth
    type: u4le
  - id: merkle_root
    size: 32
  - id: rest
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/object/wire/; run `npm run docs` after a change there.
