import Table from 'cli-table3';

/** A plain table for a terminal; wide (Chinese) characters count two columns. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  for (const row of rows) table.push(row.map(plainText));
  return table.toString();
}

const absent = '—';

/** A figure in its unit for a terminal; absence is a dash, never 0. */
export function figureText(value: number | null, unit: string): string {
  if (value === null) return absent;
  if (unit === 'ratio') return percentText(value);
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}

export function percentText(ratio: number | null): string {
  return ratio === null ? '—' : `${(ratio * 100).toFixed(1)} %`;
}

export function scoreText(score: number | null): string {
  return score === null ? absent : score.toFixed(1);
}

/** Text from outside as one line that cannot steer the terminal or turn its direction. */
export function plainText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�');
}
