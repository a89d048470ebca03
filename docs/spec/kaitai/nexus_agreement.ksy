meta:
  id: nexus_agreement
  title: Body of AGREEMENT
  endian: be
doc: Generated from the wire layout nexus.agreement (NXS-AGR-002).
seq:
  - id: version
    type: u1
    valid:
      eq: 1
  - id: hash
    size: 32
  - id: size
    type: u4le
  - id: provider
    size: 16
  - id: consumer
    size: 16
  - id: channel_id
    size: 16
  - id: cost_per_epoch
    type: u8le
  - id: duration
    type: u4le
    valid:
      min: 1
  - id: interval
    type: u4le
  - id: erasure
    type: u1
  - id: rest
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/proof/wire/; run `npm run docs` after a change there.
