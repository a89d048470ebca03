meta:
  id: kilt_replay_entry
  title: One remembered message
  endian: be
doc: Generated from the wire layout kilt.replay-entry (KLT-RPL-008).
seq:
  - id: created_at
    type: u8be
  - id: identity
    size: 32
# Revision kilt-2026.1, generated from spec/kilt/replay/wire/; run `npm run docs` after a change there.
