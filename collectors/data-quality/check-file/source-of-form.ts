import type { ReadForm } from './check-kind.ts';
import { checkOfForm } from './check-of-form.ts';
import type { SourcePlace, SourceSpec, TableOrQuery } from './check-spec.ts';
import type { SourceForm } from './file-form.ts';

const tableOrQuery = ({
  table,
  query,
}: {
  table?: string | undefined;
  query?: string | undefined;
}): TableOrQuery =>
  query === undefined ? { table: table ?? '' } : { query: query.trim().replace(/;\s*$/, '') };

/** Where a source is; its form names exactly one place. */
function placeOf({ csv, parquet, json, sqlite, postgresql, mysql }: SourceForm): SourcePlace {
  const driver = 'duckdb';
  if (csv !== undefined) {
    const { path, encoding, delimiter } = typeof csv === 'string' ? { path: csv } : { ...csv };
    return {
      driver,
      format: 'csv',
      path,
      ...(encoding === undefined ? {} : { encoding }),
      ...(delimiter === undefined ? {} : { delimiter }),
    };
  }
  if (parquet) return { driver, format: 'parquet', path: parquet.path };
  if (json) return { driver, format: 'json', path: json.path };
  if (sqlite) return { driver: 'sqlite', path: sqlite.path, from: tableOrQuery(sqlite) };
  if (postgresql) return { driver: 'postgresql', url: postgresql.url, from: tableOrQuery(postgresql) };
  if (mysql) return { driver: 'mysql', url: mysql.url, from: tableOrQuery(mysql) };
  throw new Error('the place of a source was found before');
}

/** A source with its defaults filled in. */
export function sourceOfForm(form: SourceForm, checks: readonly ReadForm[]): SourceSpec {
  const { id, title, department, weight, key, missing, sensitive, mask, times, timeout, sampleRows } = form;
  return {
    id,
    title: title ?? { zh: id, en: id },
    department: department ?? null,
    weight,
    place: placeOf(form),
    key,
    missing: [...new Set(missing.map((each) => each.trim()))],
    sensitive,
    mask,
    times,
    timeoutSeconds: timeout,
    sampleRows,
    checks: checks.map(checkOfForm),
  };
}
