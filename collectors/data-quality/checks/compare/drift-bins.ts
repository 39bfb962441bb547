import type { CheckMemory } from '../../../contract.ts';
import { looksPersonal } from '../../mask/personal-values.ts';
import type { CheckContext } from '../check.ts';
import type { ValueSql } from '../plan-parts.ts';
import type { Statements } from './statements.ts';

/** Bins of values or between borders; behind them always the bin of all else and that of missing values. */
export type Bins = Extract<CheckMemory, { kind: 'bins' }>;

/** Values with a bin of their own, at most: what comes less often is `other`. */
const mostValues = 20;
/** Deciles: ten bins of numbers, as is usual for the index. */
const numericBins = 10;
/** From this share of numbers on a column is binned as numbers; the rest of it is `other`. */
const numericShare = 0.95;
/** A text longer than this is no category. */
const longestLabel = 100;

const otherLabel = '(other)';
const missingLabel = '(missing)';
const behind = [
  { label: otherLabel, count: 0 },
  { label: missingLabel, count: 0 },
];

/** Bins of a base line given as value and share; shares of `(other)` and `(missing)` may be among them. */
export function givenBins(baseline: Readonly<Record<string, number>>): Bins {
  const { [otherLabel]: other = 0, [missingLabel]: missing = 0, ...values } = baseline;
  const bins = Object.entries(values).map(([label, count]) => ({ label, count }));
  const last = [
    { label: otherLabel, count: other },
    { label: missingLabel, count: missing },
  ];
  return { kind: 'bins', bins: [...bins, ...last], borders: null };
}

/** Bins that suit the column as it is: its values where they are few or no numbers, else its deciles. */
export async function findBins(
  { text, number, isPresent }: ValueSql,
  { dialect, table }: CheckContext,
  statements: Statements,
): Promise<Bins> {
  const frequent = await statements.scan(
    `select ${text} as v, count(*) as n from ${table} as t where ${isPresent} group by ${text} order by n desc, v limit ${mostValues + 1}`,
  );
  const isFew = frequent.length <= mostValues;
  const borders = isFew ? [] : await decilesOf();
  if (borders.length > 0) return { kind: 'bins', bins: [...between(borders), ...behind], borders };
  const values = frequent
    .slice(0, mostValues)
    .map(({ v }) => String(v))
    .filter((value) => value.length <= longestLabel && !looksPersonal(value));
  return { kind: 'bins', bins: [...values.map((label) => ({ label, count: 0 })), ...behind], borders: null };

  async function decilesOf(): Promise<readonly number[]> {
    const { present, numbers } = await statements.scanOne(
      `select ${dialect.countIf(isPresent)} as present, ${dialect.countIf(`(${isPresent} and ${number} is not null)`)} as numbers from ${table} as t`,
    );
    const count = Number(numbers);
    if (count < numericShare * Number(present)) return [];
    const ranks = Array.from({ length: numericBins - 1 }, (_, index) =>
      Math.ceil((count * (index + 1)) / numericBins),
    );
    const ranked = `select x, row_number() over (order by x) as r from (select ${number} as x from ${table} as t where ${isPresent}) as numbers where x is not null`;
    const rows = await statements.scan(
      `select x from (${ranked}) as ranked where r in (${ranks.join(', ')}) order by r`,
    );
    return [...new Set(rows.map(({ x }) => Number(x)))];
  }
}

/** Labels of the bins between borders, each border belonging to the bin below it. */
function between(borders: readonly number[]) {
  const [first] = borders;
  const middle = borders.slice(1).map((border, index) => `(${borders[index]}, ${border}]`);
  return [`<= ${first}`, ...middle, `> ${borders.at(-1)}`].map((label) => ({ label, count: 0 }));
}

/** Rows in each bin, in the order of the bins; one scan. */
export async function countBins(
  { bins, borders }: Bins,
  { value, context, statements }: { value: ValueSql; context: CheckContext; statements: Statements },
): Promise<readonly number[]> {
  const { dialect, table } = context;
  const [other, missing] = [bins.length - 2, bins.length - 1];
  const inner = borders === null ? value.text : value.number;
  const branches =
    borders === null
      ? bins.slice(0, other).map(({ label }, bin) => `when x = ${dialect.literal(label)} then ${bin}`)
      : ['when x is null then -1', ...borders.map((border, bin) => `when x <= ${border} then ${bin}`)];
  const rest = borders === null ? other : borders.length;
  const values = `select case when ${value.isMissing} then 1 else 0 end as m, ${inner} as x from ${table} as t`;
  const binned = `select case when m = 1 then ${missing} ${branches.join(' ')} else ${rest} end as b from (${values}) as read_values`;
  const rows = await statements.scan(`select b, count(*) as n from (${binned}) as binned group by b`);
  const counts = bins.map(() => 0);
  for (const { b, n } of rows) counts[Number(b) === -1 ? other : Number(b)] = Number(n);
  return counts;
}
