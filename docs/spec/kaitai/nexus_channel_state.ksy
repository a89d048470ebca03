meta:
  id: nexus_channel_state
  title: State of a channel, and body of CHANNEL_ACCEPT and DISPUTE
  endian: be
doc: Generated from the wire layout nexus.channel-state (NXS-PCH-002).
seq:
  - id: channel_id
    size: 16
  - id: party_a
    size: 16
  - id: party_b
    size: 16
  - id: balance_a
    type: u8le
  - id: balance_b
    type: u8le
  - id: sequence
    type: u8le
  - id: signature_a
    size: 64
  - id: signature_b
    size: 64
# Revision nexus-2026.1, generated from spec/nexus/payment/wire/; run `npm run docs` after a change there.
