meta:
  id: nexus_agreement_signatures
  title: The signatures of an AGREEMENT
  endian: be
doc: Generated from the wire layout nexus.agreement-signatures (NXS-AGR-002).
seq:
  - id: provider_signature
    size: 64
  - id: consumer_signature
    size: 64
# Revision nexus-2026.1, generated from spec/nexus/proof/wire/; run `npm run docs` after a change there.
