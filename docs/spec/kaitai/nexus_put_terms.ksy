meta:
  id: nexus_put_terms
  title: What a PUT has after its recipients
  endian: be
doc: Generated from the wire layout nexus.put-terms (NXS-PUT-001).
seq:
  - id: custody
    type: u4le
    valid:
      min: 1
  - id: object
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
