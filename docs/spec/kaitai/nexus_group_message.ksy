meta:
  id: nexus_group_message
  title: Message to a group
  endian: be
doc: Generated from the wire layout nexus.group-message (NXS-GMS-001).
seq:
  - id: version
    type: u1
    valid:
      eq: 1
  - id: group_id
    size: 32
  - id: epoch
    type: u8le
  - id: sender
    size: 16
  - id: salt
    size: 16
  - id: rest
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/group/wire/; run `npm run docs` after a change there.
