import type { OffendingRows } from '../../contract.ts';
import type { Cover } from './cover.ts';
import { looksPersonalName } from './personal-names.ts';
import { coverPersonal } from './personal-values.ts';

export interface PlainRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Longer texts are cut: a row is shown to be recognised, not to be read. */
const maxCharacters = 200;

function shortened(text: string): string {
  const characters = [...text];
  return characters.length > maxCharacters ? `${characters.slice(0, maxCharacters).join('')}…` : text;
}

/**
 * Offending rows fit to be kept: columns declared sensitive or named like personal data are covered whole, and in all others
 * whatever looks personal.
 */
export function maskRows(
  { columns, rows }: PlainRows,
  sensitive: readonly string[],
  cover: Cover,
): OffendingRows {
  const isWhole = columns.map((name) => sensitive.includes(name) || looksPersonalName(name));
  const isTouched = [...isWhole];
  const masked = rows.map((row) =>
    row.map((value, index) => {
      if (value === null) return null;
      if (isWhole[index]) return cover(value);
      const covered = coverPersonal(value, cover);
      if (covered !== value) isTouched[index] = true;
      return shortened(covered);
    }),
  );
  return {
    columns: columns.map((name, index) => ({ name, isMasked: isTouched[index] ?? false })),
    rows: masked,
  };
}
