import type { CollectorOutcome, MetricSpec } from '../../../../collectors/contract.ts';
import type { JobState } from '../../../contract.ts';
import { drawRunStrip } from '../../charts/run-strip.ts';
import { printAgo, printDuration } from '../../durations.ts';
import type { Page, PageContext } from '../../page.ts';
import { Refusal } from '../../security/refusal.ts';
import { sentence } from '../../terms.ts';
import { isDue, lightOf, lightOfRun, printSchedule, viewOfRefusals } from './states.ts';
import { viewOfTargets } from './targets.ts';

const shownRuns = 60;

/** `{job="nodes", target="…"}`; empty without labels. */
function labelsInWords(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(', ')}}`;
}

function viewOfHeading(context: PageContext, job: JobState, zone: string) {
  const { format, language, say, t, workbench } = context;
  const time = (instant: string | null) =>
    instant === null
      ? null
      : { ago: printAgo(instant, workbench.now(), language), at: format.time(instant, zone) };
  const light = lightOf(job);
  const { last } = job;
  return {
    id: job.id,
    title: say(job.title),
    collector: job.collector,
    domain: t(`domain.${job.domain}`),
    light,
    word: t(`light.${light}`),
    isRunning: job.isRunning,
    schedule: printSchedule(context, job.schedule),
    next: isDue(job, workbench.now()) ? { ago: t('telemetry.due'), at: '' } : time(job.nextAt),
    lastRun: time(last?.startedAt ?? null),
    lastSuccess: time(job.lastSuccessAt),
    duration: last ? printDuration(last.durationSeconds, language) : '—',
    attempts: last ? format.count(last.attempts) : '—',
    samples: last ? format.count(last.samples) : '—',
    series: last ? format.count(last.series) : '—',
    records: last && last.records > 0 ? format.count(last.records) : null,
    error: last?.error ? sentence(say(last.error)) : null,
    remedy: last?.remedy ? say(last.remedy) : null,
    refusals: viewOfRefusals(context, job),
  };
}

function viewOfRuns(context: PageContext, runs: readonly CollectorOutcome[], zone: string) {
  const { format, language, say, t } = context;
  const rows = runs.slice(0, shownRuns).map((run) => {
    const light = lightOfRun(run.state);
    return {
      light,
      word: t(`light.${light}`),
      at: format.time(run.startedAt, zone),
      seconds: run.durationSeconds,
      duration: printDuration(run.durationSeconds, language),
      attempts: format.count(run.attempts),
      samples: format.count(run.samples),
      reason: run.error ? say(run.error) : run.gaps.map((gap) => say(gap.reason)).join(t('list.between')),
    };
  });
  const good = rows.filter((row) => row.light === 'good').length;
  const label = t('job.stripLabel', { n: rows.length, good });
  return {
    rows,
    summary: label,
    strip:
      rows.length === 0
        ? ''
        : drawRunStrip(
            rows.toReversed().map((row) => ({
              light: row.light,
              durationSeconds: row.seconds,
              title: `${row.at} · ${row.word} · ${row.duration}`,
            })),
            label,
          ),
  };
}

function viewOfGaps({ say, t }: PageContext, last: CollectorOutcome | null) {
  return (last?.gaps ?? []).map((gap) => ({
    metric: gap.metric ?? t('job.everything'),
    labels: labelsInWords(gap.labels),
    state: t(`gapState.${gap.state}`),
    stateClass: `cg-state-${gap.state}`,
    reason: sentence(say(gap.reason)),
    remedy: gap.remedy ? say(gap.remedy) : null,
  }));
}

function viewOfDropped({ format, t }: PageContext, runs: readonly CollectorOutcome[]) {
  const sums = new Map<string, number>();
  for (const run of runs)
    for (const [reason, n] of Object.entries(run.dropped))
      sums.set(reason, (sums.get(reason) ?? 0) + (n ?? 0));
  return [...sums]
    .filter(([, n]) => n > 0)
    .toSorted((a, b) => b[1] - a[1])
    .map(([reason, n]) => ({ reason: t(`dropReason.${reason}`), n: format.count(n) }));
}

function viewOfMetric({ say, t }: PageContext, metric: MetricSpec) {
  return {
    name: metric.name,
    type: t(`metricType.${metric.type}`),
    unit: metric.unit === '' ? '—' : metric.unit,
    help: say(metric.help),
    labels: Object.entries(metric.labels).map(([name, text]) => ({ name, text: say(text) })),
  };
}

export const jobPage: Page = {
  path: '/telemetry/:job',
  show: async (context) => {
    const { params, reader, say, t, workbench } = context;
    const [telemetry, subjects] = await Promise.all([workbench.telemetry(), reader.subjects()]);
    const job = telemetry.jobs.find((each) => each.id === params.job);
    if (!job) throw new Refusal(404, 'error.notFound');
    const subject = subjects.find((each) => each.id === job.subject);
    const zone = subject?.timeZone ?? 'UTC';
    const runs = await workbench.runs(job.id);
    return {
      template: 'job',
      title: `${job.id} · ${t('nav.telemetry')}`,
      section: '/telemetry',
      isSample: subject?.isSample ?? false,
      view: {
        job: {
          ...viewOfHeading(context, job, zone),
          subject: subject ? say(subject.name) : job.subject,
          zone,
        },
        runs: viewOfRuns(context, runs, zone),
        targets: viewOfTargets(context, [job]),
        gaps: viewOfGaps(context, job.last),
        dropped: viewOfDropped(context, runs),
        metrics: job.metrics.map((each) => viewOfMetric(context, each)),
        isOpen: job.isOpen,
      },
    };
  },
};
