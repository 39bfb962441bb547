import { type RawBuilder, sql } from 'kysely';
import type { MetricMeasure } from '../../../scoring/contract.ts';
import type { MetricStep } from '../../contract.ts';
import type { Database } from '../../schema/tables.ts';
import { intervalsLookedBack, type Span } from '../span.ts';
import type { Series } from './summarise.ts';
import { partsOf } from './summary-sql.ts';

interface Cell {
  readonly id: number;
  readonly step: number;
  /** Of the samples in the step: growth of a counter, samples within the band, or sum. */
  readonly part: number;
  readonly samples: number;
}

interface Order {
  readonly span: Span;
  readonly stepSeconds: number;
  readonly everySeconds: number;
}

/** Numerator and denominator of a ratio of counters, a share or an up-time in each step; null for any other measure. */
export async function readSteps(
  db: Database,
  { measure, of, total }: { measure: MetricMeasure; of: readonly Series[]; total: readonly Series[] },
  { span, stepSeconds }: Omit<Order, 'everySeconds'>,
): Promise<MetricStep[] | null> {
  const { reduction } = measure;
  const order = { span, stepSeconds, everySeconds: measure.everySeconds ?? 0 };
  const idsOf = (series: readonly Series[]) => series.map(({ id }) => id);
  const steps = new Map<number, { numerator: number; denominator: number }>();
  const add = (step: number, numerator: number, denominator: number) => {
    const held = steps.get(step) ?? { numerator: 0, denominator: 0 };
    steps.set(step, {
      numerator: held.numerator + numerator,
      denominator: held.denominator + denominator,
    });
  };
  if (reduction.kind === 'ratio' && reduction.by === 'increase') {
    for (const { step, part } of await grown(db, idsOf(of), order)) add(step, part, 0);
    for (const { step, part } of await grown(db, idsOf(total), order)) add(step, 0, part);
  } else if (reduction.kind === 'share') {
    const { above, below } = reduction;
    const isWithin = sql`count) filter (where sum / count between ${above ?? '-Infinity'}::double precision
      and ${below ?? 'Infinity'}::double precision`;
    for (const { step, part, samples } of await cells(db, idsOf(of), { ...order, part: isWithin }))
      add(step, part, samples);
  } else if (reduction.kind === 'upTime') {
    const expected = Math.max(1, stepSeconds / Math.max(1, order.everySeconds));
    for (const { step, part } of await cells(db, idsOf(of), { ...order, part: sql`sum` }))
      add(step, Math.min(part, expected), expected);
  } else return null;
  return [...steps]
    .filter(([step]) => step >= 0)
    .sort(([a], [b]) => a - b)
    .map(([step, counts]) => ({
      at: new Date(span.from + step * stepSeconds * 1000).toISOString(),
      ...counts,
    }));
}

async function cells(
  db: Database,
  ids: readonly number[],
  { span, stepSeconds, part }: Order & { readonly part: RawBuilder<unknown> },
): Promise<readonly Cell[]> {
  const { rows } = await sql<Cell>`
    select series_id as id, ((first_at - ${span.from}::bigint) / ${stepSeconds * 1000}::bigint)::integer as step,
      coalesce(sum(${part}), 0)::double precision as part, sum(count)::bigint as samples
    from ${partsOf(ids, span)} group by 1, 2`.execute(db);
  return rows;
}

/** A step's growth is that to each of its samples from the one before, which may lie in an earlier step. */
async function grown(
  db: Database,
  ids: readonly number[],
  { span, stepSeconds, everySeconds }: Order,
): Promise<readonly Cell[]> {
  const read = { ...span, from: span.from - intervalsLookedBack * everySeconds * 1000 };
  const { rows } = await sql<Cell>`
    select series_id as id, floor((first_at - ${span.from}::bigint)::double precision / ${stepSeconds * 1000})::integer as step,
      sum(growth + case when before is null then 0 when first >= before then first - before else first end) as part,
      sum(count)::bigint as samples
    from (select *, lag(last) over (partition by series_id order by first_at) as before from ${partsOf(ids, read)}) stepped
    group by 1, 2`.execute(db);
  return rows;
}
