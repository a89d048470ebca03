meta:
  id: interpeer_channel_close
  title: Body of CHANNEL_CLOSE
  endian: be
doc: Generated from the wire layout interpeer.channel-close (IPR-MSG-013).
seq:
  - id: reason
    type: u1
  - id: behind
    size-eos: true
# Revision interpeer-2026.1, generated from spec/interpeer/message/wire/; run `npm run docs` after a change there.
