import type { SqlRecord } from '../../../contract.ts';
import type { CheckOf } from '../../check-file/check-spec.ts';
import { looksPersonalName } from '../../mask/personal-names.ts';
import type { Dialect } from '../../sql/dialect.ts';
import type { CheckContext, CheckPlan } from '../check.ts';
import { allOf, anyOf } from '../condition.ts';
import { nothingToCheck } from '../nothing-to-check.ts';
import type { PlanParts } from '../plan-parts.ts';
import { type BothSides, bothSides, named } from './both-sides.ts';
import { countedRows, type Judgement } from './counted-rows.ts';
import type { OwnResult } from './own-result.ts';
import { shown, theseKeys } from './shown-rows.ts';
import { Statements } from './statements.ts';

/**
 * Rows of this source whose key is in the other one too, and those of them whose values differ there. Two missing values
 * agree, a missing and a present one do not. Where the other source has a key twice, a row agrees with it when it agrees
 * with one of its rows in all columns; rows of this source that repeat a key are looked at one by one.
 */
export function planAgreement(spec: CheckOf<'agreement'>, parts: PlanParts): CheckPlan {
  return { how: 'own', run: (context) => runAgreement({ spec, parts, context }) };
}

interface Agreement {
  readonly spec: CheckOf<'agreement'>;
  readonly parts: PlanParts;
  readonly context: CheckContext;
}

async function runAgreement(agreement: Agreement): Promise<OwnResult> {
  const { spec, parts, context } = agreement;
  const statements = new Statements(context);
  const { sql } = statements;
  const other = await context.other(spec.source);
  const sides = await bothSides(
    {
      own: { table: context.table, keys: spec.key.map(parts.value), values: spec.compared.map(parts.value) },
      other: {
        table: other.table,
        keys: spec.to.key.map(other.value),
        values: spec.to.columns.map(other.value),
      },
      names: [parts.source.id, spec.source],
    },
    other.session,
    { context, statements, check: spec.id },
  );
  const found = await countedRows(judgement(sides, spec), sides, { context, statements });
  const { checked, failed } = found;
  if (checked === 0) return { ...nothingToCheck, sql, scans: statements.scans };
  const sample = await sampleOf(agreement, { sides, own: found.rows, statements });
  return { state: 'measured', checked, failed, ...sample, sql, scans: statements.scans };
}

type Compared = Pick<CheckOf<'agreement'>, 'key' | 'compared' | 'tolerance'>;

/** Each key and value of this source whose key the other one has, with its rows and whether one of the other's agrees. */
function judgement({ own, other, dialect }: BothSides, { key, compared, tolerance }: Compared): Judgement {
  const isSameKey = named('k', key).map((name) => `o.${name} = p.${name}`);
  const agrees = named('v', compared).map((name) =>
    agreesSql(dialect, [`o.${name}`, `p.${name}`], tolerance),
  );
  const names = [...named('k', key), ...named('v', compared)];
  const all = names.map((name) => `o.${name}`).join(', ');
  const sql = `select ${all}, max(o.n) as n, max(case when ${allOf(...agrees)} then 1 else 0 end) as agrees from ${own} as o join ${other} as p on ${isSameKey.join(' and ')} group by ${all}`;
  return { sql, names, fails: 'agrees = 0' };
}

/** Numbers that a double holds to the last digit; a code with zeros in front is none. */
const exactNumber = '-?(0|[1-9][0-9]*)([.][0-9]+)?';
const exactDigits = 16;
/** Doubles hold no decimal fractions: 1.01 - 1.00 is a little more than 0.01. */
const slack = 1 + 1e-6;

function agreesSql(dialect: Dialect, [one, other]: readonly [string, string], tolerance: number): string {
  const isExact = (text: string) =>
    `${dialect.length(text)} <= ${exactDigits} and ${dialect.matches(text, exactNumber)}`;
  const difference = `abs(${dialect.number(one)} - ${dialect.number(other)})`;
  const isClose = `case when ${isExact(one)} and ${isExact(other)} then ${difference} <= ${tolerance * slack} else 1 = 0 end`;
  return `(${dialect.isSame(one, other)} or ${isClose})`;
}

/** Each conflict as two rows, under the same columns so that the same masks fall on both: this source's, then the other's. */
async function sampleOf(
  { spec, parts, context }: Agreement,
  found: { sides: BothSides; own: readonly SqlRecord[]; statements: Statements },
) {
  const { sides, statements } = found;
  const own = found.own.slice(0, Math.floor(context.sampleRows / 2));
  if (own.length === 0) return {};
  const names = [...named('k', spec.key), ...named('v', spec.compared)];
  const order = names.map((_, index) => index + 1).join(', ');
  const isKey = own.map((row) =>
    allOf(
      ...named('k', spec.key).map((name) => `${name} = ${sides.dialect.literal(shown(row[name]) ?? '')}`),
    ),
  );
  const theirRows = (condition: string) =>
    `select ${names.join(', ')} from ${sides.other} as p where ${condition} order by ${order}`;
  statements.note(theirRows(theseKeys), 0);
  const other = await sides.session.query(theirRows(anyOf(isKey)), statements.bounds);
  const rowOf = (source: string, row: SqlRecord) => [source, ...names.map((name) => shown(row[name]))];
  const isSameKey = (one: SqlRecord, two: SqlRecord) =>
    named('k', spec.key).every((name) => one[name] === two[name]);
  const rows = own.flatMap((row) => [
    rowOf(parts.source.id, row),
    ...other
      .filter((each) => isSameKey(row, each))
      .slice(0, 1)
      .map((each) => rowOf(spec.source, each)),
  ]);
  // Masks go by names: where the other source's name is the telling one, it heads the column.
  const heads = [...spec.key, ...spec.compared];
  const theirs = [...spec.to.key, ...spec.to.columns];
  const columns = heads.map((head, index) =>
    looksPersonalName(theirs[index] ?? '') ? (theirs[index] ?? '') : head,
  );
  return { sample: { columns: ['source', ...columns], rows } };
}
