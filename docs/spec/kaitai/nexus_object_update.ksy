meta:
  id: nexus_object_update
  title: What the header of a mutable object has besides
  endian: be
doc: Generated from the wire layout nexus.object-update (NXS-OBJ-009).
seq:
  - id: label_hash
    size: 32
  - id: sequence
    type: u8le
  - id: rest
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/object/wire/; run `npm run docs` after a change there.
