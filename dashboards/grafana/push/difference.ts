/** How long a value may be in a line about a difference. */
const longestShown = 60;

function shown(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Where `there` is not as `ours` wants it, as `path: theirs -> ours` lines. What only `there` has within an object is
 * Grafana's own addition and no difference; lists must have the same length.
 */
export function differencesOf(ours: unknown, there: unknown, path = ''): string[] {
  if (isObject(ours) && isObject(there)) {
    return Object.entries(ours).flatMap(([key, value]) =>
      differencesOf(value, there[key], path === '' ? key : `${path}.${key}`),
    );
  }
  if (Array.isArray(ours) && Array.isArray(there) && ours.length === there.length) {
    return ours.flatMap((value, index) => differencesOf(value, there[index], `${path}[${index}]`));
  }
  if (ours === there) return [];
  if (Array.isArray(ours) && Array.isArray(there)) {
    return [`${path}: ${there.length} -> ${ours.length} entries`];
  }
  return [`${path}: ${shown(there)} -> ${shown(ours)}`];
}
