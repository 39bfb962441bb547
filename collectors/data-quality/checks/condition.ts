/** Conditions of which all have to hold; each may be null = holds anyway. */
export function allOf(...conditions: readonly (string | null)[]): string {
  const given = conditions.filter((each) => each !== null);
  return given.length === 0 ? '(1 = 1)' : `(${given.join(' and ')})`;
}

/** Conditions of which one has to hold; never for none. */
export function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? '(1 = 0)' : `(${conditions.join(' or ')})`;
}

export const not = (condition: string) => `(not ${condition})`;
