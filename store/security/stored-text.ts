/** Text from a scanner as PostgreSQL can hold it: no NUL, no half of a surrogate pair. */
export function storedText(text: string): string {
  return text.replaceAll('\0', '\u{fffd}').toWellFormed();
}
