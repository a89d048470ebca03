meta:
  id: nexus_channel_update
  title: Body of CHANNEL_UPDATE
  endian: be
doc: Generated from the wire layout nexus.channel-update (NXS-UPD-001).
seq:
  - id: cause
    type: u1
  - id: reference
    size: 32
  - id: state
    size: 200
# Revision nexus-2026.1, generated from spec/nexus/payment/wire/; run `npm run docs` after a change there.
