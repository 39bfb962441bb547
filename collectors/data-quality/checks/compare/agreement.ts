import type { CheckOf } from '../../check-file/check-spec.ts';
import { looksPersonalName } from '../../mask/personal-names.ts';
import type { Dialect } from '../../sql/dialect.ts';
import type { CheckContext, CheckPlan } from '../check.ts';
import { allOf, anyOf } from '../condition.ts';
import { nothingToCheck } from '../nothing-to-check.ts';
import type { PlanParts } from '../plan-parts.ts';
import { type BothSides, bothSides, named } from './both-sides.ts';
import type { OwnResult } from './own-result.ts';
import { shown } from './shown-rows.ts';
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
  const judged = judgedSql(sides, spec);
  const count = `select sum(n) as checked, sum(case when agrees = 0 then n else 0 end) as failed from (${judged}) as judged`;
  statements.note(count, sides.scans);
  const [row = {}] = await sides.session.query(count, statements.bounds);
  const [checked, failed] = [Number(row.checked), Number(row.failed)];
  if (checked === 0) return { ...nothingToCheck, sql, scans: statements.scans };
  const sample = await sampleOf(agreement, { sides, judged, failed, statements });
  return { state: 'measured', checked, failed, ...sample, sql, scans: statements.scans };
}

type Compared = Pick<CheckOf<'agreement'>, 'key' | 'compared' | 'tolerance'>;

/** Each key and value of this source whose key the other one has, with its rows and whether one of the other's agrees. */
function judgedSql({ own, other, dialect }: BothSides, { key, compared, tolerance }: Compared): string {
  const isSameKey = named('k', key).map((name) => `o.${name} = p.${name}`);
  const agrees = named('v', compared).map((name) =>
    agreesSql(dialect, [`o.${name}`, `p.${name}`], tolerance),
  );
  const fields = [...named('k', key), ...named('v', compared)];
  const all = fields.map((name) => `o.${name}`).join(', ');
  return `select ${all}, max(o.n) as n, max(case when ${allOf(...agrees)} then 1 else 0 end) as agrees from ${own} as o join ${other} as p on ${isSameKey.join(' and ')} group by ${all}`;
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
  found: { sides: BothSides; judged: string; failed: number; statements: Statements },
) {
  const { sides, judged, failed, statements } = found;
  const conflicts = Math.floor(context.sampleRows / 2);
  if (failed === 0 || conflicts === 0) return {};
  const fields = [...named('k', spec.key), ...named('v', spec.compared)].join(', ');
  const order = [...fields.split(', ').keys()].map((index) => index + 1).join(', ');
  const ask = async (sql: string, scans: number) => {
    statements.note(sql, scans);
    return sides.session.query(sql, statements.bounds);
  };
  const own = await ask(
    `select ${fields} from (${judged}) as judged where agrees = 0 order by ${order} limit ${conflicts}`,
    sides.scans,
  );
  const isKey = own.map((row) =>
    allOf(
      ...named('k', spec.key).map((name) => `${name} = ${sides.dialect.literal(shown(row[name]) ?? '')}`),
    ),
  );
  const other = await ask(
    `select ${fields} from ${sides.other} as p where ${anyOf(isKey)} order by ${order}`,
    0,
  );
  const rowOf = (source: string, row: (typeof own)[number]) => [
    source,
    ...fields.split(', ').map((name) => shown(row[name])),
  ];
  const isSameKey = (one: (typeof own)[number], two: (typeof own)[number]) =>
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
