import { InputError } from '../../collectors/contract.ts';
import { buildDashboards } from './build.ts';
import type { BuildOptions } from './draft.ts';
import { grafanaFolder } from './provisioning.ts';
import { type GrafanaAccess, type GrafanaClient, grafanaClient } from './push/grafana-client.ts';
import { GrafanaFault, stopsEverything } from './push/grafana-faults.ts';
import { ownMessage } from './push/history.ts';
import { dashboardStep, dataSourceStep, folderStep, type PushStep } from './push/steps.ts';

export interface PushOptions extends BuildOptions {
  /** Where Grafana reaches the PromQL server. */
  readonly prometheusUrl: string;
  /** Only looks. */
  readonly isDryRun: boolean;
  /** Overwrites dashboards that somebody saved in Grafana, before or meanwhile. */
  readonly force: boolean;
  /** Of the program; told in each dashboard's history. */
  readonly version: string;
}

export interface PushOutcome {
  readonly kind: PushStep<unknown>['kind'];
  readonly uid: string;
  readonly title: string;
  /** In a dry run: what would be done. */
  readonly action: 'create' | 'update' | 'unchanged';
  /** `path: theirs -> ours`; empty unless it is an update. */
  readonly differences: readonly string[];
}

/** A step whose kind of answer only itself knows. */
interface Runnable {
  readonly kind: PushOutcome['kind'];
  run(client: GrafanaClient, options: PushOptions): Promise<PushOutcome>;
}

const runnable = <Found>(step: PushStep<Found>): Runnable => ({
  kind: step.kind,
  run: (client, options) => take(client, step, options),
});

function stepsOf(options: PushOptions): Runnable[] {
  const folder = { uid: grafanaFolder.uid, title: grafanaFolder.title[options.language] };
  const setting = { folderUid: folder.uid, message: `${ownMessage}${options.version} dashboards push` };
  return [
    runnable(folderStep(folder)),
    runnable(dataSourceStep(options.prometheusUrl)),
    ...buildDashboards(options).map((json) => runnable(dashboardStep(json, setting))),
  ];
}

async function take<Found>(
  client: GrafanaClient,
  step: PushStep<Found>,
  { isDryRun, force }: PushOptions,
): Promise<PushOutcome> {
  const { kind, uid, title } = step;
  const found = await step.read(client);
  const differences = found === null ? [] : step.differences(found);
  if (found !== null && differences.length === 0) {
    return { kind, uid, title, action: 'unchanged', differences };
  }
  if (!isDryRun) await step.write(client, found, force);
  return { kind, uid, title, action: found === null ? 'create' : 'update', differences };
}

function doneText(done: readonly PushOutcome[], untried: number): string {
  const changed = done.filter(({ action }) => action !== 'unchanged');
  const names = changed.map(({ action, title }) => `${action}d "${title}"`).join(', ');
  return [
    `done all the same: ${names === '' ? 'nothing' : names}`,
    `${done.length - changed.length} unchanged`,
    ...(untried > 0 ? [`${untried} not tried`] : []),
  ].join('; ');
}

/**
 * Makes Grafana have the folder, the data source and every dashboard, in this order; what is there as it should be is left
 * alone. A fault of one dashboard lets the others go on, one of Grafana or of the token ends the push; then an InputError
 * with all faults and what was done.
 */
export async function pushDashboards(access: GrafanaAccess, options: PushOptions): Promise<PushOutcome[]> {
  const client = grafanaClient(access);
  const steps = stepsOf(options);
  const done: PushOutcome[] = [];
  const faults: GrafanaFault[] = [];
  for (const [index, step] of steps.entries()) {
    try {
      done.push(await step.run(client, options));
    } catch (error) {
      if (!(error instanceof GrafanaFault)) throw error;
      faults.push(error);
      // Without their folder there is no place for dashboards.
      if (!stopsEverything(error) && step.kind !== 'folder') continue;
      throw new InputError(withDone(faults, done, options, steps.length - index - 1), { cause: error });
    }
  }
  if (faults.length > 0) throw new InputError(withDone(faults, done, options, 0));
  return done;
}

function withDone(
  faults: readonly GrafanaFault[],
  done: readonly PushOutcome[],
  { isDryRun }: PushOptions,
  untried: number,
): string[] {
  const messages = faults.map(({ message }) => message);
  return isDryRun ? messages : [...messages, doneText(done, untried)];
}
