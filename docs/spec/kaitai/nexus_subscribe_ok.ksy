meta:
  id: nexus_subscribe_ok
  title: Body of SUBSCRIBE_OK
  endian: be
doc: Generated from the wire layout nexus.subscribe-ok (NXS-SUB-006).
seq:
  - id: id
    type: u2le
  - id: granted
    type: u4le
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
