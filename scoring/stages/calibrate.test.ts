import assert from 'node:assert/strict';
import fc from 'fast-check';
import { modelOf } from '../engine/test-input.ts';
import { checkModel } from '../model/check-model.ts';
import { type Calibration, calibrateStages, type PeriodScores, stagesYaml } from './calibrate.ts';
import { correlation, quantile } from './correlation.ts';

const model = modelOf('citygauge-operations');
const ids = model.nodes.map(({ id }) => id);

function historyOf(length: number, score: (module: number, step: number) => number | null): PeriodScores[] {
  return Array.from({ length }, (_, step) => ({
    period: `2026-${String(step + 1).padStart(2, '0')}`,
    modules: Object.fromEntries(ids.map((id, module) => [id, score(module, step)])),
  }));
}

function calibrated(history: readonly PeriodScores[]): Calibration {
  const result = calibrateStages(model, history);
  if ('refusal' in result) assert.fail(result.refusal);
  return result;
}

/** The model file with its stages replaced by the proposal. */
function pasted({ stages }: Calibration): string {
  return model.yaml.replace(/^stages:\n(?: .*\n)+/m, () => `${stagesYaml(stages)}\n`);
}

describe('the correlation coefficient', () => {
  it('is COV / (σ σ): one for a line up, minus one for a line down, null without variation', () => {
    assert.equal(correlation([1, 2, 4], [3, 5, 9]), 1);
    assert.equal(correlation([1, 2, 4], [9, 8, 6]), -1);
    assert.equal(correlation([1, 2, 3, 4], [2, 1, 4, 3])?.toFixed(4), '0.6000');
    assert.equal(correlation([5, 5, 5], [1, 2, 3]), null);
  });

  it('interpolates quantiles between order statistics', () => {
    assert.deepEqual(
      [0, 0.25, 0.5, 1].map((at) => quantile([40, 10, 20, 30], at)),
      [10, 17.5, 25, 40],
    );
  });
});

describe('calibrating stages', () => {
  it('sets minima by quantiles of the history, and maxima by the correlation with the heaviest module', () => {
    const { stages, correlations, periods } = calibrated(
      historyOf(7, (module, step) => 40 + 5 * step + (module === 1 ? 0 : 3)),
    );
    assert.equal(periods.length, 7);
    assert.ok(correlations.flat().every((rho) => rho !== null && Math.abs(rho - 1) < 1e-9));
    const [initial, improving, mature] = stages;
    assert.equal(mature?.anchor, 'business');
    assert.deepEqual(
      [initial, improving, mature].map((stage) => stage?.modules.business?.min),
      [40, 50, 60],
    );
    // ρ = 1, so the others follow business by the difference of the means.
    assert.deepEqual([mature?.modules.business?.max, mature?.modules.cloud?.max], [70, 73]);
    assert.equal(mature?.modules.business?.weight, 0.25);
  });

  it('takes the own quantile of a module that never varies', () => {
    const { correlations, stages } = calibrated(
      historyOf(6, (module, step) => (module === 5 ? 71 : 50 + step * 4)),
    );
    assert.equal(correlations[5]?.[0], null);
    assert.deepEqual(
      stages[1]?.modules.cloud && [stages[1].modules.cloud.min, stages[1].modules.cloud.max],
      [71, 71],
    );
  });

  it('refuses a history that is too short, naming what is missing', () => {
    const history = historyOf(7, (module, step) => (module === 3 && step < 2 ? null : 50 + step));
    const result = calibrateStages(model, history);
    assert.deepEqual(result, {
      refusal: '5 periods have a score of every module, 6 are needed: 2026-01 lacks data; 2026-02 lacks data',
    });
    assert.deepEqual(calibrateStages(model, []), {
      refusal: '0 periods have a score of every module, 6 are needed',
    });
    assert.deepEqual(calibrateStages(modelOf('event-loop-2022'), history), {
      refusal: 'model event-loop-2022 has no stages to calibrate',
    });
  });

  it('proposes stages that a model file takes as they are', () => {
    const score = fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10);
    const series = fc.array(fc.array(score, { minLength: 7, maxLength: 7 }), { minLength: 6, maxLength: 12 });
    fc.assert(
      fc.property(series, (rows) => {
        const yaml = pasted(calibrated(historyOf(rows.length, (module, step) => rows[step]?.[module] ?? 0)));
        assert.notEqual(yaml, model.yaml);
        assert.deepEqual(checkModel(yaml).faults, []);
      }),
      { numRuns: 15 },
    );
  });
});
