import type { CoordinateBounds } from '../../check-file/check-spec.ts';
import type { Dialect } from '../dialect.ts';

export interface FormatSetting {
  /** The day of the run in China, `yyyyMMdd`: nobody is born after it. */
  readonly today: string;
  /** Of coordinates; null = anywhere on the globe. */
  readonly bounds: CoordinateBounds | null;
}

/**
 * A format that values are held against, as SQL and as a function that say the same. Blanks around a value are a fault;
 * coordinates are two values (longitude, latitude), all else is one.
 */
export interface ColumnFormat {
  /** Condition of texts that are valid; NULL or false of all else. */
  condition(dialect: Dialect, texts: readonly string[], setting: FormatSetting): string;
  isValid(texts: readonly string[], setting: FormatSetting): boolean;
}

/** Sum of the weighted values of the characters, a character's value being its place in the alphabet. */
export function weightedSum(text: string, alphabet: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * alphabet.indexOf(text[index] ?? ''), 0);
}

export function weightedSumSql(
  dialect: Dialect,
  text: string,
  { alphabet, weights }: { readonly alphabet: string; readonly weights: readonly number[] },
): string {
  return weights
    .map((weight, index) => {
      const place = dialect.position(dialect.literal(alphabet), dialect.substring(text, index + 1, 1));
      return `${weight} * (${place} - 1)`;
    })
    .join(' + ');
}
