meta:
  id: nexus_notify
  title: Body of NOTIFY
  endian: be
doc: Generated from the wire layout nexus.notify (NXS-SUB-008).
seq:
  - id: id
    type: u2le
  - id: delivery
    type: u1
  - id: rest
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
