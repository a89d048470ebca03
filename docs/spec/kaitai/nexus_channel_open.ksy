meta:
  id: nexus_channel_open
  title: Body of CHANNEL_OPEN
  endian: be
doc: Generated from the wire layout nexus.channel-open (NXS-PCH-009).
seq:
  - id: nonce
    size: 16
  - id: key_a
    size: 32
  - id: key_b
    size: 32
  - id: state
    size: 200
# Revision nexus-2026.1, generated from spec/nexus/payment/wire/; run `npm run docs` after a change there.
