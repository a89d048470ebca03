/** Keys, hashnames and paths that the cases of contacts share. */
import type { JsonObject } from '../../contract/contract.ts';

export const KEY_1A = '0365694904381c00dfb7c01bb16b0852ea584a1b0b';
export const KEY_3A = '2c1775108365dca6b7e90f8765489f8eda62ec7101391af62419a51c540ed937';
export const KEY_3A_TEXT = 'fqlxkeedmxoknn7jb6dwkse7r3ngf3drae4rv5redgsryvao3e3q';
export const KEY_1A_TEXT = 'answssiehaoabx5xyan3c2yiklvfqsq3bm';
/** Of 3a alone. */
export const HASHNAME = '24uvnxpjixk2sgcn7qnlvdhdnnynzskyasloglnxhjtnjw5oy3ia';
/** Of somebody else. */
export const OTHER = 'uvabrvfqacyvgcu3kbrrmk6apjbvgvn2wjechqr3vf4c4zm3hv7a';
export const UDP4: JsonObject = { type: 'udp4', ip: '192.168.0.55', port: 61407 };
export const UDP6: JsonObject = { type: 'udp6', ip: 'fe80::bae8:56ff:fe43:3de4', port: 42424 };
export const TCP4: JsonObject = { type: 'tcp4', ip: '192.168.0.55', port: 42424 };
export const HTTP: JsonObject = { type: 'http', url: 'http://192.168.0.36:42424' };
export const PEER: JsonObject = { type: 'peer', hn: OTHER };
/** Of a type that nobody here knows. */
export const RADIO: JsonObject = { type: 'radio', band: 868, names: ['a', null], deep: { x: [] } };

/** One path that breaks each rule of its type. */
export const BAD_PATHS: readonly (readonly [name: string, path: unknown])[] = [
  ['text', 'udp4'],
  ['null', null],
  ['list', []],
  ['without-type', { ip: '1.2.3.4', port: 1 }],
  ['type-number', { type: 4 }],
  ['type-empty', { type: '' }],
  ['port-text', { type: 'udp4', ip: '1.2.3.4', port: '1' }],
  ['port-zero', { type: 'udp4', ip: '1.2.3.4', port: 0 }],
  ['port-above', { type: 'tcp4', ip: '1.2.3.4', port: 65536 }],
  ['ip-of-the-other', { type: 'udp6', ip: '1.2.3.4', port: 1 }],
  ['ip-name', { type: 'tcp4', ip: 'example.com', port: 1 }],
  ['additional', { type: 'udp4', ip: '1.2.3.4', port: 1, url: 'x' }],
  ['http-ftp', { type: 'http', url: 'ftp://x' }],
  ['peer-without', { type: 'peer' }],
  ['peer-hashname', { type: 'peer', hn: 'x' }],
  ['peer-other-name', { type: 'peer', peer: 'x' }],
  ['peer-twice', { type: 'peer', hn: OTHER, peer: OTHER }],
];
/** Paths of every type. */
export const GOOD_PATHS: readonly (readonly [name: string, path: JsonObject])[] = [
  ['udp4', UDP4],
  ['udp6', UDP6],
  ['tcp4', TCP4],
  ['tcp6', { type: 'tcp6', ip: '::1', port: 65535 }],
  ['http', HTTP],
  ['https', { type: 'http', url: 'https://a/b' }],
  ['webrtc', { type: 'webrtc' }],
  ['peer', PEER],
  ['peer-uri', { type: 'peer', hn: OTHER, uri: 'link://127.0.0.1/?sid=42' }],
  ['unknown', RADIO],
  ['unknown-peer', { type: 'radio', peer: 'x' }],
];
