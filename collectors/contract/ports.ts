import type { RegisterPort } from './register-port.ts';
import type { SqlPort } from './sql-port.ts';
import type { Text } from './text.ts';

/** What a collector may touch of the world, handed in by the composer; every wait ends with the run's signal. */
export interface CollectorPorts {
  readonly clock: ClockPort;
  readonly http: HttpPort;
  readonly network: NetworkPort;
  readonly processes: ProcessPort;
  readonly files: FilePort;
  readonly sql: SqlPort;
  readonly listeners: ListenPort;
  /** What the evidence store knows already; absent where there is no store. */
  readonly register?: RegisterPort;
  /** This program's own process; absent where nobody observes it. */
  readonly self?: SelfPort;
  /** The secret that a setting points to; InputError when the variable or file is absent or empty. */
  secret(ref: SecretRef): Promise<string>;
}

/** Where a secret is; the secret itself never stands in a settings file. */
export type SecretRef = { readonly env: string } | { readonly file: string };

/** Header of our own /metrics that says which running CityGauge writes the page, so that it knows its own. */
export const instanceHeader = 'x-citygauge-instance';

/** This running program, and what it costs the machine it runs on. */
export interface SelfPort {
  /** Different for every server; the value of `instanceHeader`. */
  readonly instance: string;
  read(): SelfFigures;
}

export interface SelfFigures {
  readonly residentBytes: number;
  readonly heapUsedBytes: number;
  /** User and system time since the process began. */
  readonly cpuSeconds: number;
  readonly uptimeSeconds: number;
  /** Delay of the event loop since the reading before, seconds: 0 when it was never late. */
  readonly eventLoopLag: { readonly p50: number; readonly p99: number; readonly max: number };
}

export interface ClockPort {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Milliseconds of a clock that never jumps, for durations. */
  monotonic(): number;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Durations of the phases of one exchange, seconds; a phase that did not happen is absent. */
export interface Phases {
  readonly resolve?: number;
  readonly connect?: number;
  readonly tls?: number;
  /** From the request sent to the first byte of the answer. */
  readonly processing?: number;
  readonly transfer?: number;
}

export interface TlsSettings {
  /** PEM texts. */
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly serverName?: string;
  /** True accepts any chain; what is wrong with it is still reported. */
  readonly isInsecure?: boolean;
}

export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** From the first look-up to the last byte. */
  readonly timeoutMilliseconds: number;
  /** Of the body, after decompression; beyond it the exchange ends with `tooLarge`. */
  readonly maxBytes: number;
  /** Redirects followed at most; 0 answers with the redirect itself. Credentials do not follow to another origin. */
  readonly maxRedirects?: number;
  /** Forces IPv4 or IPv6. */
  readonly family?: 4 | 6;
  readonly tls?: TlsSettings;
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decompressed (gzip, deflate, br). */
  readonly body: Uint8Array;
  /** Of the last exchange. */
  readonly phases: Phases;
  readonly remoteAddress: string;
  /** Where the answer came from, after redirects. */
  readonly url: string;
  readonly redirects: readonly string[];
  readonly tls: TlsSession | null;
}

export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  /** ISO instants. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly sha256: string;
}

export interface TlsSession {
  readonly protocol: string;
  readonly cipher: string;
  /** Leaf first. */
  readonly chain: readonly Certificate[];
  /** Null when the chain is trusted and the name matches, else what is wrong: `CERT_HAS_EXPIRED`, ... */
  readonly fault: string | null;
}

export const networkFaultKinds = [
  'resolve',
  'connect',
  'tls',
  'timeout',
  'tooLarge',
  'protocol',
  'aborted',
] as const;

/** An exchange that came to nothing; the message says what happened to which address, and what to do. */
export class NetworkFault extends Error {
  readonly kind: (typeof networkFaultKinds)[number];
  /** The message in both languages, without the remedy. */
  readonly reason: Text;
  readonly remedy: Text | null;
  readonly phases: Phases;
  /** The certificates seen before a TLS fault. */
  readonly tls: TlsSession | null;
  constructor(
    kind: (typeof networkFaultKinds)[number],
    message: string,
    options: {
      readonly reason?: Text;
      readonly remedy?: Text;
      readonly phases?: Phases;
      readonly tls?: TlsSession | null;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'NetworkFault';
    this.kind = kind;
    this.reason = options.reason ?? { zh: message, en: message };
    this.remedy = options.remedy ?? null;
    this.phases = options.phases ?? {};
    this.tls = options.tls ?? null;
  }
}

export interface HttpPort {
  /** Any status is an answer; NetworkFault otherwise. */
  exchange(request: HttpRequest): Promise<HttpResponse>;
}

interface Reach {
  readonly host: string;
  readonly port: number;
  readonly timeoutMilliseconds: number;
  readonly family?: 4 | 6;
  readonly signal: AbortSignal;
}

/** Waits until what came since the last step is as expected, then sends. */
export interface DialogueStep {
  readonly expect?: (received: string) => boolean;
  readonly send?: string;
}

export interface NetworkPort {
  /** NetworkFault when the port does not answer, or the dialogue does not go as it should. */
  connect(
    request: Reach & { readonly dialogue?: readonly DialogueStep[]; readonly maxBytes?: number },
  ): Promise<{ readonly phases: Phases; readonly remoteAddress: string; readonly received: string }>;
  /** NetworkFault when the handshake fails; with `isInsecure` an untrusted chain is an answer with its fault. */
  handshake(
    request: Reach & { readonly tls?: TlsSettings },
  ): Promise<{ readonly phases: Phases; readonly remoteAddress: string; readonly session: TlsSession }>;
  /** The answer's data as text, in the order given; NetworkFault `resolve` for NXDOMAIN, SERVFAIL and silence. */
  resolve(request: {
    readonly name: string;
    readonly type: 'A' | 'AAAA' | 'CNAME' | 'MX' | 'NS' | 'SOA' | 'SRV' | 'TXT';
    /** `address` or `address:port`; the system's own when absent. */
    readonly server?: string;
    readonly timeoutMilliseconds: number;
    readonly signal: AbortSignal;
  }): Promise<{ readonly answers: readonly string[]; readonly phases: Phases }>;
}

export interface ProcessPort {
  /** Whether a program of this name is on PATH. */
  exists(program: string): Promise<boolean>;
  /** Runs without a shell; killed at the timeout or when the output passes `maxBytes` (both throw Error naming the program). */
  run(request: {
    readonly program: string;
    readonly args: readonly string[];
    readonly input?: string;
    /** The argument that stands for the path of a file of this run alone, for programs that do not write to their output. */
    readonly fileArgument?: string;
    /** Zone in which the program tells times; that of this process when absent. */
    readonly timeZone?: string;
    readonly timeoutMilliseconds: number;
    readonly maxBytes: number;
    readonly signal: AbortSignal;
  }): Promise<{
    readonly exitCode: number;
    readonly stdout: Uint8Array;
    readonly stderr: string;
    /** What the program wrote into its file, at most `maxBytes`; absent when none was asked for, or it left none. */
    readonly file?: Uint8Array;
  }>;
}

export interface FilePort {
  /** A path of the settings file, seen from that file's folder. */
  resolve(path: string): string;
  /** InputError when absent, unreadable or larger than `maxBytes`. */
  read(path: string, maxBytes: number): Promise<Uint8Array>;
  /** ISO instant of the last change, size in bytes, and an identity that a file keeps when it is renamed (rotated). */
  stat(
    path: string,
  ): Promise<{ readonly modifiedAt: string; readonly size: number; readonly identity: string }>;
  /** The bytes from `offset`, at most `maxBytes`, in pieces; InputError as `read`, also when more would follow and `isWhole` is set. */
  stream(
    path: string,
    range: { readonly offset?: number; readonly maxBytes: number; readonly isWhole?: boolean },
  ): AsyncIterable<Uint8Array>;
  /** Names of the files of a folder, sorted, at most 10,000; InputError when absent or unreadable. */
  list(folder: string): Promise<readonly string[]>;
}

export interface IncomingRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Decompressed. */
  readonly body: Uint8Array;
}

export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

export interface Listener {
  /** `http://127.0.0.1:4318` */
  readonly address: string;
  close(): Promise<void>;
}

export interface ListenPort {
  /** Listens until closed; a body beyond `maxBytes` (before or after decompression) is answered 413, bad gzip 400. */
  listen(request: {
    readonly host: string;
    readonly port: number;
    readonly maxBytes: number;
    handle(request: IncomingRequest): Promise<OutgoingAnswer>;
  }): Promise<Listener>;
}
