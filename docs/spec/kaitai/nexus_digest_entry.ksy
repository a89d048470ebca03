meta:
  id: nexus_digest_entry
  title: Entry of a digest
  endian: be
doc: Generated from the wire layout nexus.digest-entry (NXS-SUB-010).
seq:
  - id: hash
    size: 32
  - id: size
    type: u4le
  - id: age
    type: u4le
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
