meta:
  id: nexus_error
  title: Body of an error
  endian: be
doc: Generated from the wire layout nexus.error (NXS-REC-012).
seq:
  - id: code
    type: u1
    valid:
      min: 1
  - id: has_hash
    type: u1
  - id: hash
    size: 32
# Revision nexus-2026.1, generated from spec/nexus/record/wire/; run `npm run docs` after a change there.
