meta:
  id: nexus_group_state
  title: State of a group
  endian: be
doc: Generated from the wire layout nexus.group-state (NXS-GST-001).
seq:
  - id: version
    type: u1
    valid:
      eq: 1
  - id: group_id
    size: 32
  - id: epoch
    type: u8le
  - id: admin
    size: 32
  - id: nonce
    size: 16
  - id: count
    type: u1
    valid:
      min: 1
  - id: rest
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/group/wire/; run `npm run docs` after a change there.
