import { type CheckResult, checkKindSpecs, type QualityRun } from '../../../collectors/contract.ts';
import type { Workbench } from '../../../dashboards/contract.ts';
import { type Check, type Source, sources } from './quality-data.ts';

const unmeasured = { checked: null, failed: null, ratio: null, figure: null, isMissed: null, sample: null };

const sample: CheckResult['sample'] = {
  columns: [
    { name: 'id', isMasked: false },
    { name: 'caller_phone', isMasked: true },
    { name: 'note', isMasked: false },
  ],
  rows: [
    ['GD000017', '138****0021', '<script>alert(1)</script>'],
    ['GD000240', '139****4417', null],
    ['GD000906', '136****9035', '路灯不亮'],
  ],
};

function accessOf(source: Source): CheckResult {
  return {
    check: 'access',
    title: checkKindSpecs.access.title,
    kind: 'access',
    columns: [],
    problem: null,
    dimension: 'accessibility',
    weight: 1,
    state: 'measured',
    checked: 1,
    failed: 0,
    ratio: 0,
    figure: null,
    threshold: 'ratio <= 0',
    isMissed: false,
    sample: null,
    sql: [`select * from "${source.id}" limit 0`],
    memory: null,
    reason: null,
    remedy: null,
  };
}

function resultOf(source: Source, each: Check, step: number): CheckResult {
  const { problem, dimension } = checkKindSpecs[each.kind];
  const [first, last] = each.ratio;
  const frame = {
    check: [each.kind, ...each.columns].join('-').replaceAll('_', '-'),
    title: { zh: each.title[0], en: each.title[1] },
    kind: each.kind,
    columns: each.columns,
    problem: each.columns[0] === 'event_no' ? ('fragmentation' as const) : problem,
    dimension,
    weight: each.weight ?? 1,
    threshold: `ratio <= ${each.max}`,
    sql: [
      `select count(*) as checked,\n  count(*) filter (where ${each.columns[0] ?? 'rows'} fails) as failed\nfrom "${source.id}"`,
    ],
    memory: null,
  };
  if (last === null && step === 1) {
    return {
      ...frame,
      ...unmeasured,
      state: 'failed',
      reason: { zh: '没有读取该列的权限', en: 'permission denied for the column' },
      remedy: {
        zh: '请为只读账号授予该列的 SELECT 权限',
        en: 'grant SELECT on the column to the read-only account',
      },
    };
  }
  if (each.kind === 'drift' && step === 0) {
    return {
      ...frame,
      ...unmeasured,
      state: 'notApplicable',
      reason: { zh: '尚无历史运行可供比较', en: 'no earlier run to compare with' },
      remedy: null,
    };
  }
  const isWhole = each.kind === 'freshness' && each.max === 0;
  const checked = isWhole ? 1 : source.rows;
  const failed = Math.round(checked * (first + ((last ?? first) - first) * step));
  return {
    ...frame,
    state: 'measured',
    checked,
    failed,
    ratio: failed / checked,
    figure: isWhole ? { name: 'age', value: 34_560, unit: 'seconds' } : null,
    isMissed: failed / checked > each.max,
    sample: failed === 0 ? null : sample,
    reason: null,
    remedy: null,
  };
}

/** Runs of a source, newest first. */
function runsOf(source: Source): QualityRun[] {
  return Array.from({ length: source.runs }, (_, back) => {
    const step = source.runs === 1 ? 1 : 1 - back / (source.runs - 1);
    return {
      subject: source.subject,
      source: {
        id: source.id,
        title: { zh: source.title[0], en: source.title[1] },
        department: source.department,
        engine: source.engine,
        location: source.location,
        weight: source.weight,
      },
      checksSha256: 'c7'.repeat(32),
      startedAt: new Date(Date.UTC(2026, 9, source.lastDay - back, 19, 0, 0)).toISOString(),
      durationSeconds: 3.4 + source.rows / 90_000 + (back % 4) * 0.6,
      rows: source.rows - back * 37,
      scans: 1,
      results: [accessOf(source), ...source.checks.map((each) => resultOf(source, each, step))],
    };
  });
}

/** Daily runs of five sources: one improves, one has lost a right, one is old and gets worse, one is of a district, one has no score. */
export function memoryQuality(): Workbench['quality'] {
  const runs = sources.flatMap(runsOf);
  const of = ({ subject, source }: { readonly subject: string; readonly source: string }) =>
    runs.filter((run) => run.subject === subject && run.source.id === source);
  return {
    latest: async (subjects, before) =>
      sources
        .filter((source) => subjects.includes(source.subject))
        .flatMap((source) => {
          const own = of({ subject: source.subject, source: source.id });
          return own.find((run) => before === null || run.startedAt < before) ?? [];
        })
        .toSorted((a, b) => a.source.id.localeCompare(b.source.id)),
    runs: async (key, limit) => of(key).slice(0, limit),
    results: async (key, limit) =>
      of(key)
        .flatMap((run) =>
          run.results
            .filter((each) => each.check === key.check)
            .map((each) => ({ ...each, at: run.startedAt })),
        )
        .slice(0, limit),
  };
}
