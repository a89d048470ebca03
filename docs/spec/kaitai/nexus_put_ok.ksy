meta:
  id: nexus_put_ok
  title: Body of PUT_OK
  endian: be
doc: Generated from the wire layout nexus.put-ok (NXS-PUT-008).
seq:
  - id: hash
    size: 32
  - id: granted
    type: u4le
  - id: signature
    size: 64
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
