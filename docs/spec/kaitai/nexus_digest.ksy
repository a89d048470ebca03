meta:
  id: nexus_digest
  title: Digest in a NOTIFY
  endian: be
doc: Generated from the wire layout nexus.digest (NXS-SUB-010).
seq:
  - id: count
    type: u2le
    valid:
      min: 1
  - id: entries
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
