meta:
  id: nexus_object_payload
  title: Payload of an object
  endian: be
doc: Generated from the wire layout nexus.object-payload (NXS-OBJ-018).
seq:
  - id: payload_kind
    type: u1
  - id: content
    size-eos: true
# Revision nexus-2026.1, generated from spec/nexus/object/wire/; run `npm run docs` after a change there.
