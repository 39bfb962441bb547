import type { EvidenceStore } from '../store/contract.ts';
import type { TelemetryRuntime } from './compose/telemetry/runtime.ts';
import type { Log } from './observability/log.ts';
import type { Tracing } from './observability/tracing.ts';

/** What a command may touch of the world; handed in, so that the same command runs in a terminal, a server or a test. */
export interface Surroundings {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** True when stderr is a terminal: progress is a bar, not lines. */
  readonly isTerminal: boolean;
  readonly columns: number;
  /** Aborted by Ctrl-C, SIGTERM, or the disconnection of the client that sent the command. */
  readonly signal: AbortSignal;
  /** ISO instant. */
  now(): string;
  stdout(text: string): void;
  stderr(text: string): void;
  /** Traces of the work; absent where nobody listens. */
  readonly tracing?: Tracing;
  /** The JSON log of a server that was told to write one. */
  readonly log?: Log;
  /** The store of the server that runs this command; absent in a process of its own, which opens the store itself. */
  readonly hostStore?: HostStore;
}

export interface HostStore {
  readonly dataFolder: string;
  readonly store: EvidenceStore;
  /** The jobs that this process runs; null until they do. */
  telemetry?(): TelemetryRuntime | null;
}

/** Exit codes of every command (07-command-line-and-api). */
export const exitCodes = { done: 0, notSo: 1, badInput: 2 } as const;
