/** Relays, recipients, depositors, channels, admins and members over a store in memory, which is there again after a restart. */
import type {
  GroupMemberOptions,
  GroupRecord,
  InboxMessage,
  PaymentChannelOptions,
  Primitives,
  RecipientOptions,
  RelayOptions,
  StoredDeposit,
  StoredGroupState,
  StoredPayment,
  StoreWrite,
} from '../../../reference/index.ts';
import type { Engine } from './engine.ts';

type Relay = InstanceType<Engine['Relay']>;
type Recipient = InstanceType<Engine['Recipient']>;
type Depositor = InstanceType<Engine['Depositor']>;
type PaymentChannel = InstanceType<Engine['PaymentChannel']>;
type GroupAdmin = InstanceType<Engine['GroupAdmin']>;
type GroupMember = InstanceType<Engine['GroupMember']>;

/** A relay, and what it has stored. */
export class StoredRelay {
  readonly #engine: Engine;
  readonly #primitives: Primitives;
  readonly #options: RelayOptions;
  readonly #stored: Map<string, StoreWrite> = new Map();
  relay: Relay;

  constructor(engine: Engine, options: RelayOptions, primitives: Primitives, nowMs: number) {
    this.#engine = engine;
    this.#primitives = primitives;
    this.#options = options;
    this.relay = new engine.Relay(options, primitives, [], nowMs);
  }

  restart(nowMs: number): void {
    this.relay = new this.#engine.Relay(this.#options, this.#primitives, this.#stored.values(), nowMs);
  }

  /** The next event; what is to be stored is stored, and told by the hashes of its objects, also for single chunks. */
  pollEvent(): object | undefined {
    const event = this.relay.pollEvent();
    if (event?.type !== 'store') return event;
    for (const write of event.writes) {
      if (write.object === undefined && write.lists === undefined && write.chunk === undefined) this.#stored.delete(write.key);
      else this.#stored.set(write.key, write);
    }
    const hashes = event.writes.map(({ key }) => key.replace(/^chunk ([0-9a-f]+) .*$/, '$1')).filter((key) => !key.includes(' '));
    return { type: 'store', objects: [...new Set(hashes)].sort() };
  }

  pollTimeoutAtMs(): number | undefined {
    return this.relay.pollTimeoutAtMs();
  }
}

/** A recipient, and what it has stored. */
export class StoredRecipient {
  readonly #engine: Engine;
  readonly #primitives: Primitives;
  readonly #options: RecipientOptions;
  readonly #stored: InboxMessage[] = [];
  recipient: Recipient;

  constructor(engine: Engine, options: RecipientOptions, primitives: Primitives) {
    this.#engine = engine;
    this.#primitives = primitives;
    this.#options = options;
    this.recipient = new engine.Recipient(options, primitives, []);
  }

  restart(): void {
    this.recipient = new this.#engine.Recipient(this.#options, this.#primitives, this.#stored);
  }

  /** The next event; of what is stored the hash is told. */
  pollEvent(): object | undefined {
    const event = this.recipient.pollEvent();
    if (event?.type !== 'store') return event;
    this.#stored.push(event.message);
    return { type: 'store', hash: event.message.hash };
  }
}

/** A depositor, and what it has stored. */
export class StoredDepositor {
  readonly #engine: Engine;
  readonly #primitives: Primitives;
  /** In the order in which they were deposited. */
  readonly #stored: StoredDeposit[] = [];
  depositor: Depositor;

  constructor(engine: Engine, primitives: Primitives) {
    this.#engine = engine;
    this.#primitives = primitives;
    this.depositor = new engine.Depositor(primitives, []);
  }

  restart(nowMs: number): void {
    this.depositor = new this.#engine.Depositor(this.#primitives, this.#stored);
    this.depositor.resume(nowMs);
  }

  /** The next event; of what is stored the hash is told. */
  pollEvent(): object | undefined {
    const event = this.depositor.pollEvent();
    if (event?.type !== 'store') return event;
    const { deposit } = event;
    const place = this.#stored.findIndex(({ hash }) => hash.every((byte, i) => byte === deposit.hash[i]));
    this.#stored[place < 0 ? this.#stored.length : place] = deposit;
    return { type: 'store', hash: deposit.hash };
  }
}

/** The channels with a neighbour, and what was stored of them. */
export class StoredPayments {
  readonly #engine: Engine;
  readonly #primitives: Primitives;
  readonly #options: PaymentChannelOptions;
  #stored: StoredPayment | undefined;
  channel: PaymentChannel;

  constructor(engine: Engine, options: PaymentChannelOptions, primitives: Primitives) {
    this.#engine = engine;
    this.#primitives = primitives;
    this.#options = options;
    this.channel = new engine.PaymentChannel(options, primitives, undefined);
  }

  restart(nowMs: number): void {
    this.channel = new this.#engine.PaymentChannel(this.#options, this.#primitives, this.#stored);
    this.channel.resume(nowMs);
  }

  /** The next event; of what is stored it is told where the channel is, and the highest number that was signed. */
  pollEvent(): object | undefined {
    const event = this.channel.pollEvent();
    if (event?.type !== 'store') return event;
    this.#stored = event.payment;
    const { status, signed } = event.payment.channel ?? { status: 'none', signed: 0n };
    return { type: 'store', status, signed };
  }

  pollTimeoutAtMs(): number | undefined {
    return this.channel.pollTimeoutAtMs();
  }
}

/** An admin of groups, and what it has stored. */
export class StoredGroupAdmin {
  readonly #engine: Engine;
  readonly #primitives: Primitives;
  readonly #seed: Uint8Array;
  /** By the group id in hexadecimal digits. */
  readonly #stored: Map<string, StoredGroupState> = new Map();
  admin: GroupAdmin;

  constructor(engine: Engine, seed: Uint8Array, primitives: Primitives) {
    this.#engine = engine;
    this.#primitives = primitives;
    this.#seed = seed;
    this.admin = new engine.GroupAdmin({ seed }, primitives, []);
  }

  restart(nowMs: number): void {
    this.admin = new this.#engine.GroupAdmin({ seed: this.#seed }, this.#primitives, this.#stored.values());
    this.admin.resume(nowMs);
  }

  /** The next event; of what is stored the group is told. */
  pollEvent(): object | undefined {
    const event = this.admin.pollEvent();
    if (event?.type !== 'store') return event;
    const { groupId } = event.group;
    this.#stored.set(this.#engine.toHex(groupId), event.group);
    return { type: 'store', groupId };
  }
}

/** A member of groups, and what it has stored. */
export class StoredGroupMember {
  readonly #engine: Engine;
  readonly #primitives: Primitives;
  readonly #options: GroupMemberOptions;
  readonly #stored: Map<string, GroupRecord> = new Map();
  member: GroupMember;

  constructor(engine: Engine, options: GroupMemberOptions, primitives: Primitives, nowMs: number) {
    this.#engine = engine;
    this.#primitives = primitives;
    this.#options = options;
    this.member = new engine.GroupMember(options, primitives, [], nowMs);
  }

  restart(nowMs: number): void {
    this.member = new this.#engine.GroupMember(this.#options, this.#primitives, this.#stored.values(), nowMs);
  }

  /** The next event; what is to be stored is stored, and told by its keys. */
  pollEvent(): object | undefined {
    const event = this.member.pollEvent();
    if (event?.type !== 'store') return event;
    for (const record of event.records) {
      if (record.group === undefined && record.epoch === undefined && record.message === undefined) this.#stored.delete(record.key);
      else this.#stored.set(record.key, record);
    }
    return { type: 'store', keys: event.records.map(({ key }) => key).sort() };
  }
}
