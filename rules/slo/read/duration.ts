/** Seconds in each unit of a length of time: `300ms`, `30s`, `5m`, `1h`, `28d`, `4w`. */
const secondsPer: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

export const durationPattern = /^[1-9]\d{0,8}(?:ms|s|m|h|d|w)$/;

/** Seconds of a text that fits the pattern. */
export function secondsOf(duration: string): number {
  const unit = duration.replace(/^\d+/, '');
  const seconds = Number.parseInt(duration, 10) * (secondsPer[unit] ?? Number.NaN);
  return Number(seconds.toPrecision(12));
}

/** The shortest spelling of a length of time, in the largest unit that divides it; null below a millisecond. */
export function durationText(seconds: number): string | null {
  for (const [unit, each] of Object.entries(secondsPer).toReversed()) {
    const count = Number((seconds / each).toPrecision(12));
    if (Number.isInteger(count) && count >= 1 && unit !== 'w') return `${count}${unit}`;
  }
  return null;
}

/** Days that each unit of OpenSLO stands for in a rolling window, where months have no length of their own. */
const rollingDays: Readonly<Record<string, number>> = {
  m: 1 / 1440,
  h: 1 / 24,
  d: 1,
  w: 7,
  M: 30,
  Q: 90,
  Y: 365,
};

export const shorthandPattern = /^[1-9]\d{0,5}[mhdwMQY]$/;

/** Days of a duration shorthand of OpenSLO as a rolling window; below 1 for minutes, which the linter refuses. */
export function daysOfShorthand(shorthand: string): number {
  const days = Number.parseInt(shorthand, 10) * (rollingDays[shorthand.slice(-1)] ?? Number.NaN);
  return Number(days.toPrecision(12));
}
