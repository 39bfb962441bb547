import { qualityProblems, type Severity, scoreOfRun, severities } from '../../../collectors/contract.ts';
import { ownedSources, qualityRunAt } from '../registers/quality.ts';
import { isOpenIn, scanOffset } from '../registers/security.ts';
import {
  alarms,
  baseline,
  cityAssets,
  districtAsset,
  districtFinding,
  sampleFindings,
  silentHost,
  suppression,
} from '../registers/security-policy.ts';
import { spacing } from './policy.ts';
import { at, day, type Labels, monthOf, rounded, type SampleSeries, type SeriesContext } from './series.ts';

type Read = SampleSeries['read'];

/** Months whose scans were done by an instant; -1 before the first. */
function scannedMonth({ calendar }: SeriesContext, instant: number): number {
  return calendar.months.findLast(({ start }) => start + scanOffset <= instant)?.index ?? -1;
}

function dailyOf(
  context: SeriesContext,
  job: string,
  metric: string,
  [labels, read]: readonly [Labels, Read],
) {
  const { subject, fromMonth } = context.owner;
  return {
    metric: `citygauge_${metric}`,
    labels: { job, subject, ...labels },
    everyHours: spacing.dailyHours,
    fromMonth,
    read,
  };
}

function qualitySeries(context: SeriesContext): SampleSeries[] {
  return ownedSources()
    .filter(({ subject }) => subject === context.owner.subject)
    .flatMap((owned) => {
      const { id, department, checks } = owned.source;
      const labels = { source: id, department };
      const scores = new Map<number, ReturnType<typeof scoreOfRun>>();
      const scoreAt = (instant: number) => {
        const known = scores.get(instant);
        if (known) return known;
        const score = scoreOfRun(qualityRunAt(owned, { calendar: context.calendar, instant }));
        scores.set(instant, score);
        return score;
      };
      const series = (metric: string, read: Read, own: Labels = {}) =>
        dailyOf(context, 'sample-quality', metric, [{ ...labels, ...own }, read]);
      const isTimed = checks.some(({ kind, failing }) => kind === 'freshness' && failing.to === 0);
      const age: Read = (instant) => {
        const run = qualityRunAt(owned, { calendar: context.calendar, instant });
        return run.results.find(({ figure }) => figure?.name === 'age')?.figure?.value ?? null;
      };
      return [
        series('quality_score', (instant) => {
          const { score } = scoreAt(instant);
          return score === null ? null : rounded(score);
        }),
        ...qualityProblems
          .filter((problem) => scoreAt(context.calendar.start).problems[problem] !== null)
          .map((problem) =>
            series(
              'quality_problem_ratio',
              (instant) => {
                const ratio = scoreAt(instant).problems[problem];
                return ratio === null ? null : rounded(ratio);
              },
              { problem },
            ),
          ),
        ...(isTimed ? [series('dataset_lag_seconds', age)] : []),
      ];
    });
}

interface Open {
  readonly severity: Severity;
  readonly fromMonth: number;
}

/** What the register of the owner's own assets holds after the scans of a month, suppressed findings left out. */
function openIn({ owner }: SeriesContext, month: number): readonly Open[] {
  if (owner.district) return [{ severity: districtFinding.severity, fromMonth: districtFinding.from }];
  return sampleFindings
    .filter((each) => isOpenIn(each, month))
    .filter(({ rule }) => rule !== suppression.rule || month < suppression.fromMonth)
    .map(({ severity, from }) => ({ severity, fromMonth: from }));
}

function findingSeries(context: SeriesContext): SampleSeries[] {
  const { calendar } = context;
  const series = (
    metric: string,
    severity: Severity,
    of: (open: readonly Open[], instant: number) => number,
  ) =>
    dailyOf(context, 'sample-security', metric, [
      { severity },
      (instant) => {
        const month = scannedMonth(context, instant);
        return month < 0
          ? null
          : of(
              openIn(context, month).filter((each) => each.severity === severity),
              instant,
            );
      },
    ]);
  const ageDays = (open: readonly Open[], instant: number) =>
    Math.max(
      0,
      ...open.map(({ fromMonth }) => (instant - calendar.month(fromMonth).start - scanOffset) / day),
    );
  return severities.flatMap((severity) => [
    series('findings_open', severity, (open) => open.length),
    series('findings_oldest_age_days', severity, (open, instant) => rounded(ageDays(open, instant))),
  ]);
}

function assetSeries(context: SeriesContext): SampleSeries[] {
  const { calendar, owner } = context;
  const own = owner.district ? [districtAsset(owner.district.slug)] : cityAssets;
  const knownAt = (instant: number) =>
    own.filter(({ fromMonth }) => fromMonth <= scannedMonth(context, instant));
  const count = (metric: string, of: (assets: typeof own, instant: number) => number) =>
    dailyOf(context, 'sample-security', metric, [
      {},
      (instant) => (scannedMonth(context, instant) < 0 ? null : of(knownAt(instant), instant)),
    ]);
  const isSilent = (instant: number) => monthOf(calendar, instant).index >= silentHost.fromMonth;
  const sending = (assets: typeof own) => assets.filter(({ sendsLogs }) => sendsLogs);
  return [
    count('assets', (assets) => assets.length),
    count('assets_unowned', (assets) => assets.filter((each) => each.owner === null).length),
    count('log_sources_expected', (assets) => sending(assets).length),
    count(
      'log_sources_reporting',
      (assets, instant) =>
        sending(assets).filter((each) => each !== cityAssets[silentHost.asset] || !isSilent(instant)).length,
    ),
    ...own
      .filter(({ kind }) => kind === 'host')
      .map(({ id, fromMonth }) =>
        dailyOf(context, 'sample-security', 'baseline_pass_ratio', [
          { asset: id, profile: baseline.profile },
          (instant) => {
            const month = scannedMonth(context, instant);
            if (month < fromMonth) return null;
            const passed = Math.round(
              baseline.rules * at(baseline.passRatio, calendar.month(month).start, calendar),
            );
            return passed / baseline.rules;
          },
        ]),
      ),
  ];
}

/** Counters of alarms ever raised and ever confirmed, each month's spread evenly over its days. */
function alarmSeries(context: SeriesContext): SampleSeries[] {
  if (context.owner.district) return [];
  const { calendar } = context;
  const upTo = (instant: number, isConfirmedOnly: boolean) => {
    let sum = 0;
    for (const month of calendar.months) {
      const share = Math.min(1, Math.max(0, (instant - month.start) / (month.end - month.start)));
      for (const { perMonth, isReal } of alarms.signatures) {
        if (isConfirmedOnly && !isReal) continue;
        sum += share * Math.round(at(perMonth, month.start, calendar));
      }
    }
    return Math.floor(sum);
  };
  return [
    dailyOf(context, 'sample-security', 'security_alarms_raised_total', [
      {},
      (instant) => upTo(instant, false),
    ]),
    dailyOf(context, 'sample-security', 'security_alarms_confirmed_total', [
      {},
      (instant) => upTo(instant, true),
    ]),
  ];
}

/** What the collectors of data quality and security would report once a day. */
export function registerSeries(context: SeriesContext): readonly SampleSeries[] {
  return [
    ...qualitySeries(context),
    ...findingSeries(context),
    ...assetSeries(context),
    ...alarmSeries(context),
  ];
}
