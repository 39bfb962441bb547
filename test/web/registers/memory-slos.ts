import type { Workbench } from '../../../dashboards/contract.ts';
import { InputError, type SloExclusion } from '../../../rules/contract.ts';
import { builtInCatalogues, catalogueFor } from '../../../rules/generate.ts';
import { memoryThresholds } from './memory-thresholds.ts';
import { memoryRules } from './rule-data.ts';
import { promised, uncounted } from './slo-data.ts';
import { daysOf, earlierOf, maintenance, periodOf } from './slo-figures.ts';

type Slos =
  | 'slos'
  | 'slo'
  | 'burnWindows'
  | 'alertWindows'
  | 'alertsWithin'
  | 'thresholds'
  | 'lamps'
  | 'rules';

function memoryRegister(): Workbench['slo'] {
  const exclusions: SloExclusion[] = [maintenance];
  const of = (slo: string, subject: string) =>
    promised.find((each) => each.slo.id === slo && each.subject === subject);
  return {
    latest: async (subjects, before) =>
      promised
        .filter((each) => subjects.includes(each.subject) && (before === null || each.span.from < before))
        .map((each) => ({ definition: each.slo, figure: periodOf(each) })),
    figures: async ({ slo, subject, kind, from, to }) => {
      const found = of(slo, subject);
      if (!found) return [];
      const all =
        kind === 'day'
          ? daysOf(found)
          : [periodOf(found), ...earlierOf(found).flatMap((revisions) => revisions.at(-1) ?? [])];
      return all.filter(
        ({ span }) =>
          span.kind === kind &&
          Date.parse(span.from) >= Date.parse(from) &&
          Date.parse(span.from) < Date.parse(to),
      );
    },
    revisions: async ({ slo, subject, span }) => {
      const found = of(slo, subject);
      const earlier = found ? earlierOf(found) : [];
      return earlier.find(([first]) => first?.span.id === span) ?? [];
    },
    exclude: async ({ at: recordedAt, periodSeconds: _, ...order }) => {
      const made = {
        ...order,
        id: exclusions.length + 1,
        recordedAt,
        withdrawnAt: null,
        withdrawnBy: null,
      };
      exclusions.unshift(made);
      return made;
    },
    withdraw: async (id, by, withdrawnAt) => {
      const place = exclusions.findIndex((each) => each.id === id && each.withdrawnAt === null);
      const found = exclusions[place];
      if (!found) throw new InputError(`exclusion ${id} does not stand`);
      const withdrawn = { ...found, withdrawnAt, withdrawnBy: by };
      exclusions.splice(place, 1, withdrawn);
      return withdrawn;
    },
    exclusions: async (subjects, slo) =>
      exclusions.filter((each) => subjects.includes(each.subject) && (slo === null || each.slo === slo)),
  };
}

/** Promises, lamps and rules in memory. */
export function memorySlos(): Pick<Workbench, Slos> {
  return {
    slos: () => [...promised.map(({ slo }) => slo), uncounted],
    slo: memoryRegister(),
    burnWindows: async (slo) => {
      const recent = promised.find((each) => each.slo.id === slo.id)?.recent ?? {};
      const windows = [
        [300, '1h'],
        [1800, '1h'],
        [3600, '1h'],
        [7200, '1h'],
        [21_600, '6h'],
        [86_400, '1d'],
        [259_200, '3d'],
        [2_592_000, '3d'],
      ] as const;
      return windows.map(([seconds, window]) => ({ seconds, badRatio: recent[window] ?? null }));
    },
    alertWindows: ({ period }) =>
      period.kind === 'calendar' && period.unit === 'year' ? null : catalogueFor(period, builtInCatalogues),
    alertsWithin: async (slo) =>
      slo.sli.kind === 'threshold'
        ? {
            alerts: null,
            reason: {
              zh: '没有采样，无法判断是否会告警',
              en: 'there are no samples, so nobody can tell',
            },
          }
        : {
            alerts:
              slo.id === 'hotline-intake'
                ? [
                    { severity: 'page', from: '2026-10-21T01:10:00Z', to: '2026-10-21T04:25:00Z' },
                    { severity: 'ticket', from: '2026-10-31T20:00:00Z', to: null },
                  ]
                : [],
            reason:
              slo.id === 'hotline-intake'
                ? { zh: '采样间隔为 60 分钟，更短的窗口按一个间隔推算', en: 'samples come every 60 minutes' }
                : null,
          },
    ...memoryThresholds(),
    rules: memoryRules,
  };
}
