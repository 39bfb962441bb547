import { z } from 'zod';

const unitSeconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

const form = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;

/** Seconds of `500ms`, `30s`, `5m`, `1h30m`, `1d`; null for any other text and for no time at all. */
export function durationSeconds(text: string): number | null {
  if (!form.test(text)) return null;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  const milliseconds = parts.reduce(
    (sum, [, amount, unit = '']) => sum + Math.round(Number(amount) * (unitSeconds[unit] ?? 0) * 1000),
    0,
  );
  return milliseconds > 0 && Number.isSafeInteger(milliseconds) ? milliseconds / 1000 : null;
}

/** Seconds in the largest unit that they fill: `30s`, `5m`, `500ms`. */
export function durationText(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  for (const unit of ['d', 'h', 'm', 's']) {
    const size = (unitSeconds[unit] ?? 1) * 1000;
    if (milliseconds >= size && milliseconds % size === 0) return `${milliseconds / size}${unit}`;
  }
  return `${milliseconds}ms`;
}

/** A duration in a settings file; seconds once read. */
export const duration = z
  .string()
  .refine(
    (text) => durationSeconds(text) !== null,
    'is no duration: write for example 500ms, 30s, 5m, 1h, 1d',
  )
  .transform((text) => durationSeconds(text) ?? 0);
