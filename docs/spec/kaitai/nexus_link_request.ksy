meta:
  id: nexus_link_request
  title: Data of a link request
  endian: be
doc: Generated from the wire layout nexus.link-request (NXS-LNK-001).
seq:
  - id: version
    type: u1
  - id: features
    type: u2le
  - id: ephemeral
    size: 32
# Revision nexus-2026.1, generated from spec/nexus/link/wire/; run `npm run docs` after a change there.
