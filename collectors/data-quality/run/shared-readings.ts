import type { ValueSql } from '../checks/plan-parts.ts';
import type { OpenedSource } from './opened-source.ts';

const readings = ['missing', 'text', 'trimmed', 'number', 'seconds', 'key'] as const;
const alias = /\bc\d+_(?:missing|text|trimmed|number|seconds|key)\b|\bw\d+\b/g;

/** Stands in a statement for the table until it is known which readings the statement uses. */
const place = '/* rows */';

/** Keeps each engine from putting the readings back wherever they are used. */
const fences = {
  duckdb: '',
  sqlite: ' limit -1',
  postgresql: ' offset 0',
  mysql: ' limit 18446744073709551615',
};
const isCostly = /_(?:number|seconds)\b/;

/**
 * The table with every reading that a statement uses computed once for each row, however many checks use it: reading a
 * time takes longer than all else that is done with it.
 */
export class SharedReadings {
  readonly #opened: OpenedSource;
  readonly #expressions = new Map<string, string>();

  constructor(opened: OpenedSource) {
    this.#opened = opened;
  }

  /** To select from, in statements that go through `statement`. */
  readonly table = place;

  readonly value = (column: string): ValueSql => {
    const { columns, value } = this.#opened;
    const index = columns.findIndex(({ name }) => name === column);
    const own = value(column);
    const expressions = { ...own, missing: `case when ${own.isMissing} then 1 else 0 end` };
    const name = (reading: (typeof readings)[number]) => {
      this.#expressions.set(`c${index}_${reading}`, expressions[reading]);
      return `c${index}_${reading}`;
    };
    return {
      isMissing: `(${name('missing')} = 1)`,
      isPresent: `(${name('missing')} = 0)`,
      text: name('text'),
      trimmed: name('trimmed'),
      number: name('number'),
      seconds: name('seconds'),
      key: name('key'),
    };
  };

  /** A condition in the user's own words, which speak of the table's columns. */
  condition(sql: string): string {
    const name = `w${this.#expressions.size}`;
    this.#expressions.set(name, `case when ${sql} then 1 else 0 end`);
    return `(${name} = 1)`;
  }

  /** The statement as it runs. One that ends early is better off computing what it needs where it needs it. */
  statement(sql: string, { endsEarly }: { readonly endsEarly: boolean }): string {
    const { table, dialect } = this.#opened;
    const used = new Set(sql.match(alias) ?? []);
    const columns = [...this.#expressions]
      .filter(([name]) => used.has(name))
      .map(([name, expression]) => `    ${expression} as ${name}`);
    // MySQL keeps the readings in a table of its own meanwhile: worth it only for those that take long.
    const isWorthIt = dialect.engine !== 'mysql' || [...used].some((name) => isCostly.test(name));
    const fence = endsEarly || !isWorthIt ? '' : fences[dialect.engine];
    const rows =
      columns.length === 0
        ? table
        : `(\n  select\n${columns.join(',\n')}\n  from ${table} as source_rows${fence}\n)`;
    return sql.replaceAll(place, () => rows);
  }
}
