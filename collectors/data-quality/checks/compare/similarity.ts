import { InputError } from '../../../contract.ts';
import type { CheckOf } from '../../check-file/check-spec.ts';
import type { CheckContext, CheckPlan } from '../check.ts';
import { allOf } from '../condition.ts';
import { nothingToCheck } from '../nothing-to-check.ts';
import type { PlanParts } from '../plan-parts.ts';
import { type CountedName, clusterNames, type NameCluster } from './name-clusters.ts';
import type { OwnResult } from './own-result.ts';
import { shown } from './shown-rows.ts';
import { Statements } from './statements.ts';

/**
 * Rows whose name is close to a more frequent one, so that both may mean the same thing; rows under the most frequent name
 * of each cluster do not count. Names are compared here, whatever the engine, so that all find the same
 * (`name-clusters.ts` says how, and what it can miss in large blocks). InputError for more different names than `maxRows`.
 */
export function planSimilarity(spec: CheckOf<'similarity'>, parts: PlanParts): CheckPlan {
  return { how: 'own', run: (context) => runSimilarity({ spec, parts, context }) };
}

interface Similarity {
  readonly spec: CheckOf<'similarity'>;
  readonly parts: PlanParts;
  readonly context: CheckContext;
}

/** A name with the values of `within` that its block stands for. */
interface BlockedName extends CountedName {
  readonly within: readonly (string | null)[];
}

async function runSimilarity({ spec, parts, context }: Similarity): Promise<OwnResult> {
  const statements = new Statements(context);
  const names = await readNames({ spec, parts, context }, statements);
  const { sql, scans } = statements;
  const checked = names.reduce((sum, { rows }) => sum + rows, 0);
  if (checked === 0) return { ...nothingToCheck, sql, scans };
  const { signal } = context;
  const rest = () => new Promise<void>((resolve) => setImmediate(resolve));
  const clusters = await clusterNames(names, spec.atLeast, { signal, rest });
  const failedOf = ([, ...lesser]: NameCluster) => lesser.reduce((sum, { rows }) => sum + rows, 0);
  const failed = clusters.reduce((sum, cluster) => sum + failedOf(cluster), 0);
  const figure = { name: 'clusters', value: clusters.length, unit: '' };
  const bySize = clusters.toSorted((one, other) => failedOf(other) - failedOf(one));
  const sample = sampleOf(bySize, spec, context.sampleRows);
  return { state: 'measured', checked, failed, figure, ...sample, sql, scans };
}

/** Different names with their rows; rows without one are not looked at, one missing `within` value is like another. */
async function readNames({ spec, parts, context }: Similarity, statements: Statements) {
  const { text, isPresent } = parts.value(spec.column);
  const within = spec.within.map((column, index) => {
    const { text: own, isPresent: has } = parts.value(column);
    return `case when ${has} then ${own} end as w${index}`;
  });
  const groups = ['name', ...spec.within.map((_, index) => `w${index}`)];
  const picked = `select ${[`${text} as name`, ...within].join(', ')} from ${context.table} as t where ${allOf(isPresent)}`;
  const sql = `select ${groups.join(', ')}, count(*) as n from (${picked}) as picked group by ${groups.join(', ')}`;
  statements.note(sql, 1);
  const names: BlockedName[] = [];
  // One row more than may be, so that the fault can say what to do.
  const bounds = { ...statements.bounds, maxRows: context.maxRows + 1 };
  await context.session.stream(sql, bounds, async (rows) => {
    if (names.length + rows.length > context.maxRows) throw tooManyNames(spec.column, context.maxRows);
    for (const row of rows) {
      const values = spec.within.map((_, index) => shown(row[`w${index}`]));
      names.push({
        name: String(row.name),
        block: JSON.stringify(values),
        rows: Number(row.n),
        within: values,
      });
    }
  });
  return names.sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
}

function tooManyNames(column: string, maxRows: number): InputError {
  return new InputError(`${column} has more than ${maxRows} different names: narrow the check with where`, {
    zh: `列 ${column} 的不同名称超过 ${maxRows} 个：请用 where 缩小检核范围`,
  });
}

/** Names of the clusters with most failed rows, each cluster from its most frequent name on, under the column's own name so that its mask falls on all. */
function sampleOf(clusters: readonly NameCluster[], spec: CheckOf<'similarity'>, limit: number) {
  const rows = clusters
    .flatMap((cluster) => cluster as readonly BlockedName[])
    .slice(0, limit)
    .map(({ name, within, rows }) => [...within, name, String(rows)]);
  return rows.length === 0 ? {} : { sample: { columns: [...spec.within, spec.column, 'rows'], rows } };
}
