import assert from 'node:assert/strict';
import { rejectionOf } from '../../test/scratch-folder.ts';
import { type CollectorPorts, type SloReading, sloMetrics } from '../contract.ts';
import { sloBudgets } from './slo-budgets.ts';

const startedAt = '2031-05-20T00:00:00.000Z';

const portal: SloReading = {
  ...{ slo: 'portal-availability', service: 'portal', subject: 'hexi', objectiveRatio: 0.995 },
  ...{ attainmentRatio: 0.9932, adjustedAttainmentRatio: 0.9961, budgetLeftRatio: -0.25, burnNow: 3.5 },
  ...{ isWithoutEvents: false, reason: null },
};
const unknown: SloReading = {
  ...portal,
  ...{ slo: 'hotline-orders', service: 'hotline', attainmentRatio: null, adjustedAttainmentRatio: null },
  ...{ budgetLeftRatio: null, burnNow: null, reason: { zh: '没有采样', en: 'no samples' } },
};

function collect(standings: readonly SloReading[] | null) {
  const asked: unknown[] = [];
  const slos = async (subject: string, at: string) => {
    asked.push([subject, at]);
    return standings;
  };
  const ports = { register: standings ? { slos } : undefined } as unknown as CollectorPorts;
  const run = { job: 'slo', subject: 'hexi', state: undefined, startedAt, ports, settings: {} };
  return sloBudgets.collect({ ...run, signal: new AbortController().signal }).then((got) => ({ got, asked }));
}

describe('the collector of error budgets', () => {
  it('tells objective, both attainments, budget left and burn of each SLO as of the run', async () => {
    const { got, asked } = await collect([portal]);
    assert.deepEqual(asked, [['hexi', startedAt]]);
    const labels = { slo: 'portal-availability', service: 'portal', subject: 'hexi' };
    const reading = (metric: string, value: number) => ({ metric, labels, at: startedAt, value });
    assert.deepEqual(got, {
      readings: [
        reading(sloMetrics.objective, 0.995),
        reading(sloMetrics.attainment, 0.9932),
        reading(sloMetrics.adjustedAttainment, 0.9961),
        reading(sloMetrics.budgetLeft, -0.25),
        reading(sloMetrics.burnNow, 3.5),
      ],
      gaps: [],
    });
  });

  it('makes a gap with its reason of what could not be counted, and no fault of what had no events', async () => {
    const { got } = await collect([unknown, { ...unknown, isWithoutEvents: true }]);
    assert.deepEqual(
      got.readings?.map(({ metric }) => metric),
      [sloMetrics.objective, sloMetrics.objective],
    );
    const told = got.gaps?.map(({ metric, labels, state, reason }) => [metric, labels.slo, state, reason.en]);
    assert.deepEqual(told, [
      [sloMetrics.attainment, 'hotline-orders', 'failed', 'no samples'],
      [sloMetrics.attainment, 'hotline-orders', 'notApplicable', 'no samples'],
    ]);
  });

  it('fails where there is no SLO, and where there is no store', async () => {
    assert.match((await rejectionOf(collect([]))).message, /hexi has no service level objective/);
    assert.match((await rejectionOf(collect(null))).message, /no evidence store/);
  });
});
