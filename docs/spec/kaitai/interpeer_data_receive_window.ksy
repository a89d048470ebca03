meta:
  id: interpeer_data_receive_window
  title: Body of DATA_RECEIVE_WINDOW
  endian: be
doc: Generated from the wire layout interpeer.data-receive-window (IPR-MSG-016).
seq:
  - id: packet_count
    type: u2be
  - id: behind
    size-eos: true
# Revision interpeer-2026.1, generated from spec/interpeer/message/wire/; run `npm run docs` after a change there.
