meta:
  id: nexus_put
  title: Body of PUT
  endian: be
doc: Generated from the wire layout nexus.put (NXS-PUT-001).
seq:
  - id: count
    type: u2le
  - id: rest
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
