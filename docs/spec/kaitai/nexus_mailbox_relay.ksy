meta:
  id: nexus_mailbox_relay
  title: Relay in a mailbox record
  endian: be
doc: Generated from the wire layout nexus.mailbox-relay (NXS-MBX-001).
seq:
  - id: id
    size: 16
  - id: preference
    type: u1
  - id: custody
    type: u4le
    valid:
      min: 1
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
