meta:
  id: interpeer_channel_finalize
  title: Body of CHANNEL_FINALIZE
  endian: be
doc: Generated from the wire layout interpeer.channel-finalize (IPR-MSG-010).
seq:
  - id: channel_id
    size: 4
  - id: cookie2
    size: 8
  - id: capabilities
    type: u2be
  - id: behind
    size-eos: true
# Revision interpeer-2026.1, generated from spec/interpeer/message/wire/; run `npm run docs` after a change there.
