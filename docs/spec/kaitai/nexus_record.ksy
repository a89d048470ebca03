meta:
  id: nexus_record
  title: Record
  endian: be
doc: Generated from the wire layout nexus.record (NXS-REC-001).
seq:
  - id: head_length
    type: u2be
    valid:
      eq: 4
  - id: kind
    type: u1
  - id: flags
    type: u1
  - id: request_id
    type: u2le
  - id: body
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/record/wire/; run `npm run docs` after a change there.
