meta:
  id: interpeer_data_progress
  title: Body of DATA_PROGRESS
  endian: be
doc: Generated from the wire layout interpeer.data-progress (IPR-MSG-015).
seq:
  - id: next_sequence_number
    type: u2be
  - id: bitmap
    size-eos: true
# Revision interpeer-2026.1, generated from spec/interpeer/message/wire/; run `npm run docs` after a change there.
