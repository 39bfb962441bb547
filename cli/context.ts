import { resolve } from 'node:path';
import { InputError, isTimeZone, type Language, languages } from '../collectors/contract.ts';
import type { EvidenceStore } from '../store/contract.ts';
import { readLock, updateLock } from '../store/lock-file.ts';
import { openStore } from '../store/open-store.ts';
import { evaluationReadings, tellingOfEvaluations } from './compose/telemetry/evaluation-readings.ts';
import { tellingOfEvidence } from './compose/telemetry/evidence-readings.ts';
import { noTracing, type Tracing } from './observability/tracing.ts';
import { storeOptions } from './store-options-file.ts';
import { exitCodes, type Surroundings } from './surroundings.ts';

export interface GlobalOptions {
  readonly data: string;
  readonly json: boolean;
  readonly lang: string;
  readonly timeZone?: string;
}

/** Thrown when another process serves the data folder: the whole command is sent there. */
export class ServedElsewhere extends Error {
  readonly address: string;
  readonly token: string;
  constructor(address: string, token: string) {
    super(`the data folder is served at ${address}`);
    this.address = address;
    this.token = token;
  }
}

/** One run of one command: its surroundings, its global options, and what it answers. */
export class CommandContext {
  readonly surroundings: Surroundings;
  readonly options: GlobalOptions;
  exitCode: number = exitCodes.done;
  /** A PromQL server that this run has started itself; instead of PROMETHEUS_URL. */
  metricServer: string | null = null;

  constructor(surroundings: Surroundings, options: GlobalOptions) {
    this.surroundings = surroundings;
    this.options = options;
    if (options.timeZone !== undefined && !isTimeZone(options.timeZone)) {
      throw new InputError(
        `--time-zone "${options.timeZone}" is no IANA zone: write for example Asia/Shanghai`,
      );
    }
  }

  get language(): Language {
    const language = languages.find((each) => each === this.options.lang);
    if (!language) throw new InputError(`--lang "${this.options.lang}" is not known: write zh or en`);
    return language;
  }

  get dataFolder(): string {
    return this.path(this.options.data);
  }

  get tracing(): Tracing {
    return this.surroundings.tracing ?? noTracing;
  }

  get databaseUrl(): string | undefined {
    return this.surroundings.environment.DATABASE_URL || undefined;
  }

  /** A path as the user wrote it, seen from where the user stands. */
  path(path: string): string {
    return resolve(this.surroundings.cwd, path);
  }

  /** The machine form with `--json`, else the text; nothing else goes to stdout. */
  answer(machine: unknown, text: () => string): void {
    this.surroundings.stdout(this.options.json ? `${JSON.stringify(machine, null, 2)}\n` : `${text()}\n`);
  }

  /** Opens the store for the time of `work`, or lends the hosting server's. Throws `ServedElsewhere` when another process serves it. */
  async withStore<T>(work: (store: EvidenceStore) => Promise<T>): Promise<T> {
    const host = this.surroundings.hostStore;
    if (host && host.dataFolder === this.dataFolder) return work(host.store);
    const store = await this.openOwnStore();
    try {
      return await work(
        tellingOfEvidence(
          tellingOfEvaluations(store, (...said) => store.readings.put(evaluationReadings(...said))),
          ({ readings }) => store.readings.put(readings),
        ),
      );
    } finally {
      await store.close();
    }
  }

  /** Tells other processes on this machine where their commands may be sent. */
  publishAddress(address: string, token: string): void {
    if (this.databaseUrl === undefined) updateLock(this.dataFolder, address, token);
  }

  /** InputError when a process serves the data folder already: two servers on one embedded store cannot be. */
  refuseSecondServer(): void {
    if (this.databaseUrl !== undefined) return;
    const lock = readLock(this.dataFolder);
    if (!lock?.address) return;
    throw new InputError(
      `${this.dataFolder} is served already by process ${lock.pid} at ${lock.address}: open that address, stop the process, or name another folder with --data`,
    );
  }

  private async openOwnStore(): Promise<EvidenceStore> {
    const named = storeOptions(this.surroundings.environment);
    const options = this.metricServer === null ? named : { ...named, prometheusUrl: this.metricServer };
    if (this.databaseUrl !== undefined) return openStore({ databaseUrl: this.databaseUrl }, options);
    const lock = readLock(this.dataFolder);
    if (lock?.address && lock.token) throw new ServedElsewhere(lock.address, lock.token);
    return openStore({ dataFolder: this.dataFolder }, options);
  }
}
