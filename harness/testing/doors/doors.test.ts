/**
 * What callers may do to every function and class that the reference exports: pass things of the wrong kind, Node's Buffers,
 * and memory that they wipe afterwards. There is one script for each of them, with valid arguments; the tests run the scripts
 * with one thing changed.
 */
import { describe, expect, it } from 'vitest';
import * as reference from '../../../reference/index.ts';
import { Endpoint, UsageError } from '../../../reference/index.ts';
import type { Primitives } from '../../../reference/index.ts';
import { ProtocolError } from '../../../reference/kernel/errors.ts';
import { E3X_SCRIPTS } from './e3x.ts';
import { INTERPEER_SCRIPTS } from './interpeer.ts';
import { KERNEL_SCRIPTS } from './kernel.ts';
import { KILT_SCRIPTS } from './kilt.ts';
import { NEXUS_SCRIPTS } from './nexus.ts';
import { bytesIn, changed, isClass, isPlain, Play, shown, transcript, type Callable, type Change } from './play.ts';
import { P } from './script.ts';

const SCRIPTS = [...KERNEL_SCRIPTS, ...E3X_SCRIPTS, ...INTERPEER_SCRIPTS, ...KILT_SCRIPTS, ...NEXUS_SCRIPTS];

describe('the scripts', () => {
  it('cover every exported function, class and method', () => {
    const wanted: string[] = [];
    for (const [name, value] of Object.entries(reference) as [string, unknown][]) {
      if (typeof value !== 'function' || value === Endpoint || value.prototype instanceof ProtocolError || value === ProtocolError)
        continue;
      wanted.push(name);
      if (!isClass(value)) continue;
      for (const [method, { get }] of Object.entries(Object.getOwnPropertyDescriptors(value.prototype as object)))
        if (method !== 'constructor' && get === undefined && !method.startsWith('pollTransmit')) wanted.push(`${name}.${method}`);
    }
    const made = SCRIPTS.flatMap(({ name, calls = [] }) => [name, ...calls.map(([method]) => `${name}.${method}`)]);
    expect(wanted.filter((name) => !made.includes(name))).toEqual([]);
  });
});

describe('ADR-0027 primitives passed in', () => {
  /** The primitives, and how often they have been called. */
  const counting = (): { readonly table: Primitives; count(): number } => {
    let count = 0;
    const entries = (Object.entries(P) as [string, Callable][]).map(([name, run]) => [
      name,
      (input: unknown): unknown => {
        count += 1;
        return run(input);
      },
    ]);
    return { table: Object.fromEntries(entries) as Primitives, count: () => count };
  };
  /** Scripts whose calls need none. */
  const IDLE = new Set(SCRIPTS.filter(({ name, calls = [] }) => name === 'Connection' && calls[0]?.[0] === 'handlePacket'));
  const needing = SCRIPTS.filter((script) => script.args(P).some((arg) => arg === P || (isPlain(arg) && arg['primitives'] === P)));

  it.each(needing.map((script, place) => [`${script.name} ${String(place)}`, script] as const))(
    '%s uses them for its cryptography',
    (_name, script) => {
      const { table, count } = counting();
      expect(transcript(script, table)).toEqual(transcript(script));
      if (!IDLE.has(script)) expect(count()).toBeGreaterThan(0);
    },
  );
});

describe('ADR-0027 primitives that lack what is needed', () => {
  const lacking = SCRIPTS.flatMap((script) => script.args(P).flatMap((arg, index) => (arg === P ? [[script, index] as const] : [])));
  it.each(lacking.map(([script, index], place) => [`${script.name} ${String(place)}`, script, index] as const))(
    'are refused by %s itself, and not by what it calls later',
    (_name, script, index) => {
      for (const wrong of [undefined, null, {}, Object.fromEntries(Object.keys(P).map((name) => [name, name]))])
        expect(() => new Play(script).run(script.args(P).with(index, wrong))).toThrow(UsageError);
    },
  );
});

describe('ADR-0026 times', () => {
  const LATEST_MS = 2 ** 52;
  /** Endpoints of NEXUS: each call but pollTimeoutAtMs ends with the time, and numbers are times, lengths of time or counts. */
  const TIMED = NEXUS_SCRIPTS.filter(({ calls = [] }) => calls.some(([method]) => method === 'pollTimeoutAtMs'));
  const at = (args: readonly unknown[], nowMs: number): readonly unknown[] => args.with(-1, nowMs);

  it.each(TIMED.map((script) => [script.name, script] as const))(
    'at which %s wants to be called are times that it takes',
    (_name, script) => {
      const [options, ...others] = script.args(P) as [{ readonly [option: string]: unknown }, ...unknown[]];
      for (const option of Object.keys(options))
        for (const value of [2 ** 40, 2 ** 40 + 1, LATEST_MS, 2 ** 53 - 1]) {
          const play = new Play(script);
          try {
            play.run([{ ...options, [option]: value }, ...others]);
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
            continue;
          }
          for (const [method] of script.calls ?? []) {
            if (method === 'pollTimeoutAtMs') break;
            try {
              play.run(at(play.args(), LATEST_MS));
            } catch (error) {
              // A clause may refuse the call; a door must not.
              if (!(error instanceof ProtocolError) || error instanceof UsageError) throw error;
              break;
            }
            expect(Number.isSafeInteger(play.timeoutAtMs ?? 0), `${option} ${String(value)}`).toBe(true);
          }
        }
    },
  );
  it.each(TIMED.map((script) => [script.name, script] as const))('beyond 2^52 are refused by %s', (_name, script) => {
    const play = Play.after(script, 1);
    expect(() => play.run(at(play.args(), LATEST_MS + 1))).toThrow(UsageError);
    expect(play.run(at(play.args(), LATEST_MS))).toBeDefined();
  });
});

describe('ADR-0026 numbers of a range, and ids', () => {
  const packet = { key: new Uint8Array(32), linkId: new Uint8Array(16), context: 0, count: 3, content: new Uint8Array(4) };
  const wait = { leastMs: 1, airtimeCount: 1, airtimeUs: 1, exchangeUs: 1 };
  const table = new reference.LinkTable({});
  it.each<[string, (value: number) => unknown, readonly number[]]>([
    ['the phase of a packet', (phase) => reference.sealLinkPacket({ ...packet, phase: phase as 0 }, P), [2, 3, -1]],
    ['the duty of a time-out', (dutyPermille) => reference.linkWaitMs({ ...wait, dutyPermille }), [0, 1001, 5000]],
    [
      'the id of a link that begins',
      (length) => {
        table.addLink(new Uint8Array(length));
      },
      [0, 15, 17],
    ],
    [
      'the id of a link that ends',
      (length) => {
        table.removeLink(new Uint8Array(length));
      },
      [0, 15, 17],
    ],
  ])('%s is refused where it is none', (_what, call, wrong) => {
    for (const value of wrong) expect(() => call(value), String(value)).toThrow(UsageError);
  });
});

describe('ADR-0026 closed lists', () => {
  /** Texts that belong to a closed list, anywhere in an argument. */
  const CLOSED: readonly unknown[] = [
    'json',
    'jsonld',
    'interpeer-1',
    'responder',
    'open',
    'odd',
    'at-once',
    'key-exchange',
    'chunk',
    'ed25519',
  ];
  const misspelled = (value: unknown): unknown[] => {
    if (CLOSED.includes(value)) return ['no such name'];
    if (Array.isArray(value)) return value.flatMap((item, place) => misspelled(item).map((wrong) => value.with(place, wrong)));
    if (!isPlain(value) || 'sha256' in value) return [];
    return Object.entries(value).flatMap(([name, item]) => misspelled(item).map((wrong) => ({ ...value, [name]: wrong })));
  };
  /** resolveAgreementKey and resolveKeyForOpening take the result of parseKeyUri, and use only its key. */
  const READ = SCRIPTS.filter(({ name }) => !['resolveAgreementKey', 'resolveKeyForOpening'].includes(name));
  const NAMES = READ.flatMap((script) =>
    Array.from({ length: 1 + (script.calls ?? []).length }, (_, place) => place).flatMap((place) => {
      const play = Play.after(script, place);
      const right = play.args();
      return right.flatMap((arg, index) =>
        misspelled(arg).map((wrong) => [`${play.title} ${String(index)}`, script, place, right.with(index, wrong)] as const),
      );
    }),
  );
  it.each(NAMES)('a name that is not on the list is refused by %s', (_name, script, place, args) => {
    expect(() => Play.after(script, place).run(args)).toThrow(ProtocolError);
  });
});

/** Equal copies: an array, a view into a longer one, and a Node Buffer in shared memory. */
const MEMORY: readonly (readonly [string, Change])[] = [
  ['arrays', (given): Uint8Array => given.slice()],
  ['views', (given): Uint8Array => concatAround(new Uint8Array(given.length + 9), given)],
  ['Buffers', (given): Uint8Array => concatAround(Buffer.alloc(given.length + 9), given)],
];
function concatAround(memory: Uint8Array, given: Uint8Array): Uint8Array {
  const view = memory.subarray(3, 3 + given.length);
  view.set(given);
  return view;
}

describe.each(MEMORY)('ADR-0027 %s that the caller overwrites after the call', (_kind, copyOf) => {
  it.each(SCRIPTS.map((script, place) => [`${script.name} ${String(place)}`, script] as const))('change nothing in %s', (_name, script) => {
    const expected = transcript(script);
    const play = new Play(script);
    const kept: { readonly title: string; readonly out: unknown; readonly before: string }[] = [];
    for (const wanted of expected) {
      const memory = new Set<ArrayBufferLike>();
      const { title } = play;
      const args = play.args().map((arg) =>
        changed(arg, (given) => {
          const copy = copyOf(given);
          if (copy.length > 0) memory.add(copy.buffer);
          return copy;
        }),
      );
      const out = play.run(args);
      expect(shown(out), title).toBe(wanted);
      expect(bytesIn(out).filter((result) => memory.has(result.buffer)).length, `${title} returns memory of the caller`).toBe(0);
      for (const buffer of memory) new Uint8Array(buffer).fill(0xee);
      kept.push({ title, out, before: wanted });
    }
    for (const { title, out, before } of kept) expect(shown(out), title).toBe(before);
  });
});

describe('ADR-0027 what a call gave out', () => {
  it.each(SCRIPTS.map((script, place) => [`${script.name} ${String(place)}`, script] as const))(
    'belongs to the caller: overwriting it changes nothing in %s',
    (_name, script) => {
      const play = new Play(script);
      for (const wanted of transcript(script)) {
        const { title } = play;
        const out = play.run();
        expect(shown(out), title).toBe(wanted);
        for (const bytes of bytesIn(out)) bytes.fill(0xee);
      }
    },
  );
});

describe('ADR-0027 arguments of the wrong kind', () => {
  const WRONG: readonly unknown[] = [
    undefined,
    null,
    true,
    0,
    -1,
    1.5,
    NaN,
    2 ** 53,
    7n,
    '',
    'text',
    '__proto__',
    [],
    [null],
    new Array<unknown>(2),
    {},
    Object.create(null),
    new Map(),
    new Map([[1, 2]]),
    new Uint8Array(3),
    // Instances of the class by their prototype, in which there are no bytes and no entries.
    new Proxy(new Uint8Array(3), {}),
    Object.create(Uint8Array.prototype),
    new Proxy(new Map(), {}),
    new Float64Array(2),
    new Date(0),
    (): undefined => undefined,
    Symbol('s'),
  ];

  /** Every way to replace the argument, or something in it, by a wrong thing. */
  function* wrongs(value: unknown, depth = 0): Generator<unknown> {
    yield* WRONG;
    if (depth > 2) return;
    if (Array.isArray(value)) {
      for (const [place, item] of value.entries()) for (const wrong of wrongs(item, depth + 1)) yield value.with(place, wrong);
    } else if (value instanceof Map) {
      for (const [name, item] of value as Map<unknown, unknown>)
        for (const wrong of wrongs(item, depth + 1)) {
          yield new Map([...(value as Map<unknown, unknown>), [name, wrong]]);
          yield new Map([[wrong, item]]);
        }
    } else if (isPlain(value) && !('sha256' in value)) {
      for (const [name, item] of Object.entries(value)) for (const wrong of wrongs(item, depth + 1)) yield { ...value, [name]: wrong };
      for (const name of Object.keys(value)) yield Object.fromEntries(Object.entries(value).filter(([member]) => member !== name));
    }
  }

  const nameOf = (value: unknown): string => {
    try {
      return typeof value === 'symbol' ? String(value) : (shown(value) ?? String(value));
    } catch {
      return 'what cannot be shown';
    }
  };

  it.each(SCRIPTS.map((script, place) => [`${script.name} ${String(place)}`, script] as const))(
    'are refused by %s, or taken',
    (_name, script) => {
      const faults = new Set<string>();
      const expected = transcript(script);
      for (const [place, wanted] of expected.entries()) {
        let play = Play.after(script, place);
        const { title } = play;
        const right = play.args();
        for (const [index, arg] of right.entries()) {
          for (const wrong of wrongs(arg)) {
            try {
              play.run(right.with(index, wrong));
              play = Play.after(script, place); // it was accepted: start again
            } catch (error) {
              if (!(error instanceof ProtocolError)) {
                faults.add(`${title} argument ${String(index)}: ${String(error)}; given ${nameOf(wrong).slice(0, 200)}`);
                play = Play.after(script, place);
              } else if (arg instanceof Uint8Array && wrong !== undefined && error.clause !== 'ADR-0027' && !(wrong instanceof Uint8Array))
                faults.add(`${title} argument ${String(index)} says ${error.clause} of ${nameOf(wrong)}`);
            }
          }
        }
        if (shown(play.run()) !== wanted) faults.add(`${title}: a call that was refused has changed something`);
      }
      expect([...faults].slice(0, 20)).toEqual([]);
    },
  );
});
