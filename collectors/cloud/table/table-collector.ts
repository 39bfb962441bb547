import type { ZodType } from 'zod';
import type { Collector, CollectorYield, Gap, MetricSpec, Reading, Text } from '../../contract.ts';
import { type Columns, columnsText, type RowOf } from './columns.ts';
import { readTable, rowGap, type TableRow } from './read-table.ts';
import type { TableSettings } from './table-settings.ts';

/** What a table's rows are turned into figures with. */
export interface TableWork<C extends Columns, Settings> {
  readonly rows: readonly TableRow<C>[];
  readonly has: ReadonlySet<keyof C>;
  readonly settings: Settings;
  /** Milliseconds at which the run began. */
  readonly now: number;
  /** Adds a reading of the run's time. */
  give(metric: string, labels: Readonly<Record<string, string>>, value: number): void;
  /** Says that a row cannot be taken after all. */
  refuse(row: TableRow<C>, reason: Text, labels?: Readonly<Record<string, string>>): void;
  /** Says that a figure is missing though no row is at fault. */
  miss(gap: Gap): void;
}

export interface TableCollectorSpec<C extends Columns, Settings extends TableSettings> {
  readonly id: string;
  readonly title: Text;
  readonly description: Text;
  readonly settings: ZodType<Settings>;
  readonly metrics: readonly MetricSpec[];
  readonly columns: C;
  /** Columns that name what a row is about, under the names of its labels. */
  readonly identity: readonly (keyof C & string)[];
  work(work: TableWork<C, Settings>): void;
}

/** A collector that reads one table (CSV, XLSX) per run: an export of a platform without an exporter. */
export function tableCollector<C extends Columns, Settings extends TableSettings>(
  spec: TableCollectorSpec<C, Settings>,
): Collector<Settings> {
  const { id, title, settings, metrics } = spec;
  const headers = columnsText(spec.columns);
  const description: Text = {
    zh: `${spec.description.zh}${headers.zh}`,
    en: `${spec.description.en} ${headers.en}`,
  };
  return {
    ...{ id, title, description, settings, metrics },
    domain: 'cloud',
    isOpen: false,
    records: [],
    cadence: { everySeconds: 3600, timeoutSeconds: 60, retries: 0 },
    collect: async (run): Promise<CollectorYield> => {
      const table = await readTable(run, spec.columns, spec.identity);
      const readings: Reading[] = [];
      const gaps: Gap[] = [...table.gaps];
      const { file } = run.settings;
      spec.work({
        rows: table.rows,
        has: table.has,
        settings: run.settings,
        now: Date.parse(run.startedAt),
        give: (metric, labels, value) => readings.push({ metric, labels, at: run.startedAt, value }),
        refuse: ({ line }, reason, labels = {}) => gaps.push(rowGap(file, { line, reason, labels })),
        miss: (gap) => gaps.push(gap),
      });
      const detail = {
        zh: `${table.rows.length} 行，${gaps.length} 处缺失`,
        en: `${table.rows.length} rows, ${gaps.length} gaps`,
      };
      const targets = [{ target: file, isUp: true, durationSeconds: null, detail }];
      return { readings, gaps, targets };
    },
  };
}

/** Rows by what `keyOf` says, in the order in which the keys came; a key's second row is refused where it must be unique. */
export function uniqueRows<C extends Columns, Settings>(
  { rows, refuse }: Pick<TableWork<C, Settings>, 'rows' | 'refuse'>,
  keyOf: (values: RowOf<C>) => Readonly<Record<string, string>>,
): readonly TableRow<C>[] {
  const seen = new Map<string, number>();
  return rows.filter((row) => {
    const labels = keyOf(row.values);
    const key = JSON.stringify(Object.values(labels));
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, row.line);
      return true;
    }
    const shown = Object.values(labels).join(' / ');
    refuse(row, {
      zh: `${shown} 与第 ${first} 行重复，已采用第 ${first} 行`,
      en: `${shown} stands in line ${first} already, which is used`,
    });
    return false;
  });
}

export function groupRows<C extends Columns>(
  rows: readonly TableRow<C>[],
  keyOf: (values: RowOf<C>) => string,
): ReadonlyMap<string, readonly TableRow<C>[]> {
  return Map.groupBy(rows, ({ values }) => keyOf(values));
}
