/** Seconds in each unit, longest first; a year or week is written only where nothing is left over (Go: `model.Duration`). */
const units = [
  { name: 'y', seconds: 31_536_000, isExact: true },
  { name: 'w', seconds: 604_800, isExact: true },
  { name: 'd', seconds: 86_400, isExact: false },
  { name: 'h', seconds: 3600, isExact: false },
  { name: 'm', seconds: 60, isExact: false },
  { name: 's', seconds: 1, isExact: false },
] as const;

/** As Prometheus prints it: `5m`, `1d12h`, `4w`. Whole seconds above 0. */
export function durationText(seconds: number): string {
  let rest = seconds;
  let text = '';
  for (const unit of units) {
    if (unit.isExact && rest % unit.seconds !== 0) continue;
    const count = Math.floor(rest / unit.seconds);
    if (count > 0) text += `${count}${unit.name}`;
    rest -= count * unit.seconds;
  }
  return text;
}

const pattern = new RegExp(`^${units.map(({ name }) => `(?:(\\d{1,6})${name})?`).join('')}$`);

/** Seconds of a duration of Prometheus, `36h` or `1d12h`; null for what is none, or is 0. */
export function durationSeconds(text: string): number | null {
  const counts = pattern.exec(text)?.slice(1);
  if (!counts) return null;
  const seconds = units.reduce((sum, unit, index) => sum + Number(counts[index] ?? 0) * unit.seconds, 0);
  return seconds > 0 ? seconds : null;
}
