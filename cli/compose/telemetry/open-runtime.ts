import { dirname } from 'node:path';
import { createPorts } from '../../../collectors/ports.ts';
import { Redactor, type TelemetrySettings, withRedaction } from '../../../collectors/runner.ts';
import { observeOwnProcess } from '../../../collectors/self/own-process.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import type { CommandContext } from '../../context.ts';
import { aroundRuns } from './around-runs.ts';
import { type Outputs, openOutputs } from './outputs.ts';
import { TelemetryRuntime } from './runtime.ts';
import { recordsSink, storeSink } from './store-sink.ts';

export interface OpenedRuntime {
  readonly runtime: TelemetryRuntime;
  readonly outputs: Outputs;
  /** Ends running jobs and listeners, sends what waits for a moment, and closes the outputs. */
  close(): Promise<void>;
}

export interface RuntimeOrder {
  readonly settings: TelemetrySettings;
  /** Null = the built-in jobs. */
  readonly settingsFile: string | null;
  /** How long the end waits for samples that remote write has not sent yet; the rest is sent at the next start. */
  readonly drainMilliseconds: number;
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
  const self = observeOwnProcess();
  const settingsFolder = settingsFile === null ? context.dataFolder : dirname(settingsFile);
  const ports = withRedaction({ ...createPorts({ settingsFolder, environment }), self }, redactor);
  const chance = Math.random;
  const outputs = await openOutputs({ settings, dataFolder: context.dataFolder, ports, chance });
  try {
    const runtime = await TelemetryRuntime.open({
      store,
      settings,
      settingsFile,
      ports,
      redactor,
      sinks: [storeSink(store), recordsSink(store, { now, signal }), ...outputs.sinks],
      chance,
      around: aroundRuns(context),
      report: (line) => stderr(`citygauge: ${line}\n`),
    });
    const close = async () => {
      await runtime.stop();
      await outputs.close(order.drainMilliseconds);
      self.close();
    };
    return { runtime, outputs, close };
  } catch (error) {
    await outputs.close(0);
    self.close();
    throw error;
  }
}
