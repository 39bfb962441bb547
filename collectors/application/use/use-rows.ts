import { cellValue } from '../../cloud/table/cell-value.ts';
import { type BoundColumn, bindColumns } from '../../cloud/table/columns.ts';
import { CollectorFault, type SqlPort, type Text } from '../../contract.ts';
import { looseForm } from '../../records/mapping/did-you-mean.ts';
import { isProblem } from '../../records/normalise/problem.ts';
import { zoneClock } from '../../records/normalise/zoned-time.ts';
import { type UseRow, useColumns } from './use-figures.ts';

export type SqlRow = Awaited<ReturnType<SqlPort['query']>>[number];

/** Figures that may have a statement of their own. */
export const useFigures = ['listed', 'registered', 'activated', 'active30Days', 'lastUsed'] as const;
export type UseFigureName = (typeof useFigures)[number];

const applicationNames = new Set(useColumns.application.names.map(looseForm));

/** The two columns of a statement of one figure: the application and the figure itself, whatever it is called. */
function pairOf(row: SqlRow, statement: string): readonly [string, SqlRow[string]] {
  const names = Object.keys(row);
  const application = names.find((name) => applicationNames.has(looseForm(name)));
  const figure = names.find((name) => name !== application);
  if (names.length === 2 && application !== undefined && figure !== undefined) {
    return [String(row[application] ?? ''), row[figure] ?? null];
  }
  const shown = names.join(', ');
  throw new CollectorFault(
    {
      zh: `语句 ${statement} 应返回两列（application 与数值），实际为：${shown}`,
      en: `the statement ${statement} gives the columns ${shown}: two are needed, application and the figure`,
    },
    { isFinal: true },
  );
}

/** Puts the answers of several statements side by side, a row per application in the order in which they came. */
export function joinStatements(answers: ReadonlyMap<UseFigureName, readonly SqlRow[]>): SqlRow[] {
  const byApplication = new Map<string, Record<string, SqlRow[string]>>();
  for (const [figure, rows] of answers) {
    for (const row of rows) {
      const [application, value] = pairOf(row, figure);
      const joined = byApplication.get(application) ?? { application };
      byApplication.set(application, joined);
      if (Object.hasOwn(joined, figure)) {
        throw new CollectorFault(
          {
            zh: `语句 ${figure} 对应用「${application}」返回了多行：请按应用汇总`,
            en: `the statement ${figure} gives several rows for "${application}": group by application`,
          },
          { isFinal: true },
        );
      }
      joined[figure] = value;
    }
  }
  return [...byApplication.values()];
}

export interface ReadUse {
  readonly rows: readonly UseRow[];
  /** Figures that the answer has a column for. */
  readonly has: ReadonlySet<string>;
  /** By application, or by the number of the row where it has none. */
  readonly faults: readonly { readonly labels: Readonly<Record<string, string>>; readonly reason: Text }[];
}

function columnsOf(rows: readonly SqlRow[]): readonly string[] {
  return Object.keys(rows[0] ?? {});
}

/** Rows of a database read by the rules of the table, so that both say the same of the same figures. */
export function readUseRows(rows: readonly SqlRow[], timeZone: string): ReadUse {
  if (rows.length === 0) return { rows: [], has: new Set(), faults: [] };
  const headers = columnsOf(rows);
  const bound = bindColumns(useColumns, headers, 'SQL');
  const clock = zoneClock(timeZone);
  const sound: UseRow[] = [];
  const faults: ReadUse['faults'][number][] = [];
  for (const [index, row] of rows.entries()) {
    const values: Record<string, unknown> = Object.fromEntries(
      Object.keys(useColumns).map((name) => [name, null]),
    );
    const reasons: Text[] = [];
    for (const [name, column] of bound) {
      const value = valueIn(row, column, clock);
      if (isProblem(value)) reasons.push(value.reason);
      else values[name] = value;
    }
    const { application } = values;
    if (application === null)
      reasons.unshift({ zh: '应用名称为空', en: 'the name of the application is empty' });
    const labels: Record<string, string> =
      typeof application === 'string' ? { application } : { row: String(index + 1) };
    const [reason] = reasons;
    if (reason) faults.push({ labels, reason });
    else sound.push(values as UseRow);
  }
  return { rows: sound, has: new Set(bound.keys()), faults };
}

function valueIn(row: SqlRow, column: BoundColumn, clock: ReturnType<typeof zoneClock>) {
  const cell = row[column.header] ?? null;
  // Databases print fractions of a second; no figure here is that fine.
  const plain = typeof cell === 'string' ? cell.replace(/(:\d\d)\.\d+$/, '$1') : cell;
  return cellValue(plain, column, clock);
}
