meta:
  id: nexus_announce_option
  title: Option of an announce
  endian: be
doc: Generated from the wire layout nexus.announce-option (NXS-ANN-009).
seq:
  - id: type
    type: u1
    valid:
      min: 1
  - id: length
    type: u1
  - id: data
    size: length
# Revision nexus-2026.1, generated from spec/nexus/announce/wire/; run `npm run docs` after a change there.
