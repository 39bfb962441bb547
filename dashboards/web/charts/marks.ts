const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text that stands in an attribute or element of a drawing. */
export function escapeMark(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? '');
}
