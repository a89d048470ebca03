meta:
  id: nexus_get
  title: Body of GET
  endian: be
doc: Generated from the wire layout nexus.get (NXS-XFR-001).
seq:
  - id: hash
    size: 32
# Revision nexus-2026.1, generated from spec/nexus/object/wire/; run `npm run docs` after a change there.
