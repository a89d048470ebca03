meta:
  id: nexus_group_entry
  title: Entry of a member in the state of a group
  endian: be
doc: Generated from the wire layout nexus.group-entry (NXS-GST-009).
seq:
  - id: member
    size: 32
  - id: envelope
    size: 80
# Revision nexus-2026.1, generated from spec/nexus/group/wire/; run `npm run docs` after a change there.
