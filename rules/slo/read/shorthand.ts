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
