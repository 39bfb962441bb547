/** Units of a duration such as `500ms`, `30s`, `5m`, `1h`, `1d`, in seconds. */
const secondsPer: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

export const durationPattern = /^([1-9]\d{0,8})(ms|s|m|h|d)$/;

/** Seconds of a duration that fits the pattern. */
export function secondsOf(duration: string): number {
  const [, amount, unit] = durationPattern.exec(duration) ?? [];
  const factor = secondsPer[unit ?? ''];
  if (factor === undefined) throw new Error(`"${duration}" was checked and yet is no duration`);
  return Number(amount) * factor;
}
