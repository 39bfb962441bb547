import { z } from 'zod';
import {
  type Collector,
  CollectorFault,
  type CollectorRun,
  type CollectorYield,
  type Gap,
  type Reading,
  type SloReading,
} from '../contract.ts';
import { sloMetricSpecs as metrics } from './slo-metrics.ts';

const settings = z.strictObject({});
type Settings = z.output<typeof settings>;

/** What is known of each SLO; an SLO of which nothing was counted is a gap with its reason, never 0 or 1. */
export function readingsOf(standings: readonly SloReading[], at: string): CollectorYield {
  return {
    readings: standings.flatMap((each) => readingsOfOne(each, at)),
    gaps: standings.flatMap(gapsOfOne),
  };
}

const labelsOf = ({ slo, service, subject }: SloReading) => ({ slo, service, subject });

function readingsOfOne(standing: SloReading, at: string): Reading[] {
  const { objectiveRatio, attainmentRatio, adjustedAttainmentRatio } = standing;
  const values: readonly (readonly [string, number | null])[] = [
    [metrics.objective.name, objectiveRatio],
    [metrics.attainment.name, attainmentRatio],
    [metrics.adjustedAttainment.name, adjustedAttainmentRatio],
    [metrics.budgetLeft.name, standing.budgetLeftRatio],
    [metrics.burnNow.name, standing.burnNow],
  ];
  return values.flatMap(([metric, value]) =>
    value === null ? [] : [{ metric, labels: labelsOf(standing), at, value }],
  );
}

function gapsOfOne(standing: SloReading): Gap[] {
  const { slo, attainmentRatio, isWithoutEvents, reason } = standing;
  if (attainmentRatio !== null || reason === null) return [];
  const gap = { metric: metrics.attainment.name, labels: labelsOf(standing), reason };
  if (isWithoutEvents) return [{ ...gap, state: 'notApplicable' }];
  return [
    {
      ...gap,
      state: 'failed',
      remedy: {
        zh: `请用 citygauge slo status 查看 ${slo} 的查询和原因`,
        en: `see the queries of ${slo} and what came of them with citygauge slo status`,
      },
    },
  ];
}

async function collect({ ports, subject, startedAt, signal }: CollectorRun<Settings>) {
  if (!ports.register) {
    throw new CollectorFault(
      {
        zh: '此处没有证据库，无法保存服务目标的计数',
        en: 'there is no evidence store here to keep counts in',
      },
      { isFinal: true },
    );
  }
  const standings = await ports.register.slos(subject, startedAt, signal);
  if (standings.length === 0) {
    throw new CollectorFault(
      { zh: `${subject} 没有服务目标`, en: `${subject} has no service level objective` },
      {
        remedy: {
          zh: '请把服务目标文件放入数据目录的 slos 子目录，或用 CITYGAUGE_SLOS 指定位置',
          en: 'put SLO specs into the folder slos of the data folder, or name their place with CITYGAUGE_SLOS',
        },
      },
    );
  }
  return readingsOf(standings, startedAt);
}

/** Counts the SLOs of the job's subject and its descendants, and tells their attainment and error budgets. */
export const sloBudgets: Collector<Settings> = {
  id: 'slo-budgets',
  title: { zh: '服务目标与错误预算', en: 'Service level objectives and error budgets' },
  domain: 'application',
  description: {
    zh: '按服务目标文件统计达成率和错误预算，保存每日与考核期的计数；没有数据的目标不给出数值。',
    en: 'Counts attainment and error budgets of the SLO files and keeps the counts of days and periods; an SLO without data has no figure.',
  },
  settings,
  metrics: Object.values(metrics),
  isOpen: false,
  records: [],
  cadence: { everySeconds: 300, timeoutSeconds: 240, retries: 1 },
  collect,
};
