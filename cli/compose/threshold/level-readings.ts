import type { Collected, Reading } from '../../../collectors/contract.ts';
import {
  levelOf,
  type Threshold,
  type ThresholdState,
  thresholdLabels,
  thresholdMetrics,
} from '../../../rules/contract.ts';
import { saidRun } from '../telemetry/said-run.ts';

const job = 'citygauge-threshold';

/** The lamps of one threshold as numbers; a lamp that is off has none. The job of the watched series becomes `source_job`. */
function levelReadings(threshold: Threshold, states: readonly ThresholdState[]): Reading[] {
  return states.flatMap((state) => {
    const value = levelOf(threshold, state.lamp);
    if (value === null) return [];
    const { job: source, ...labels } = state.labels;
    return [
      {
        metric: thresholdMetrics.level,
        labels: {
          ...labels,
          ...(source === undefined ? {} : { source_job: source }),
          job,
          [thresholdLabels.threshold]: threshold.id,
        },
        at: state.at,
        value,
      },
    ];
  });
}

/** When the next judgement is due; the suite's own alert asks whether that is long ago. */
function dueReading({ id, everySeconds, subject }: Threshold, at: string): Reading {
  const labels = { job, ...(subject === null ? {} : { subject }), [thresholdLabels.threshold]: id };
  return { metric: thresholdMetrics.due, labels, at, value: Date.parse(at) / 1000 + everySeconds };
}

/** The same as a finished run, each threshold for itself, for the sinks of runs. */
export function levelRun(threshold: Threshold, states: readonly ThresholdState[], at: string): Collected {
  const readings = [...levelReadings(threshold, states), dueReading(threshold, at)];
  return saidRun(job, [threshold.id], { subject: threshold.subject ?? '', at, readings });
}
