/** A value of a driver as one of the contract's: whole numbers beyond 2^53 and all that is no number stay text. */
export function plainValue(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return safeNumber(String(value));
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return JSON.stringify(value);
}

/** A number as text (bigint, numeric) as a number, or as it is where digits would be lost. */
export function safeNumber(text: string): string | number | null {
  const value = Number(text);
  if (Number.isNaN(value)) return null;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
}

export function plainRow(row: object): Record<string, string | number | boolean | null> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)]));
}
