const unitSeconds: Readonly<Record<string, number>> = {
  ...{ ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 },
  ...{ w: 604_800, y: 31_536_000 },
};

/** Seconds of `15d`, `1y6w` or `15d or 10GiB` as Prometheus states its retention; null when time does not limit it. */
export function readRetention(text: string): number | null {
  const [time = ''] = text.split(' or ');
  if (!/^(?:\d+(?:ms|[smhdwy]))+$/.test(time)) return null;
  const seconds = [...time.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (unitSeconds[unit] ?? 0),
    0,
  );
  return seconds > 0 ? seconds : null;
}
