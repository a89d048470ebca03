meta:
  id: nexus_group_contract
  title: State of the contract of a group
  endian: be
doc: Generated from the wire layout nexus.group-contract (NXS-GCT-001).
seq:
  - id: group_id
    size: 32
  - id: epoch
    type: u8le
  - id: hash
    size: 32
  - id: members
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/group/wire/; run `npm run docs` after a change there.
