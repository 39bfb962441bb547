import type { SqlRecord } from '../../../contract.ts';
import type { CheckOf } from '../../check-file/check-spec.ts';
import type { CheckContext, CheckPlan } from '../check.ts';
import { allOf, anyOf } from '../condition.ts';
import { nothingToCheck } from '../nothing-to-check.ts';
import type { PlanParts } from '../plan-parts.ts';
import { type BothSides, bothSides, named } from './both-sides.ts';
import { countedRows, type Judgement } from './counted-rows.ts';
import type { OwnResult } from './own-result.ts';
import { shown, shownRows } from './shown-rows.ts';
import { Statements } from './statements.ts';

/**
 * Rows whose key is not in the table referred to, keys compared as texts byte by byte. Rows are counted, not keys; a row
 * without a part of its key refers to nothing and is not looked at (as MATCH SIMPLE of the SQL standard).
 */
export function planReference(spec: CheckOf<'reference'>, parts: PlanParts): CheckPlan {
  return { how: 'own', run: (context) => runReference({ spec, parts, context }) };
}

interface Reference {
  readonly spec: CheckOf<'reference'>;
  readonly parts: PlanParts;
  readonly context: CheckContext;
}

async function runReference(reference: Reference): Promise<OwnResult> {
  const { spec, parts, context } = reference;
  const statements = new Statements(context);
  const { sql } = statements;
  const other = await context.other(spec.source);
  const sides = await bothSides(
    {
      own: { table: context.table, keys: spec.columns.map(parts.value), values: [] },
      other: { table: other.table, keys: spec.to.map(other.value), values: [] },
      names: [parts.source.id, spec.source],
    },
    other.session,
    { context, statements, check: spec.id },
  );
  const found = await countedRows(judgement(sides, spec.columns), sides, { context, statements });
  const { checked, failed } = found;
  if (checked === 0) return { ...nothingToCheck, sql, scans: statements.scans };
  const sample = await sampleOf(reference, found.rows, statements);
  return { state: 'measured', checked, failed, ...sample, sql, scans: statements.scans };
}

/** Each key with the rows of this source that have it, and whether the other one knows it. A union, as not every engine joins without an index. */
function judgement({ own, other }: BothSides, keys: readonly string[]): Judgement {
  const names = named('k', keys);
  const list = names.join(', ');
  const union = `select ${list}, n, 0 as known from ${own} as own_keys union all select ${list}, 0, 1 from ${other} as other_keys`;
  const sql = `select ${list}, sum(n) as n, max(known) as known from (${union}) as both_sides group by ${list}`;
  return { sql, names, fails: 'known = 0' };
}

/** Rows with some of the unknown keys. */
async function sampleOf(
  { spec, parts, context }: Reference,
  unknown: readonly SqlRecord[],
  statements: Statements,
) {
  if (unknown.length === 0) return {};
  const isKey = unknown.map((key) =>
    allOf(
      ...spec.columns.map(
        (column, index) =>
          `${parts.value(column).text} = ${context.dialect.literal(shown(key[`k${index}`]) ?? '')}`,
      ),
    ),
  );
  const condition = anyOf(isKey);
  return { sample: await shownRows({ columns: spec.columns, condition }, parts, { context, statements }) };
}
