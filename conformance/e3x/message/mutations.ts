/**
 * Damaged messages and channel packets: right ones with bits flipped in each field, cut, lengthened, with fields of other
 * right ones, sealed to another recipient, under another CSID, with invalid keys, with parts of themselves repeated.
 * Every byte of a message is authenticated, and of a channel packet every byte after the token: none of these may open.
 */
import type { JsonObject } from '../../contract/contract.ts';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import { once } from '../../oracle/once.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { headsOf, type Vector } from '../../vectors.ts';
import type { Dice } from '../../suites/campaign.ts';

/** A field of a packet: name, first byte, and bytes; negative first bytes count from the end, no length is up to the next. */
interface Field {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** What a packet of one kind is damaged from. */
export interface FuzzTarget {
  readonly csid: string;
  readonly operation: 'e3x.message.open' | 'e3x.channelpacket.open';
  /** The clause that refuses what is damaged. */
  readonly requirement: string;
  /** Right requests of the same parties or the same key; `packet` is what is damaged. */
  readonly right: readonly JsonObject[];
  /** Packets for another recipient, of another exchange, or of another cipher set; right in themselves. */
  readonly foreign: readonly Uint8Array[];
}

/** How a packet was damaged. */
export const MUTATION_KINDS = [
  'flip',
  'flip-many',
  'truncate',
  'extend',
  'swap-field',
  'foreign',
  'foreign-part',
  'csid',
  'bad-key',
  'repeat-part',
  'drop-part',
  'length',
  'random',
] as const;
export type MutationKind = (typeof MUTATION_KINDS)[number];

/** Where the fields of a packet end that have a fixed length, from the front; and what is fixed at its end. */
const SHAPES: {
  readonly [operation: string]: {
    readonly [csid: string]: { readonly front: readonly (readonly [string, number])[]; readonly tail: readonly [string, number] };
  };
} = {
  'e3x.message.open': {
    '1a': {
      front: [
        ['length', 2],
        ['csid', 3],
        ['key', 24],
        ['iv', 28],
      ],
      tail: ['hmac', 4],
    },
    '2a': {
      front: [
        ['length', 2],
        ['csid', 3],
        ['keys', 259],
        ['iv', 271],
      ],
      tail: ['tag', 16],
    },
    '3a': {
      front: [
        ['length', 2],
        ['csid', 3],
        ['key', 35],
        ['nonce', 59],
        ['box tag', 75],
      ],
      tail: ['auth', 16],
    },
  },
  'e3x.channelpacket.open': {
    '1a': {
      front: [
        ['length', 2],
        ['token', 18],
        ['iv', 22],
      ],
      tail: ['hmac', 4],
    },
    '2a': {
      front: [
        ['length', 2],
        ['token', 18],
        ['iv', 30],
      ],
      tail: ['tag', 16],
    },
    '3a': {
      front: [
        ['length', 2],
        ['token', 18],
        ['nonce', 42],
      ],
      tail: ['box tag', 16],
    },
  },
};

/** Keys that are none, or whose agreement gives nothing. */
const BAD_KEYS: { readonly [csid: string]: readonly string[] } = {
  '1a': ['00'.repeat(21), `02${'ff'.repeat(20)}`, `04${'11'.repeat(20)}`, `02${'00'.repeat(20)}`],
  '2a': ['00'.repeat(256), 'ff'.repeat(256), `${'00'.repeat(255)}01`],
  '3a': [
    '00'.repeat(32),
    `01${'00'.repeat(31)}`,
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    `ec${'ff'.repeat(30)}7f`,
    `ed${'ff'.repeat(30)}7f`,
    `${'00'.repeat(31)}80`,
  ],
};
const OTHER_CSIDS = ['1a', '2a', '3a', '1b', '00', 'ff'];
const LENGTHS = [0, 1, 2, 6, 7, 255, 256, 0x7fff, 0xffff];

/** The fields of a packet, the variable one between those in front and the last. */
function fieldsOf({ operation, csid }: FuzzTarget, packet: Uint8Array): Field[] {
  const shape = SHAPES[operation]?.[csid];
  if (shape === undefined) throw new Error(`${operation} has no shape under ${csid}`);
  const ends: (readonly [string, number])[] = [
    ...shape.front,
    ['ciphertext', packet.length - shape.tail[1]],
    [shape.tail[0], packet.length],
  ];
  return ends.map(([name, end], index) => ({ name, start: ends[index - 1]?.[1] ?? 0, end }));
}

function flipBit(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  return Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ (1 << bit) : byte));
}
function splice(bytes: Uint8Array, start: number, end: number, part: Uint8Array): Uint8Array {
  return concatBytes(bytes.subarray(0, start), part, bytes.subarray(end));
}

/** Damages a packet once, in the way asked for. */
function damaged(kind: MutationKind, target: FuzzTarget, packet: Uint8Array, dice: Dice): Uint8Array {
  const fields = fieldsOf(target, packet);
  const { start, end } = dice.pick(fields) ?? { start: 0, end: packet.length };
  const at = start + dice.below(Math.max(1, end - start));
  const other = fromHex(String(dice.pick(target.right)?.['packet'] ?? ''));
  const count = 1 + dice.below(32);
  const randomBytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => dice.below(256));
  switch (kind) {
    case 'flip':
      return flipBit(packet, at, dice.below(8));
    case 'flip-many':
      return Array.from({ length: 2 + dice.below(6) }, () => dice.below(packet.length)).reduce(
        (bytes, where) => flipBit(bytes, where, dice.below(8)),
        packet,
      );
    case 'truncate':
      return packet.slice(0, dice.below(2) === 0 ? at : Math.max(0, packet.length - count));
    case 'extend':
      return concatBytes(packet, dice.below(2) === 0 ? new Uint8Array(count) : randomBytes(count));
    case 'swap-field': {
      const index = dice.below(fields.length);
      const own = fields[index] ?? { start: 0, end: 0 };
      const theirs = fieldsOf(target, other)[index] ?? own;
      return splice(packet, own.start, own.end, other.subarray(theirs.start, theirs.end));
    }
    case 'foreign':
      return dice.pick(target.foreign) ?? packet;
    case 'foreign-part': {
      const foreign = dice.pick(target.foreign) ?? other;
      return dice.below(2) === 0
        ? concatBytes(packet.subarray(0, at), foreign.subarray(at))
        : concatBytes(foreign.subarray(0, at), packet.subarray(at));
    }
    case 'csid':
      return target.operation === 'e3x.message.open'
        ? splice(packet, 2, 3, fromHex(dice.pick(OTHER_CSIDS) ?? ''))
        : concatBytes(fromHex(`0001${dice.pick(OTHER_CSIDS) ?? ''}`), packet.subarray(2));
    case 'bad-key': {
      const key = fromHex(dice.pick(BAD_KEYS[target.csid] ?? []) ?? '');
      return target.operation === 'e3x.message.open' ? splice(packet, 3, 3 + key.length, key) : splice(packet, 18, 18 + key.length, key);
    }
    case 'repeat-part':
      return concatBytes(packet.subarray(0, at), packet.subarray(at, at + count), packet.subarray(at));
    case 'drop-part':
      return splice(packet, at, at + count, new Uint8Array(0));
    case 'length': {
      const length = dice.pick(LENGTHS) ?? 0;
      return splice(packet, 0, 2, Uint8Array.of(length >> 8, length & 0xff));
    }
    case 'random':
      return dice.below(2) === 0 ? concatBytes(packet.subarray(0, 3), randomBytes(dice.below(600))) : randomBytes(dice.below(600));
  }
}

/** A damaged packet, with the right request. */
export interface Damaged {
  readonly kind: MutationKind;
  readonly right: JsonObject;
  readonly packet: string;
}

/** Damages one of the right packets in one way, and never arrives at a right one again. */
export function damage(target: FuzzTarget, dice: Dice): Damaged {
  const right = dice.pick(target.right);
  if (right === undefined) throw new Error(`${target.operation}: nothing valid under ${target.csid}`);
  const authentic = new Set(target.right.map((request) => authenticated(target, String(request['packet']))));
  for (;;) {
    const kind = dice.pick(MUTATION_KINDS) ?? 'flip';
    const packet = toHex(damaged(kind, target, fromHex(String(right['packet'])), dice));
    if (!authentic.has(authenticated(target, packet))) return { kind, right, packet };
  }
}

/** What of a packet is authenticated: all of a message; of a channel packet all but the token. */
function authenticated({ operation }: FuzzTarget, packet: string): string {
  return operation === 'e3x.message.open' ? packet : packet.slice(0, 4) + packet.slice(36);
}

/**
 * The targets of one cipher set that the committed vectors make up; none if they have none. A packet that opens with the right
 * parameters as well, such as one under another form of the same key, is not foreign.
 */
export function fuzzTargets(oracle: Oracle, csid: string, vectors: readonly Vector[]): FuzzTarget[] {
  const accepted = (operation: string, of: string): { readonly id: string; readonly params: JsonObject }[] =>
    vectors
      .filter((v) => v.id.startsWith(`${operation}/${of}/`) && headsOf(v).length === 1 && headsOf(v).every(({ expect }) => 'ok' in expect))
      .map((v) => ({
        id: v.id,
        // Written out when a packet is to be damaged, not where checks are listed.
        get params() {
          return v.steps[0]?.params ?? {};
        },
      }));
  const targets: FuzzTarget[] = [];
  for (const [operation, requirement] of [
    ['e3x.message.open', 'E3X-MSG-003'],
    ['e3x.channelpacket.open', 'E3X-CHP-004'],
  ] as const) {
    const own = accepted(operation, csid).filter(({ id }) => !id.endsWith('/other-token'));
    // Those of the same parties as the first, or of the same key: among them fields can change places.
    const [first] = operation === 'e3x.message.open' ? own.filter(({ id }) => id.endsWith('/inner-64')) : own;
    if (first === undefined) continue;
    const partyOf = ({ params }: { readonly params: JsonObject }): string =>
      JSON.stringify([params['recipient'], params['senderKey'], params['key']]);
    const isOfFirst = once(() => {
      const party = partyOf(first);
      return (request: { readonly params: JsonObject }) => partyOf(request) === party;
    });
    const right = once(() => own.filter((request) => isOfFirst()(request)).map(({ params }) => params));
    const others = (): typeof own => [
      ...own.filter((request) => !isOfFirst()(request)),
      ...['1a', '2a', '3a'].filter((other) => other !== csid).flatMap((other) => accepted(operation, other)),
    ];
    const foreign = once(() =>
      others()
        .filter(({ params }) => params['senderKey'] !== undefined || params['key'] !== undefined)
        .map(({ params }) => String(params['packet']))
        .filter((packet) => oracle.answer(operation, { ...first.params, packet }).kind === 'reject')
        .map(fromHex),
    );
    targets.push({
      csid,
      operation,
      requirement,
      get right() {
        return right();
      },
      get foreign() {
        return foreign();
      },
    });
  }
  return targets;
}
