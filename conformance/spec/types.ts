/** Shapes of the spec's data files, as the loader returns them (validated against `spec/meta/`). */
import type { Json } from '../contract/contract.ts';

/** What a clause requires; a PROPERTY requires nothing and says what follows from the rest. */
export type Level = 'MUST' | 'SHOULD' | 'MAY' | 'PROPERTY';
export type VerifyKind = 'vector' | 'trace' | 'property' | 'scenario' | 'review' | 'contract';
/** Source text of an expression (see expression.ts); numbers and booleans stand for themselves. */
export type ExpressionSource = string | number | boolean;

export interface Requirement {
  readonly id: string;
  readonly level: Level;
  readonly text: string;
  readonly source: { readonly document: string; readonly section: string } | { readonly decision: string };
  readonly verify: readonly VerifyKind[];
  readonly disposition?: string;
  readonly note?: string;
  /** Why a refusal without a reason never shows this clause: what else refuses what it refuses. */
  readonly refusedAnyway?: string;
  /** Kinds of difference of which the document says nothing: an answer that differs so breaks a decision. */
  readonly silentAbout?: readonly string[];
  /** Pieces of the text that are decided, although the rest is published. */
  readonly decided?: readonly { readonly part: string; readonly decision: string }[];
  /** Published, but these independent implementations do otherwise, and no decision answers them yet. */
  readonly contested?: string;
}
export interface RejectClass {
  readonly class: string;
  readonly means: string;
  readonly reqs?: readonly string[];
}
/** A reject class and the clause that demands it. */
export interface Reject {
  readonly class: string;
  readonly req: string;
}
export type FieldType =
  'u8' | 'u16be' | 'u16le' | 'u24be' | 'u32be' | 'u32le' | 'u64be' | 'u64le' | 'leb128' | 'bijective128' | 'bytes' | 'repeat' | 'layout';
export type FieldFault = 'truncated' | 'mismatch' | 'range' | 'non-canonical';
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** Bytes: an integer, the name of an earlier field or an expression over earlier fields, or `rest`. */
  readonly length?: string | number;
  readonly lengthOf?: string;
  readonly countOf?: string;
  readonly count?: string;
  readonly until?: 'end';
  readonly layout?: string;
  readonly const?: number | string;
  readonly minimum?: number | string;
  readonly maximum?: number | string;
  readonly when?: string;
  readonly req?: string;
  readonly rejects: 'none' | { readonly [fault in FieldFault]?: Reject };
  readonly overflow?: Reject;
}
export interface Partition {
  readonly field: string;
  readonly from: number | string;
  readonly to: number | string;
  readonly req: string;
}
export interface Layout {
  readonly layout: string;
  readonly title: string;
  readonly req: string;
  readonly fields: readonly Field[];
  readonly trailing?: Reject;
  readonly partitions?: readonly Partition[];
}
export interface Derivation {
  readonly derivation: string;
  readonly req: string;
  readonly hash: 'sha256' | 'sha512' | 'blake2b512';
  readonly inputs: readonly { readonly name: string; readonly length: 'any' | number | readonly number[] }[];
  readonly output: { readonly length: number };
}
export interface TextCodec {
  readonly text: string;
  readonly req: string;
  readonly alphabet: string;
  readonly bitsPerCharacter: number;
  readonly rejects: {
    readonly length: Reject;
    readonly padding: Reject;
    readonly alphabet: Reject;
    readonly case?: Reject;
    readonly unusedBits: Reject;
  };
}
export type ConstantValue =
  { readonly value: number; readonly req: string } | { readonly bytes: string; readonly req: string; readonly check?: string };
export interface TransportDefaults {
  readonly size: number;
  readonly blocking: boolean;
  readonly acks: 'none' | 'read' | 'chunk';
  readonly req: string;
}
export interface NamedFunction {
  readonly function: string;
  readonly takes: readonly string[];
  readonly is: string;
}
export type ParamType =
  | 'bytes'
  | 'bytesList'
  | 'bytesMap'
  | 'text'
  | 'integer'
  | 'boolean'
  | 'object'
  | 'csidMap'
  | 'time'
  | 'u64'
  | 'integerList'
  | 'textList'
  | 'objectList'
  | 'objectMap'
  | 'json';
export interface Param {
  readonly type: ParamType;
  readonly required?: boolean;
  readonly excludes?: string;
  readonly layout?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  /**
   * An implementation may have some of its values and not others: those of its `enum` (true), the listed ones, or, of a map,
   * the names in it, which are values of the parameter named here.
   */
  readonly choice?: true | string | readonly string[];
  /** What an object, each object of a list, or each value of a map has; an object without it is taken as it comes. */
  readonly members?: { readonly [name: string]: Param };
  readonly domain?: { readonly [kind: string]: readonly number[] };
}
export type ResultType =
  | 'bytes'
  | 'bytesList'
  | 'text'
  | 'integer'
  | 'object'
  | 'boolean'
  | 'csidMap'
  | 'jsonError'
  | 'eventList'
  | 'timeout'
  | 'u64'
  | 'integerList'
  | 'objectList';
export interface ResultMember {
  /**
   * Where `when` holds (an expression over the parameters), the member has many right encodings: whatever `operation`
   * reads alike, other parameters of its own taken from the request, is right.
   */
  readonly readBy?: { readonly when: string; readonly operation: string };
  /** A wrong value breaks the clause that a vector is about, and not one of the member's own. */
  readonly ofVector?: boolean;
  /** Hello may say that an implementation does not expose it. */
  readonly omittable?: boolean;
  /** Of a list of events: types that hello may say an implementation does not expose. */
  readonly omittableEvents?: readonly string[];
  readonly type: ResultType;
  readonly optional?: boolean;
  readonly layout?: string;
  readonly req: string;
  /** The clause of the order in which JSON within the bytes has its members. */
  readonly order?: string;
  /**
   * Members of JSON within the bytes that are there only if something asks for them: the clause that says when (`req`), and that
   * of packets with nothing else in them (`alone`) but these and what every packet has (`with`).
   */
  readonly only?: { readonly [member: string]: { readonly req: string; readonly alone?: string; readonly with?: readonly string[] } };
}
export type ModelStep =
  | { readonly let: { readonly [name: string]: ExpressionSource } }
  | { readonly decode: { readonly layout: string; readonly from: string; readonly as: string; readonly req?: string } }
  | { readonly encode: { readonly layout: string; readonly with: { readonly [field: string]: ExpressionSource }; readonly as: string } }
  | { readonly parseJson: { readonly from: string; readonly as: string; readonly errorAs: string } }
  /** Bytes as one JSON object by the rules of I-JSON, or the reject. */
  | { readonly readJson: { readonly from: string; readonly as: string; readonly reject: string; readonly req: string } }
  /** The model of another operation; what it rejects is rejected here, or as the reject named. */
  | {
      readonly run: {
        readonly operation: string;
        readonly with: { readonly [param: string]: ExpressionSource };
        readonly as: string;
        readonly reject?: string;
        readonly req?: string;
      };
    }
  | { readonly writeJson: { readonly from: string; readonly as: string; readonly req: string } }
  | {
      readonly validate: {
        readonly schema: string;
        readonly from: string;
        readonly reject: string;
        readonly req: string;
        readonly as?: string;
      };
    }
  | { readonly derive: { readonly derivation: string; readonly with: { readonly [input: string]: ExpressionSource }; readonly as: string } }
  | {
      readonly cipher: {
        readonly name: 'chacha20-original';
        readonly key: string;
        readonly nonce: string;
        readonly data: string;
        readonly as: string;
      };
    }
  /** Undefined from the primitive means the reject, which is required where it can happen. */
  | {
      readonly primitive: {
        readonly name: string;
        readonly with: { readonly [argument: string]: ExpressionSource };
        readonly as: string;
        readonly reject?: string;
        readonly req?: string;
      };
    }
  | { readonly encodeText: { readonly text: string; readonly from: string; readonly as: string } }
  | { readonly decodeText: { readonly text: string; readonly from: string; readonly as: string } }
  | { readonly require: { readonly that: string; readonly reject: string; readonly req: string } }
  | { readonly clause: string }
  | { readonly when: { readonly if: string; readonly do: readonly ModelStep[]; readonly else?: readonly ModelStep[] } }
  | { readonly each: { readonly of: string; readonly as: string; readonly do: readonly ModelStep[] } }
  | { readonly while: { readonly if: string; readonly do: readonly ModelStep[] } }
  | { readonly return: { readonly [member: string]: ExpressionSource } };
export interface Operation {
  readonly operation: string;
  readonly summary: string;
  /** Set for operations of a session; their meaning is in the machines of that session. */
  readonly session?: string;
  /** Clauses this operation also shows that no step of its model decides. */
  readonly also?: readonly string[];
  readonly params: { readonly [name: string]: Param };
  readonly requiresOneOf?: readonly string[];
  readonly result: { readonly [name: string]: ResultMember };
  readonly rejects: readonly string[];
  readonly model?: readonly ModelStep[];
}
/** What variables become: each expression is evaluated in the state before. */
export interface Assignments {
  readonly [variable: string]: ExpressionSource;
}
/** Expressions by the names under which other expressions use them. */
export interface NamedExpressions {
  readonly [name: string]: ExpressionSource;
}
export interface MachineRow {
  /** Short phrase in kebab-case that says what happens, unique in its machine: ids of traces are made of it. */
  readonly name: string;
  readonly in: string;
  readonly on: string;
  readonly when?: string;
  readonly to: string;
  /** Assignments, the name of an update, or several of both; later ones win. */
  readonly set?: Assignments | string | readonly (Assignments | string)[];
  /** Each expression is a frame or a list of frames. */
  readonly transmit?: string | readonly string[];
  /** Each expression is an event or a list of events. */
  readonly emit?: string | readonly string[];
  /** What may be done instead of this, where the source leaves the choice or the moment open. */
  readonly or?: readonly MachineAlternative[];
  readonly reject?: string;
  readonly outcome: string;
  readonly req: string;
}
/** Another right answer of a row. */
export type MachineAlternative = Pick<MachineRow, 'when' | 'to' | 'set' | 'transmit' | 'emit'>;
export interface MachineEvent {
  readonly call: string;
  /** Names of the parameters; the values that are tried are in the trials. */
  readonly parameters?: readonly string[];
  readonly with?: { readonly [param: string]: readonly ExpressionSource[] | string };
  readonly arguments?: { readonly [param: string]: ExpressionSource };
  readonly advance?: ExpressionSource;
  /** Not offered while this holds: keeps the exploration finite. */
  readonly unless?: string;
}
export interface MachineConfiguration {
  readonly name: string;
  readonly open: { readonly [param: string]: Json };
  readonly constants?: { readonly [name: string]: ExpressionSource };
  readonly initial?: string;
  /** Only for systems: its messages are abstract, so no implementation is asked to play it. */
  readonly composedOnly?: boolean;
}
/** A machine with the trials that go with it. */
export interface Machine {
  /** The clause that random walks are about, from its trials. */
  readonly about?: string;
  readonly machine: string;
  readonly title: string;
  readonly session: string;
  readonly eventDefaults?: { readonly [member: string]: ExpressionSource };
  /** What is fixed when the session is opened, by its meaning; each configuration gives a value. */
  readonly constants?: { readonly [name: string]: string };
  readonly configurations: readonly MachineConfiguration[];
  readonly states: readonly string[];
  readonly initial: string;
  readonly variables: {
    readonly [name: string]: {
      readonly type: 'bytes' | 'integer' | 'list';
      readonly initial: ExpressionSource;
      readonly from?: number;
      readonly to?: number;
    };
  };
  readonly events: { readonly [name: string]: MachineEvent };
  readonly timeout: string;
  /** Named values, conditions and outputs, evaluated where a row (or one another) uses them. */
  readonly values?: NamedExpressions;
  readonly guards?: NamedExpressions;
  readonly outputs?: NamedExpressions;
  readonly updates?: { readonly [name: string]: Assignments };
  /** Tried in order: the first of a state and event whose guard holds is taken. */
  readonly rows: readonly MachineRow[];
  readonly invariants: readonly { readonly id: string; readonly always: string; readonly req: string }[];
}
/** How exploration plays a machine: no part of what the machine says. */
export interface Trials {
  readonly trials: string;
  /** The clause that random walks through the machine are about; that of its first row where absent. */
  readonly about?: string;
  readonly configurations: readonly MachineConfiguration[];
  /** Named expressions that only arguments use. */
  readonly values?: { readonly [name: string]: ExpressionSource };
  readonly events?: { readonly [name: string]: Pick<MachineEvent, 'with' | 'unless' | 'arguments'> };
}
export interface System {
  readonly system: string;
  readonly title: string;
  readonly parts: { readonly [name: string]: { readonly machine: string; readonly configuration: string } };
  readonly links: readonly {
    readonly from: string;
    readonly to: string;
    readonly capacity: number;
    readonly faults: readonly ('lose' | 'duplicate' | 'reorder')[];
    readonly deliver: readonly {
      readonly when: string;
      readonly event: string;
      readonly with?: { readonly [param: string]: ExpressionSource };
    }[];
  }[];
  readonly environment: readonly {
    readonly part: string;
    readonly event: string;
    readonly with?: { readonly [param: string]: ExpressionSource };
    /** When it may happen, over the states of all parts; at any time if absent. */
    readonly when?: string;
    readonly times: number;
  }[];
  readonly invariants: readonly { readonly id: string; readonly always: string; readonly req: string }[];
  readonly expectedViolations?: readonly { readonly id: string; readonly always: string; readonly why: string; readonly req: string }[];
  readonly goal?: { readonly eventually: string; readonly req: string };
  readonly bounds: { readonly states: number; readonly depth: number };
}
export interface Profile {
  readonly profile: string;
  readonly title: string;
  readonly requirements?: readonly string[];
  readonly operations?: readonly string[];
  readonly includes?: readonly string[];
  /** Values of a parameter that the claim leaves out; a check that uses one of them is not a part of it. */
  readonly without?: { readonly [parameter: string]: readonly string[] };
}
/** One input of a named trace: an event, with expressions for its parameters. */
export type NamedInput =
  string | { readonly on: string; readonly with?: { readonly [param: string]: ExpressionSource }; readonly times?: number };
/** A path through a machine that no generator finds by itself, because what matters is where it ends (`traces.yaml`). */
export interface NamedTrace {
  readonly name: string;
  readonly title: string;
  readonly machine: string;
  readonly configuration: string;
  /** What the trace and its last steps are about. */
  readonly req: string;
  /** Steps at the end that are about `req`; none where absent. */
  readonly lastSteps?: number;
  readonly inputs: readonly NamedInput[];
}
/** Inputs that each continue the shortest trace to every row of a configuration; what comes in between is the topic's (`traces.yaml`). */
export interface ContinuedTraces {
  /** What comes in between. */
  readonly name: string;
  readonly machine: string;
  readonly configuration: string;
  readonly req: string;
  readonly inputs: readonly NamedInput[];
}
/**
 * Which traces of a machine become vectors (`traces` of a `topic.yaml`). Where nothing is said: the shortest trace to every row
 * of every configuration, and one step beyond each by every input.
 */
export interface TracePolicy {
  /** Where traces end: at each row, or with a transition of each state. */
  readonly from?: 'rows' | 'states';
  /** What comes next: every input, or one of each row that it can take. */
  readonly next?: 'inputs' | 'rows';
  /** What an earlier trace has shown need not be shown again: a row by an input with such outputs, a row right after a row. */
  readonly cover?: readonly ('inputs' | 'pairs')[];
  /** What comes next in a state that an earlier trace left as well: the same as in others, one accepted input, nothing. */
  readonly known?: 'all' | 'accepted' | 'none';
  /** Inputs that leave the state as it was: each by itself, all in one trace, or within the trace to the row, a change after them. */
  readonly unchanged?: 'apart' | 'together' | 'within';
  /** Configurations by machine of which traces go on beyond their row; all where absent. */
  readonly follow?: { readonly [machine: string]: readonly string[] };
  /** Rows of the other configurations: all, or those that change, send or say something, or have no trace yet. */
  readonly others?: 'all' | 'telling';
  /** Up to so many steps a trace is prolonged by changes that nothing has shown yet. */
  readonly stepsMax?: number;
}
/** One topic of an area (`spec/<area>/<topic>/`): what its `topic.yaml` says, and the names of what its files define. */
export interface TopicSpec {
  readonly topic: string;
  readonly title: string;
  readonly about: string;
  /** Topics of the same area that it may cite, with those that they come after. */
  readonly after: readonly string[];
  /** What the ids of its requirements begin with. */
  readonly prefixes: readonly string[];
  readonly profiles: readonly Profile[];
  /** Path of its folder below the root. */
  readonly folder: string;
  readonly requirements: readonly string[];
  readonly operations: readonly string[];
  readonly functions: readonly string[];
  readonly derivations: readonly string[];
  readonly texts: readonly string[];
  readonly constants: readonly string[];
  readonly transports: readonly string[];
  readonly layouts: readonly string[];
  readonly schemas: readonly string[];
  readonly machines: readonly string[];
  readonly systems: readonly string[];
}
/** A document that requirements cite. */
export interface SourceDocument {
  readonly title: string;
  readonly where: string;
  /** The one state of it that is cited: a commit, a version or a date of publication. */
  readonly revision: string;
  /** The state that the project's seed comes from, if the document differs there. */
  readonly seedRevision?: string;
}
/** One area of the spec (`spec/<area>/`), every file of it loaded and checked; its lists are those of its topics, in their order. */
export interface AreaSpec {
  readonly area: string;
  readonly title: string;
  readonly revision: string;
  readonly documents: { readonly [name: string]: SourceDocument };
  readonly requirements: readonly Requirement[];
  /** Retired ids, each with the clause that says the same now, or null. */
  readonly retiredRequirements: { readonly [id: string]: string | null };
  readonly rejects: readonly RejectClass[];
  readonly jsonErrors: readonly RejectClass[];
  /** The clause of each rule of reading JSON, by the name of the rule. */
  readonly jsonRules: { readonly [rule: string]: string };
  readonly discards: readonly RejectClass[];
  readonly operations: readonly Operation[];
  readonly functions: readonly NamedFunction[];
  readonly derivations: readonly Derivation[];
  readonly texts: readonly TextCodec[];
  readonly constants: { readonly [name: string]: ConstantValue };
  readonly transports: { readonly [name: string]: TransportDefaults };
  readonly layouts: readonly Layout[];
  readonly schemas: readonly { readonly [key: string]: Json }[];
  readonly machines: readonly Machine[];
  readonly systems: readonly System[];
  readonly traces: readonly NamedTrace[];
  readonly continuedTraces: readonly ContinuedTraces[];
  /** By the name of a machine or of a session. */
  readonly tracePolicies: { readonly [name: string]: TracePolicy };
  readonly profiles: readonly Profile[];
  readonly topics: readonly TopicSpec[];
  /** Areas whose operations its expressions may run, by their full names; nothing else of them is seen. */
  readonly uses: readonly AreaSpec[];
}
