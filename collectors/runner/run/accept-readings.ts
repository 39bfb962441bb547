import type { Collector, DropReason, MetricSpec, Reading } from '../../contract.ts';

/** A sample further ahead than this belongs to a clock that is wrong; Prometheus refuses ten minutes, we are nearer to our sources. */
const aheadMilliseconds = 5 * 60_000;

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

export interface AcceptOptions {
  readonly collector: Pick<Collector, 'id' | 'metrics' | 'isOpen'>;
  /** Names of labels that the job's settings add to single targets; see `labelsInSettings`. */
  readonly settingLabels: ReadonlySet<string>;
  /** `job`, `subject` and the job's own labels. */
  readonly stamp: Readonly<Record<string, string>>;
  /** Milliseconds of now; samples more than `oldestSeconds` before it are too old. */
  readonly now: number;
  readonly oldestSeconds: number;
  /** Takes secrets out of a label's value. */
  redact(text: string): string;
}

export interface Accepted {
  readonly readings: readonly Reading[];
  readonly series: number;
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
}

/** The declared metric that a sample's name belongs to: a histogram is declared without its suffixes. */
function specOf(name: string, specs: ReadonlyMap<string, MetricSpec>): MetricSpec | undefined {
  const own = specs.get(name);
  if (own) return own;
  const base = specs.get(name.replace(/_(?:bucket|sum|count)$/, ''));
  return base?.type === 'histogram' ? base : undefined;
}

/** Throws when a sample breaks what its collector declares: a fault of the program, not of the source. */
function checkDeclared(
  { metric, labels }: Reading,
  spec: MetricSpec | undefined,
  options: AcceptOptions,
): void {
  const { collector, settingLabels } = options;
  if (collector.isOpen) return;
  if (!spec) throw new Error(`collector ${collector.id} yields ${metric}, which it does not declare`);
  const isBucket = spec.type === 'histogram' && metric.endsWith('_bucket');
  const unknown = Object.keys(labels).filter(
    (name) => !Object.hasOwn(spec.labels, name) && !settingLabels.has(name) && !(isBucket && name === 'le'),
  );
  if (unknown.length === 0) return;
  throw new Error(
    `collector ${collector.id} yields ${metric} with the label ${unknown.join(', ')}, which it does not declare`,
  );
}

/** Names of the labels that a job's settings add: the keys of every mapping that is called `labels`. */
export function labelsInSettings(settings: unknown): ReadonlySet<string> {
  if (typeof settings !== 'object' || settings === null) return new Set();
  const names = Object.entries(settings).flatMap(([key, value]) => {
    const isLabels = key === 'labels' && typeof value === 'object' && value !== null;
    return isLabels ? Object.keys(value) : [...labelsInSettings(value)];
  });
  return new Set(names);
}

/**
 * A label of the source that the runner stamps too moves aside as `exported_…`, as Prometheus does without honor_labels. A
 * metric that declares `subject` tells whose its readings are: a descendant's of the job's subject.
 */
function stamped(
  { labels }: Reading,
  spec: MetricSpec | undefined,
  { stamp, redact }: AcceptOptions,
): Record<string, string> {
  const result: Record<string, string> = { ...stamp };
  for (const [name, value] of Object.entries(labels)) {
    if (value === '') continue;
    if (name === 'subject' && spec && Object.hasOwn(spec.labels, name)) {
      result.subject = value;
      continue;
    }
    let free = name;
    while (Object.hasOwn(result, free)) free = `exported_${free}`;
    result[free] = redact(value);
  }
  return result;
}

function seriesKey(metric: string, labels: Readonly<Record<string, string>>): string {
  const names = Object.keys(labels).sort();
  return `${metric}\n${names.map((name) => `${name}\n${labels[name]}`).join('\n')}`;
}

function fateOf(reading: Reading, at: number, options: AcceptOptions): DropReason | null {
  const { metric, labels, value } = reading;
  if (!metricName.test(metric) || !Object.keys(labels).every((name) => labelName.test(name)))
    return 'badName';
  if (!Number.isFinite(value)) return 'notFinite';
  if (at > options.now + aheadMilliseconds) return 'future';
  return at < options.now - options.oldestSeconds * 1000 ? 'tooOld' : null;
}

/** What a run brought, checked against what its collector declares, cleaned, and stamped with the job's labels. */
export function acceptReadings(offered: readonly Reading[], options: AcceptOptions): Accepted {
  const specs = new Map(options.collector.metrics.map((spec) => [spec.name, spec]));
  const dropped: Partial<Record<DropReason, number>> = {};
  const drop = (reason: DropReason) => {
    dropped[reason] = (dropped[reason] ?? 0) + 1;
  };
  const series = new Map<string, Set<number>>();
  const readings: Reading[] = [];
  for (const reading of offered) {
    const spec = specOf(reading.metric, specs);
    checkDeclared(reading, spec, options);
    const at = Date.parse(reading.at);
    if (Number.isNaN(at)) throw new Error(`collector ${options.collector.id} dates a sample "${reading.at}"`);
    const fate = fateOf(reading, at, options);
    if (fate !== null) {
      drop(fate);
      continue;
    }
    const labels = stamped(reading, spec, options);
    const key = seriesKey(reading.metric, labels);
    const instants = series.get(key) ?? new Set();
    if (instants.has(at)) {
      drop('duplicate');
      continue;
    }
    series.set(key, instants.add(at));
    readings.push({ ...reading, at: new Date(at).toISOString(), labels });
  }
  return { readings, series: series.size, dropped };
}
