import type { Collected, Reading } from '../../../collectors/contract.ts';

interface Said {
  readonly subject: string;
  /** ISO instant. */
  readonly at: string;
  readonly readings: readonly Reading[];
}

/** What the program says of itself, in the form of a finished run, for the sinks of runs; `parts` keep it apart from others of its name. */
export function saidRun(name: string, parts: readonly string[], { subject, at, readings }: Said): Collected {
  return {
    outcome: {
      job: [name, ...parts, subject].join('/'),
      collector: name,
      subject,
      startedAt: at,
      durationSeconds: 0,
      attempts: 1,
      state: 'succeeded',
      ...{ samples: readings.length, series: readings.length, records: 0 },
      ...{ dropped: {}, gaps: [], targets: [], error: null, remedy: null },
    },
    readings,
    records: [],
    types: {},
  };
}
