meta:
  id: nexus_pending_list
  title: Body of PENDING_LIST
  endian: be
doc: Generated from the wire layout nexus.pending-list (NXS-PND-003).
seq:
  - id: cursor
    type: u8le
  - id: total
    type: u4le
  - id: count
    type: u2le
  - id: entries
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
