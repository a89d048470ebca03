meta:
  id: nexus_congestion
  title: Body of a CONGESTION record
  endian: be
doc: Generated from the wire layout nexus.congestion (NXS-CGN-001).
seq:
  - id: link
    type: u1
  - id: severity
    type: u1
  - id: drain
    type: u2le
# Revision nexus-2026.1, generated from spec/nexus/congestion/wire/; run `npm run docs` after a change there.
