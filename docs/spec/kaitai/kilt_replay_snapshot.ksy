meta:
  id: kilt_replay_snapshot
  title: Snapshot of a replay memory
  endian: be
  imports:
    - kilt_replay_entry
doc: Generated from the wire layout kilt.replay-snapshot (KLT-RPL-008).
seq:
  - id: version
    type: u1
    valid:
      eq: 2
  - id: admits_from_ms
    type: u8be
  - id: entry_count
    type: u4be
  - id: entries
    type: kilt_replay_entry
    repeat: expr
    repeat-expr: entry_count
# Revision kilt-2026.1, generated from spec/kilt/replay/wire/; run `npm run docs` after a change there.
