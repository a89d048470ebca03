meta:
  id: nexus_mailbox_devices
  title: Devices in a mailbox record
  endian: be
doc: Generated from the wire layout nexus.mailbox-devices (NXS-MBX-004).
seq:
  - id: count
    type: u1
    valid:
      min: 1
  - id: devices
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/relay/wire/; run `npm run docs` after a change there.
