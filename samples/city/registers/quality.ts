import { createHash } from 'node:crypto';
import type { CheckResult, QualityRun } from '../../../collectors/contract.ts';
import { checkKindSpecs } from '../../../collectors/contract.ts';
import { at, type Calendar, day } from '../calendar.ts';
import { districts } from '../policy.ts';
import { districtId, rootId } from '../subjects.ts';
import { districtSource, qualitySources, qualityStories } from './quality-policy.ts';
import type { SampleCheck, SampleSource } from './sample-check.ts';

/** A source of the sample with whom it belongs to. */
export interface OwnedSource {
  readonly subject: string;
  readonly source: SampleSource;
  /** Rows against those of the policy. */
  readonly scale: number;
}

/** A district that takes longer also keeps its data worse. */
function paced({ from, to }: SampleCheck['failing'], pace: number): SampleCheck['failing'] {
  return { from: from * pace, to: to * pace };
}

/** The city's sources, and one of each district. */
export function ownedSources(): readonly OwnedSource[] {
  const city = qualitySources.map((source) => ({ subject: rootId, source, scale: 1 }));
  const shared = qualitySources[districtSource.index] as SampleSource;
  const below = districts.map((district) => ({
    subject: districtId(district),
    source: {
      ...shared,
      id: `city-parts-${district.slug}`,
      title: {
        zh: `${district.name.zh}部件台账`,
        en: `${shared.title.en}, ${district.name.en}`,
      },
      department: `${district.name.zh}城市管理局`,
      location: `city-parts-${district.slug}.parquet`,
      checks: shared.checks.map((check) => ({ ...check, failing: paced(check.failing, district.pace) })),
    },
    scale: district.share,
  }));
  return [...city, ...below];
}

const unmeasured = {
  checked: null,
  failed: null,
  ratio: null,
  figure: null,
  isMissed: null,
  sample: null,
} as const;

function isLate(calendar: Calendar, { id }: SampleSource, { kind }: SampleCheck, instant: number): boolean {
  const { source, month, days } = qualityStories.late;
  const from = calendar.month(month).start + 5 * day;
  return id === source && kind === 'freshness' && instant >= from && instant < from + days * day;
}

function isDenied(
  calendar: Calendar,
  { id }: SampleSource,
  { columns }: SampleCheck,
  instant: number,
): boolean {
  const { source, column, month } = qualityStories.denied;
  return id === source && columns.includes(column) && instant >= calendar.month(month).start + 20 * day;
}

function offendingRows({ shown }: SampleSource, failed: number): CheckResult['sample'] {
  if (failed === 0) return null;
  return {
    columns: shown.map(({ name, isMasked }) => ({ name, isMasked })),
    rows: [0, 1, 2].slice(0, failed).map((row) => shown.map(({ values }) => values[row] ?? null)),
  };
}

function statementOf({ table }: SampleSource, { fails }: SampleCheck): string {
  if (typeof fails !== 'string') return fails.statement;
  return `select count(*) as checked, sum(case when ${fails} then 1 else 0 end) as failed from ${table}`;
}

/** Of the checks of a source, as that of a check file. */
function hashOf({ checks }: SampleSource): string {
  return createHash('sha256').update(JSON.stringify(checks)).digest('hex');
}

function resultOf(owned: OwnedSource, check: SampleCheck, { calendar, instant }: Moment): CheckResult {
  const { source, scale } = owned;
  const { problem, dimension } = checkKindSpecs[check.kind];
  const frame = {
    check: [check.kind, ...check.columns].join('-').replaceAll('_', '-'),
    title: check.title,
    kind: check.kind,
    columns: check.columns,
    // A missing common key makes fragments of what belongs together.
    problem: check.columns[0] === 'event_no' ? ('fragmentation' as const) : problem,
    dimension,
    weight: check.weight,
    threshold: `ratio <= ${check.max}`,
    sql: [statementOf(source, check)],
    memory: null,
  };
  if (isDenied(calendar, source, check, instant)) {
    return {
      ...frame,
      ...unmeasured,
      state: 'failed',
      reason: { zh: '没有读取列 address 的权限', en: 'permission denied for column address' },
      remedy: {
        zh: '请授予只读账号该列的 SELECT 权限',
        en: 'grant SELECT on the column to the read-only account',
      },
    };
  }
  const isWhole = check.kind === 'freshness' && check.failing.to === 0;
  const rows = Math.round(at(source.rows, instant, calendar) * scale);
  const checked = isWhole ? 1 : Math.round(rows * check.applies);
  const failed = isWhole
    ? Number(isLate(calendar, source, check, instant))
    : Math.round(checked * at(check.failing, instant, calendar));
  const ratio = failed / checked;
  const ageSeconds = isWhole ? (failed ? 9 : 0.4) * 86_400 : null;
  return {
    ...frame,
    state: 'measured',
    checked,
    failed,
    ratio,
    figure: ageSeconds === null ? null : { name: 'age', value: ageSeconds, unit: 'seconds' },
    isMissed: ratio > check.max,
    sample: isWhole ? null : offendingRows(source, failed),
    reason: null,
    remedy: null,
  };
}

export interface Moment {
  readonly calendar: Calendar;
  readonly instant: number;
}

const access: Omit<CheckResult, 'sql'> = {
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
  memory: null,
  reason: null,
  remedy: null,
};

/** What the checks of a source would have said at an instant. */
export function qualityRunAt(owned: OwnedSource, moment: Moment): QualityRun {
  const { subject, source, scale } = owned;
  const { id, title, department, engine, location, checks, table } = source;
  return {
    subject,
    source: { id, title, department, engine, location, weight: 1 },
    checksSha256: hashOf(source),
    startedAt: new Date(moment.instant).toISOString(),
    durationSeconds: 4.2,
    rows: Math.round(at(source.rows, moment.instant, moment.calendar) * scale),
    scans: 1,
    results: [
      { ...access, sql: [`select * from ${table} limit 0`] },
      ...checks.map((check) => resultOf(owned, check, moment)),
    ],
  };
}
