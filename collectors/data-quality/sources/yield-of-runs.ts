import {
  type CheckResult,
  type CollectorYield,
  type Gap,
  type QualityRun,
  qualityCoverageFloor,
  scoreOfRun,
  type TargetState,
  type Text,
} from '../../contract.ts';
import type { SourceSpec } from '../check-file/check-spec.ts';
import { readingsOfRun } from '../run/readings-of-run.ts';
import type { CheckedSources } from './check-sources.ts';

const at = (source: string, { zh, en }: Text): Text => ({ zh: `${source}：${zh}`, en: `${source}: ${en}` });

function gapOf(metric: string | null, labels: Gap['labels'], { reason, remedy }: CheckResult): Gap[] {
  if (reason === null) return [];
  return [{ metric, labels, state: 'failed', reason, ...(remedy && { remedy }) }];
}

/** Why the source could not be read; null when it could. */
function accessFault({ results }: QualityRun): CheckResult | null {
  return results.find(({ kind, isMissed }) => kind === 'access' && isMissed === true) ?? null;
}

function gapsOfRun(run: QualityRun): readonly Gap[] {
  const source = run.source.id;
  const closed = accessFault(run);
  if (closed?.reason) return gapOf(null, { source }, { ...closed, reason: at(source, closed.reason) });
  const { score, coverage } = scoreOfRun(run);
  const checks = run.results.flatMap((result): Gap[] => {
    const labels = { source, check: result.check };
    const metric = 'citygauge_quality_check_failed_ratio';
    if (result.state === 'measured') return [];
    const reason = result.reason && at(`${source} / ${result.check}`, result.reason);
    return gapOf(metric, labels, { ...result, reason }).map((gap) =>
      result.state === 'notApplicable' ? { ...gap, state: 'notApplicable' } : gap,
    );
  });
  if (score !== null) return checks;
  const [reached, floor] = [coverage, qualityCoverageFloor].map((share) => `${Math.floor(100 * share)}%`);
  const reason = at(source, {
    zh: `检核覆盖率 ${reached} 低于 ${floor}，不予评分`,
    en: `the checks cover ${reached} where ${floor} are needed for a score`,
  });
  return [...checks, { metric: 'citygauge_quality_score', labels: { source }, state: 'failed', reason }];
}

function targetOf(run: QualityRun): TargetState {
  const { missed, failed } = scoreOfRun(run);
  const closed = accessFault(run);
  const detail: Text = closed?.reason ?? {
    zh: `${run.rows ?? 0} 行，${run.results.length} 项检核：${missed} 项超阈，${failed} 项未能检核`,
    en: `${run.rows ?? 0} rows, ${run.results.length} checks: ${missed} missed, ${failed} not computed`,
  };
  const { source, durationSeconds } = run;
  return { target: `${source.id} (${source.location})`, isUp: closed === null, durationSeconds, detail };
}

const tooLate: Text = {
  zh: '采集任务的时限已到，未能检核',
  en: 'not reached within the timeout of the job',
};
const moreTime: Text = {
  zh: '请调大该采集任务的 timeout，或将数据源分到多个任务',
  en: 'give the job a longer timeout, or divide its sources among several',
};

const lateTarget = ({ id }: SourceSpec): TargetState => ({
  ...{ target: id, isUp: false, durationSeconds: null, detail: tooLate },
});
const lateGap = ({ id }: SourceSpec): Gap => ({
  ...{ metric: null, labels: { source: id }, state: 'failed' },
  ...{ reason: at(id, tooLate), remedy: moreTime },
});

/** What the runs bring: readings, the runs, a target for each source, and a gap for all that should have come and did not. */
export function yieldOfRuns({ runs, unreached }: CheckedSources): CollectorYield {
  return {
    readings: runs.flatMap(readingsOfRun),
    quality: runs,
    targets: [...runs.map(targetOf), ...unreached.map(lateTarget)],
    gaps: [...runs.flatMap(gapsOfRun), ...unreached.map(lateGap)],
  };
}
