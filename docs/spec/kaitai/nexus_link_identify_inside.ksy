meta:
  id: nexus_link_identify_inside
  title: What an identification seals
  endian: be
doc: Generated from the wire layout nexus.link-identify-inside (NXS-LNK-010).
seq:
  - id: public_key
    size: 32
  - id: signature
    size: 64
  - id: clock
    type: u8le
  - id: features
    type: u2le
  - id: responder_clock
    type: u8le
# Revision nexus-2026.1, generated from spec/nexus/link/wire/; run `npm run docs` after a change there.
