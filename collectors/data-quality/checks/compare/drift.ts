import { type CheckMemory, type CheckResult, InputError } from '../../../contract.ts';
import type { CheckOf } from '../../check-file/check-spec.ts';
import { looksPersonalName } from '../../mask/personal-names.ts';
import type { CheckContext, CheckPlan } from '../check.ts';
import { nothingToCheck } from '../nothing-to-check.ts';
import type { PlanParts } from '../plan-parts.ts';
import { type Bins, countBins, findBins, givenBins } from './drift-bins.ts';
import type { OwnResult } from './own-result.ts';
import { populationStabilityIndex, sharesOf, totalVariation } from './population-stability.ts';
import { Statements } from './statements.ts';

/**
 * The distribution of a column against its base line: given in the check file, else that of the earliest of the last runs,
 * whose bins all later runs keep. The figure is the population stability index; the ratio, for the score, the total
 * variation distance: the share of rows that would have to change bins. InputError for a column that holds personal data,
 * since bins are kept with their values.
 */
export function planDrift(spec: CheckOf<'drift'>, parts: PlanParts): CheckPlan {
  return {
    how: 'own',
    async run(context) {
      refusePersonal(spec.column, parts);
      return runDrift({ spec, parts, context });
    },
  };
}

function refusePersonal(column: string, { source }: PlanParts): void {
  if (!source.sensitive.includes(column) && !looksPersonalName(column)) return;
  throw new InputError(
    `drift of ${column} would keep personal values as its base line: check a column that holds none`,
    { zh: `列 ${column} 含个人信息，漂移检核会将其取值存为基线：请改用不含个人信息的列` },
  );
}

interface Drift {
  readonly spec: CheckOf<'drift'>;
  readonly parts: PlanParts;
  readonly context: CheckContext;
}

async function runDrift({ spec, parts, context }: Drift): Promise<OwnResult> {
  const statements = new Statements(context);
  const { sql } = statements;
  if (context.rows === 0) return { ...nothingToCheck, sql, scans: 0 };
  const value = parts.value(spec.column);
  const base = spec.baseline ? givenBins(spec.baseline) : earliestBins(await context.history(spec.runs));
  const bins = base ?? (await findBins(value, context, statements));
  const counts = await countBins(bins, { value, context, statements });
  const memory: CheckMemory = {
    kind: 'bins',
    borders: bins.borders,
    bins: bins.bins.map(({ label }, index) => ({ label, count: counts[index] ?? 0 })),
  };
  const { scans } = statements;
  if (base === null) {
    const reason = {
      zh: '首次运行，本次分布留作基线',
      en: 'first run: its distribution becomes the base line',
    };
    return { state: 'notApplicable', reason, memory, sql, scans };
  }
  const expected = sharesOf(base.bins.map(({ count }) => count));
  const actual = sharesOf(counts);
  const ratio = totalVariation(expected, actual);
  const index = populationStabilityIndex(expected, actual);
  const figure = { name: 'psi', value: index, unit: '' };
  const checked = context.rows;
  const failed = Math.round(ratio * checked);
  return { state: 'measured', checked, failed, ratio, figure, memory, sql, scans };
}

/** Of the earliest run that has any; results come newest first. */
function earliestBins(results: readonly CheckResult[]): Bins | null {
  const all = results.flatMap(({ memory }) => (memory?.kind === 'bins' ? [memory] : []));
  return all.at(-1) ?? null;
}
