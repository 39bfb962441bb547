/** Milliseconds in each unit, longest first; a year or week is written only where nothing is left over (Go: `model.Duration`). */
const units = [
  { name: 'y', milliseconds: 31_536_000_000, isExact: true },
  { name: 'w', milliseconds: 604_800_000, isExact: true },
  { name: 'd', milliseconds: 86_400_000, isExact: false },
  { name: 'h', milliseconds: 3_600_000, isExact: false },
  { name: 'm', milliseconds: 60_000, isExact: false },
  { name: 's', milliseconds: 1000, isExact: false },
  { name: 'ms', milliseconds: 1, isExact: false },
] as const;

/** As Prometheus prints it: `0s`, `300ms`, `5m`, `1d12h`, `4w`; nothing below a millisecond. */
export function durationText(seconds: number): string {
  let rest = Math.round(seconds * 1000);
  let text = '';
  for (const { name, milliseconds, isExact } of units) {
    if (isExact && rest % milliseconds !== 0) continue;
    const count = Math.floor(rest / milliseconds);
    if (count > 0) text += `${count}${name}`;
    rest -= count * milliseconds;
  }
  return text === '' ? '0s' : text;
}

/** The longest that Prometheus takes: its durations are nanoseconds in 64 bits. */
const longestMilliseconds = 9_223_372_036_854;

const pattern = new RegExp(`^(?=\\d)${units.map(({ name }) => `(?:(\\d{1,9})${name})?`).join('')}$`);

/** Seconds of a duration of Prometheus, `0s`, `36h` or `1d12h`; null for what is none. */
export function durationSeconds(text: string): number | null {
  const counts = pattern.exec(text)?.slice(1);
  if (!counts) return null;
  const sum = units.reduce(
    (all, { milliseconds }, index) => all + Number(counts[index] ?? 0) * milliseconds,
    0,
  );
  return sum > longestMilliseconds ? null : sum / 1000;
}
