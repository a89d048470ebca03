meta:
  id: nexus_announce
  title: Data of an announce
  endian: be
  imports:
    - nexus_announce_option
doc: Generated from the wire layout nexus.announce (NXS-ANN-002).
seq:
  - id: public_key
    size: 32
  - id: sequence
    type: u8le
  - id: signature
    size: 64
  - id: magic
    type: u1
    valid:
      eq: 78
  - id: version
    type: u1
    valid:
      eq: 1
  - id: cost
    type: u2le
  - id: latency
    type: u2le
  - id: bottleneck
    type: u1
  - id: hop_count
    type: u1
  - id: options
    type: nexus_announce_option
    repeat: eos
# Revision nexus-2026.1, generated from spec/nexus/announce/wire/; run `npm run docs` after a change there.
