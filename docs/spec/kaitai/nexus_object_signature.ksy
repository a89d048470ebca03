meta:
  id: nexus_object_signature
  title: Who signed a mutable object
  endian: be
doc: Generated from the wire layout nexus.object-signature (NXS-OBJ-015).
seq:
  - id: public_key
    size: 32
  - id: signature
    size: 64
  - id: rest
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/object/wire/; run `npm run docs` after a change there.
