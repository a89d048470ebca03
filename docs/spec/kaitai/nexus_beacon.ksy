meta:
  id: nexus_beacon
  title: Data of a beacon
  endian: be
doc: Generated from the wire layout nexus.beacon (NXS-BCN-002).
seq:
  - id: id
    size: 16
  - id: capabilities
    type: u2le
  - id: cost_tier
    type: u1
  - id: load
    type: u1
# Revision nexus-2026.1, generated from spec/nexus/announce/wire/; run `npm run docs` after a change there.
