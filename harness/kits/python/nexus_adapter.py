#!/usr/bin/env python3
"""Bottlepost kit: an adapter for identities, packets, path costs, envelopes, announces and airtime of NEXUS.

Written from the pages in docs/spec/nexus alone, with the standard library alone; its cryptography is neither fast nor
constant in time, so it is a second opinion and no library. Functions take and return bytes, the last section does the
hex. Comments name the clause that a line fulfils."""
import struct, sys
from hashlib import blake2b, sha512
from hmac import compare_digest
from json import dumps, loads

class Reject(Exception):
    """What the specification refuses: the reject class."""
def require(condition, reject):
    if not condition: raise Reject(reject)
def little(data): return int.from_bytes(data, 'little')
def digest(data): return blake2b(data, digest_size=32).digest()

# ------------------------------------------------------------------ curves (RFC 7748, RFC 8032)
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
def multiply_x25519(scalar, point):  # NXS-IDN-011: the highest bit is ignored, and a greater u is reduced
    k, u = little(scalar) & ~7 & 2**255 - 1 | 2**254, little(point) & 2**255 - 1
    x2, z2, x3, z3 = 1, 0, u, 1
    for bit in range(254, -1, -1):
        if k >> bit & 1: x2, z2, x3, z3 = x3, z3, x2, z2
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        x3, z3 = (d * a + c * b)**2 % P, u * (d * a - c * b)**2 % P
        x2, z2 = a * a * b * b % P, (a * a - b * b) * (a * a + 121665 * (a * a - b * b)) % P
        if k >> bit & 1: x2, z2, x3, z3 = x3, z3, x2, z2
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, 'little')
def add(p, q):
    a, b, c, d = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0]), 2 * D * p[3] * q[3], 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P
def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1: result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result
def encode_point(point):
    z = pow(point[2], P - 2, P)
    return (point[1] * z % P | (point[0] * z % P & 1) << 255).to_bytes(32, 'little')
def decode_point(data):  # None if no point has this y; a y of P and more is reduced
    y, sign = little(data) & 2**255 - 1, data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P: x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P: return None
    x = -x % P if x & 1 != sign else x
    return x, y % P, 1, x * y % P
BASE = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, 'little'))
IDENTITY = (1).to_bytes(32, 'little')
def point_of(key, reject):  # NXS-IDN-007 to NXS-IDN-009, NXS-SIG-004, NXS-SIG-005
    point = decode_point(key)
    require(point and little(key) & 2**255 - 1 < P and encode_point(multiply(8, point)) != IDENTITY, reject)
    return point
def scalar_of(seed): return little(sha512(seed).digest()[:32]) & ~7 & 2**255 - 1 | 2**254
def sign(seed, purpose, message):
    require(len(seed) == 32, 'malformed')  # NXS-IDN-002
    scalar, data = scalar_of(seed), purpose.encode() + b'\0' + message  # NXS-SIG-001
    key = encode_point(multiply(scalar, BASE))
    nonce = little(sha512(sha512(seed).digest()[32:] + data).digest()) % L
    front = encode_point(multiply(nonce, BASE))
    return front + ((nonce + little(sha512(front + key + data).digest()) * scalar) % L).to_bytes(32, 'little')
def verify(key, purpose, message, signature):
    s, data = little(signature[32:]), purpose.encode() + b'\0' + message
    require(s < L, 'unauthenticated')  # NXS-SIG-003
    x, y, z, t = point_of(key, 'unauthenticated')
    k = little(sha512(signature[:32] + key + data).digest()) % L
    front = encode_point(add(multiply(s, BASE), multiply(k, (-x % P, y, z, -t % P))))
    require(front == signature[:32], 'unauthenticated')  # NXS-SIG-006, NXS-SIG-008

# ------------------------------------------------------------------ ciphers and BLAKE3
def rotate(word, left): return (word << left | word >> 32 - left) & 0xFFFFFFFF
LANES = [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15), (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)]
def chacha20(key, counter, length):  # RFC 8439, a nonce of zeros: every key here is used once
    stream = b''
    while len(stream) < length:
        start = struct.unpack('<16I', b'expand 32-byte k' + key + struct.pack('<I', counter) + bytes(12))
        x = list(start)
        for a, b, c, d in LANES * 10:
            for to, by, turned, left in (a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7):
                x[to] = x[to] + x[by] & 0xFFFFFFFF
                x[turned] = rotate(x[turned] ^ x[to], left)
        stream += struct.pack('<16I', *(one + two & 0xFFFFFFFF for one, two in zip(start, x)))
        counter += 1
    return stream[:length]
def tag_of(key, sealed, aad):
    r, s = struct.unpack('<QQQQ', chacha20(key, 0, 32))[:2], little(chacha20(key, 0, 32)[16:])
    r = (r[0] | r[1] << 64) & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    padded = b''.join(part + bytes(-len(part) % 16) for part in (aad, sealed)) + struct.pack('<QQ', len(aad), len(sealed))
    total = 0
    for at in range(0, len(padded), 16): total = (total + little(padded[at:at + 16] + b'\1')) * r % (2**130 - 5)
    return ((total + s) % 2**128).to_bytes(16, 'little')
def apply_stream(key, data): return bytes(one ^ two for one, two in zip(data, chacha20(key, 1, len(data))))
def seal(key, data, aad):
    sealed = apply_stream(key, data)
    return sealed + tag_of(key, sealed, aad)
def open_sealed(key, sealed, aad):
    require(compare_digest(tag_of(key, sealed[:-16], aad), sealed[-16:]), 'unauthenticated')  # NXS-ENV-006
    return apply_stream(key, sealed[:-16])
BLAKE3_IV = struct.unpack('>8I', bytes.fromhex('6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19'))
def blake3(data):  # up to 1,024 bytes, which are one chunk; a packet has 500
    chain, blocks = list(BLAKE3_IV), [data[at:at + 64] for at in range(0, len(data), 64)] or [b'']
    for i, block in enumerate(blocks):
        words = list(struct.unpack('<16I', block.ljust(64, b'\0')))
        flags = (1 if i == 0 else 0) | (10 if i == len(blocks) - 1 else 0)
        v = chain + list(BLAKE3_IV[:4]) + [0, 0, len(block), flags]
        for _ in range(7):
            for (a, b, c, d), (one, two) in zip(LANES, zip(words[::2], words[1::2])):
                for word, first, second in (one, 16, 12), (two, 8, 7):
                    v[a] = v[a] + v[b] + word & 0xFFFFFFFF
                    v[d] = rotate(v[d] ^ v[a], 32 - first)
                    v[c] = v[c] + v[d] & 0xFFFFFFFF
                    v[b] = rotate(v[b] ^ v[c], 32 - second)
            words = [words[at] for at in (2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)]
        chain = [one ^ two for one, two in zip(v[:8], v[8:])]
    return struct.pack('<8I', *chain)

# ------------------------------------------------------------------ identities
def nexus_identity_hash(publicKey):
    require(len(publicKey) == 32, 'malformed')  # NXS-IDN-006
    return {'destinationHash': digest(publicKey)[:16]}  # NXS-IDN-003
def nexus_identity_convert(publicKey):
    require(len(publicKey) == 32, 'malformed')
    y = point_of(publicKey, 'malformed')[1]
    return {'x25519PublicKey': ((1 + y) * pow(1 - y, P - 2, P) % P).to_bytes(32, 'little')}  # NXS-IDN-004
def nexus_identity_derive(seed):
    require(len(seed) == 32, 'malformed')
    key = encode_point(multiply(scalar_of(seed), BASE))  # NXS-IDN-001
    return {'publicKey': key, **nexus_identity_convert(key), **nexus_identity_hash(key)}
def nexus_identity_agree(seed, publicKey):
    require(len(seed) == 32 and len(publicKey) == 32, 'malformed')
    shared = multiply_x25519(sha512(seed).digest()[:32], publicKey)  # NXS-IDN-005
    require(any(shared), 'unauthenticated')  # NXS-IDN-010
    return {'shared': shared}
PURPOSES = ['nexus-1 ' + name for name in ('announce', 'link i', 'link r', 'content', 'mutable', 'custody', 'receipt',
            'storage', 'channel', 'terms', 'settle', 'group state', 'group message', 'advisory')]
PURPOSES += ['bottlepost identity', 'bottlepost contact']
def nexus_signature_sign(seed, purpose, message):
    require(purpose in PURPOSES, 'unsupported')  # NXS-SIG-002
    return {'signature': sign(seed, purpose, message)}
def nexus_signature_verify(publicKey, purpose, message, signature):
    require(purpose in PURPOSES, 'unsupported')
    require(len(publicKey) == 32 and len(signature) == 64, 'malformed')  # NXS-SIG-007
    verify(publicKey, purpose, message, signature)
    return {'verified': True}

# ------------------------------------------------------------------ packets
CONTEXTS = (0x00, 0x42, 0x46, 0x47, 0xF0, 0xFA, 0xFB, 0xFC, 0xFF)  # NXS-PKT-012
DESTINATION_TYPES, PACKET_TYPES = ['single', 'group', 'plain', 'link'], ['data', 'announce', 'link-request', 'proof']
def nexus_packet_encode(destinationType, packetType, hops, destination, context, data, transport=None):
    front = b'' if transport is None else transport
    require(len(destination) == 16 and len(front) == (0 if transport is None else 16), 'malformed')  # NXS-PKT-001
    require(context in CONTEXTS, 'unsupported')
    require(hops <= 127, 'limit')  # NXS-PKT-010
    types = DESTINATION_TYPES.index(destinationType) << 2 | PACKET_TYPES.index(packetType)  # NXS-PKT-007
    packet = bytes([types | (0x50 if front else 0), hops]) + front + destination + bytes([context]) + data
    require(len(packet) <= (500 if front else 484), 'limit')  # NXS-PKT-008, NXS-PKT-009
    return {'packet': packet}
def nexus_packet_decode(packet):
    require(packet, 'truncated')
    flags, two = packet[0], packet[0] >> 6 & 1  # NXS-PKT-005
    require(flags < 128, 'unsupported')  # NXS-PKT-003
    require(not flags & 0x20 and flags >> 4 & 1 == two, 'malformed')  # NXS-PKT-004, NXS-PKT-006
    require(len(packet) <= (500 if two else 484), 'limit')
    require(len(packet) < 2 or packet[1] <= 127, 'limit')
    end = 34 if two else 18
    require(len(packet) > end, 'truncated')  # NXS-PKT-002
    require(packet[end] in CONTEXTS, 'unsupported')
    first = {'transport': packet[2:18]} if two else {}
    return {'destinationType': DESTINATION_TYPES[flags >> 2 & 3], 'packetType': PACKET_TYPES[flags & 3], 'hops': packet[1],
            **first, 'destination': packet[end - 16:end], 'context': packet[end], 'data': packet[end + 1:]}
def nexus_packet_id(packet):  # NXS-PKT-013
    read = nexus_packet_decode(packet)
    return {'id': blake3(bytes([packet[0] & 15]) + read['destination'] + bytes([read['context']]) + read['data'])}
def nexus_packet_hop(packet):
    require(nexus_packet_decode(packet)['hops'] < 127, 'limit')  # NXS-PKT-011
    return {'packet': packet[:1] + bytes([packet[1] + 1]) + packet[2:]}

FILTERS = {}  # ids by filter, each with the moment until which it is remembered; the oldest comes first
def filtered(name, now, events=()):
    ids = FILTERS[name][1]
    return {'transmit': [], 'events': [{'type': kind} for kind in events], 'timeoutAt': next(iter(ids.values()), None)}
def nexus_duplicates_open(now, entryCount=1024):
    name = 'duplicates-%d' % len(FILTERS)
    FILTERS[name] = entryCount, {}
    return {'session': name, **filtered(name, now)}
def nexus_duplicates_tick(session, now):
    require(FILTERS.get(session), 'wrong-state')
    ids = FILTERS[session][1]
    for one in [one for one, until in ids.items() if until <= now]: del ids[one]  # NXS-PKT-014
    return filtered(session, now)
def nexus_duplicates_check(session, packet, now):
    require(FILTERS.get(session), 'wrong-state')
    read, (count, ids) = nexus_packet_decode(packet), FILTERS[session]
    if read['packetType'] == 'data' and read['destinationType'] != 'link' and read['context'] == 0:
        nexus_duplicates_tick(session, now)
        one = nexus_packet_id(packet)['id']
        require(one not in ids, 'replayed')
        if len(ids) >= count: del ids[next(iter(ids))]  # NXS-PKT-015
        ids[one] = now + 60000
    return filtered(session, now, ['new'])
def nexus_duplicates_close(session):
    require(FILTERS.get(session), 'wrong-state')
    FILTERS[session] = None
    return {}

# ------------------------------------------------------------------ path costs
def code_of(power): return max(0, power.bit_length() // 2)  # the largest c for which the power is at least 2^(2c - 1)
def nexus_pathcost_encode(value): return {'code': min(code_of((int(value) + 1)**32) if int(value) else 0, 1024)}
def decode_cost(code):
    require(code <= 1024, 'malformed')  # NXS-PCT-006
    value, limit = 0, 2**(code + 16)
    for bit in range(63, -1, -1):  # NXS-PCT-005
        if (2 * (value + 2**bit) + 1)**16 <= limit: value += 2**bit
    return value
def nexus_pathcost_decode(code): return {'value': str(decode_cost(code))}
def nexus_pathcost_add(code, own):
    total = decode_cost(code) + int(own)  # NXS-PCT-007
    if int(own) == 0: return {'code': code}  # NXS-PCT-008
    return {'code': min(max(code + 1, nexus_pathcost_encode(total)['code']), 1024)}  # NXS-PCT-009
def nexus_pathcost_bandwidth(bitsPerSecond):  # NXS-PCT-013, NXS-PCT-014
    return {'code': min(code_of(int(bitsPerSecond)**16) if int(bitsPerSecond) > 1 else 0, 255)}
def nexus_pathcost_carries(bottleneck, bitsPerSecond):  # NXS-PCT-015
    return {'carries': bottleneck >= nexus_pathcost_bandwidth(bitsPerSecond)['code']}
def read_path(data):  # NXS-PCT-001, NXS-PCT-002
    require(len(data) >= 2, 'truncated')
    require(little(data[:2]) <= 1024, 'malformed')
    require(len(data) >= 6, 'truncated')
    require(len(data) == 6, 'trailing')
    return struct.unpack('<HHBB', data)
def nexus_pathcost_relay(pathCost, own, latencyMs, bitsPerSecond):
    cost, latency, bottleneck, hops = read_path(pathCost)
    require(hops < 127, 'limit')  # NXS-PCT-012
    narrow = min(bottleneck, nexus_pathcost_bandwidth(bitsPerSecond)['code'])  # NXS-PCT-011
    return {'pathCost': struct.pack('<HHBB', nexus_pathcost_add(cost, own)['code'], max(latency, latencyMs), narrow, hops + 1)}

# ------------------------------------------------------------------ envelopes
def context_of(use, address, groupId, epoch):  # NXS-ENV-004, NXS-ENV-007
    if use == 'message':
        require(groupId is None and epoch is None, 'malformed')
        return b'\1' + address
    require(groupId is not None and len(groupId) == 32 and epoch is not None, 'malformed')
    return b'\2' + address + groupId + struct.pack('<Q', int(epoch))
def nexus_envelope_seal(publicKey, use, plaintext, entropy, groupId=None, epoch=None):
    if len(entropy) != 32: raise ValueError('the secret of an envelope is 32 bytes')
    recipient = nexus_identity_convert(publicKey)['x25519PublicKey']
    aad = context_of(use, digest(publicKey)[:16], groupId, epoch)
    require(use == 'message' or len(plaintext) == 32, 'malformed')  # NXS-ENV-008
    front = multiply_x25519(entropy, (9).to_bytes(32, 'little'))  # NXS-ENV-001
    key = digest(multiply_x25519(entropy, recipient) + front)  # NXS-ENV-002
    return {'envelope': front + seal(key, plaintext, aad)}  # NXS-ENV-003
def nexus_envelope_open(seed, use, envelope, groupId=None, epoch=None):
    aad = context_of(use, nexus_identity_derive(seed)['destinationHash'], groupId, epoch)
    require(len(envelope) >= 48, 'truncated')  # NXS-ENV-005
    shared = nexus_identity_agree(seed, envelope[:32])['shared']
    plaintext = open_sealed(digest(shared + envelope[:32]), envelope[32:], aad)
    require(use == 'message' or len(plaintext) == 32, 'malformed')
    return {'plaintext': plaintext}

# ------------------------------------------------------------------ contents
def text_of(data, nul):
    try: text = data.decode('utf-8')
    except UnicodeDecodeError: raise Reject('malformed')
    require(nul or '\0' not in text, 'malformed')
    return text
def string(text):
    try: data = text.encode('utf-8')
    except UnicodeEncodeError: raise Reject('malformed')
    require(b'\0' not in data, 'malformed')  # NXS-CNT-008
    return data
def nexus_attachment_write(objectHash, size, key, mediaType, name):
    require(len(objectHash) == 32 and len(key) == 32, 'malformed')
    parts = [string(mediaType), string(name)]
    require(max(map(len, parts)) < 65536, 'limit')
    return {'body': objectHash + struct.pack('<I', size) + key + b''.join(struct.pack('<H', len(part)) + part for part in parts)}
def nexus_attachment_read(body):  # NXS-CNT-007
    require(len(body) >= 70, 'truncated')
    at, strings = 68, []
    for _ in range(2):
        require(len(body) >= at + 2 and len(body) >= at + 2 + little(body[at:at + 2]), 'truncated')
        strings.append(body[at + 2:at + 2 + little(body[at:at + 2])])
        at += 2 + len(strings[-1])
    require(at == len(body), 'trailing')
    mediaType, name = (text_of(part, False) for part in strings)
    return {'objectHash': body[:32], 'size': little(body[32:36]), 'key': body[36:68], 'mediaType': mediaType, 'name': name}
def nexus_attachment_seal(data, entropy):  # NXS-CNT-012
    if len(entropy) != 32: raise ValueError('the key of an attachment is 32 bytes')
    return {'payload': seal(entropy, data, b''), 'key': entropy}
def nexus_attachment_open(payload, key, size):
    require(len(key) == 32 and len(payload) == size + 16, 'malformed')
    return {'data': open_sealed(key, payload, b'')}
def nexus_content_check(kind, body):
    require(kind <= 4, 'unsupported')  # NXS-CNT-005
    if kind == 0: text_of(body, True)  # NXS-CNT-006
    if kind == 1: nexus_attachment_read(body)
    if kind > 2:  # NXS-CNT-009
        needed = 16 if kind == 3 else 32
        require(len(body) >= needed, 'truncated')
        require(len(body) == needed, 'trailing')
    return {'name': ['text', 'attachment', 'application', 'read', 'leave'][kind]}
def nexus_content_sign(seed, recipient, ephemeralKey, created, messageId, kind, body):
    key = nexus_identity_derive(seed)['publicKey']
    require(len(messageId) == 16 and len(recipient) == 16 and len(ephemeralKey) == 32, 'malformed')
    nexus_content_check(kind, body)
    unsigned = b'\1' + key + struct.pack('<Q', int(created)) + messageId + bytes([kind]) + body  # NXS-CNT-002, NXS-CNT-010
    return {'content': unsigned + sign(seed, 'nexus-1 content', recipient + ephemeralKey + unsigned)}  # NXS-CNT-003
def nexus_content_read(content, recipient, ephemeralKey):
    require(len(recipient) == 16 and len(ephemeralKey) == 32, 'malformed')
    require(content, 'truncated')
    require(content[0] in (1, 2), 'unsupported')  # NXS-CNT-001
    if content[0] == 2:
        require(len(content) > 1, 'truncated')  # NXS-CNT-011
        return {'type': 'kilt', 'envelope': content[1:]}
    require(len(content) >= 122, 'truncated')
    sender, body = content[1:33], content[58:-64]
    verify(sender, 'nexus-1 content', recipient + ephemeralKey + content[:-64], content[-64:])  # NXS-CNT-004
    nexus_content_check(content[57], body)
    return {'type': 'signed', 'sender': sender, 'created': str(little(content[33:41])), 'messageId': content[41:57],
            'kind': content[57], 'body': body}
def nexus_message_room(length):
    require(length >= 170, 'limit')  # NXS-CNT-013
    return {'bodyLength': length - 170}
def nexus_message_seal(seed, publicKey, created, messageId, kind, body, entropy, lengthMax=None):
    if len(entropy) != 32: raise ValueError('the secret of an envelope is 32 bytes')
    recipient = nexus_identity_hash(publicKey)['destinationHash']
    require(lengthMax is None or len(body) + 170 <= lengthMax, 'limit')  # NXS-CNT-014
    front = multiply_x25519(entropy, (9).to_bytes(32, 'little'))
    content = nexus_content_sign(seed, recipient, front, created, messageId, kind, body)['content']
    return nexus_envelope_seal(publicKey, 'message', content, entropy)
def nexus_message_open(seed, envelope):
    content = nexus_envelope_open(seed, 'message', envelope)['plaintext']
    return nexus_content_read(content, nexus_identity_derive(seed)['destinationHash'], envelope[:32])

# ------------------------------------------------------------------ announces and beacons
def nexus_announce_relays(data):
    require(data and len(data) % 16 == 0 and len(data) <= 64, 'malformed')  # NXS-ANN-011
    relays = [data[at:at + 16] for at in range(0, len(data), 16)]
    require(all(one < two for one, two in zip(relays, relays[1:])), 'non-canonical')  # NXS-ANN-012
    return {'relays': relays}
def signed_announce(destination, data):  # NXS-ANN-004
    return destination + data[:40] + data[104:106] + bytes(6) + data[112:]
def nexus_announce_write(seed, sequence, label=None, capabilities=None, relays=None):
    own, options = nexus_identity_derive(seed), []
    if label is not None:
        spelled = string(label) if '\0' not in label else label.encode()
        require(1 <= len(spelled) <= 64, 'malformed')
        options.append((1, spelled))
    if capabilities is not None: options.append((2, struct.pack('<H', capabilities)))
    if relays is not None:
        require(all(len(relay) == 16 for relay in relays), 'malformed')
        options.append((3, b''.join(nexus_announce_relays(b''.join(relays))['relays'])))
    front = own['publicKey'] + struct.pack('<Q', int(sequence))
    extension = b'\x4e\1' + b'\0\0\0\0\xff\0' + b''.join(bytes([kind, len(data)]) + data for kind, data in options)  # NXS-ANN-014
    signature = sign(seed, 'nexus-1 announce', signed_announce(own['destinationHash'], front + bytes(64) + extension))
    return {'packet': b'\1\0' + own['destinationHash'] + b'\0' + front + signature + extension}
def nexus_announce_read(packet):
    outer = nexus_packet_decode(packet)
    require((outer['packetType'], outer['destinationType'], outer['context']) == ('announce', 'single', 0), 'malformed')  # NXS-ANN-001
    data, meaning, kinds = outer['data'], {}, [0]
    require(len(data) >= 105, 'truncated')  # NXS-ANN-002
    require(data[104] == 0x4E, 'malformed')  # NXS-ANN-006
    require(len(data) >= 106, 'truncated')
    require(data[105] == 1, 'unsupported')  # NXS-ANN-007
    cost, latency, bottleneck, hops = read_path(data[106:112])  # NXS-ANN-008
    at, options = 112, []
    while at < len(data):  # NXS-ANN-009
        require(data[at] != 0, 'malformed')
        require(len(data) > at + 1 and len(data) >= at + 2 + data[at + 1], 'truncated')
        options.append((data[at], data[at + 2:at + 2 + data[at + 1]]))
        at += 2 + data[at + 1]
    require(digest(data[:32])[:16] == outer['destination'], 'mismatch')  # NXS-ANN-003
    for kind, option in options:
        require(kind > kinds[-1], 'non-canonical')  # NXS-ANN-010
        kinds.append(kind)
    for kind, option in options:  # NXS-ANN-013: others mean nothing
        if kind == 1:
            require(1 <= len(option) <= 64, 'malformed')
            meaning['label'] = text_of(option, True)
        if kind == 2:
            require(len(option) == 2, 'malformed')
            meaning['capabilities'] = little(option)
        if kind == 3: meaning.update(nexus_announce_relays(option))
    verify(data[:32], 'nexus-1 announce', signed_announce(outer['destination'], data), data[40:104])  # NXS-ANN-005
    return {'destination': outer['destination'], 'publicKey': data[:32], 'sequence': str(little(data[32:40])), 'cost': cost,
            'latency': latency, 'bottleneck': bottleneck, 'hopCount': hops,
            'nextHop': outer.get('transport', outer['destination']), **meaning}  # NXS-ANN-017
def nexus_announce_relay(packet, id, own, latencyMs, bitsPerSecond):
    require(len(id) == 16, 'malformed')
    nexus_announce_read(packet)
    outer = nexus_packet_decode(nexus_packet_hop(packet)['packet'])
    path = nexus_pathcost_relay(outer['data'][106:112], own, latencyMs, bitsPerSecond)['pathCost']  # NXS-ANN-016
    return {'packet': bytes([0x51, outer['hops']]) + id + outer['destination'] + b'\0' + outer['data'][:106] + path
            + outer['data'][112:]}  # NXS-ANN-015
def nexus_announce_score(pathCost):  # NXS-ANN-018
    cost, latency, bottleneck, hops = read_path(pathCost)
    return {'score': str(cost << 32 | latency << 16 | 255 - bottleneck << 8 | hops)}
BEACON = b'\x08\0' + digest(b'nexus-1 beacon')[:16] + b'\x42'  # NXS-BCN-001
def nexus_beacon_write(id, capabilities, costTier, load):
    require(len(id) == 16, 'malformed')
    return {'packet': BEACON + id + struct.pack('<HBB', capabilities, costTier, load)}
def nexus_beacon_read(packet):
    nexus_packet_decode(packet)
    require(packet[:1] + b'\0' + packet[2:19] == BEACON, 'malformed')
    require(len(packet) >= 39, 'truncated')  # NXS-BCN-002
    require(len(packet) == 39, 'trailing')
    capabilities, tier, load = struct.unpack('<HBB', packet[35:])
    return {'id': packet[19:35], 'capabilities': capabilities, 'costTier': tier, 'load': load}
def nexus_beacon_interval(airtimeUs, budgetUs):  # NXS-BCN-003
    require(budgetUs > 0, 'limit')
    return {'intervalMs': max(10000, -(-72000000 * airtimeUs // budgetUs))}

# ------------------------------------------------------------------ time on air
PRESETS = {'ShortTurbo': (7, 500000, 5), 'ShortFast': (7, 250000, 5), 'ShortSlow': (8, 250000, 5), 'MediumFast': (9, 250000, 5),
           'MediumSlow': (10, 250000, 5), 'LongFast': (11, 250000, 5), 'LongModerate': (11, 125000, 8), 'LongSlow': (12, 125000, 8)}
def nexus_lora_airtime(chip, spreadingFactor, bandwidthHz, codingRate, preambleSymbols, payloadLength, implicitHeader, crc,
                       lowDataRateOptimize=None):
    sf, bw = spreadingFactor, bandwidthHz
    require(5 <= sf <= 12 and 7800 <= bw <= 500000 and 5 <= codingRate <= 8 and 1 <= preambleSymbols <= 65535, 'malformed')
    require(payloadLength >= 0, 'malformed')  # NXS-AIR-008
    require(payloadLength <= 255, 'limit')  # NXS-AIR-007
    slow = 1000 * 2**sf >= 16 * bw if lowDataRateOptimize is None else lowDataRateOptimize
    short = chip == 'sx126x' and sf < 7
    bits = 8 * payloadLength - 4 * sf + (20 if short else 28) + (16 if crc else 0) - (20 if implicitHeader else 0)
    symbols = 8 + codingRate * max(0, -(-bits // (4 * (sf - (2 if slow else 0)))))
    quarters = 4 * preambleSymbols + (25 if short else 17) + 4 * symbols
    return {'airtimeUs': -(-quarters * 2**sf * 1000000 // (4 * bw))}
def nexus_lora_preset(preset):
    require(preset in PRESETS, 'unsupported')  # NXS-AIR-009
    sf, bw, cr = PRESETS[preset]
    return {'spreadingFactor': sf, 'bandwidthHz': bw, 'codingRate': cr, 'bitsPerSecond': sf * bw * 4 // (2**sf * cr)}

# The adapter contract: one JSON object per line on stdin, one on stdout for each.
OPERATIONS = {name.replace('_', '.'): value for name, value in list(globals().items()) if name.startswith('nexus_')}
PROFILES = ['nexus-identity', 'nexus-packets', 'nexus-path-cost', 'nexus-envelopes', 'nexus-messages', 'nexus-announces',
            'nexus-airtime']
HELLO = {'name': 'bottlepost-python-nexus', 'version': '1.0.0', 'language': 'Python', 'protocol': 1, 'entropy': 'call',
         'operations': list(OPERATIONS), 'profiles': PROFILES, 'limits': {'lineBytes': 4194304}}
PLAIN_TEXTS = {'purpose', 'destinationType', 'packetType', 'session', 'use', 'epoch', 'created', 'mediaType', 'name', 'sequence',
               'label', 'own', 'value', 'bitsPerSecond', 'chip', 'preset'}  # all other texts are bytes
def unhex(value):
    if isinstance(value, str): return bytes.fromhex(value)
    return [unhex(item) for item in value] if isinstance(value, list) else value
for line in sys.stdin.buffer:
    identity = None  # what is not a request is answered by a fault without an id
    try:
        request = loads(line.decode('utf-8'))
        identity, operation = request['id'], request['op']
        reply = {'ok': HELLO} if operation == 'hello' else {'unsupported': True}
        if operation in OPERATIONS:
            given = request['params'].items()
            reply = {'ok': OPERATIONS[operation](**{name: v if name in PLAIN_TEXTS else unhex(v) for name, v in given})}
    except Reject as reject: reply = {'reject': {'class': str(reject)}}
    except Exception as error: reply = {'fault': repr(error)}
    print(dumps({'id': identity, **reply}, default=bytes.hex), flush=True)
