import { join } from 'node:path';
import { type ScrapeSettings, targetsOf } from '../../../collectors/cloud/scrape/scrape-settings.ts';
import type { Job } from '../../../collectors/runner.ts';

export interface PrometheusConfigOrder {
  /** `http://127.0.0.1:8080`, where our own /metrics is. */
  readonly ownAddress: string;
  readonly jobs: readonly Job[];
  /** Folder of rule files; null for none. */
  readonly rulesFolder: string | null;
  /** An absolute path from one that the settings file names. */
  resolvePath(path: string): string;
}

export interface PrometheusConfig {
  /** JSON, which is YAML too. */
  readonly text: string;
  /** Jobs that Prometheus scrapes itself. */
  readonly scraped: readonly string[];
}

/** Prometheus' own default, unless a job of ours runs more often. */
const pageSeconds = 15;

type Auth = NonNullable<ScrapeSettings['auth']>;

/** What Prometheus can be told of a job; null when it cannot be told all of it, and the job stays with us. */
function authConfig(auth: Auth, resolvePath: (path: string) => string): object | null {
  if ('bearer' in auth) {
    if (!('file' in auth.bearer)) return null;
    return { authorization: { credentials_file: resolvePath(auth.bearer.file) } };
  }
  const { user, password } = auth.basic;
  if (!('file' in password)) return null;
  return { basic_auth: { username: user, password_file: resolvePath(password.file) } };
}

function tlsConfig(tls: NonNullable<ScrapeSettings['tls']>, resolvePath: (path: string) => string): object {
  const file = (path: string | undefined) => (path === undefined ? undefined : resolvePath(path));
  return {
    tls_config: {
      ca_file: file(tls.ca),
      cert_file: file(tls.certificate),
      key_file: file(tls.key),
      server_name: tls.serverName,
      insecure_skip_verify: tls.isInsecure,
    },
  };
}

const isPlainAddress = (address: string) => {
  const { username, searchParams } = new URL(address);
  const names = [...searchParams.keys()];
  // Prometheus' labels carry one value per parameter.
  return username === '' && new Set(names).size === names.length;
};

function staticConfigs(job: Job, settings: ScrapeSettings): object[] {
  return targetsOf(settings).map(({ url, labels }) => {
    const { host, protocol, pathname, searchParams } = new URL(url);
    const parameters = [...searchParams].map(([name, value]) => [`__param_${name}`, value]);
    return {
      targets: [host],
      labels: {
        ...job.labels,
        ...labels,
        subject: job.subject,
        __scheme__: protocol.slice(0, -1),
        __metrics_path__: pathname,
        ...Object.fromEntries(parameters),
      },
    };
  });
}

function scrapeConfig(job: Job, resolvePath: (path: string) => string): object | null {
  if (job.collector.id !== 'exposition' || !('everySeconds' in job.schedule)) return null;
  const settings = job.settings as ScrapeSettings;
  const { everySeconds } = job.schedule;
  const auth = settings.auth ? authConfig(settings.auth, resolvePath) : {};
  const addresses = settings.targets.map((each) => (typeof each === 'string' ? each : each.url));
  if (auth === null || !addresses.every(isPlainAddress)) return null;
  const milliseconds = (seconds: number) => `${Math.max(1, Math.round(seconds * 1000))}ms`;
  return {
    job_name: job.id,
    scrape_interval: milliseconds(everySeconds),
    scrape_timeout: milliseconds(Math.min(settings.timeout, everySeconds)),
    honor_labels: settings.honorLabels,
    honor_timestamps: settings.honorTimestamps,
    sample_limit: settings.maxSamples,
    body_size_limit: `${settings.maxMegabytes}MB`,
    ...auth,
    ...(settings.tls && tlsConfig(settings.tls, resolvePath)),
    static_configs: staticConfigs(job, settings),
    metric_relabel_configs: settings.metricRelabel.map((rule) => ({
      source_labels: rule.sourceLabels,
      separator: rule.separator,
      regex: rule.regex,
      target_label: rule.targetLabel,
      replacement: rule.replacement,
      action: rule.action,
    })),
  };
}

/**
 * Our page shows the jobs that Prometheus scrapes too, under the same labels: those series are left to the scrape of the
 * target, and of the page only what it says about such a job is taken.
 */
function withoutScraped(jobs: readonly string[]): object[] {
  if (jobs.length === 0) return [];
  const names = jobs.map((job) => job.replaceAll('.', '\\.')).join('|');
  return [
    {
      source_labels: ['__name__'],
      regex: 'citygauge_collector_.*',
      target_label: '__tmp_is_ours',
      replacement: '1',
    },
    { source_labels: ['job', '__tmp_is_ours'], regex: `(?:${names});`, action: 'drop' },
    { regex: '__tmp_is_ours', action: 'labeldrop' },
  ];
}

function ownName(jobs: readonly Job[]): string {
  const taken = new Set(jobs.map(({ id }) => id));
  let name = 'citygauge';
  while (taken.has(name)) name = `${name}-page`;
  return name;
}

/** The configuration of a Prometheus that sees what our jobs see: the exporters themselves, and all else on our page. */
export function prometheusConfig({
  ownAddress,
  jobs,
  rulesFolder,
  resolvePath,
}: PrometheusConfigOrder): PrometheusConfig {
  const configs = jobs.map((job) => ({ job, config: scrapeConfig(job, resolvePath) }));
  const scraped = configs.filter(({ config }) => config !== null).map(({ job }) => job.id);
  const intervals = configs.flatMap(({ job, config }) =>
    config === null && 'everySeconds' in job.schedule ? job.schedule.everySeconds : [],
  );
  const seconds = Math.max(1, Math.min(pageSeconds, ...intervals));
  const page = {
    job_name: ownName(jobs),
    scrape_interval: `${seconds * 1000}ms`,
    scrape_timeout: `${seconds * 1000}ms`,
    honor_labels: true,
    static_configs: [{ targets: [new URL(ownAddress).host] }],
    metric_relabel_configs: withoutScraped(scraped),
  };
  const text = JSON.stringify(
    {
      ...(rulesFolder !== null && { rule_files: [join(rulesFolder, '*.rules.yaml')] }),
      scrape_configs: [page, ...configs.flatMap(({ config }) => config ?? [])],
    },
    null,
    2,
  );
  return { text: `${text}\n`, scraped };
}
