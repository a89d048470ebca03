meta:
  id: interpeer_compat_channel_acknowledge
  title: Body of CHANNEL_ACKNOWLEDGE of interpeer-0.1
  endian: be
doc: Generated from the wire layout interpeer.compat.channel-acknowledge (IPR-MSG-009).
seq:
  - id: channel_id
    size: 4
  - id: cookie1
    size: 4
  - id: cookie2
    size: 4
  - id: behind
    size-eos: true
# Revision interpeer-2026.1, generated from spec/interpeer/message/wire/; run `npm run docs` after a change there.
