meta:
  id: nexus_packet_2
  title: Packet with two addresses
  endian: be
doc: Generated from the wire layout nexus.packet-2 (NXS-PKT-001).
seq:
  - id: flags
    type: u1
  - id: hops
    type: u1
  - id: transport
    size: 16
  - id: destination
    size: 16
  - id: context
    type: u1
  - id: data
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/packet/wire/; run `npm run docs` after a change there.
