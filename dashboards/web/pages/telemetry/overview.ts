import { type CollectorDomain, collectorDomains } from '../../../../collectors/contract.ts';
import type { JobState, OutputState, Telemetry } from '../../../contract.ts';
import { printAgo, printDuration } from '../../durations.ts';
import { link, type Page, type PageContext } from '../../page.ts';
import { sentence } from '../../terms.ts';
import { byNeed, isAnySample, isDue, jobLights, lightOf, printSchedule, viewOfRefusals } from './states.ts';

/** The server that answers PromQL, or the embedded readings; in words what is wrong with it. */
function viewOfSource({ format, t }: PageContext, { metricSource: source }: Telemetry) {
  if ('fault' in source) return { light: 'failed', word: t('light.failed'), fault: source.fault };
  const skew = source.clockSkewSeconds;
  const isSkewed = skew !== null && Math.abs(skew) >= 5;
  const light = isSkewed ? 'partial' : 'good';
  return {
    light,
    word: t(isSkewed ? 'telemetry.skewed' : 'light.good'),
    fault: null,
    kind: t(`metricSource.${source.kind}`),
    isEmbedded: source.kind === 'embedded',
    location: source.location,
    version: source.version,
    skew: skew === null ? null : t('telemetry.seconds', { n: format.change(skew) }),
    skewHint: isSkewed ? t('telemetry.skewHint') : null,
  };
}

const outputLights = { good: 'good', broken: 'failed', off: 'waiting' } as const;

function viewOfOutput({ say, t }: PageContext, output: OutputState) {
  return {
    name: output.name,
    title: say(output.title),
    light: outputLights[output.state],
    word: t(`outputState.${output.state}`),
    detail: say(output.detail),
    remedy: output.remedy ? say(output.remedy) : null,
  };
}

function viewOfReadings({ format, t, language, workbench }: PageContext, telemetry: Telemetry) {
  const { readings, retention } = telemetry;
  const kept = [
    ['raw', retention.rawDays],
    ['fiveMinute', retention.fiveMinuteDays],
    ['hour', retention.hourDays],
  ] as const;
  return {
    series: format.count(readings.series),
    rawSamples: format.count(readings.rawSamples),
    buckets: format.count(readings.buckets),
    oldest: readings.oldest === null ? '—' : format.time(readings.oldest, 'UTC'),
    newest: readings.newest === null ? '—' : printAgo(readings.newest, workbench.now(), language),
    newestAt: readings.newest === null ? '' : format.time(readings.newest, 'UTC'),
    kept: kept
      .filter(([, days]) => days > 0)
      .map(([name, days]) => t(`retention.${name}`, { days: format.count(days) })),
  };
}

function viewOfJob(context: PageContext, job: JobState, zone: string, subject: string) {
  const { format, language, say, t, workbench } = context;
  const now = workbench.now();
  const ago = (instant: string | null) => (instant === null ? '—' : printAgo(instant, now, language));
  const at = (instant: string | null) => (instant === null ? '' : format.time(instant, zone));
  const light = lightOf(job);
  const { last } = job;
  const [gap] = last?.gaps ?? [];
  return {
    id: job.id,
    url: `/telemetry/${encodeURIComponent(job.id)}`,
    title: say(job.title),
    domain: t(`domain.${job.domain}`),
    subject,
    light,
    word: t(`light.${light}`),
    isRunning: job.isRunning,
    schedule: printSchedule(context, job.schedule),
    next: job.nextAt === null ? '—' : isDue(job, now) ? t('telemetry.due') : ago(job.nextAt),
    nextAt: at(job.nextAt),
    lastSuccess: job.lastSuccessAt === null ? t('telemetry.never') : ago(job.lastSuccessAt),
    lastSuccessAt: at(job.lastSuccessAt),
    duration: last ? printDuration(last.durationSeconds, language) : '—',
    samples: last ? format.count(last.samples) : '—',
    series: last ? format.count(last.series) : '—',
    refusals: viewOfRefusals(context, job),
    error: last?.error ? sentence(say(last.error)) : gap ? sentence(say(gap.reason)) : null,
    moreGaps: last && !last.error ? Math.max(0, last.gaps.length - 1) : 0,
    remedy: last?.remedy ? say(last.remedy) : gap?.remedy ? say(gap.remedy) : null,
  };
}

/** Counts by state, each a link that leaves only these. */
function viewOfCounts({ t }: PageContext, jobs: readonly JobState[], chosen: Chosen) {
  return jobLights.map((light) => ({
    light,
    word: t(`light.${light}`),
    n: jobs.filter((job) => lightOf(job) === light).length,
    isCurrent: chosen.state === light,
    url: link('/telemetry', { domain: chosen.domain, state: chosen.state === light ? null : light }),
  }));
}

interface Chosen {
  readonly domain: CollectorDomain | null;
  readonly state: string | null;
}

function viewOfDomains({ t }: PageContext, jobs: readonly JobState[], chosen: Chosen) {
  const present = collectorDomains.filter((each) => jobs.some((job) => job.domain === each));
  return [null, ...present].map((each) => ({
    name: each === null ? t('telemetry.allDomains') : t(`domain.${each}`),
    url: link('/telemetry', { domain: each, state: chosen.state }),
    isCurrent: each === chosen.domain,
  }));
}

export const telemetryPage: Page = {
  path: '/telemetry',
  show: async (context) => {
    const { query, reader, say, t, workbench } = context;
    const [telemetry, subjects] = await Promise.all([workbench.telemetry(), reader.subjects()]);
    const places = new Map(subjects.map((each) => [each.id, each]));
    const chosen: Chosen = {
      domain: collectorDomains.find((each) => each === query.domain) ?? null,
      state: jobLights.find((each) => each === query.state) ?? null,
    };
    const ofDomain = telemetry.jobs.filter((job) => chosen.domain === null || job.domain === chosen.domain);
    const rows = byNeed(ofDomain).filter((job) => chosen.state === null || lightOf(job) === chosen.state);
    const nameOf = (id: string) => {
      const subject = places.get(id);
      return subject ? say(subject.name) : id;
    };
    return {
      template: 'telemetry',
      title: t('nav.telemetry'),
      section: '/telemetry',
      isSample: isAnySample(telemetry.jobs, subjects),
      view: {
        settingsFile: telemetry.settingsFile,
        hasJobs: telemetry.jobs.length > 0,
        // The program always watches itself.
        isBare: telemetry.jobs.every((job) => job.domain === 'self'),
        counts: viewOfCounts(context, ofDomain, chosen),
        domains: viewOfDomains(context, telemetry.jobs, chosen),
        jobs: rows.map((job) =>
          viewOfJob(context, job, places.get(job.subject)?.timeZone ?? 'UTC', nameOf(job.subject)),
        ),
        source: viewOfSource(context, telemetry),
        outputs: telemetry.outputs.map((each) => viewOfOutput(context, each)),
        readings: viewOfReadings(context, telemetry),
      },
    };
  },
};
