meta:
  id: nexus_ticket
  title: Ticket, as an owner keeps it
  endian: be
doc: Generated from the wire layout nexus.ticket (NXS-TKT-002).
seq:
  - id: index
    type: u4le
  - id: nonce
    size: 16
  - id: digest
    size: 32
# Revision nexus-2026.1, generated from spec/nexus/proof/wire/; run `npm run docs` after a change there.
