import type { LatestRun } from '../../../store/contract.ts';
import type { Finding } from './finding.ts';

/** How the last runs of the jobs ended: one finding for all that went well, one for each that failed. */
export function jobFindings(latest: readonly LatestRun[]): Finding[] {
  if (latest.length === 0) return [];
  const failed = latest.filter(({ outcome }) => outcome.state === 'failed');
  const what = { zh: '采集任务', en: 'Jobs' };
  const well = `${latest.length - failed.length} of ${latest.length} well at their last run`;
  return [
    { what, verdict: failed.length > 0 ? 'note' : 'good', found: well },
    ...failed.map(
      ({ outcome, lastSuccessAt }): Finding => ({
        what: { zh: `采集任务 ${outcome.job}`, en: `Job ${outcome.job}` },
        verdict: 'broken',
        found: `${outcome.startedAt}: ${outcome.error?.en ?? 'failed'} (last success: ${lastSuccessAt ?? 'never'})`,
        nextStep: outcome.remedy ?? {
          zh: `citygauge collect ${outcome.job} 单独运行一次查看原因`,
          en: `citygauge collect ${outcome.job} runs it alone`,
        },
      }),
    ),
  ];
}
