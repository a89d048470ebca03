meta:
  id: nexus_path_cost
  title: Compact path cost
  endian: be
doc: Generated from the wire layout nexus.path-cost (NXS-PCT-001).
seq:
  - id: cost
    type: u2le
  - id: latency
    type: u2le
  - id: bottleneck
    type: u1
  - id: hop_count
    type: u1
# Revision nexus-2026.1, generated from spec/nexus/path-cost/wire/; run `npm run docs` after a change there.
