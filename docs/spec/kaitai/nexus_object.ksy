meta:
  id: nexus_object
  title: Body of OBJECT
  endian: be
doc: Generated from the wire layout nexus.object (NXS-OBJ-017).
seq:
  - id: age
    type: u4le
  - id: object
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/object/wire/; run `npm run docs` after a change there.
