import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { MetricChart } from '../../../../store/contract.ts';
import { gapsOf, linesOf, namesOf } from './lines.ts';

const start = Date.UTC(2026, 9, 1);
const minute = 60_000;
const at = (minutes: number) => new Date(start + minutes * minute).toISOString();

function chartOf(...lines: readonly (readonly (readonly [number, number | null])[])[]): MetricChart {
  return {
    query: 'x',
    stepSeconds: 60,
    series: lines.map((points, index) => ({
      labels: { instance: `node-${index}`, job: 'nodes' },
      points: points.map(([minutes, value]) => ({ at: at(minutes), value })),
    })),
    omitted: 0,
  };
}

describe('the lines of a chart', () => {
  it('break where a sample comes more than a step and a half after the one before', () => {
    const [line] = linesOf(
      chartOf([
        [0, 3],
        [1, 4],
        [2.4, 5],
        [5, 6],
      ]),
      1,
    );
    assert.deepEqual(
      line?.points.map(([, value]) => value),
      [3, 4, 5, null, 6],
    );
  });

  it('keep what the source says is missing, and come in the unit of the figure', () => {
    const [line] = linesOf(
      chartOf([
        [0, 3],
        [1, null],
        [2, 5],
      ]),
      100,
    );
    assert.deepEqual(
      line?.points.map(([, value]) => value),
      [300, null, 500],
    );
  });

  it('have a gap only where every one of them lacks samples, to the end that was seen', () => {
    const chart = chartOf(
      [
        [0, 1],
        [1, 1],
        [2, null],
        [3, null],
        [4, null],
        [5, null],
        [6, 1],
      ],
      [
        [0, 1],
        [1, 1],
        [2, 1],
        [3, null],
        [4, null],
        [5, null],
        [6, 1],
      ],
    );
    const seen = { from: start, to: start + 10 * minute };
    assert.deepEqual(gapsOf(linesOf(chart, 1), 60, seen), [
      { from: start + 3 * minute, to: start + 6 * minute },
      { from: start + 7 * minute, to: start + 10 * minute },
    ]);
    assert.deepEqual(gapsOf(linesOf(chart, 1), 60, { from: start, to: start + 7 * minute }), [
      { from: start + 3 * minute, to: start + 6 * minute },
    ]);
  });

  it('have one gap from end to end when there is no sample at all', () => {
    const seen = { from: start, to: start + 10 * minute };
    assert.deepEqual(gapsOf(linesOf(chartOf([[0, null]]), 1), 60, seen), [seen]);
  });

  it('are named by the labels that tell them apart; the rest is said once', () => {
    assert.deepEqual(namesOf(linesOf(chartOf([[0, 1]], [[0, 2]]), 1)), {
      shared: 'job="nodes"',
      names: ['instance="node-0"', 'instance="node-1"'],
    });
    assert.deepEqual(namesOf(linesOf(chartOf([[0, 1]]), 1)), {
      shared: '',
      names: ['instance="node-0", job="nodes"'],
    });
  });

  it('are twenty at most', () => {
    const many = chartOf(...Array.from({ length: 23 }, () => [[0, 1]] as const));
    assert.equal(linesOf(many, 1).length, 20);
  });
});
