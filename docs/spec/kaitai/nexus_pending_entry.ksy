meta:
  id: nexus_pending_entry
  title: Entry of a PENDING_LIST
  endian: be
doc: Generated from the wire layout nexus.pending-entry (NXS-PND-003).
seq:
  - id: hash
    size: 32
  - id: size
    type: u4le
  - id: age
    type: u4le
  - id: priority
    type: u1
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
