/** Annotations by which alerts name their runbook, the usual one first. */
export const runbookAnnotations = ['runbook_url', 'runbook'] as const;

/** What to do when the alert fires, of its annotations; null when they do not say. */
export function runbookOf(annotations: Readonly<Record<string, string>>): string | null {
  const name = runbookAnnotations.find((each) => annotations[each]);
  return name === undefined ? null : (annotations[name] ?? null);
}
