meta:
  id: interpeer_channel_cookie
  title: Body of CHANNEL_COOKIE
  endian: be
doc: Generated from the wire layout interpeer.channel-cookie (IPR-MSG-011).
seq:
  - id: cookie
    size: 8
  - id: capabilities
    type: u2be
  - id: behind
    size-eos: true
# Revision interpeer-2026.1, generated from spec/interpeer/message/wire/; run `npm run docs` after a change there.
