meta:
  id: nexus_mailbox
  title: Mailbox record
  endian: be
doc: Generated from the wire layout nexus.mailbox (NXS-MBX-001).
seq:
  - id: count
    type: u2le
    valid:
      min: 1
  - id: rest
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
