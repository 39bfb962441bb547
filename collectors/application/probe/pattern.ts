import { z } from 'zod';

/** A pattern as it is matched: by code points; `(?i:...)` disregards case. */
export function compiledPattern(text: string): RegExp | null {
  try {
    return new RegExp(text, 'u');
  } catch {
    return null;
  }
}

/** A regular expression of a settings file; what it costs on a page is bounded when it runs. */
export const pattern = z
  .string()
  .min(1)
  .max(1000)
  .refine((text) => compiledPattern(text) !== null, 'is no regular expression of JavaScript (flag u)');
