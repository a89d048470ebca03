meta:
  id: interpeer_compat_channel_new
  title: Body of CHANNEL_NEW of interpeer-0.1
  endian: be
doc: Generated from the wire layout interpeer.compat.channel-new (IPR-MSG-008).
seq:
  - id: initiator_half
    size: 2
  - id: cookie1
    size: 4
  - id: behind
    size-eos: true
# Revision interpeer-2026.1, generated from spec/interpeer/message/wire/; run `npm run docs` after a change there.
