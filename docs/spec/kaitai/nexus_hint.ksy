meta:
  id: nexus_hint
  title: Hint in a NOTIFY
  endian: be
doc: Generated from the wire layout nexus.hint (NXS-SUB-011).
seq:
  - id: hash
    size: 32
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
