import { dirname, join } from 'node:path';
import type { Sink } from '../../../collectors/contract.ts';
import { createPorts } from '../../../collectors/ports.ts';
import { deliver, Redactor, type TelemetrySettings, withRedaction } from '../../../collectors/runner.ts';
import { observeOwnProcess } from '../../../collectors/self/own-process.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { acquireLock, type HeldLock } from '../../../store/lock-file.ts';
import type { CommandContext } from '../../context.ts';
import { aroundRuns } from './around-runs.ts';
import { tellingOfEvidence } from './evidence-readings.ts';
import { evidenceRegister } from './evidence-register.ts';
import { type Outputs, openOutputs } from './outputs.ts';
import { Refusals } from './refusals.ts';
import { TelemetryRuntime } from './runtime.ts';
import { recordsSink, scansSink, storeSink } from './store-sink.ts';

export interface OpenedRuntime {
  readonly runtime: TelemetryRuntime;
  readonly outputs: Outputs;
  /** The name under which this server's own /metrics is known to its jobs. */
  readonly instance: string;
  /** Ends running jobs and listeners, sends what waits for a moment, and closes the outputs. */
  close(): Promise<void>;
}

export interface RuntimeOrder {
  readonly settings: TelemetrySettings;
  /** Null = the built-in jobs. */
  readonly settingsFile: string | null;
  /** How long the end waits for samples that remote write has not sent yet; the rest is sent at the next start. */
  readonly drainMilliseconds: number;
  /** Where runs go when the outputs belong to somebody else: nothing of remote write is opened then. */
  readonly sinks?: readonly Sink[];
  /** Of the server whose outputs they are. */
  readonly refusals?: Refusals;
  /** Of the server whose outputs they are. */
  readonly instance?: string;
  /** Collectors that keep what they count keep nothing. */
  readonly isDryRun?: boolean;
}

/** Two processes must not send from one queue; with a store on a server nothing else would keep them apart. */
function lockQueues({ dataFolder }: CommandContext): HeldLock {
  return acquireLock(join(dataFolder, 'remote-write'));
}

/** The jobs of the settings with the world they touch and the places where their readings go. */
export async function openRuntime(
  context: CommandContext,
  store: EvidenceStore,
  order: RuntimeOrder,
): Promise<OpenedRuntime> {
  const { environment, now, signal, stderr } = context.surroundings;
  const { settings, settingsFile } = order;
  const redactor = new Redactor();
  const self = observeOwnProcess(order.instance);
  const settingsFolder = settingsFile === null ? context.dataFolder : dirname(settingsFile);
  const register = evidenceRegister(context, store, { isDryRun: order.isDryRun === true });
  const ports = withRedaction({ ...createPorts({ settingsFolder, environment }), register, self }, redactor);
  const chance = Math.random;
  const refusals = order.refusals ?? new Refusals();
  const report = (line: string) => stderr(`citygauge: ${line}\n`);
  let scheduled: TelemetryRuntime | null = null;
  const remoteWrite = order.sinks ? [] : settings.remoteWrite;
  const lock = remoteWrite.length > 0 ? lockQueues(context) : null;
  const outputs = await openOutputs({
    settings: { ...settings, remoteWrite },
    dataFolder: context.dataFolder,
    ports,
    chance,
    refusals,
    own: () => scheduled?.dueSeries() ?? [],
  }).catch((error: unknown) => {
    lock?.release();
    throw error;
  });
  const closeOutputs = async (milliseconds: number) => {
    await outputs.close(milliseconds);
    lock?.release();
    self.close();
  };
  // What collectors import shows on /metrics like what a person imports.
  const telling = tellingOfEvidence(store, async (run) => {
    await deliver(run, outputs.sinks, (sink, error) => {
      const fault = error instanceof Error ? error.message : String(error);
      report(`${sink} did not take the time of an import: ${redactor.redact(fault)}`);
    });
  });
  try {
    const runtime = await TelemetryRuntime.open({
      store,
      settings,
      settingsFile,
      ports,
      redactor,
      refusals,
      sinks: order.sinks ?? [
        storeSink(store),
        recordsSink(telling, { now, signal }),
        scansSink(store, { now }),
        ...outputs.sinks,
      ],
      chance,
      around: aroundRuns(context),
      report,
    });
    scheduled = runtime;
    const close = async () => {
      await runtime.stop();
      await closeOutputs(order.drainMilliseconds);
    };
    return { runtime, outputs, instance: self.instance, close };
  } catch (error) {
    await closeOutputs(0);
    throw error;
  }
}
