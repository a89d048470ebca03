meta:
  id: nexus_ticket_proof
  title: Body of TICKET_PROOF
  endian: be
doc: Generated from the wire layout nexus.ticket-proof (NXS-TKT-003).
seq:
  - id: challenge
    size: 52
  - id: digest
    size: 32
# Revision nexus-2026.1, generated from spec/nexus/proof/wire/; run `npm run docs` after a change there.
