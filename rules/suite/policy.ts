/** Numbers of the suite's alerts, each with its reason. */
export const suitePolicy = {
  /** A restart of the server takes less; two scrapes missed at the default of 15 s do not page yet. */
  downMinutes: 2,
  /** One restart is an update, two are a correction of it; three within half an hour are a loop. */
  restarts: { count: 3, windowMinutes: 30 },
  /** Three runs and more at the cadences of most collectors (1 to 5 min): a source that restarts is back by then. */
  collectorFailingMinutes: 15,
  /** The longest timeout that collectors have by default is 30 min (a scan); a run that is due waits no longer than that. */
  collectorLateMinutes: 35,
  /** One slow run is chance; three within an hour say that the job does not fit its cadence. */
  missedRuns: { count: 3, windowMinutes: 60 },
  /** Longer than the slowest cadence of readings, so that the count of one refusal is seen; what was refused is lost. */
  refusedWindowMinutes: 10,
  refusedMinutes: 2,
  /** A target that restarts is back within minutes; the queue keeps hours. */
  remoteWriteLate: { ageSeconds: 600, minutes: 5 },
  /** Half an hour of growth is no burst; below a thousand samples one sending empties the queue. */
  remoteWriteGrows: { samples: 1000, minutes: 30 },
  lostWindowMinutes: 15,
  /** A monthly table is due every 31 days, with 4 of grace: the same as collectors allow a table's age. */
  evidenceDays: 35,
  /** The operations model counts an evaluation as in time until the middle of the month after its period. */
  evaluationDueDays: 15,
  /** A week after the evaluation is due, to read and sign what it says. */
  reportDueDays: 22,
  /** A fall is news: after a week it is history, and the alert ends by itself. */
  newsDays: 7,
  /** A tenth of the model's weight without evidence moves an overall score by more than a grade can hide. */
  coverageFall: 0.1,
  /** Long-lived states are asked again after an hour, so that the minute of an import or a deployment is no alarm. */
  settledMinutes: 60,
  /** SLOs are counted every few minutes; the budgets' shortest figure is that of one hour. */
  sloFiguresMinutes: 60,
  /** Thresholds are judged every minute; ten without a judgement leave lamps that nobody should trust. */
  thresholdMinutes: 10,
} as const;

export const daySeconds = 86_400;
