import type { Difference } from '../contract.ts';

export interface Comparison {
  readonly differences: Difference[];
  /** Single values laid side by side. */
  values: number;
}

/** Compares two JSON values leaf by leaf; list entries that carry an id are paired by it. */
export function compareDeep(printed: unknown, recomputed: unknown, where: string, into: Comparison): void {
  if (Array.isArray(printed) && Array.isArray(recomputed)) {
    compareLists(printed, recomputed, where, into);
  } else if (isRecord(printed) && isRecord(recomputed)) {
    for (const key of new Set([...Object.keys(printed), ...Object.keys(recomputed)])) {
      compareDeep(printed[key], recomputed[key], `${where}.${key}`, into);
    }
  } else {
    into.values += 1;
    if (!Object.is(printed, recomputed)) {
      into.differences.push({ where, printed: show(printed), recomputed: show(recomputed) });
    }
  }
}

function compareLists(
  printed: readonly unknown[],
  recomputed: readonly unknown[],
  where: string,
  into: Comparison,
): void {
  const left = keyed(printed);
  const right = keyed(recomputed);
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    compareDeep(left.get(key), right.get(key), `${where}[${key}]`, into);
  }
  const orders = [[...left.keys()], [...right.keys()]].map((keys) => keys.join(' '));
  if (
    left.size === right.size &&
    [...left.keys()].every((key) => right.has(key)) &&
    orders[0] !== orders[1]
  ) {
    into.differences.push({
      where: `${where} (order)`,
      printed: orders[0] ?? '',
      recomputed: orders[1] ?? '',
    });
  }
}

/** Entries by id where each has one of its own, else by position. */
function keyed(list: readonly unknown[]): Map<string, unknown> {
  const ids = list.map((entry) => (isRecord(entry) ? (entry.id ?? entry.indicator) : undefined));
  const areUnique = ids.every((id) => typeof id === 'string') && new Set(ids).size === ids.length;
  return new Map(list.map((entry, index) => [areUnique ? String(ids[index]) : String(index), entry]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function show(value: unknown): string {
  if (value === undefined) return '—';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}
