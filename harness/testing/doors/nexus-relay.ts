/** Scripts of relays, recipients and depositors of NEXUS. */
import * as reference from '../../../reference/index.ts';
import { UPDATE_HEADER, UPDATE_OWNER, objectHeader } from './nexus-values.ts';
import { at, bytes, P, scriptsOf, type Script } from './script.ts';

/** An update without its content; versions differ in their content. */
function withheldUpdate(version: number): Uint8Array {
  const header = reference.encodeObjectHeader({ ...reference.decodeObjectHeader(UPDATE_HEADER), size: 5000 + version });
  const signature = reference.signObject({ seed: bytes(32), header }, P);
  return reference.writeObject({ age: 0, header, publicKey: UPDATE_OWNER.publicKey, signature, payload: 'withheld' }, P);
}
const KEPT_CONTENT = bytes(5);
const KEPT_OBJECT = reference.writeObject(
  {
    age: 0,
    header: reference.encodeObjectHeader({ ...objectHeader(), size: 5, merkleRoot: reference.hashContent(KEPT_CONTENT, P).root }),
    payload: 'inline',
    content: KEPT_CONTENT,
  },
  P,
);
const KEPT_HASH = reference.readObject(KEPT_OBJECT, P).hash;
const KEPT_PUT = reference.writePut({ recipients: [bytes(16, 1)], custody: 60, object: KEPT_OBJECT }, P);
/** An object in chunks, its hash, a PUT of it, and its first chunk. */
function inChunks(length: number): { readonly hash: Uint8Array; readonly put: Uint8Array; readonly chunk: Uint8Array } {
  const content = new Uint8Array(length);
  const { root } = reference.hashContent(content, P);
  const object = reference.writeObject(
    { age: 0, header: reference.encodeObjectHeader({ ...objectHeader(), size: length, merkleRoot: root }), payload: 'chunked' },
    P,
  );
  const { hash } = reference.readObject(object, P);
  const put = reference.writePut({ recipients: [bytes(16, 1)], custody: 60, object }, P);
  return { hash, put, chunk: reference.writeChunk({ hash, index: 0, ...reference.proveChunk(content, 0, P) }) };
}
const { put: BIG_PUT, chunk: BIG_CHUNK } = inChunks(4096);
const BIGGER = inChunks(5000);
const BIGGER_PUT = BIGGER.put;
/** A kept object, and a list of recipients. */
const storedByRelay = (): readonly object[] => [
  {
    key: 'aa'.repeat(32),
    object: {
      hash: new Uint8Array(32).fill(0xaa),
      number: 1,
      size: 40,
      priority: 'normal',
      minBandwidth: 0,
      content: bytes(40),
      ageMs: 1000,
      endS: 600,
      depositors: ['01'.repeat(16)],
      entries: [{ recipient: '02'.repeat(16), grantedS: 600, depositor: '01'.repeat(16), isTrusted: true, devices: ['03'.repeat(8)] }],
      receipts: [{ recipient: '04'.repeat(16), body: bytes(129), owedTo: ['01'.repeat(16)] }],
    },
  },
  { key: `chunk ${'cc'.repeat(32)} 3`, chunk: bytes(60) },
  { key: `list ${'01'.repeat(16)}`, lists: [{ hash: 'bb'.repeat(32), recipients: ['02'.repeat(16)], ageMs: 5 }] },
];

const FUNCTIONS = scriptsOf({
  hashRecipients: (p) => [[bytes(16, 1), bytes(16, 2)], p],
  writePut: (p) => [{ recipients: [bytes(16, 1)], custody: 60, object: KEPT_OBJECT.slice() }, p],
  readPut: (p) => [reference.writePut({ list: bytes(32), custody: 60, object: KEPT_OBJECT }, P), p],
  writePutOk: (p) => [{ seed: bytes(32), hash: bytes(32), granted: 60, list: bytes(32, 2) }, p],
  readPutOk: (p) => [
    reference.writePutOk({ seed: bytes(32), hash: bytes(32), granted: 60, list: bytes(32, 2) }, P),
    { publicKey: P.deriveEd25519Public({ secret: bytes(32) }), list: bytes(32, 2) },
    p,
  ],
  writePending: at(() => [{ cursor: 1n, max: 10 }]),
  readPending: at(() => [bytes(10)]),
  writePendingList: at(() => [{ cursor: 1n, total: 1, entries: [{ hash: bytes(32), size: 5, age: 6, priority: 'normal' }] }]),
  readPendingList: at(() => [reference.writePendingList({ cursor: 1n, total: 1, entries: [] })]),
  signReceipt: (p) => [{ seed: bytes(32), hash: bytes(32, 3), status: 'delivered', device: bytes(8) }, p],
  readReceipt: (p) => [reference.signReceipt({ seed: bytes(32), hash: bytes(32, 3), status: 'refused' }, P), p],
  readReceiptOk: at(() => [bytes(32)]),
  writeSubscribe: at(() => [{ id: 1, topic: 'node', watched: bytes(16), delivery: 'hint', lifetime: 60 }]),
  readSubscribe: at(() => [reference.writeSubscribe({ id: 1, topic: 'key', watched: bytes(32), delivery: 'hint', lifetime: 60 })]),
  writeSubscribeOk: at(() => [{ id: 1, granted: 60 }]),
  readSubscribeOk: at(() => [bytes(6)]),
  readUnsubscribe: at(() => [bytes(2)]),
  writeNotify: (p) => [{ id: 1, delivery: 'push', object: KEPT_OBJECT.slice() }, p],
  readNotify: (p) => [reference.writeNotify({ id: 1, delivery: 'push', object: KEPT_OBJECT }, P), p],
  writeMailbox: at(() => [{ relays: [{ id: bytes(16), preference: 1, custody: 60 }], devices: [bytes(8)] }]),
  readMailbox: at(() => [reference.writeMailbox({ relays: [{ id: bytes(16), preference: 1, custody: 60 }] })]),
  signAdvisory: (p) => [{ oldSeed: bytes(32), newSeed: bytes(32, 2), sequence: 1n, timestamp: 2n, evidence: 'both' }, p],
  readAdvisory: (p) => [
    reference.signAdvisory({ oldSeed: bytes(32), newKey: bytes(32, 2), sequence: 1n, timestamp: 2n, evidence: 'old' }, P),
    p,
  ],
  writeFork: (p) => [{ first: withheldUpdate(1), second: withheldUpdate(2) }, p],
  readFork: (p) => [reference.writeFork({ first: withheldUpdate(1), second: withheldUpdate(2) }, P), p],
});

const OBJECTS: readonly Script[] = [
  {
    name: 'Relay',
    args: (p) => [
      {
        seed: bytes(32, 5),
        quotaBytes: 100_000,
        waitingCount: 2,
        unfinishedTime: 60,
        custodyMax: 600,
        listCount: 2,
        listTime: 60,
        receiptCount: 3,
        subscriptionCount: 2,
        digestCount: 2,
      },
      p,
      storedByRelay(),
      0,
    ],
    calls: [
      ['linkUp', () => [{ id: bytes(16, 1), isTrusted: true, bitsPerSecond: 1000n }, 1]],
      ['handleRequest', () => [{ from: bytes(16, 1), kind: 0x10, requestId: 1, body: KEPT_PUT.slice() }, 2]],
      ['handleRequest', () => [{ from: bytes(16, 1), kind: 0x16, requestId: 2, body: bytes(10, 0) }, 3]],
      [
        'handleRequest',
        () => [
          {
            from: bytes(16, 1),
            kind: 0x20,
            requestId: 3,
            body: reference.writeSubscribe({ id: 1, topic: 'node', watched: bytes(16), delivery: 'hint', lifetime: 60 }),
          },
          3,
        ],
      ],
      ['handleConfirmed', () => [bytes(16, 1), bytes(129), 4]],
      ['handleRequest', () => [{ from: bytes(16, 1), kind: 0x10, requestId: 4, body: BIG_PUT.slice() }, 4]],
      ['handleChunk', () => [bytes(16, 1), BIG_CHUNK.slice(), 4]],
      ['handleRequest', () => [{ from: bytes(16, 1), kind: 0x10, requestId: 5, body: BIGGER_PUT.slice() }, 4]],
      ['handleFailure', () => [bytes(16, 1), BIGGER.hash.slice(), 4]],
      ['handleTimeout', () => [5]],
      ['pollTimeoutAtMs', () => []],
      ['linkDown', () => [bytes(16, 1), 6]],
    ],
  },
  {
    name: 'Recipient',
    args: (p) => [
      { seed: bytes(32, 4), device: bytes(8) },
      p,
      [{ hash: bytes(32), payload: bytes(5), publicKey: bytes(32, 1), messageId: bytes(16, 1), created: 1n }],
    ],
    calls: [
      ['handleList', () => [{ from: bytes(16, 1), body: reference.writePendingList({ cursor: 3n, total: 1, entries: [] }) }, 1]],
      ['handleNotify', () => [{ from: bytes(16, 1), body: reference.writeNotify({ id: 0, delivery: 'hint', hash: bytes(32, 9) }, P) }, 2]],
      ['handleObject', () => [{ from: bytes(16, 1), body: KEPT_OBJECT.slice() }, 2]],
    ],
  },
  {
    name: 'Depositor',
    args: (p) => [
      p,
      [
        {
          object: bytes(40),
          recipients: [bytes(16, 1)],
          custody: 60,
          relays: [{ id: bytes(16, 2), publicKey: bytes(32, 3) }],
          hash: bytes(32),
          failures: 0,
          isKept: true,
          done: [bytes(16, 1)],
        },
      ],
    ],
    calls: [
      [
        'deposit',
        () => [
          {
            object: KEPT_OBJECT.slice(),
            recipients: [bytes(16, 1)],
            custody: 60,
            relays: [{ id: bytes(16, 2), publicKey: UPDATE_OWNER.publicKey.slice() }],
          },
          1,
        ],
      ],
      ['resume', () => [2]],
      [
        'handlePutOk',
        (p) => [
          {
            from: bytes(16, 2),
            body: reference.writePutOk(
              { seed: bytes(32), hash: KEPT_HASH, granted: 60, list: reference.hashRecipients([bytes(16, 1)], p) },
              p,
            ),
          },
          3,
        ],
      ],
      [
        'handleReceipt',
        (p) => [
          { from: bytes(16, 2), requestId: 1, body: reference.signReceipt({ seed: bytes(32), hash: KEPT_HASH, status: 'refused' }, p) },
          4,
        ],
      ],
    ],
  },
  {
    name: 'Depositor',
    args: (p) => [p, []],
    calls: [
      [
        'deposit',
        () => [
          {
            object: KEPT_OBJECT.slice(),
            recipients: [bytes(16, 1)],
            custody: 60,
            relays: [{ id: bytes(16, 2), publicKey: UPDATE_OWNER.publicKey.slice() }],
          },
          1,
        ],
      ],
      ['handleFailure', () => [{ from: bytes(16, 2), hash: KEPT_HASH.slice() }, 2]],
    ],
  },
];

export const NEXUS_RELAY_SCRIPTS: readonly Script[] = [...FUNCTIONS, ...OBJECTS];
