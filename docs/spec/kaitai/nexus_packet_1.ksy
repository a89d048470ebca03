meta:
  id: nexus_packet_1
  title: Packet with one address
  endian: be
doc: Generated from the wire layout nexus.packet-1 (NXS-PKT-001).
seq:
  - id: flags
    type: u1
  - id: hops
    type: u1
  - id: destination
    size: 16
  - id: context
    type: u1
  - id: data
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/packet/wire/; run `npm run docs` after a change there.
