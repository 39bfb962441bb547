import type { CheckMemory, CheckResult } from '../../../contract.ts';
import { type CheckOf, valueTypes } from '../../check-file/check-spec.ts';
import type { CheckContext, CheckPlan } from '../check.ts';
import { allOf } from '../condition.ts';
import type { PlanParts, TableColumn } from '../plan-parts.ts';
import { planValidity } from '../validity.ts';
import type { OwnResult } from './own-result.ts';
import { Statements } from './statements.ts';
import { fits, typeClassOf } from './type-class.ts';

/**
 * Columns that are missing, new (unless `extra`) or of another type than declared, or than in the last run. Where columns
 * carry no types (CSV, JSON, SQLite), a column is of a declared type when all its present values can be read as one.
 */
export function planSchema(spec: CheckOf<'schema'>, parts: PlanParts): CheckPlan {
  return { how: 'own', run: (context) => runSchema({ spec, parts, context }) };
}

interface Schema {
  readonly spec: CheckOf<'schema'>;
  readonly parts: PlanParts;
  readonly context: CheckContext;
}

/** Column, what was expected and what was found; null = nothing. */
type Row = readonly [string, string | null, string | null];

async function runSchema({ spec, parts, context }: Schema): Promise<OwnResult> {
  const statements = new Statements(context);
  const { sql } = statements;
  const columns = context.columns.map(({ name, type }) => ({ name, type }));
  const memory: CheckMemory = { kind: 'columns', columns };
  const before = spec.expected === null ? lastColumns(await context.history(historyRuns)) : null;
  if (spec.expected === null && before === null) {
    const reason = { zh: '首次运行，本次结构留作基线', en: 'first run: its columns become the base line' };
    return { state: 'notApplicable', reason, memory, sql, scans: 0 };
  }
  const expected = new Map(
    before?.map(({ name, type }) => [name, type]) ?? Object.entries(spec.expected ?? {}),
  );
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const isDeclared = before === null;
  const unlike = columns.filter(({ name, type }) => {
    const wanted = expected.get(name);
    return wanted !== undefined && (isDeclared ? !fits(typeClassOf(type), wanted) : type !== wanted);
  });
  const readable = isDeclared
    ? await readableAs(unlike, expected, { spec, parts, context, statements })
    : new Set();
  const rows: readonly Row[] = [
    ...[...expected].filter(([name]) => !types.has(name)).map(([name, type]): Row => [name, type, null]),
    ...unlike
      .filter(({ name }) => !readable.has(name))
      .map(({ name, type }): Row => [name, expected.get(name) ?? null, type]),
    ...(spec.extra ? [] : columns.filter(({ name }) => !expected.has(name))).map(
      ({ name, type }): Row => [name, null, type],
    ),
  ];
  const checked = new Set([...expected.keys(), ...(spec.extra ? [] : types.keys())]).size;
  const sample = { columns: ['column', 'expected', 'found'], rows: rows.slice(0, context.sampleRows) };
  const shown = sample.rows.length > 0 ? { sample } : {};
  return { state: 'measured', checked, failed: rows.length, memory, ...shown, sql, scans: statements.scans };
}

/** A run that failed keeps no columns: the last that has some counts. */
const historyRuns = 10;

function lastColumns(results: readonly CheckResult[]): readonly TableColumn[] | null {
  for (const { memory } of results) if (memory?.kind === 'columns') return memory.columns;
  return null;
}

interface Reading extends Schema {
  readonly statements: Statements;
}

/** Those of the columns, in a source without types, of which every present value can be read as what is declared; one scan. */
async function readableAs(
  columns: readonly TableColumn[],
  declared: ReadonlyMap<string, string>,
  { spec, parts, context, statements }: Reading,
): Promise<ReadonlySet<string>> {
  const { place } = parts.source;
  const isTyped = place.driver === 'postgresql' || place.driver === 'mysql';
  const isParquet = place.driver === 'duckdb' && place.format === 'parquet';
  if (isTyped || isParquet || columns.length === 0) return new Set();
  const faults = columns.map(({ name }, index) => {
    const isWrong = isFault(declared.get(name) ?? '', name, { spec, parts });
    return `${context.dialect.countIf(isWrong)} as f${index}`;
  });
  const row = await statements.scanOne(`select ${faults.join(', ')} from ${context.table} as t`);
  return new Set(columns.filter((_, index) => Number(row[`f${index}`]) === 0).map(({ name }) => name));
}

/** A present value that is none of the type, as a check of validity finds it; texts may be anything. */
function isFault(type: string, column: string, { spec, parts }: Pick<Schema, 'spec' | 'parts'>): string {
  const wanted = valueTypes.find((each) => each === type);
  if (wanted === undefined) return '(1 = 0)';
  const nothingElse = { range: null, length: null, pattern: null, codes: null };
  const plan = planValidity({ ...spec, kind: 'validity', column, type: wanted, ...nothingElse }, parts);
  return plan.how === 'rows' ? allOf(plan.applies, plan.fails) : '(1 = 0)';
}
