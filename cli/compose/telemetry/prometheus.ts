import { dirname, join, resolve } from 'node:path';
import { InputError } from '../../../collectors/contract.ts';
import type { CommandContext } from '../../context.ts';
import { loadPromises } from '../promises.ts';
import { ruleTexts } from '../rules/rule-texts.ts';
import { writeRules } from '../rules/rules-folder.ts';
import { prometheusConfig } from './prometheus-config.ts';
import { type PrometheusProcess, startPrometheus } from './prometheus-process.ts';
import type { FoundSettings } from './settings.ts';

/** The rules of the installation's own promises; those of the sample have no samples on this server. */
async function writeOwnRules(context: CommandContext, folder: string): Promise<void> {
  const promises = await loadPromises(context, null);
  const { files } = ruleTexts(promises, { at: context.surroundings.now() });
  await writeRules(folder, new Map([...files].filter(([name]) => name.endsWith('.rules.yaml'))));
}

/** Starts a Prometheus that scrapes our page and the jobs' exporters, evaluates the rules, and has this run's measures computed on it. */
export async function besidePrometheus(
  context: CommandContext,
  ownAddress: string,
  { path, settings }: FoundSettings,
): Promise<PrometheusProcess> {
  const { environment, stderr } = context.surroundings;
  if (environment.PROMETHEUS_URL) {
    throw new InputError('--with-prometheus and PROMETHEUS_URL name two servers: leave one of them out');
  }
  const settingsFolder = path === null ? context.dataFolder : dirname(path);
  const { rawDays, fiveMinuteDays, hourDays } = settings.retention;
  const folder = join(context.dataFolder, 'prometheus');
  const rulesFolder = join(folder, 'rules');
  await writeOwnRules(context, rulesFolder);
  const prometheus = await startPrometheus({
    folder,
    config: prometheusConfig({
      ownAddress,
      jobs: settings.jobs,
      rulesFolder,
      resolvePath: (file) => resolve(settingsFolder, file),
    }).text,
    retentionDays: Math.max(rawDays, fiveMinuteDays, hourDays),
    path: environment.PATH ?? '',
    report: (line) => stderr(`citygauge: ${line}\n`),
  });
  context.metricServer = prometheus.url;
  stderr(
    context.language === 'zh'
      ? `Prometheus 已随城衡启动：${prometheus.url}\n`
      : `Prometheus runs beside CityGauge at ${prometheus.url}\n`,
  );
  return prometheus;
}
