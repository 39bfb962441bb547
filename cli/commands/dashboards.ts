import type { PushOutcome } from '../../dashboards/grafana/push.ts';
import type { CommandDefinition } from '../command-line.ts';
import { buildOptionsOf, grafanaToken, grafanaUrl, timeoutOf } from '../compose/dashboards.ts';
import { writeDashboardsFolder } from '../compose/dashboards-folder.ts';
import { buildText, pushText } from '../dashboards-texts.ts';
import { version } from '../version-file.ts';

interface BuildCommandOptions {
  readonly out: string;
  readonly linkBase: string;
  readonly prometheus?: string;
  readonly path: string;
}

interface PushCommandOptions {
  readonly url: string;
  readonly linkBase: string;
  readonly prometheus?: string;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly plainHttp?: boolean;
  readonly timeout: string;
}

const linkBaseOption = [
  '--link-base <url>',
  'where CityGauge is served: panels link back to it',
  'http://127.0.0.1:8080',
] as const;
const prometheusOption = [
  '--prometheus <url>',
  'where Grafana reaches the PromQL server; PROMETHEUS_URL, else http://127.0.0.1:9090',
] as const;

export const dashboardsCommand: CommandDefinition = (program, run) => {
  const dashboards = program
    .command('dashboards')
    .description('Grafana dashboards, written in the language and zone of --lang and --time-zone (看板)');

  dashboards
    .command('build')
    .description('write dashboards, their provider and the data source as a provisioning folder of Grafana')
    .requiredOption('--out <folder>', 'made where it is missing; dashboards of earlier builds are replaced')
    .option(...linkBaseOption)
    .option(...prometheusOption)
    .option(
      '--path <path>',
      'folder of the JSON files as Grafana sees it',
      '/etc/grafana/provisioning/dashboards/citygauge',
    )
    .action(
      run<BuildCommandOptions>(async (context, _operands, { out, path, ...choice }) => {
        const { prometheusUrl, ...options } = buildOptionsOf(context, choice);
        const { dashboardFolder, provisioningFiles } = await import('../../dashboards/grafana/build.ts');
        const files = provisioningFiles(options, { dashboardPath: path, prometheusUrl });
        const outcome = await writeDashboardsFolder(context.path(out), files, dashboardFolder);
        context.answer(outcome, () => buildText(outcome, context.language));
      }),
    );

  dashboards
    .command('push')
    .description('create or update folder, data source and dashboards of a Grafana; token in GRAFANA_TOKEN')
    .requiredOption('--url <url>', 'root of Grafana, for example https://grafana.example.org')
    .option(...linkBaseOption)
    .option(...prometheusOption)
    .option('--dry-run', 'only show what differs')
    .option('--force', 'overwrite dashboards that somebody saved in Grafana')
    .option('--plain-http', 'send the token over http to another machine')
    .option('--timeout <seconds>', 'for each request', '10')
    .action(
      run<PushCommandOptions>(async (context, _operands, options) => {
        const access = {
          url: grafanaUrl(options.url, options.plainHttp === true),
          token: grafanaToken(context),
          timeoutSeconds: timeoutOf(options.timeout),
          signal: context.surroundings.signal,
        };
        const isDryRun = options.dryRun === true;
        const built = buildOptionsOf(context, options);
        const { pushDashboards } = await import('../../dashboards/grafana/push.ts');
        const outcomes: readonly PushOutcome[] = await pushDashboards(access, {
          ...{ ...built, isDryRun, version },
          force: options.force === true,
        });
        context.answer(outcomes, () => pushText(outcomes, isDryRun, context.language));
      }),
    );
};
