#!/usr/bin/env python3
"""Bottlepost starter kit: an adapter for E3X packets, chunks, cloaking, hashnames, routing tokens, JWS and JWE.

To test your own implementation, replace the bodies of the e3x_... functions by calls to it and delete what it lacks.
They take and return bytes; the last section does the hex. Comments name the clause that a line fulfils."""
import re, struct, sys
from decimal import Decimal
from hashlib import sha256
from itertools import accumulate
from json import dumps, loads

class Reject(Exception):
    """What the specification refuses: the reject class, or nothing in an operation that is in reasons of HELLO."""
class Number(str): """A fraction in a request, kept as it is spelled."""
def require(condition, reject):
    if not condition: raise Reject(reject)

PLANE_ENDS = ''.join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
NO_CHARACTER = re.compile('[\ud800-\udfff\ufdd0-\ufdef%s]' % PLANE_ENDS)  # E3X-JSN-007, E3X-JSN-008
def is_packet(data):  # E3X-LOB-002, E3X-LOB-003
    return len(data) >= 2 and 2 + int.from_bytes(data[:2], 'big') <= len(data)
def read_packet(data):  # E3X-LOB-001, E3X-LOB-004, E3X-LOB-008, E3X-JOS-009
    require(is_packet(data), 'truncated')
    end = 2 + int.from_bytes(data[:2], 'big')
    return data[2:end], data[end:]
def write_packet(head, body):
    require(len(head) <= 65535, 'limit')  # E3X-LOB-012, E3X-JOS-010
    return len(head).to_bytes(2, 'big') + head + body
def read_json(head):
    def members(pairs):
        require(len(dict(pairs)) == len(pairs), 'duplicate-name')  # E3X-JSN-004
        return dict(pairs)  # E3X-JSN-010: every name is data
    def number(text):  # E3X-JSN-009, E3X-JSN-012: the float finds 1e400 (inf), the Decimal decides exactly at the edge
        size, limit = abs(float(text)), 2**53 - 1
        require(size < limit or size == limit and Decimal(text).copy_abs() <= limit, 'number-range')
        return float(text) if re.search('[.eE]', text) else int(text)
    try:  # the grammar first; E3X-JSN-001: NaN is refused, for int('NaN') raises ValueError
        text = head.decode('utf-8')
        require(text[:1] != '\ufeff', 'encoding')  # E3X-JSN-006
        value = loads(text, parse_int=float, parse_constant=int)
    except (ValueError, RecursionError) as error:  # E3X-JSN-001, E3X-JSN-005
        raise Reject({UnicodeDecodeError: 'encoding', RecursionError: 'depth'}.get(type(error), 'syntax'))
    require(isinstance(value, dict), 'not-object')  # E3X-JSN-002
    require(text[0] + text[-1] == '{}', 'syntax')  # E3X-JSN-003
    brackets = re.findall(r'[{}\[\]]', re.sub(r'"(?:[^"\\]|\\.)*"', '', text))  # those in strings do not nest
    require(max(accumulate(1 if bracket in '{[' else -1 for bracket in brackets)) <= 64, 'depth')  # E3X-JSN-011
    require(not NO_CHARACTER.search(dumps(value, ensure_ascii=False)), 'encoding')
    return loads(text, object_pairs_hook=members, parse_int=number, parse_float=number)
def write_json(value):  # E3X-LOB-009: json.dumps escapes no more than it must
    if isinstance(value, dict): return '{%s}' % ','.join(f'{write_json(key)}:{write_json(value[key])}' for key in value)
    if isinstance(value, list): return '[%s]' % ','.join(map(write_json, value))
    return value if isinstance(value, Number) else dumps(value, ensure_ascii=False)
def e3x_packet_decode(packet):
    head, body = read_packet(packet)
    result = {'headLength': len(head), 'head': head, 'bodyLength': len(body), 'body': body}
    try: return {**result, 'json': read_json(head)} if len(head) >= 7 else result  # E3X-LOB-005, E3X-LOB-006
    except Reject as error: return {**result, 'jsonError': str(error)}  # E3X-LOB-007
def e3x_packet_encode(json=None, head=b'', body=b''):
    if json is not None:
        head = write_json(json).encode('utf-8', 'backslashreplace') if json else b''  # E3X-LOB-010
        require(len(head) >= 7 or not json, 'unrepresentable')  # E3X-LOB-011
        require(len(head) < 7 or 'json' in e3x_packet_decode(write_packet(head, b'')), 'unrepresentable')  # E3X-LOB-015
    return {'packet': write_packet(head, body)}  # E3X-LOB-013

TRANSPORT_SIZE = {'tcp': 256, 'ble': 20, '802.15.4': 120, 'serial': 64}  # E3X-CHK-021
def e3x_chunks_split(packet, size=None, transport=None):
    size = TRANSPORT_SIZE[transport] if size is None else size
    require(size >= 2, 'limit')  # E3X-CHK-006
    require(is_packet(packet), 'truncated')  # E3X-CHK-007
    fragments = re.findall(b'(?s).{1,%d}' % min(size - 1, 255), packet)  # E3X-CHK-001, E3X-CHK-003
    *frames, last = (bytes([len(fragment)]) + fragment for fragment in fragments)
    return {'frames': frames + ([last + b'\0'] if len(last) < size else [last, b'\0'])}  # E3X-CHK-004, E3X-CHK-005
def e3x_chunks_join(stream):
    at, buffers = 0, [b'']
    while at < len(stream) and at + stream[at] < len(stream):  # E3X-CHK-012: an incomplete chunk waits
        buffers[-1] += stream[at + 1:at + 1 + stream[at]]
        buffers += [b''] if stream[at] == 0 else []  # E3X-CHK-002
        at += 1 + stream[at]
    return {'packets': list(filter(is_packet, buffers[:-1]))}  # E3X-CHK-008, E3X-CHK-009, E3X-CHK-010

QUARTER_ROUNDS = [(i, 4 + (i + s) % 4, 8 + (i + 2 * s) % 4, 12 + (i + 3 * s) % 4) for s in (0, 1) for i in range(4)]
CLOAK_START = b'expand 32-byte k' + sha256(b'telehash').digest()  # E3X-CLK-001
def chacha20(nonce, data):  # E3X-CLK-003: the original cipher, 8-byte nonce and 64-bit block counter from 0
    result = b''
    for at in range(0, len(data), 64):
        start = struct.unpack('<16I', CLOAK_START + struct.pack('<Q', at // 64) + nonce)
        x = list(start)
        for a, b, c, d in QUARTER_ROUNDS * 10:
            for to, by, turned, left in (a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7):
                x[to] = x[to] + x[by] & 0xFFFFFFFF
                wide = (x[turned] ^ x[to]) << left
                x[turned] = wide & 0xFFFFFFFF | wide >> 32
        stream = struct.pack('<16I', *(one + two & 0xFFFFFFFF for one, two in zip(start, x)))
        result += bytes(one ^ two for one, two in zip(data[at:at + 64], stream))
    return result
def e3x_cloak_apply(packet, nonces):
    require(1 <= len(nonces) <= 8, 'limit')  # E3X-CLK-007
    require(is_packet(packet), 'truncated')  # E3X-CLK-008
    require(packet[0] == 0, 'unrepresentable')  # E3X-CLK-009
    for nonce in nonces:  # E3X-CLK-004
        require(len(nonce) == 8 and nonce[0] != 0, 'malformed')  # E3X-CLK-002
        packet = nonce + chacha20(nonce, packet)
    return {'cloaked': packet}
def e3x_cloak_remove(cloaked):
    packet, rounds = cloaked, 0
    while packet and packet[0] != 0:  # E3X-CLK-005
        require(rounds < 8, 'limit')  # E3X-CLK-007
        require(len(packet) >= 10, 'truncated')  # E3X-CLK-006
        packet, rounds = chacha20(packet[:8], packet[8:]), rounds + 1
    require(is_packet(packet), 'truncated')  # E3X-CLK-008
    return {'packet': packet, 'rounds': rounds}

BASE32 = 'abcdefghijklmnopqrstuvwxyz234567', 5  # E3X-B32-001
def write_text(data, alphabet, width):
    bits = ''.join(format(byte, '08b') for byte in data)
    return ''.join(alphabet[int(bits[at:at + width].ljust(width, '0'), 2)] for at in range(0, len(bits), width))
def read_text(text, alphabet, width):  # E3X-B32-002, E3X-B32-003, E3X-B32-006, E3X-JOS-005
    require(set(text) <= set(alphabet + alphabet.upper()) and len(text) * width % 8 < width, 'malformed')
    require(set(text) <= set(alphabet), 'non-canonical')  # E3X-B32-004
    bits = ''.join(format(alphabet.index(character), '06b')[-width:] for character in text)
    data = bytes(int(bits[at:at + 8], 2) for at in range(0, len(bits) - 7, 8))
    require(write_text(data, alphabet, width) == text, 'non-canonical')  # E3X-B32-005
    return data
def e3x_base32_encode(bytes): return {'text': write_text(bytes, *BASE32)}
def e3x_base32_decode(text): return {'bytes': read_text(text, *BASE32)}
def e3x_hashname_parse(hashname):
    require(len(hashname) == 52, 'malformed')  # E3X-HSN-013
    return {'digest': read_text(hashname, *BASE32)}  # E3X-HSN-001
def e3x_hashname_intermediates(keys):  # E3X-HSN-002, E3X-HSN-007, E3X-HSN-008, E3X-HSN-012
    require(all(re.fullmatch('(?!00)[0-9a-f]{2}', csid) and key for csid, key in keys.items()), 'malformed')
    return {'intermediates': {csid: sha256(key).digest() for csid, key in keys.items()}}
def e3x_hashname_derive(keys, intermediates={}):  # E3X-HSN-010, E3X-HSN-011
    require((keys or intermediates) and all(len(digest) == 32 for digest in intermediates.values()), 'malformed')
    e3x_hashname_intermediates(intermediates)  # their CSIDs obey the same rules
    digests = {**intermediates, **e3x_hashname_intermediates(keys)['intermediates']}  # E3X-HSN-005, E3X-HSN-006
    roll = b''
    for csid in sorted(digests):  # E3X-HSN-003, E3X-HSN-004, E3X-HSN-009
        roll = sha256(sha256(roll + bytes.fromhex(csid)).digest() + digests[csid]).digest()
    return {'hashname': write_text(roll, *BASE32)}
def e3x_token_derive(packet):
    head, body = read_packet(packet)
    require(len(head) == 1 and head != b'\0', 'malformed')  # E3X-TOK-002, E3X-TOK-003
    require(len(body) >= 16, 'truncated')  # E3X-TOK-004
    return {'token': sha256(body[:16]).digest()[:16]}  # E3X-TOK-001, E3X-TOK-005

BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', 6  # E3X-JOS-005
def read_compact(text, count):
    require(text.count('.') == count - 1, 'malformed')  # E3X-JOS-004
    return [read_text(part, *BASE64URL) for part in text.split('.')]
def write_compact(*parts): return '.'.join(write_text(part, *BASE64URL) for part in parts)  # E3X-JOS-002
def read_head(head): return e3x_packet_decode(write_packet(head, b'')).get('json', {})  # {} where the JSON failed
def check_header(head, *names):  # E3X-JOS-003, E3X-JOS-011
    header = read_head(head)
    require(all(isinstance(header.get(name), str) and header[name] for name in names), 'malformed')
def e3x_jws_encode(jws):
    header, payload, signature = read_compact(jws, 3)
    check_header(header, 'alg')
    return {'packet': write_packet(header, write_packet(payload, signature))}  # E3X-JOS-001
def e3x_jws_decode(packet):
    header, attached = read_packet(packet)
    check_header(header, 'alg')
    return {'jws': write_compact(header, *read_packet(attached))}
def e3x_jwe_encode(jwe):
    header, _, _, ciphertext, _ = read_compact(jwe, 5)
    check_header(header, 'alg', 'enc')
    _, key, iv, _, tag = jwe.split('.')
    members = dumps({'aad': '', 'iv': iv, 'tag': tag, 'encrypted_key': key}, separators=(',', ':')).encode()
    return {'packet': write_packet(header, write_packet(members, write_packet(b'', ciphertext)))}  # E3X-JOS-006
def e3x_jwe_decode(packet):
    header, second = read_packet(packet)
    check_header(header, 'alg', 'enc')
    members, third = read_packet(second)
    texts = read_head(members)
    strings = all(isinstance(text, str) for text in texts.values())
    require(strings and set(texts) == {'aad', 'iv', 'tag', 'encrypted_key'}, 'malformed')  # E3X-JOS-007
    unprotected, ciphertext = read_packet(third)
    require(texts['aad'] == '' and unprotected == b'', 'unrepresentable')  # E3X-JOS-008
    key, iv, tag = (read_text(texts[name], *BASE64URL) for name in ('encrypted_key', 'iv', 'tag'))
    return {'jwe': write_compact(header, key, iv, ciphertext, tag)}

# The adapter contract: one JSON object per line on stdin, one on stdout for each.
OPERATIONS = {name.replace('_', '.'): value for name, value in list(globals().items()) if name.startswith('e3x_')}
PROFILES = ['e3x-packets', 'e3x-chunks', 'e3x-cloaking', 'e3x-hashnames', 'e3x-tokens', 'e3x-jose']
HELLO = {'name': 'bottlepost-python', 'version': '1.0.0', 'language': 'Python', 'protocol': 1, 'entropy': 'call',
         'operations': list(OPERATIONS), 'profiles': PROFILES, 'reasons': [], 'limits': {'lineBytes': 4194304}}
PLAIN_PARAMS = {'json', 'size', 'transport', 'hashname', 'text', 'jws', 'jwe'}  # all others are bytes
def unhex(value):
    if isinstance(value, str): return bytes.fromhex(value)
    if isinstance(value, list): return [unhex(item) for item in value]
    return {name: member if name in PLAIN_PARAMS else unhex(member) for name, member in value.items()}
for line in sys.stdin.buffer:
    identity = None  # what is not a request is answered by a fault without an id
    try:
        request = loads(line.decode('utf-8'), parse_float=Number)
        identity, operation = request['id'], request['op']
        reply = {'ok': HELLO} if operation == 'hello' else {'unsupported': True}
        if operation in OPERATIONS: reply = {'ok': OPERATIONS[operation](**unhex(request['params']))}
    except Reject as reject: reply = {'reject': {'class': str(reject)}} if reject.args else {'refused': True}
    except Exception as error: reply = {'fault': repr(error)}
    print(dumps({'id': identity, **reply}, default=bytes.hex), flush=True)
