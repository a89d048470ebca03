meta:
  id: nexus_content
  title: Signed content
  endian: be
doc: Generated from the wire layout nexus.content (NXS-CNT-002).
seq:
  - id: type
    type: u1
    valid:
      eq: 1
  - id: sender
    size: 32
  - id: created
    type: u8le
  - id: message_id
    size: 16
  - id: kind
    type: u1
  - id: signed_body
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/envelope/wire/; run `npm run docs` after a change there.
