meta:
  id: nexus_advisory
  title: Body of KEY_ADVISORY
  endian: be
doc: Generated from the wire layout nexus.advisory (NXS-ADV-002).
seq:
  - id: old_key
    size: 32
  - id: has_new_key
    type: u1
  - id: new_key
    size: 32
  - id: sequence
    type: u8le
  - id: timestamp
    type: u8le
  - id: evidence
    type: u1
  - id: old_signature
    size: 64
  - id: rest
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
