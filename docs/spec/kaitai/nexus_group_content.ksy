meta:
  id: nexus_group_content
  title: Content of a message to a group
  endian: be
doc: Generated from the wire layout nexus.group-content (NXS-GMS-010).
seq:
  - id: kind
    type: u1
  - id: created
    type: u8le
  - id: message_id
    size: 16
  - id: body
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/group/wire/; run `npm run docs` after a change there.
